"""`python -m evals feedback`: thumbs down of a running school as eval cases, to be given their right capability by hand."""

from pathlib import Path

from sqlalchemy import select

from runtime.caller import Caller
from runtime.transaction import across_schools, transaction
from school.conversations import Conversation, Turn
from school.schools import School
from school.users import User

FILE = Path(__file__).parent / "utterances" / "feedback.txt"


async def collect(path: Path = FILE) -> int:
    """Append every disliked answer that is not in the file yet, under the capability it called; returns how many."""
    known = path.read_text(encoding="utf-8") if path.exists() else ""
    async with across_schools(read_only=True) as session:
        schools = list(await session.scalars(select(School.id)))
    added = 0
    for school_id in schools:
        async with transaction(Caller.system(school_id), read_only=True) as tx:
            rows = await tx.session.execute(
                select(Turn, User.role)
                .join(Conversation, Conversation.id == Turn.conversation_id)
                .join(User, User.id == Conversation.user_id)
                .where(Turn.rating == "down", Turn.said != "")
                .order_by(Turn.created_at)
            )
            found = rows.all()
        for turn, role in found:
            line = f"{role} | {' '.join(turn.said.replace('|', '/').split())} |"
            if line in known:
                continue
            called = next((part["toolName"] for part in turn.parts if str(part["type"]).startswith("tool-")), "-")
            known += f"# {called}\n{line}\n"
            added += 1
    if added:
        path.write_text(known, encoding="utf-8")
    return added
