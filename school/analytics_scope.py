"""What a question about figures covers: which terms, days, classes and subjects, within what the caller may see."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from runtime.errors import InvalidInput, NotAllowed, NotVisible
from runtime.transaction import Tx
from school import calendar, classes
from school.calendar import AcademicSession, Term
from school.classes import ClassArm, Level, Subject
from school.permissions import WHOLE_SCHOOL, Permission
from school.units import Value

FEWEST = 5
"""Totals of a class the caller does not teach are shown from this many students on: fewer would show a person's mark."""


class Named(Value):
    id: UUID
    name: str


class Covered(Value):
    """What the figures are of, in words."""

    terms: list[str]
    first_day: date
    last_day: date
    class_arms: list[Named]
    subjects: list[Named]


class Filters(Value):
    """As asked: nothing is everything the caller may see, in this term."""

    term_id: UUID | None = None
    first_day: date | None = None
    last_day: date | None = None
    class_arm_ids: tuple[UUID, ...] = ()
    level_ids: tuple[UUID, ...] = ()
    subject_ids: tuple[UUID, ...] = ()
    student_ids: tuple[UUID, ...] = ()

    def key(self) -> str:
        """The same for the same question, however its lists are ordered."""
        lists = (self.class_arm_ids, self.level_ids, self.subject_ids, self.student_ids)
        return "|".join([str(self.term_id), str(self.first_day), str(self.last_day),
                         *(",".join(sorted(map(str, each))) for each in lists)])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scope:
    """What was allowed: terms oldest first, class arms by level and name."""

    terms: list[Term]
    past: list[Term]
    """Every term that began before the newest of `terms`, oldest first."""

    labels: dict[UUID, str]
    first_day: date
    last_day: date
    arms: dict[UUID, ClassArm]
    levels: dict[UUID, str]
    subjects: dict[UUID, str]
    filters: Filters
    whole: bool
    """Every class of the school: nobody sat elsewhere."""

    @property
    def newest(self) -> Term:
        return self.terms[-1]

    def parameters(self, tx: Tx, terms: Collection[Term] | None = None) -> dict[str, Any]:
        """For the queries of `school/score_totals.py`."""
        whole = tx.caller.role in WHOLE_SCHOOL
        return {
            "arms": list(self.arms), "terms": [term.id for term in (self.terms if terms is None else terms)],
            "subjects": list(self.filters.subject_ids) or None, "today": tx.today,
            "teacher": None if whole else tx.caller.person_id,
        }  # fmt: skip

    def covered(self) -> Covered:
        named = self.filters.subject_ids
        return Covered(
            terms=[self.labels[term.id] for term in self.terms], first_day=self.first_day, last_day=self.last_day,
            class_arms=[Named(id=arm.id, name=arm.name) for arm in self.arms.values()],
            subjects=[Named(id=key, name=self.subjects[key]) for key in named if key in self.subjects],
        )  # fmt: skip

    def words(self) -> str:
        """“First Term 2026/2027, JSS 2 Ruby”."""
        arms = list(self.arms.values())
        named = self.filters.class_arm_ids or self.filters.level_ids
        where = f", {', '.join(arm.name for arm in arms[:3])}{' and more' if len(arms) > 3 else ''}" if named else ""
        return f"{self.labels[self.newest.id]}{where}"


async def open_scope(tx: Tx, filters: Filters) -> Scope:
    """Check who asks and for what. A teacher gets the classes they teach.

    Days without a term mean the terms they fall in; without either, this term.
    Errors: not_allowed, not_visible, invalid_input (days in the wrong order, days outside every term).
    """
    tx.require(Permission.ANALYTICS_READ)
    every = await calendar.terms_in_order(tx)
    terms = await _terms(tx, filters, every)
    arms = await _arms(tx, filters)
    names = {row.id: row.name for row in await tx.session.scalars(select(AcademicSession))}
    return Scope(
        terms=terms, past=[term for term in every if term.starts_on < terms[-1].starts_on], labels={term.id: f"{term.name} {names[term.session_id]}" for term in every},
        first_day=filters.first_day or terms[0].starts_on,
        last_day=min(filters.last_day or terms[-1].ends_on, max(tx.today, terms[0].starts_on)),
        arms=arms, levels={row.id: row.name for row in await tx.session.scalars(select(Level))},
        subjects={row.id: row.name for row in await tx.session.scalars(select(Subject).order_by(Subject.name))},
        filters=filters, whole=tx.caller.role in WHOLE_SCHOOL and not (filters.class_arm_ids or filters.level_ids),
    )  # fmt: skip


async def _terms(tx: Tx, filters: Filters, every: list[Term]) -> list[Term]:
    first, last = filters.first_day, filters.last_day
    if first and last and first > last:
        raise InvalidInput(f"{first:%d %B %Y} is after {last:%d %B %Y}: give the earlier day first.")
    if filters.term_id is not None:
        term = await tx.session.get(Term, filters.term_id)
        if term is None:
            raise NotVisible("There is no such term.")
        return [term]
    if first is None and last is None:
        return [await calendar.current_term(tx)]
    found = [
        term for term in every
        if term.starts_on <= min(last or tx.today, tx.today) and term.ends_on >= (first or term.starts_on)
    ]  # fmt: skip
    if not found:
        raise InvalidInput("These days are outside every term that has begun: name days within a term.")
    return found


async def _arms(tx: Tx, filters: Filters) -> dict[UUID, ClassArm]:
    mine = {arm.id: arm for arm in await classes.my_class_arms(tx)}
    for arm_id in filters.class_arm_ids:
        if arm_id not in mine:
            await classes.access_class(
                tx, arm_id, Permission.ANALYTICS_READ
            )  # says that it is not there, or whose it is
    if filters.class_arm_ids:
        mine = {key: arm for key, arm in mine.items() if key in set(filters.class_arm_ids)}
    if filters.level_ids:
        mine = {key: arm for key, arm in mine.items() if arm.level_id in set(filters.level_ids)}
    if not mine:
        raise NotAllowed("You do not teach a class this asks for, so there are no figures you may see.")
    return mine
