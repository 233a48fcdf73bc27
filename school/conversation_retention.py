"""How long conversations are kept: as long as the school says, a year otherwise. The audit trail is not touched."""

from datetime import timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, delete

from runtime.transaction import Tx
from school import schools
from school.conversations import Conversation

KEPT_DAYS = 365
OPTION = "conversation_days"


async def expire(tx: Tx) -> int:
    """Delete conversations nobody has written in for longer than the school keeps them; returns how many.

    Units:  days of silence, option `conversation_days`, at least 1.
    """
    days = max(1, int((await schools.current(tx)).options.get(OPTION, KEPT_DAYS)))
    done = await tx.session.execute(delete(Conversation).where(Conversation.updated_at < tx.now - timedelta(days=days)))
    return cast("CursorResult[Any]", done).rowcount
