"""The turns of a conversation in Postgres: begun once per client id, read back as history, finished with their parts."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from pydantic_ai import ModelMessage, ModelMessagesTypeAdapter
from pydantic_ai.messages import repair_messages
from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from runtime.caller import Caller, Door
from runtime.errors import InvalidInput, NotVisible, TooLarge, TooMany
from runtime.ids import new_id
from runtime.transaction import Tx, transaction
from school.conversations import Conversation, Turn

LONGEST_MESSAGE = 20_000
LONGEST_QUEUE = 5
REMEMBERED_TURNS = 20
SAME_CONVERSATION = timedelta(hours=12)
PHONE_DOORS = frozenset({Door.SMS, Door.WHATSAPP})


@dataclass(frozen=True)
class Begun:
    """A turn that was begun, or found begun by the same client id."""

    conversation_id: UUID
    turn_id: UUID
    number: int
    first: bool
    repeated: bool = False
    next: bool = False
    """Whether no turn before it is still being answered."""


async def access(tx: Tx, conversation_id: UUID, lock: bool = False) -> Conversation:
    """Fetch a conversation of the caller. Others' look absent."""
    found = await tx.session.get(Conversation, conversation_id, with_for_update=lock, populate_existing=lock)
    if found is None or found.deleted_at is not None or not _own(tx.caller, found):
        raise NotVisible("There is no such conversation.")
    tx.checked = True
    return found


def _own(caller: Caller, conversation: Conversation) -> bool:
    if conversation.user_id is not None:
        return conversation.user_id == caller.user_id
    return conversation.person_id is not None and conversation.person_id == caller.person_id


async def begin(
    caller: Caller, conversation_id: UUID | None, said: str, files: list[str], client_id: str | None,
    address: str | None = None,
) -> Begun:  # fmt: skip
    """Add a running turn at the end of a conversation, making the conversation when it is new."""
    said = check(said, files)
    async with transaction(caller) as tx:
        conversation = await _conversation(tx, conversation_id, said, address)
        if client_id is not None and (earlier := await _repeated(tx, conversation.id, client_id)):
            return Begun(conversation.id, earlier.id, earlier.number, earlier.number == 1, repeated=True)
        return await add(tx, conversation, said, files, client_id)


def check(said: str, files: list[str]) -> str:
    """The message without its outer blanks, or an error that says what to do."""
    said = said.strip()
    if not said and not files:
        raise InvalidInput("Write a message, or attach a file.")
    if len(said) > LONGEST_MESSAGE:
        raise TooLarge(f"A message has at most {LONGEST_MESSAGE:,} characters; put longer text in a file.")
    return said.replace("\x00", "")


async def add(tx: Tx, conversation: Conversation, said: str, files: list[str], client_id: str | None) -> Begun:
    """A new running turn in a locked conversation."""
    counts = await tx.session.execute(
        select(func.coalesce(func.max(Turn.number), 0), func.count().filter(Turn.status == "running")).where(
            Turn.conversation_id == conversation.id
        )
    )
    last, running = counts.one()
    if running >= LONGEST_QUEUE:
        raise TooMany("I am still working on your earlier messages; wait for those first.", retry_after_s=5)
    turn = Turn(
        id=new_id(), school_id=tx.school_id, created_at=tx.now, conversation_id=conversation.id, number=last + 1,
        client_id=client_id, said=said, files=files, status="running", reply="", parts=[], messages=[], usage={},
    )  # fmt: skip
    tx.session.add(turn)
    conversation.updated_at = tx.now
    await tx.session.flush()
    return Begun(conversation.id, turn.id, turn.number, turn.number == 1, next=running == 0)


async def _repeated(tx: Tx, conversation_id: UUID, client_id: str) -> Turn | None:
    query = select(Turn).where(Turn.conversation_id == conversation_id, Turn.client_id == client_id)
    return await tx.session.scalar(query)


