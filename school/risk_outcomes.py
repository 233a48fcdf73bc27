"""What there is to learn from: what was known at the end of a term, and how that session ended."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from uuid import UUID

from sqlalchemy import Uuid, bindparam, select, text

from runtime.errors import Conflict
from runtime.transaction import Tx
from school import calendar, report_options, report_promotion, risk_features, schools
from school.calendar import AcademicSession
from school.risk_features import Features

OUTCOME = "The student was not promoted outright at the end of the session (repeats, on trial) or left before it ended."
LEAST_SESSIONS = 2
"""One to learn from and a later one to be judged on."""
LEAST_STUDENTS, LEAST_OUTCOMES = 100, 15

_QUERY = text((Path(__file__).parent / "risk_outcomes.sql").read_text()).bindparams(bindparam("session_id", type_=Uuid))


class TooLittleHistory(Conflict):
    """The school has not enough past sessions to learn from."""

    code = "too_little_history"


@dataclass(frozen=True, slots=True)
class Example:
    """One student at the end of one term. `groups` are for looking at errors only; no model sees them."""

    student_id: UUID
    session: str
    cut: str
    features: Features
    failed: bool
    groups: dict[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class _Ending:
    failed: bool | None
    left_on: date | None
    groups: dict[str, str]


async def examples(tx: Tx) -> list[Example]:
    """Every student at the end of every term but the last of each session that is over, oldest session first.

    A student who had left by a cut is not looked at there; one who leaves later counts as an outcome.
    """
    found: list[Example] = []
    terms = await calendar.terms_in_order(tx)
    for session in await tx.session.scalars(select(AcademicSession).order_by(AcademicSession.starts_on)):
        own = [term for term in terms if term.session_id == session.id]
        if len(own) < 2 or own[-1].ends_on >= tx.today:
            continue
        endings = await _endings(tx, session)
        for term in own[:-1]:
            for student_id, features in (await risk_features.as_of(tx, session.id, term.ends_on)).items():
                ending = endings.get(student_id)
                if ending is not None and ending.failed is not None:
                    found.append(Example(student_id, session.name, term.name, features, ending.failed, ending.groups))
    return found


async def _endings(tx: Tx, session: AcademicSession) -> dict[UUID, _Ending]:
    options = report_options.of(await schools.current(tx))
    endings: dict[UUID, _Ending] = {}
    async with risk_features.hash_joins(tx):
        rows = (await tx.session.execute(_QUERY, {"session_id": session.id})).all()
    for row in rows:
        left = row.left_on is not None and row.left_on < session.ends_on
        failed = (
            None if row.average is None else report_promotion.decide(row.average, row.failed, options) != "promoted"
        )
        groups = {"gender": row.gender or "not recorded", "level": row.level}
        endings[row.student_id] = _Ending(True if left else failed, row.left_on, groups)
    return endings


def split(found: list[Example]) -> tuple[list[Example], list[Example]]:
    """Earlier sessions to learn from and the last to be judged on. Errors: too_little_history."""
    sessions = list(dict.fromkeys(example.session for example in found))
    if len(sessions) < LEAST_SESSIONS:
        raise TooLittleHistory(
            f"A model needs at least {LEAST_SESSIONS} sessions that are over, with results in two of their terms; there"
            f" {'is' if len(sessions) == 1 else 'are'} {len(sessions)}. Until then the rule is used.",
            sessions=len(sessions),
        )  # fmt: skip
    earlier = [example for example in found if example.session != sessions[-1]]
    last = [example for example in found if example.session == sessions[-1]]
    students = len({example.student_id for example in earlier})
    fewest = min(_outcomes(part, failed) for part in (earlier, last) for failed in (True, False))
    if students < LEAST_STUDENTS or fewest < LEAST_OUTCOMES:
        raise TooLittleHistory(
            f"A model needs results of {LEAST_STUDENTS} students in earlier sessions and {LEAST_OUTCOMES} students of either"
            f" outcome in each part; there are {students} students and {fewest}. Until then the rule is used.",
            students=students, outcomes=fewest,
        )  # fmt: skip
    return earlier, last


def _outcomes(part: list[Example], failed: bool) -> int:
    return len({example.student_id for example in part if example.failed is failed})
