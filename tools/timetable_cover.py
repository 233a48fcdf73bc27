"""Cover arranged: colleagues take an absent teacher's lessons, and are told."""

from datetime import date
from typing import Annotated

from pydantic import Field

from runtime.errors import InvalidInput
from runtime.transaction import Tx
from school import timetable_cover
from school.people import Staff
from school.permissions import Permission
from school.timetable_cover import CoverNotPossible, Needed
from school.timetables import NoTimetableYet
from tools.announce import add_announcement
from tools.declare import Effect, Said, tool
from tools.present import Block, Column, Shown, Table
from tools.refs import Ref
from tools.results import Done, Preview, Result

Absence = Annotated[
    date | None,
    Field(description="The day the teacher is away, YYYY-MM-DD; a weekday means the next one; default today."),
]
By = Annotated[
    Ref[Staff] | None, Field(description="One colleague for all of it; default the best fitting for each lesson."),
    Said("by", "with", "let", "ask", "make", "have", "use", "get", "tell"),
]  # fmt: skip
Periods = Annotated[
    list[Annotated[int, Field(ge=1, le=30)]] | None,
    Field(max_length=30, description="Only the lessons that begin in these periods, from 1; default all."),
]


class CoveredLesson(Shown):
    lesson: str
    label: str
    period: int
    begins_at: str
    cover: str
    cover_id: str
    why: str


class CoverArrangement(Result):
    """Who takes which lesson of a teacher who is away."""

    teacher: str
    on: date
    lessons: list[CoveredLesson]

    def headline(self) -> str:
        when = f"{self.on:%A} {self.on.day} {self.on:%B}"
        count, people = len(self.lessons), len({x.cover_id for x in self.lessons})
        return (
            f"{count} lesson{'s'[: count != 1]} of {self.teacher} on {when} {'is' if count == 1 else 'are'} covered by "
            f"{people} colleague{'s'[: people != 1]}, who {'is' if people == 1 else 'are'} being told."
        )

    def blocks(self) -> list[Block]:
        return [_table(self.lessons)]


def _table(lessons: list[CoveredLesson]) -> Table:
    columns = [
        Column(key="beginsAt", label="Time"),
        Column(key="label", label="Lesson"),
        Column(key="cover", label="Covered by", kind="person"),
        Column(key="why", label="Who"),
    ]
    return Table(columns=columns, rows=[x.model_dump(mode="json", by_alias=True) for x in lessons])


async def _planned(
    tx: Tx, teacher: Ref[Staff], on: date | None, by: Ref[Staff] | None, periods: list[int] | None
) -> tuple[Needed, dict[str, str], list[CoveredLesson]]:
    need = await timetable_cover.needed(tx, teacher.id, on or tx.today)
    if not need.lessons:
        raise InvalidInput(
            f"{teacher.label} has no lessons on {need.on:%A} {need.on.day} {need.on:%B}: nothing to cover."
        )
    wanted = {x.lesson: str(by.id) for x in need.lessons} if by is not None else {}
    choice = timetable_cover.chosen(need, wanted, {p - 1 for p in periods} if periods else None)
    shown = [
        CoveredLesson(
            lesson=x.lesson, label=x.label, period=x.period + 1,
            begins_at=f"{need.view.hours.periods[x.period][0]:%H:%M}", cover=o.name, cover_id=o.teacher, why=o.why,
        )
        for x in need.lessons if x.lesson in choice
        for o in x.options if o.teacher == choice[x.lesson]
    ]  # fmt: skip
    return need, choice, shown


async def _preview_cover(
    tx: Tx, *, teacher: Ref[Staff], on: Absence = None, by: By = None, periods: Periods = None
) -> Preview:
    need, choice, shown = await _planned(tx, teacher, on, by, periods)
    told = await timetable_cover.announcement(tx, need, choice)
    preview = Preview(
        title=f"Cover for {teacher.label} on {need.on:%A} {need.on.day} {need.on:%B}", blocks=[_table(shown)],
        summary=f"Those who take a lesson are told, and so is the teacher. Told: {told.audience.summary()}.",
        included=len(shown), state={"choice": choice, "timetable": str(need.view.timetable.id)},
    )  # fmt: skip
    return await add_announcement(tx, preview, told)


