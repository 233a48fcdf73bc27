"""Where things are on a score sheet somebody made: its header row, its columns, and the class its title names."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final
from uuid import UUID

from rapidfuzz import fuzz

from runtime.errors import InvalidInput
from school.assessment import AssessmentComponent
from school.folding import fold
from school.spreadsheets import Cell, Grid, text_of

HEADER_WITHIN: Final = 30
"""A header further down than this many rows is not looked for."""
_ADMISSION: Final = frozenset(
    {"admission no", "admission number", "adm no", "adm number", "admission", "adm", "reg no", "reg number", "student id",
     "student no", "student number", "matric no", "registration number", "registration no", "id", "id no"}
)  # fmt: skip
_NAME: Final = frozenset(
    {"name", "names", "student", "student name", "full name", "name of student", "students name", "student names"}
)
_FAMILY: Final = frozenset({"surname", "last name", "family name"})
_GIVEN: Final = frozenset({"first name", "given name", "other names", "other name", "forename"})
_WORKED_OUT: Final = frozenset(
    {"total", "grand total", "grade", "position", "remark", "remarks", "average", "percentage", "pos", "rank"}
)
_COUNTER: Final = frozenset({"s n", "sn", "no", "number", "serial", "serial no", "", "class", "gender", "sex", "arm"})
_SAME: Final = {
    "exam": ("examination", "exams", "final exam", "terminal exam", "exam score"),
    "ca": ("c a", "cat", "test", "continuous assessment", "class test", "tests"),
    "note": ("notes", "notebook", "note book", "class note", "class notes"),
    "assignment": ("assignments", "assign", "assgn", "ass", "assmt", "homework", "home work"),
    "project": ("projects", "practical"),
}


class NoHeader(InvalidInput):
    """No row names a student column and a column of the sheet."""

    code = "no_header"


@dataclass(slots=True)
class Layout:
    """Positions from 0. `names` may be two columns (family, given), joined in that order."""

    grid: Grid
    header: int
    admission: int | None
    names: list[int]
    components: dict[UUID, int]
    faults: list[str] = field(default_factory=list[str])
    ignored: list[str] = field(default_factory=list[str])

    @property
    def title(self) -> str:
        """The sheet's own name and all that stands above the header."""
        above = (text_of(cell) for row in self.grid.rows[: self.header] for cell in row)
        return " ".join([self.grid.name, *(text for text in above if text)])


def find(grids: Sequence[Grid], components: Sequence[AssessmentComponent], wanted: str = "") -> Layout:
    """The sheet and header row that fit best; among equals the sheet whose title holds the words of `wanted`.

    Errors: no_header.
    """
    found: list[tuple[int, float, int, Layout]] = []
    for order, grid in enumerate(grids):
        for number, row in enumerate(grid.rows[:HEADER_WITHIN]):
            layout = _layout(grid, number, row, components)
            if layout.components and (layout.admission is not None or layout.names):
                width = len(layout.components) + (layout.admission is not None) + bool(layout.names)
                found.append((width, fuzz.token_set_ratio(fold(layout.title), fold(wanted)), -order, layout))
    if not found:
        known = ", ".join(component.name for component in components)
        raise NoHeader(
            "No header row was found: one row must name a column for the admission number (or the student's name) "
            f"and at least one of {known}."
        )
    return max(found, key=lambda item: item[:3])[3]


def _layout(grid: Grid, number: int, row: Sequence[Cell], components: Sequence[AssessmentComponent]) -> Layout:
    layout = Layout(grid, number, None, [], {})
    family: int | None = None
    for place, cell in enumerate(row):
        shown = text_of(cell)
        folded = _bare(shown)
        if folded in _ADMISSION and layout.admission is None:
            layout.admission = place
        elif folded in _FAMILY:
            family = place
        elif folded in _NAME or folded in _GIVEN:
            layout.names.append(place)
        elif (component := match_component(shown, components)) is not None:
            _take(layout, place, shown, component)
        elif folded not in _WORKED_OUT and folded not in _COUNTER:
            layout.ignored.append(shown)
    if family is not None:
        layout.names.insert(0, family)
    return layout


def _take(layout: Layout, place: int, shown: str, component: AssessmentComponent) -> None:
    said = re.search(r"(?:/|\(|out of|max)\s*(\d+(?:\.\d+)?)\s*(?:marks?)?\)?\s*$", shown, re.I)
    if component.id in layout.components:
        layout.faults.append(f"Two columns fit {component.name}: “{shown}” is the second. Keep one of them.")
    elif said and Decimal(said[1]) != component.max_points:
        layout.faults.append(
            f"The column “{shown}” is out of {said[1]}, but the school's {component.name} is out of "
            f"{component.max_points.normalize():f}. Give the points out of {component.max_points.normalize():f}."
        )
    else:
        layout.components[component.id] = place


def _bare(shown: str) -> str:
    """A column's heading without its maximum: "Exam (60)", "EXAM /60", "Exam 60%" are all "exam"."""
    plain = re.sub(r"\(.*?\)|/\s*\d+.*$|\bout of\b.*$|\d+\s*%|\b\d+\s*marks?\b", " ", shown, flags=re.I)
    return fold(plain)


def match_component(shown: str, components: Sequence[AssessmentComponent]) -> AssessmentComponent | None:
    """The component a heading means, or None. The best fit wins, and only when it is a good one."""
    heading = _bare(shown)
    if not heading:
        return None
    scored = sorted(((_fit(heading, fold(c.name)), n) for n, c in enumerate(components)), reverse=True)
    best, which = scored[0] if scored else (0.0, 0)
    clear = len(scored) < 2 or best - scored[1][0] > 2 or best == 100
    return components[which] if best >= 82 and clear else None


def _fit(heading: str, name: str) -> float:
    if heading == name or heading.replace(" ", "") == name.replace(" ", ""):
        return 100
    first = name.split()[0]
    for base, others in _SAME.items():
        if base == first and len(name.split()) == 1 and heading in others:
            return 98
    if {"no", "number", "id", "date"} & set(heading.split()):
        return 0
    initials = "".join(word[0] for word in name.split())
    if len(initials) > 1 and heading.replace(" ", "") == initials:
        return 96
    if (
        heading in _WORKED_OUT | _COUNTER | _ADMISSION | _NAME
        or len(heading) < 4
        or re.sub(r"\D", "", heading) != re.sub(r"\D", "", name)
    ):
        return 0
    if name.startswith(heading) or heading.startswith(f"{name} "):
        return 92
    return fuzz.ratio(heading, name)


def named_in(title: str, names: Mapping[UUID, Sequence[str]]) -> list[UUID]:
    """The records whose name (or another name) stands in a title as whole words; longer names hide shorter ones."""
    folded = f" {fold(title)} "
    hits: list[tuple[int, int, UUID]] = []
    for key, variants in names.items():
        for variant in variants:
            wanted = fold(variant)
            at = folded.find(f" {wanted} ") if wanted else -1
            if at >= 0:
                hits.append((at, at + len(wanted), key))
    kept = [
        hit for hit in hits
        if not any(o[0] <= hit[0] and hit[1] <= o[1] and o[1] - o[0] > hit[1] - hit[0] for o in hits)
    ]  # fmt: skip
    return list(dict.fromkeys(key for _, _, key in sorted(kept)))