async def _conversation(tx: Tx, conversation_id: UUID | None, said: str, address: str | None) -> Conversation:
    """The named conversation, the running one of a phone, or a new one; locked."""
    if conversation_id is None and (address or tx.caller.door in PHONE_DOORS):
        conversation_id = await _of_address(tx, address)
    identifier = conversation_id or new_id()
    await tx.session.execute(
        insert(Conversation)
        .values(
            id=identifier, school_id=tx.school_id, created_at=tx.now, updated_at=tx.now, user_id=tx.caller.user_id,
            person_id=tx.caller.person_id, door=tx.caller.door.value, address=address, title=title_of(said), focus={},
        )
        .on_conflict_do_nothing(index_elements=["id"])
    )  # fmt: skip
    return await access(tx, identifier, lock=True)


async def _of_address(tx: Tx, address: str | None) -> UUID | None:
    """The conversation still warm at this phone, channel or thread, of this same person."""
    query = (
        select(Conversation)
        .where(Conversation.door == tx.caller.door.value, Conversation.deleted_at.is_(None))
        .where(Conversation.updated_at > tx.now - SAME_CONVERSATION)
        .where(Conversation.address == address if address else Conversation.person_id == tx.caller.person_id)
        .order_by(Conversation.updated_at.desc())
        .limit(5)
    )
    own = [row.id for row in await tx.session.scalars(query) if _own(tx.caller, row)]
    return own[0] if own else None


def title_of(said: str) -> str:
    """A title from the first message: its first line, cut at a word."""
    line = said.strip().splitlines()[0] if said.strip() else "Uploaded file"
    cut = line if len(line) <= 60 else f"{line[:60].rsplit(' ', 1)[0]}…"
    return cut[:1].upper() + cut[1:]


async def history(tx: Tx, conversation_id: UUID, before: int) -> list[ModelMessage]:
    """What models read of the turns before: the server's own record, with unanswered calls closed."""
    rows = await tx.session.execute(
        select(Turn.said, Turn.reply, Turn.messages)
        .where(Turn.conversation_id == conversation_id, Turn.number < before, Turn.status != "running")
        .order_by(Turn.number.desc())
        .limit(REMEMBERED_TURNS)
    )
    found: list[ModelMessage] = []
    for _, _, messages in reversed(rows.all()):
        found.extend(ModelMessagesTypeAdapter.validate_python(messages))
    return repair_messages(found)


async def earlier_running(caller: Caller, conversation_id: UUID, number: int) -> bool:
    """Whether a turn before this one is still being answered."""
    async with transaction(caller, read_only=True) as tx:
        query = select(Turn.id).where(
            Turn.conversation_id == conversation_id, Turn.number < number, Turn.status == "running"
        )
        return await tx.session.scalar(query.limit(1)) is not None


@dataclass
class Finished:
    """What a turn came to."""

    status: str
    reply: str
    parts: list[dict[str, Any]]
    messages: list[Any]
    model: str | None = None
    note: str | None = None
    error: str | None = None
    usage: dict[str, Any] | None = None
    focus: dict[str, Any] | None = None


async def finish(caller: Caller, begun: Begun, done: Finished) -> None:
    """Write a turn's end, once: a turn that ended earlier stays as it is."""
    async with transaction(caller) as tx:
        changed = await tx.session.execute(
            update(Turn)
            .where(Turn.id == begun.turn_id, Turn.status == "running")
            .values(
                status=done.status, reply=done.reply, parts=done.parts, messages=done.messages, model=done.model,
                note=done.note, error=done.error, usage=done.usage or {}, finished_at=tx.now,
            )
            .returning(Turn.id)
        )  # fmt: skip
        if changed.scalar_one_or_none() is None:
            return
        values: dict[str, Any] = {"updated_at": tx.now}
        if done.focus is not None:
            values["focus"] = done.focus
        await tx.session.execute(update(Conversation).where(Conversation.id == begun.conversation_id).values(**values))


def file_id(text: str) -> UUID:
    """A file's id as it came in, or NotVisible."""
    try:
        return UUID(text)
    except ValueError:
        raise NotVisible("There is no such file; upload it again.") from None
