"""A timetable problem out of a file: FET's `.fet`, the neutral JSON, or a request as programs send it."""

from __future__ import annotations

import json

from pydantic import ValidationError

from runtime.errors import InvalidInput
from runtime.field_errors import plain
from school.timetabling.building import to_instance
from school.timetabling.fet_import import Imported, from_fet
from school.timetabling.instance import Instance, Place
from school.timetabling.request import TimetableRequest


class UnreadableTimetable(InvalidInput):
    """No file with a timetable problem in it."""

    code = "unreadable_timetable"


def read_problem(content: bytes, name: str, *, release: bool = False) -> Imported:
    """The problem in a file; with `release` what it has placed is a timetable beside the problem, not a rule in it.

    Errors: unreadable_timetable, unreadable_fet, bad_timetable_problem.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableTimetable(f"“{name}” is not text. Save it from FET again, or send JSON in UTF-8.") from error
    stem = name.rpartition(".")[0] or name
    if text.lstrip().startswith("<"):
        return from_fet(text, stem, release=release)
    try:
        raw = json.loads(text)
    except ValueError as error:
        what = "neither a FET file nor JSON" if not name.endswith(".json") else f"not JSON: {error}"
        raise UnreadableTimetable(f"“{name}” is {what}. Send a .fet file of FET, or the problem as JSON.") from error
    try:
        if isinstance(raw, dict) and ("constraints" in raw or "daysPerWeek" in raw):
            return Imported(to_instance(TimetableRequest.model_validate(raw), name=stem))
        instance = Instance.model_validate(raw)
    except ValidationError as error:
        fields = [{"field": ".".join(map(str, e["loc"])), "message": plain(e)} for e in error.errors()[:20]]
        raise UnreadableTimetable(
            f"“{name}” is no timetable problem: {fields[0]['field'] or 'the whole'}: {fields[0]['message']}",
            errors=fields,
        ) from error
    return _released(instance) if release else Imported(instance)


def _released(instance: Instance) -> Imported:
    """Lessons with one start only are placed there for good."""
    placed = {
        lesson.id: Place(
            day=lesson.starts[0][0],
            period=lesson.starts[0][1],
            room=lesson.rooms[0] if len(lesson.rooms) == 1 else None,
        )
        for lesson in instance.lessons
        if lesson.starts is not None and len(lesson.starts) == 1
    }
    lessons = tuple(x.model_copy(update={"starts": None}) if x.id in placed else x for x in instance.lessons)
    return Imported(instance.model_copy(update={"lessons": lessons}), placed=placed, held=frozenset(placed))
