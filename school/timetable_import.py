"""A timetable problem from a file: read, its names matched to the school's records, kept as a draft or searched."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from runtime.transaction import Tx
from school import calendar, runs, timetable_setup, timetables
from school.folding import fold
from school.permissions import Permission
from school.runs import RunRow
from school.timetable_solving import KIND, check_possible
from school.timetables import Timetable, TimetableState
from school.timetabling.building import Names
from school.timetabling.instance import Assignments, Instance
from school.timetabling.locks import locked
from school.timetabling.problem_files import read_problem
from school.timetabling.renaming import Renaming, renamed, strange_classes
from school.timetabling.validation import BadTimetableProblem, check_instance

TITLES = {"mr", "mrs", "miss", "ms", "dr", "mallam", "malam", "chief", "prof", "rev", "alhaji", "alhaja", "hajia"}
MOST_DAYS = 7


class ImportHow(StrEnum):
    KEEP = "keep"
    """The lessons the file has placed, as they are."""
    SEARCH = "search"
    """Look for a timetable, beginning from what is placed."""


@dataclass(frozen=True)
class Found:
    """What a file holds, in the school's names where it has them. `strangers` are those it has not, by kind."""

    instance: Instance
    placed: Assignments
    held: frozenset[str]
    missing: dict[str, int]
    strangers: dict[str, list[str]]

    @property
    def usual(self) -> ImportHow:
        whole = len(self.placed) == len(self.instance.lessons)
        return ImportHow.KEEP if whole else ImportHow.SEARCH


async def read(tx: Tx, content: bytes, name: str) -> Found:
    """Read a file and match its names. Errors: unreadable_timetable, unreadable_fet, bad_timetable_problem."""
    tx.require(Permission.TIMETABLES_WRITE)
    imported = await asyncio.to_thread(read_problem, content, name, release=True)
    instance = imported.instance
    check_instance(instance)
    if not instance.lessons:
        raise _unfit("lessons", "The file has no lessons, so there is nothing to make a timetable of.")
    if len(instance.days) > MOST_DAYS:
        raise _unfit("days", f"The file plans {len(instance.days)} days; a school week here has at most {MOST_DAYS}.")
    names = matched(instance, await timetable_setup.names(tx))
    return Found(
        renamed(instance, names), dict(imported.placed), imported.held, imported.missing, _strangers(instance, names)
    )


def _unfit(field: str, message: str) -> BadTimetableProblem:
    return BadTimetableProblem(message, errors=[{"field": field, "message": message}])


def matched(instance: Instance, school: Names) -> Renaming:
    """Which of the file's names are the school's: alike but for capitals, accents, punctuation and titles."""
    teachers = _by_name(school.teachers.items(), person=True)
    classes = _by_name((name, name) for name in school.classes.values())
    subjects = _by_name((name, name) for name in school.subjects.values())
    named: dict[str, tuple[str, str]] = {}
    for teacher in instance.teachers:
        key = teacher.id if teacher.id in school.teachers else teachers.get(_key(teacher.label, person=True))
        if key is not None and key not in {other for other, _ in named.values()}:
            named[teacher.id] = (key, school.teachers[key])
    return Renaming(
        named,
        _once((g.id, classes.get(_key(g.id))) for g in instance.classes),
        {x.subject: subjects[_key(x.subject)] for x in instance.lessons if _key(x.subject) in subjects},
    )


def _key(name: str, *, person: bool = False) -> str:
    words = fold(name).split()
    return " ".join(sorted(w for w in words if w not in TITLES)) if person else "".join(words)


def _by_name(named: Iterable[tuple[str, str]], *, person: bool = False) -> dict[str, str]:
    """Ids by folded name; a name that two have names neither."""
    found: dict[str, str | None] = {}
    for key, name in named:
        folded = _key(name, person=person)
        found[folded] = None if folded in found else key
    return {folded: key for folded, key in found.items() if key is not None}


def _once(pairs: Iterable[tuple[str, str | None]]) -> dict[str, str]:
    """The first of the file's names for each of the school's."""
    found: dict[str, str] = {}
    for name, known in pairs:
        if known is not None and known not in found.values():
            found[name] = known
    return found


def _strangers(instance: Instance, names: Renaming) -> dict[str, list[str]]:
    taught = dict.fromkeys(x.subject for x in instance.lessons if x.subject)
    kinds = {
        "teachers": [t.label for t in instance.teachers if t.id not in names.teachers],
        "classes": strange_classes(instance, names.classes),
        "subjects": [subject for subject in taught if subject not in names.subjects],
    }
    return {kind: found for kind, found in kinds.items() if found}


def check_how(found: Found, how: ImportHow) -> None:
    """Errors: bad_timetable_problem, no_timetable_possible."""
    if how is ImportHow.SEARCH:
        check_possible(locked(found.instance, found.placed, found.held))
    elif not found.placed:
        raise _unfit("how", "The file has no lesson placed yet. Choose to look for a timetable instead.")


async def keep(
    tx: Tx, found: Found, how: ImportHow, name: str, *, seconds: float, seed: int
) -> tuple[Timetable, RunRow | None]:
    """The file's problem as a draft with its placed lessons, or as one that a worker looks for a timetable for."""
    check_how(found, how)
    session = (await calendar.current_term(tx)).session_id
    clock = timetable_setup.clock_of(await timetable_setup.setup(tx))
    searching = how is ImportHow.SEARCH
    state = TimetableState.SOLVING if searching else TimetableState.DRAFT
    row = await timetables.add(tx, name, session, found.instance, clock, state=state.value, seed=seed)
    if found.placed:
        await timetables.keep_lessons(tx, row, found.instance, found.placed, found.held)
    if not searching:
        return row, None
    payload: Mapping[str, Any] = {"seconds": seconds, "seed": seed, "timetable_id": str(row.id)}
    run = await runs.start(tx, KIND, f"Make “{row.name}”", dict(payload), total=round(seconds))
    row.run_id = run.id
    await tx.session.flush()
    return row, run