@tool(
    permission=Permission.TIMETABLES_WRITE,
    effect=Effect.SEND,
    rest="POST /api/timetable/cover",
    says=(
        "Arrange cover for Mr Akinlade on Thursday",
        "Let Mrs Umeadi take Mr Akinlade's lessons tomorrow",
        "Assign stand-ins for the absent maths teacher and tell them",
        "Book cover for Mrs Umeadi today",
    ),
    errors=(NoTimetableYet, CoverNotPossible),
    preview=_preview_cover,
)
async def set_cover(
    tx: Tx, *, teacher: Ref[Staff], on: Absence = None, by: By = None, periods: Periods = None
) -> CoverArrangement:
    """Arrange cover for a teacher who is away on a day: colleagues take the lessons.

    Use when it is settled that lessons are to be covered. Only to see who could do it, use `find_cover`.

    Shape:  one teacher and day (default today), perhaps one colleague, perhaps some periods -> one colleague a lesson.
    Units:  periods from 1.
    Errors: no_timetable_yet, cover_not_possible.
    Source: tables lesson_covers, timetable_lessons.
    """
    need, choice, shown = await _planned(tx, teacher, on, by, periods)
    await timetable_cover.arrange(tx, need, choice)
    tx.undo_with("remove_cover", "Those told are told again that it is off.", teacher=str(teacher.id), on=str(need.on))
    return CoverArrangement(teacher=teacher.label, on=need.on, lessons=shown)


async def _preview_remove(tx: Tx, *, teacher: Ref[Staff], on: Absence = None) -> Preview:
    need = await _arranged(tx, teacher, on)
    told = await timetable_cover.announcement_of(
        tx, [item.cover_row.id for item in need.arranged], cancelled=True, about_to_be=True
    )
    preview = Preview(
        title=f"Cancel the cover for {teacher.label} on {need.on:%A} {need.on.day} {need.on:%B}",
        summary="The teacher takes the lessons again. Those who were to cover are told.", included=len(need.arranged),
        state={"covers": sorted(str(item.cover_row.id) for item in need.arranged)},
    )  # fmt: skip
    return preview if told is None else await add_announcement(tx, preview, told)


async def _arranged(tx: Tx, teacher: Ref[Staff], on: date | None) -> Needed:
    need = await timetable_cover.needed(tx, teacher.id, on or tx.today)
    if not need.arranged:
        raise CoverNotPossible(f"No cover is arranged for {teacher.label} on {need.on:%A} {need.on.day} {need.on:%B}.")
    return need


@tool(
    permission=Permission.TIMETABLES_WRITE,
    effect=Effect.SEND,
    rest="DELETE /api/timetable/cover",
    says=(
        "Mr Akinlade is here after all, cancel his cover",
        "Cancel the cover for Mrs Umeadi on Thursday",
        "No cover is needed for Mr Akinlade tomorrow any more",
    ),
    errors=(NoTimetableYet, CoverNotPossible),
    preview=_preview_remove,
)
async def remove_cover(tx: Tx, *, teacher: Ref[Staff], on: Absence = None) -> Done:
    """Cancel the cover arranged for a teacher on a day, and tell the colleagues.

    Use when an absent teacher comes after all. To change who covers, use `set_cover` again.

    Shape:  one teacher and day (default today) -> cover cancelled.
    Units:  lessons.
    Errors: no_timetable_yet, cover_not_possible.
    Source: table lesson_covers.
    """
    need = await _arranged(tx, teacher, on)
    cancelled = await timetable_cover.cancel(tx, need)
    count = len(cancelled)
    return Done(message=f"Cover for {count} lesson{'s'[: count != 1]} of {teacher.label} is cancelled.")
