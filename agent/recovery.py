"""Turns whose process died: answered again once after the restart, reported when that fails too. Never silent, never twice."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID

from redis.exceptions import RedisError
from sqlalchemy import select, update
from sqlalchemy.exc import SQLAlchemyError

from agent import chat, feed, turns
from agent.approvals import exchange
from agent.run import dumped
from agent.turns import Begun, Finished
from runtime.caller import Caller, Door, Role
from runtime.errors import SchoolOSError, Upstream
from runtime.telemetry import log
from runtime.transaction import Tx, across_schools, transaction
from school.conversations import Conversation, Turn
from school.permissions import granted
from school.schools import School
from school.users import User

INTERRUPTED = "I was interrupted before I could answer this. Nothing was changed. Please ask again."
QUIET = timedelta(seconds=feed.ALIVE_S + 5)
_log = log("agent")


async def recover() -> int:
    """Take up every turn that nobody works on any more; returns how many. Called when the program starts."""
    async with across_schools(read_only=True) as session:
        schools = list(await session.scalars(select(School.id)))
    return sum([await _recover_school(school_id) for school_id in schools])


async def keep_recovering() -> None:
    """Look again and again: a program that is back within seconds finds the turns of its last life still looking alive."""
    while True:
        await asyncio.sleep(QUIET.total_seconds() + 1)
        try:
            await recover()
        except (SQLAlchemyError, OSError, SchoolOSError) as error:
            _log.warning("recovery_waits", error=type(error).__name__)


async def _recover_school(school_id: UUID) -> int:
    system = Caller.system(school_id)
    async with transaction(system, read_only=True) as tx:
        query = (
            select(Turn.id)
            .where(Turn.status == "running", Turn.created_at < datetime.now(UTC) - QUIET)
            .order_by(Turn.created_at)
        )
        waiting = list(await tx.session.scalars(query))
    return sum([await _take_up(system, turn_id) for turn_id in waiting if not await _alive(turn_id)])


async def _alive(turn_id: UUID) -> bool:
    try:
        return await feed.alive(turn_id)
    except (RedisError, OSError, Upstream):
        return False


async def _take_up(system: Caller, turn_id: UUID) -> bool:
    """Claim one turn: the first time it is answered again as its owner, the second time it is reported."""
    async with transaction(system) as tx:
        turn = await tx.session.get(Turn, turn_id, with_for_update=True)
        if turn is None or turn.status != "running" or await _alive(turn_id):
            return False
        await feed.keep_alive(turn_id)  # before the lock goes: another process that starts now leaves it alone
        tried = int(turn.usage.get("restarts", 0))
        await tx.session.execute(update(Turn).where(Turn.id == turn_id).values(usage={"restarts": tried + 1}))
        conversation = await tx.session.get_one(Conversation, turn.conversation_id)
        owner = await _owner(tx, conversation)
        begun = Begun(conversation.id, turn.id, turn.number, first=turn.number == 1)
        said, resumed = turn.said, turn.client_id is not None and turn.client_id.startswith("approval:")
    _log.info("turn_recovered", turn=str(turn_id), restarts=tried + 1)
    if owner is not None and tried == 0 and not resumed:
        chat.spawn(owner, begun)
        return True
    text = "Your approval was carried out; its result is in the activity list." if resumed else INTERRUPTED
    parts = [{"type": "text", "text": text, "state": "done"}]
    messages = dumped(exchange(said, text))
    done = Finished(status="failed", reply=text, parts=parts, messages=messages, error="interrupted")
    await turns.finish(owner or system, begun, done)
    return True


async def _owner(tx: Tx, conversation: Conversation) -> Caller | None:
    """The conversation's user as a caller, with the rights they have now. A phone's turn is its channel's to repeat."""
    user = await tx.session.get(User, conversation.user_id) if conversation.user_id else None
    if user is None or not user.active:
        return None
    role = Role(user.role)
    return Caller(
        school_id=conversation.school_id, user_id=user.id, role=role, person_id=user.person_id,
        door=Door(conversation.door), permissions=granted(role), name=user.name,
    )  # fmt: skip
