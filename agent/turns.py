"""The turns of a conversation in Postgres: begun once per client id, read back as history, finished with their parts."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
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
from school import schools
from school.conversations import Conversation, Turn
from school.files import StoredFile, access_file
from school.people import Person

LONGEST_MESSAGE = 20_000
LONGEST_QUEUE = 5
REMEMBERED_TURNS = 20
SAME_CONVERSATION = timedelta(hours=12)
PHONE_DOORS = frozenset({Door.SMS, Door.WHATSAPP})


@dataclass(frozen=True)
class Opening:
    """What a turn is answered from, as the record has it."""

    today: date
    said: str
    focus: dict[str, Any]
    school: str
    language: str
    files: tuple[StoredFile, ...]
    past: list[list[Any]]
    """The messages of the turns before, as they are kept."""


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
    opening: Opening | None = field(default=None, compare=False, repr=False)
    """Read in the transaction that began the turn, where nothing can change it any more."""


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
        conversation, new = await _conversation(tx, conversation_id, said, address)
        last = running = 0
        if not new:
            if client_id is not None and (earlier := await _repeated(tx, conversation.id, client_id)):
                return Begun(conversation.id, earlier.id, earlier.number, earlier.number == 1, repeated=True)
            last, running = await _counted(tx, conversation)
        turn = await _added(tx, conversation, last + 1, said, files, client_id)
        begun = Begun(conversation.id, turn.id, turn.number, turn.number == 1, next=running == 0)
        return replace(begun, opening=await _opening(tx, conversation, turn)) if begun.next and not files else begun


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
    last, running = await _counted(tx, conversation)
    turn = await _added(tx, conversation, last + 1, said, files, client_id)
    return Begun(conversation.id, turn.id, turn.number, turn.number == 1, next=running == 0)


async def _counted(tx: Tx, conversation: Conversation) -> tuple[int, int]:
    """The number of the last turn, and how many are being answered. Errors: too_many."""
    counts = await tx.session.execute(
        select(func.coalesce(func.max(Turn.number), 0), func.count().filter(Turn.status == "running")).where(
            Turn.conversation_id == conversation.id
        )
    )
    last, running = counts.one()
    if running >= LONGEST_QUEUE:
        raise TooMany("I am still working on your earlier messages; wait for those first.", retry_after_s=5)
    return last, running


async def _added(
    tx: Tx, conversation: Conversation, number: int, said: str, files: list[str], client_id: str | None
) -> Turn:
    turn = Turn(
        id=new_id(), school_id=tx.school_id, created_at=tx.now, conversation_id=conversation.id, number=number,
        client_id=client_id, said=said, files=files, status="running", reply="", parts=[], messages=[], usage={},
    )  # fmt: skip
    tx.session.add(turn)
    conversation.updated_at = tx.now
    await tx.session.flush()
    return turn


async def _repeated(tx: Tx, conversation_id: UUID, client_id: str) -> Turn | None:
    query = select(Turn).where(Turn.conversation_id == conversation_id, Turn.client_id == client_id)
    return await tx.session.scalar(query)


async def _conversation(
    tx: Tx, conversation_id: UUID | None, said: str, address: str | None
) -> tuple[Conversation, bool]:
    """The named conversation, the running one of a phone, or a new one; locked. Whether nobody else can know of it."""
    warm = conversation_id is None and bool(address or tx.caller.door in PHONE_DOORS)
    if warm and (found := await _of_address(tx, address)) is not None:
        return await access(tx, found, lock=True), False
    row = {
        "id": conversation_id or new_id(), "school_id": tx.school_id, "created_at": tx.now, "updated_at": tx.now,
        "user_id": tx.caller.user_id, "person_id": tx.caller.person_id, "door": tx.caller.door.value,
        "address": address, "title": title_of(said), "focus": {},
    }  # fmt: skip
    if conversation_id is None:
        made = Conversation(**row)
        tx.session.add(made)
        return made, True
    await tx.session.execute(insert(Conversation).values(row).on_conflict_do_nothing(index_elements=["id"]))
    return await access(tx, conversation_id, lock=True), False


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


async def opening(tx: Tx, begun: Begun) -> Opening:
    """Read what a turn is answered from. Errors: not_visible (an attached file)."""
    turn = await tx.session.get_one(Turn, begun.turn_id)
    return await _opening(tx, await tx.session.get_one(Conversation, begun.conversation_id), turn)


async def _opening(tx: Tx, conversation: Conversation, turn: Turn) -> Opening:
    person = await tx.session.get_one(Person, tx.caller.person_id) if tx.caller.person_id is not None else None
    found = [await access_file(tx, file_id(one)) for one in turn.files]
    return Opening(
        today=tx.today, said=turn.said, focus=dict(conversation.focus), school=(await schools.current(tx)).name,
        language=person.language if person is not None else "en", files=tuple(found),
        past=await _past(tx, conversation.id, turn.number) if turn.number > 1 else [],
    )  # fmt: skip


async def _past(tx: Tx, conversation_id: UUID, before: int) -> list[list[Any]]:
    rows = await tx.session.scalars(
        select(Turn.messages)
        .where(Turn.conversation_id == conversation_id, Turn.number < before, Turn.status != "running")
        .order_by(Turn.number.desc())
        .limit(REMEMBERED_TURNS)
    )
    return list(reversed(rows.all()))


def history(opened: Opening) -> list[ModelMessage]:
    """What models read of the turns before: the server's own record, with unanswered calls closed."""
    found: list[ModelMessage] = []
    for messages in opened.past:
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


async def finish(caller: Caller, begun: Begun, done: Finished) -> bool:
    """Write a turn's end, once: a turn that ended earlier stays as it is, and the answer is False."""
    async with transaction(caller) as tx:
        ended = (
            update(Turn)
            .where(Turn.id == begun.turn_id, Turn.status == "running")
            .values(
                status=done.status, reply=done.reply, parts=done.parts, messages=done.messages, model=done.model,
                note=done.note, error=done.error, usage=done.usage or {}, finished_at=tx.now,
            )
            .returning(Turn.conversation_id)
            .cte("ended")
        )  # fmt: skip
        values: dict[str, Any] = {"updated_at": tx.now}
        if done.focus is not None:
            values["focus"] = done.focus
        changed = await tx.session.execute(
            update(Conversation)
            .where(Conversation.id.in_(select(ended.c.conversation_id)))
            .values(**values)
            .returning(Conversation.id)
            .execution_options(synchronize_session=False)
        )
        return changed.scalar_one_or_none() is not None


def file_id(text: str) -> UUID:
    """A file's id as it came in, or NotVisible."""
    try:
        return UUID(text)
    except ValueError:
        raise NotVisible("There is no such file; upload it again.") from None
