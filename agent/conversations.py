"""Conversations as their owner keeps them: list, search, read, rename, delete, export, rate."""

from typing import Any, Literal
from uuid import UUID

from sqlalchemy import and_, exists, or_, select

from agent.turns import access
from runtime.caller import Caller
from runtime.errors import InvalidInput, NotVisible
from runtime.transaction import Tx, transaction
from school.conversations import Conversation, Turn
from school.files import StoredFile
from tools.present import Shown


class ConversationItem(Shown):
    id: str
    title: str
    updated_at: str
    door: str
    preview: str


class ConversationPage(Shown):
    items: list[ConversationItem]
    next_cursor: str | None


class Message(Shown):
    id: str
    role: Literal["user", "assistant"]
    parts: list[dict[str, Any]]
    created_at: str
    feedback: dict[str, Any] | None = None


class ConversationRead(Shown):
    id: str
    title: str
    running: bool
    messages: list[Message]


async def listed(caller: Caller, search: str = "", limit: int = 30, cursor: str | None = None) -> ConversationPage:
    """The caller's conversations, the latest first; `search` looks in titles and in what was said."""
    limit = max(1, min(limit, 100))
    async with transaction(caller, read_only=True) as tx:
        query = select(Conversation).where(Conversation.deleted_at.is_(None), _mine(caller))
        if search.strip():
            like = f"%{_escaped(search.strip())}%"
            in_turns = exists().where(
                Turn.conversation_id == Conversation.id, or_(Turn.said.ilike(like), Turn.reply.ilike(like))
            )
            query = query.where(or_(Conversation.title.ilike(like), in_turns))
        if cursor:
            last = await tx.session.get(Conversation, _uuid(cursor))
            if last is None:
                raise InvalidInput("This cursor is not one of ours; start without it.")
            older = or_(
                Conversation.updated_at < last.updated_at,
                and_(Conversation.updated_at == last.updated_at, Conversation.id < last.id),
            )
            query = query.where(older)
        query = query.order_by(Conversation.updated_at.desc(), Conversation.id.desc()).limit(limit + 1)
        rows = list(await tx.session.scalars(query))
        items = [await _item(tx, row) for row in rows[:limit]]
        return ConversationPage(items=items, next_cursor=str(rows[limit - 1].id) if len(rows) > limit else None)


def _mine(caller: Caller):  # a SQL expression whose type SQLAlchemy keeps to itself
    if caller.user_id is not None:
        return Conversation.user_id == caller.user_id
    return Conversation.user_id.is_(None) & (Conversation.person_id == caller.person_id)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise InvalidInput("This cursor is not one of ours; start without it.") from None


async def _item(tx: Tx, row: Conversation) -> ConversationItem:
    query = select(Turn.reply, Turn.said).where(Turn.conversation_id == row.id).order_by(Turn.number.desc()).limit(1)
    last = (await tx.session.execute(query)).first()
    preview = (last.reply or last.said) if last else ""
    return ConversationItem(
        id=str(row.id), title=row.title, updated_at=row.updated_at.isoformat(), door=row.door, preview=preview[:140]
    )


async def read(caller: Caller, conversation_id: UUID) -> ConversationRead:
    """One conversation with every message, as UIMessages."""
    async with transaction(caller, read_only=True) as tx:
        conversation = await access(tx, conversation_id)
        turns = await _turns(tx, conversation_id)
        files = await _files(tx, turns)
        return ConversationRead(
            id=str(conversation.id),
            title=conversation.title,
            running=any(turn.status == "running" for turn in turns),
            messages=[message for turn in turns for message in _messages(turn, files)],
        )


async def _turns(tx: Tx, conversation_id: UUID) -> list[Turn]:
    query = select(Turn).where(Turn.conversation_id == conversation_id).order_by(Turn.number)
    return list(await tx.session.scalars(query))


async def _files(tx: Tx, turns: list[Turn]) -> dict[str, dict[str, Any]]:
    """What the files of these turns are called, by id. One that is gone is left with its id alone."""
    ids = {UUID(file_id) for turn in turns for file_id in turn.files}
    if not ids:
        return {}
    rows = await tx.session.scalars(select(StoredFile).where(StoredFile.id.in_(ids)))
    return {str(row.id): {"name": row.name, "size": row.size, "mediaType": row.media_type} for row in rows}


def _messages(turn: Turn, named: dict[str, dict[str, Any]]) -> list[Message]:
    found: list[Message] = []
    at = turn.created_at.isoformat()
    if turn.said or turn.files:
        files = [
            {"type": "data-file", "data": {"fileId": file_id, **named.get(str(file_id), {})}} for file_id in turn.files
        ]
        parts = [{"type": "text", "text": turn.said}] if turn.said else []
        found.append(Message(id=f"{turn.id}-user", role="user", parts=[*files, *parts], created_at=at))
    if turn.parts or turn.status != "running":
        feedback = {"rating": turn.rating, "reason": turn.rating_reason} if turn.rating else None
        found.append(
            Message(id=str(turn.id), role="assistant", parts=turn.parts, created_at=at, feedback=feedback),
        )
    return found


async def rename(caller: Caller, conversation_id: UUID, title: str) -> None:
    """Give a conversation another title."""
    title = " ".join(title.split())
    if not 1 <= len(title) <= 120:
        raise InvalidInput("A title has between 1 and 120 characters.")
    async with transaction(caller) as tx:
        (await access(tx, conversation_id, lock=True)).title = title


async def delete(caller: Caller, conversation_id: UUID) -> None:
    """Delete a conversation with all its turns. What was done from it stays in the audit trail."""
    async with transaction(caller) as tx:
        await tx.session.delete(await access(tx, conversation_id, lock=True))


async def export(caller: Caller, conversation_id: UUID) -> str:
    """A conversation as Markdown."""
    async with transaction(caller, read_only=True) as tx:
        conversation = await access(tx, conversation_id)
        lines = [f"# {conversation.title}", ""]
        for turn in await _turns(tx, conversation_id):
            stamp = turn.created_at.astimezone(tx.zone).strftime("%d %b %Y %H:%M")
            if turn.said:
                lines += [f"**{caller.name or 'You'}** · {stamp}", "", turn.said, ""]
            lines += ["**SchoolOS**", "", turn.reply or f"_({turn.status})_", ""]
        return "\n".join(lines)


async def rate(
    caller: Caller, conversation_id: UUID, turn_id: UUID, rating: Literal["up", "down"] | None, reason: str | None
) -> None:
    """Keep the person's thumb on one answer, with the reason they gave."""
    async with transaction(caller) as tx:
        await access(tx, conversation_id)
        turn = await tx.session.get(Turn, turn_id, with_for_update=True)
        if turn is None or turn.conversation_id != conversation_id:
            raise NotVisible("There is no such answer.")
        turn.rating, turn.rating_reason = rating, (reason or "").strip()[:1000] or None
