"""Figures worked out for a caller, kept for as long as nothing they rest on moved, and never shown to another."""

import hashlib
from collections.abc import Awaitable, Callable
from typing import TypeVar
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import text

from runtime import cache
from runtime.transaction import Tx, transaction
from school.permissions import WHOLE_SCHOOL

M = TypeVar("M", bound=BaseModel)

# What figures rest on, counted. The database's own number keeps apart two that share a Redis; the teaching is the right.
_STAMP = text("""
SELECT concat_ws('|',
    (SELECT oid FROM pg_database WHERE datname = current_database()),
    (SELECT concat(count(*), '/', sum(version)) FROM score_sheets),
    (SELECT concat(count(*), '/', sum(version), '/', max(updated_at)) FROM registers),
    (SELECT concat(count(*), '/', sum(hashtext(concat_ws('/', student_id, class_arm_id, joined_on, left_on, dropped_subjects)))) FROM enrolments),
    (SELECT md5(string_agg(concat_ws('/', id, starts_on, ends_on), ',' ORDER BY id)) FROM terms),
    (SELECT md5(string_agg(CAST(options AS text), '')) FROM schools),
    (SELECT md5(string_agg(concat_ws('/', id, max_points, weight), ',' ORDER BY id)) FROM assessment_components),
    (SELECT md5(string_agg(concat_ws('/', id, level_id, pass_percent), ',' ORDER BY id)) FROM grading_scales),
    (SELECT md5(string_agg(concat_ws('/', id, grade, from_percent), ',' ORDER BY id)) FROM grade_bands),
    (SELECT concat(version, '/', threshold) FROM risk_models WHERE state = 'serving'),
    (SELECT md5(string_agg(concat_ws('/', class_arm_id, subject_id, session_id), ',' ORDER BY id)) FROM teaching
      WHERE teacher_id = CAST(NULLIF(:person, '') AS uuid)),
    (SELECT md5(string_agg(CAST(id AS text), ',' ORDER BY id)) FROM class_arms
      WHERE class_teacher_id = CAST(NULLIF(:person, '') AS uuid)))
""")


def tag(school_id: UUID) -> str:
    """What the figures of a school are dropped by."""
    return f"figures:{school_id}"


async def remembered(tx: Tx, kind: type[M], question: str, work: Callable[[Tx], Awaitable[M]]) -> M:
    """The answer to a question, kept for this caller's rights and this state of the record, or worked out.

    Rights: a teacher's answers are kept for them alone and for what they teach now; the head's for those who see the
    whole school. What is worked out anew behind a reader is worked out as that reader.
    """
    whole = tx.caller.role in WHOLE_SCHOOL
    person = "" if whole else str(tx.caller.person_id or "")
    stamp = await tx.session.scalar(_STAMP, {"person": person})
    who = f"{'whole' if whole else tx.caller.role.value}:{person}"
    asked = hashlib.sha256(f"{kind.__name__}|{question}|{who}|{tx.today}|{stamp}".encode()).hexdigest()

    async def now() -> str:
        return (await work(tx)).model_dump_json()

    async def again() -> str:
        async with transaction(tx.caller, read_only=True) as own:
            return (await work(own)).model_dump_json()

    body = await cache.remembered(f"{tag(tx.school_id)}:{asked}", tag(tx.school_id), now, again)
    return kind.model_validate_json(body)


async def drop(school_id: UUID) -> None:
    """Forget the figures of a school."""
    await cache.drop(tag(school_id))
