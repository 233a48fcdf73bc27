"""A timetable from a file of FET, or the neutral JSON: read, shown, and kept as a draft or searched."""

from collections import Counter
from typing import Annotated
from uuid import UUID

from pydantic import Field

from runtime.transaction import Tx
from school import files, timetable_import
from school.files import StoredFile
from school.permissions import Permission
from school.timetable_import import Found, ImportHow
from school.timetable_solving import NoTimetablePossible
from school.timetabling.fet_import import UnreadableFet
from school.timetabling.problem_files import UnreadableTimetable
from school.timetabling.validation import BadTimetableProblem
from tools.declare import Effect, tool
from tools.present import Block, Column, Fact, Facts, Notice, Progress, Table
from tools.refs import Ref
from tools.results import Preview, Result

File = Annotated[Ref[StoredFile], Field(description="A .fet file of FET, or the problem as JSON.")]
How = Annotated[
    ImportHow | None,
    Field(description="search for a timetable, or keep the placed lessons; default keep when all are placed."),
]
Name = Annotated[str | None, Field(min_length=1, max_length=100, description="Name of the draft; default the file's.")]
Seconds = Annotated[int, Field(ge=1, le=600, description="How long to look for a timetable, seconds.")]
Seed = Annotated[int, Field(ge=0, le=2**31 - 1, description="Another seed, another timetable.")]
SHOWN = 40
"""Names a preview shows of each kind; the counts are of all."""
RULES = {
    "min_days": "Lessons days apart", "max_days_apart": "Lessons close together", "same_start": "At one time",
    "not_overlap": "Never at once", "prefer_slots": "Times", "prefer_starts": "Times", "prefer_rooms": "Rooms",
    "consecutive": "One after another", "ordered": "In order", "ordered_same_day": "In order", "apart": "Free periods between",
    "same_day": "On one day", "same_hour": "At one hour", "grouped": "One after another", "ends_class_day": "Last of the day",
    "slots_taken": "Times", "at_once": "So many at once", "same_room_if_consecutive": "Rooms", "max_rooms": "Rooms",
}  # fmt: skip
"""What the rules of a kind are about; those of teachers and classes are told by how their kind begins."""


async def _read(tx: Tx, file: Ref[StoredFile]) -> tuple[StoredFile, Found]:
    stored, content = await files.read(tx, file.id)
    return stored, await timetable_import.read(tx, content, stored.name)


def _facts(found: Found) -> Facts:
    problem = found.instance
    return Facts(
        items=[
            Fact(label="Classes and groups", value=len(problem.classes), kind="number"),
            Fact(label="Teachers", value=len(problem.teachers), kind="number"),
            Fact(label="Rooms", value=len(problem.rooms), kind="number"),
            Fact(label="Lessons", value=len(problem.lessons), kind="number"),
            Fact(label="Placed in the file", value=len(found.placed), kind="number"),
            Fact(label="Week", value=f"{len(problem.days)} days of {len(problem.periods)} periods"),
        ]
    )


def _about(kind: str) -> str:
    whose = {"teacher": "Days and hours of teachers", "class": "Days and hours of classes"}
    return RULES.get(kind) or whose.get(kind.partition("_")[0], kind)


def _rules(found: Found) -> list[Block]:
    counts: Counter[tuple[str, bool]] = Counter((_about(rule.type), rule.hard) for rule in found.instance.rules)
    abouts = sorted({about for about, _ in counts}, key=lambda a: (-counts[a, True] - counts[a, False], a))
    columns = [
        Column(key="about", label="Rules about"), Column(key="hard", label="Must hold", kind="number"),
        Column(key="soft", label="Wishes", kind="number"),
    ]  # fmt: skip
    rows = [{"about": about, "hard": counts[about, True], "soft": counts[about, False]} for about in abouts]
    return [Table(title="Rules read", columns=columns, rows=rows)] if rows else []


def _strangers(found: Found) -> list[Block]:
    if not found.strangers:
        return [Notice(tone="success", text="Every teacher, class and subject of the file is in the school's records.")]
    columns = [Column(key="kind", label="Not in the school's records"), Column(key="count", label="Number", kind="number"),
               Column(key="names", label="Names")]  # fmt: skip
    rows = [
        {
            "kind": kind.capitalize(),
            "count": len(names),
            "names": ", ".join(names[:SHOWN]) + (" …" if len(names) > SHOWN else ""),
        }
        for kind, names in found.strangers.items()
    ]
    text = (
        "They stay in the draft under the file's names, with all their lessons. Nobody of them sees it or is told: "
        "to change that, write them in the file as they are in the records, or add them there, and import it again."
    )
    return [Table(columns=columns, rows=rows), Notice(text=text)]


