"""What a question is about: the subject, level and term it names, and what its caller teaches or learns."""

import re
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import TypeAlias
from uuid import UUID

from sqlalchemy import select

from knowledge.outline import term_of
from knowledge.search import Filters, Found, search
from knowledge.words import fold
from runtime.caller import Caller, Role
from runtime.transaction import Tx
from school import calendar
from school.classes import ClassArm, Enrolment, Level, Subject, Teaching
from school.people import Guardianship

SHELF = r"(?:documents?|files?|polic(?:y|ies)|handbook|rules?|rule ?book|notes|notices?)"
OWN = r"(?:(?:our|the|my|this|these|school|school's) )*"
FRAME = re.compile(
    rf"^\s*what (?:do|does|did) {OWN}{SHELF} (?:say|tell us|state) (?:about|on) "
    rf"|^\s*what (?:is|are) {OWN}(?:polic(?:y|ies)|rules?) (?:about|on|for|regarding) "
    rf"|,? according to {OWN}{SHELF}(?=[?.!]*$)",
    re.IGNORECASE,
)
"""Words that only say that documents are asked; they stand in none of them and would count as missing."""
RULE_ON = re.compile(
    r"^\s*what (?:is|are) (?:our|the|the school's|your) (\S+(?: \S+)?) (?:polic(?:y|ies)|rules?)[?.!]*$", re.IGNORECASE
)
NEAR_ENOUGH = 0.19
"""Nearness from which what the question names is not left to look elsewhere."""

Searches: TypeAlias = dict[tuple[Caller, str, Filters, int], Found]
_kept: ContextVar[Searches | None] = ContextVar("searches_kept", default=None)


async def named_in(tx: Tx, question: str) -> tuple[UUID | None, UUID | None, int | None]:
    """The subject, the level and the term number a question names; the longest name wins."""
    said = f" {re.sub(r'[^a-z0-9]+', ' ', fold(question))} "
    subjects = {
        name: row.id for row in await tx.session.scalars(select(Subject)) for name in (row.name, *row.aliases) if name
    }
    levels = {row.name: row.id for row in await tx.session.scalars(select(Level))}
    return _longest(said, subjects), _longest(said, levels), await _term(tx, question)


def _longest(said: str, names: dict[str, UUID]) -> UUID | None:
    for name in sorted(names, key=len, reverse=True):
        plain = re.sub(r"[^a-z0-9]+", " ", fold(name)).strip()
        closed = plain.replace(" ", "")
        if f" {plain} " in said or (closed != plain and f" {closed} " in said):
            return names[name]
    return None


async def _term(tx: Tx, question: str) -> int | None:
    if re.search(r"\bthis term\b", fold(question)):
        return (await calendar.current_term(tx)).number
    return term_of(question)


async def own(tx: Tx) -> tuple[tuple[UUID, ...], tuple[UUID, ...]]:
    """The subjects and levels the caller teaches, learns, or has children in."""
    caller = tx.caller
    if caller.person_id is None:
        return (), ()
    if caller.role is Role.TEACHER:
        rows = await tx.session.execute(
            select(Teaching.subject_id, ClassArm.level_id)
            .join(ClassArm, ClassArm.id == Teaching.class_arm_id)
            .where(Teaching.teacher_id == caller.person_id)
        )
        pairs = rows.all()
        return tuple({subject for subject, _ in pairs}), tuple({level for _, level in pairs})
    if caller.role not in (Role.GUARDIAN, Role.STUDENT):
        return (), ()
    mine = select(Guardianship.student_id).where(Guardianship.guardian_id == caller.person_id)
    belongs = (
        Enrolment.student_id == caller.person_id if caller.role is Role.STUDENT else Enrolment.student_id.in_(mine)
    )
    levels = await tx.session.scalars(
        select(ClassArm.level_id).join(Enrolment, Enrolment.class_arm_id == ClassArm.id).where(belongs).distinct()
    )
    return (), tuple(levels)


def bare(question: str) -> str:
    """What is asked, without the words that only say that documents are: "What is the uniform policy?" is "uniform"."""
    named = RULE_ON.match(question)
    return named[1] if named else FRAME.sub("", question) or question


@contextmanager
def keeping(searches: Searches) -> Generator[None]:
    """What is searched in here for one caller is not searched twice: `searches` holds what was found, and is given again."""
    token = _kept.set(searches)
    try:
        yield
    finally:
        _kept.reset(token)


async def search_in_scope(tx: Tx, question: str, given: Filters | None = None, limit: int = 10) -> Found:
    """Search what the question names first; where that says nothing, everything the caller may read."""
    asked, question, kept = given or Filters(), bare(question), _kept.get()
    if kept is None:
        return await _search_in_scope(tx, question, asked, limit)
    key = (tx.caller, question, asked, limit)
    if key not in kept:
        kept[key] = await _search_in_scope(tx, question, asked, limit)
    return kept[key]


async def _search_in_scope(tx: Tx, question: str, asked: Filters, limit: int) -> Found:
    subject, level, term = await named_in(tx, question)
    near_subjects, near_levels = await own(tx)
    narrow = replace(
        asked,
        subject_id=asked.subject_id or subject, level_id=asked.level_id or level,
        term_number=asked.term_number or term, near_subjects=near_subjects, near_levels=near_levels,
    )  # fmt: skip
    found = await search(tx, question, narrow, limit)
    wide = replace(asked, near_subjects=near_subjects, near_levels=near_levels)
    if found.nearness >= NEAR_ENOUGH or narrow == wide:
        return found
    again = await search(tx, question, wide, limit)
    return again if again.nearness > found.nearness else found