def _not_known(found: Found) -> list[str]:
    if not found.missing:
        return []
    listed = ", ".join(f"{kind} ({count})" for kind, count in found.missing.items())
    return [f"Rules of FET that are not known here, so the draft may break them: {listed}."]


async def _preview_import(
    tx: Tx, *, file: File, how: How = None, name: Name = None, seconds: Seconds = 30, seed: Seed = 1
) -> Preview:
    stored, found = await _read(tx, file)
    way = how or found.usual
    timetable_import.check_how(found, way)
    open_ = len(found.instance.lessons) - len(found.placed)
    if way is ImportHow.KEEP:
        left = f" {open_} lessons stay unplaced." if open_ else ""
        what = f"The {len(found.placed)} lessons the file has placed are kept as a draft.{left}"
    else:
        fixed = f" The {len(found.held)} locked in the file stay." if found.held else ""
        what = f"A draft is worked out in at most {seconds} seconds.{fixed}"
    return Preview(
        title=f"Timetable from {stored.name}", summary=f"{what} Nothing is published.",
        blocks=[_facts(found), *_strangers(found), *_rules(found)], warnings=_not_known(found),
        included=len(found.instance.lessons), state={"file": stored.sha256, "how": way.value},
    )  # fmt: skip


class ImportedTimetable(Result):
    """The draft that a file became."""

    timetable_id: UUID
    job_id: UUID | None = Field(description="The search for a timetable, where one was begun.")
    name: str
    lessons: int
    placed: int
    hard: int = Field(description="Hard rules broken and lessons missing.")
    soft: float
    strangers: dict[str, list[str]] = Field(description="Names that are not in the school's records, by kind.")
    missing: dict[str, int] = Field(description="Rules of FET that are not known here, with how often.")

    def headline(self) -> str:
        if self.job_id:
            return f"“{self.name}” is read from the file, with {self.lessons} lessons, and is being worked out."
        broken = f"{self.hard} hard rules are broken" if self.hard else "every hard rule is kept"
        placed = f"{self.placed} of {self.lessons}" if self.placed < self.lessons else f"all {self.lessons}"
        return f"“{self.name}” is a draft with {placed} lessons placed; {broken}."

    def blocks(self) -> list[Block]:
        return [Progress(run_id=str(self.job_id), title=self.name)] if self.job_id else []

    def next_questions(self) -> list[str]:
        return [] if self.job_id else [f"Show the timetable {self.name}", f"Export {self.name} as PDF"]


@tool(
    permission=Permission.TIMETABLES_WRITE,
    effect=Effect.WRITE,
    rest="POST /api/timetable/import",
    says=(
        "Import this FET file",
        "Import the timetable from this file",
        "Make a timetable from the .fet file",
        "Load our timetable from FET",
        "Upload a timetable file and keep its lessons",
    ),
    errors=(UnreadableFet, UnreadableTimetable, BadTimetableProblem, NoTimetablePossible),
    preview=_preview_import,
)
async def import_timetable(
    tx: Tx, *, file: File, how: How = None, name: Name = None, seconds: Seconds = 30, seed: Seed = 1
) -> ImportedTimetable:
    """Read a timetable from a FET file or JSON, as a draft or to be solved.

    Use when somebody has a timetable file. To make one from the school's record use `generate_timetable`.

    Shape:  one file -> one draft with all its lessons and rules; names are matched with the school's records.
    Units:  lessons and rules in number; seconds of search.
    Errors: unreadable_fet, unreadable_timetable, bad_timetable_problem, no_timetable_possible.
    Source: the file; tables timetables, timetable_lessons.
    """
    stored, found = await _read(tx, file)
    way = how or found.usual
    wanted = name or stored.name.rpartition(".")[0] or stored.name
    table, run = await timetable_import.keep(tx, found, way, wanted[:100], seconds=seconds, seed=seed)
    tx.undo_with("remove_timetable", timetable=str(table.id))
    return ImportedTimetable(
        timetable_id=table.id, job_id=run.id if run else None, name=table.name, lessons=len(found.instance.lessons),
        placed=len(found.placed), hard=table.hard, soft=float(table.soft), strangers=found.strangers, missing=found.missing,
    )  # fmt: skip
