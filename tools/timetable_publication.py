"""Publishing a timetable, with those whose week it changes told, and taking it back."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from runtime.errors import InvalidInput
from runtime.transaction import Tx
from school import timetable_publication, timetable_views, timetables
from school.permissions import Permission
from school.timetable_publication import Affected, TimetableIncomplete, TimetableNotPublished
from school.timetables import Timetable, TimetableNotDraft
from tools.announce import add_announcement
from tools.declare import Effect, tool
from tools.present import Fact, Facts
from tools.refs import Ref
from tools.results import Done, Preview, Result

Draft = Annotated[Ref[Timetable], Field(description="The draft, by name or id.")]
StartsOn = Annotated[
    date | None, Field(description="First day it counts, YYYY-MM-DD; a weekday means the next one; default today.")
]


async def _ready(tx: Tx, timetable: Ref[Timetable], starts_on: date | None) -> tuple[Timetable, date, Affected]:
    table = await timetables.access_draft(tx, timetable.id)
    timetable_publication.check_complete(table)
    begins = starts_on or tx.today
    if begins < tx.today:
        raise InvalidInput("A timetable cannot begin in the past.")
    whose = await timetable_publication.affected(tx, await timetable_views.view(tx, table), begins)
    return table, begins, whose


async def _preview_publish(tx: Tx, *, timetable: Draft, starts_on: StartsOn = None) -> Preview:
    table, begins, whose = await _ready(tx, timetable, starts_on)
    facts = [
        Fact(label="Classes whose week changes", value=len(whose.class_arm_ids), kind="number"),
        Fact(label="Teachers whose week changes", value=len(whose.teacher_ids), kind="number"),
        Fact(label="Lessons" if whose.first else "Courses that move", value=whose.lessons, kind="number"),
        Fact(label="Cost of unmet wishes", value=float(table.soft), kind="number"),
    ]
    preview = Preview(
        title=f"Publish “{table.name}” from {begins:%A} {begins.day} {begins:%B %Y}", blocks=[Facts(items=facts)],
        summary="It is the school's timetable from then on.", included=len(whose.class_arm_ids),
        state={"version": table.version, "starts_on": str(begins)},
    )  # fmt: skip
    if not whose.class_arm_ids and not whose.teacher_ids:
        return preview.model_copy(update={"summary": f"{preview.summary} Nobody's week changes, so nobody is told."})
    told = await timetable_publication.announcement(tx, whose.class_arm_ids, whose.teacher_ids, begins, table)
    preview = await add_announcement(tx, preview, told)
    return preview.model_copy(update={"summary": f"{preview.summary} Told: {told.audience.summary()}."})


class TimetablePublication(Result):
    """A timetable that counts now."""

    timetable_id: UUID
    name: str
    starts_on: date
    classes: int
    teachers: int
    told: dict[str, int] = Field(description="People who are told, by channel.")

    def headline(self) -> str:
        people = sum(self.told.values())
        when = f"{self.starts_on:%A} {self.starts_on.day} {self.starts_on:%B}"
        return f"Published: “{self.name}”, in force from {when}. {people} people are being told."

    def next_questions(self) -> list[str]:
        return ["My timetable tomorrow", "Who is free now?"]


@tool(
    permission=Permission.TIMETABLES_WRITE,
    effect=Effect.SEND,
    rest="POST /api/timetable/{timetable}/publication",
    says=("Publish the timetable", "Publish the draft timetable from Monday", "Make this timetable the school's timetable",
          "Put the new timetable into force"),
    errors=(TimetableIncomplete, TimetableNotDraft),
    preview=_preview_publish,
)  # fmt: skip
async def publish_timetable(tx: Tx, *, timetable: Draft, starts_on: StartsOn = None) -> TimetablePublication:
    """Publish a draft timetable: it counts from a day on, and those affected are told.

    Use when a draft is ready. To look at what would change first, use `compare_timetables`.

    Shape:  one draft and a day (default today) -> one timetable in force.
    Units:  classes, teachers and people told in number.
    Errors: timetable_incomplete, timetable_not_draft.
    Source: tables timetables, timetable_lessons, guardianships.
    """
    table, begins, whose = await _ready(tx, timetable, starts_on)
    told: dict[str, int] = {}
    if whose.class_arm_ids or whose.teacher_ids:
        announced = await timetable_publication.announcement(tx, whose.class_arm_ids, whose.teacher_ids, begins, table)
        told = {channel.value: n for channel, n in announced.audience.counts().items()}
    await timetable_publication.publish(tx, table, begins, whose)
    tx.undo_with("withdraw_timetable", "Messages already sent cannot be recalled.", timetable=str(table.id))
    return TimetablePublication(
        timetable_id=table.id, name=table.name, starts_on=begins, classes=len(whose.class_arm_ids),
        teachers=len(whose.teacher_ids), told=told,
    )  # fmt: skip


async def _preview_withdraw(tx: Tx, *, timetable: Ref[Timetable]) -> Preview:
    table = await timetables.access_timetable(tx, timetable.id)
    if table.state != "published":
        raise TimetableNotPublished(f"“{table.name}” is not published.")
    return Preview(
        title=f"Withdraw “{table.name}”", summary="The timetable published before it counts again; this becomes a draft.",
        included=1, warnings=["Messages already sent cannot be recalled."], state={"version": table.version},
    )  # fmt: skip


@tool(
    permission=Permission.TIMETABLES_WRITE,
    effect=Effect.WRITE,
    rest="DELETE /api/timetable/{timetable}/publication",
    says=("Withdraw the published timetable", "Take the new timetable back", "Go back to the timetable before"),
    errors=(TimetableNotPublished,),
    preview=_preview_withdraw,
)
async def withdraw_timetable(tx: Tx, *, timetable: Ref[Timetable]) -> Done:
    """Withdraw a published timetable: the one before it counts again.

    Use when a timetable was published by mistake. Messages already sent cannot be recalled.

    Shape:  one published timetable -> a draft again.
    Units:  one timetable.
    Errors: timetable_not_published.
    Source: table timetables.
    """
    table = await timetables.access_timetable(tx, timetable.id, lock=True)
    begins = table.starts_on
    await timetable_publication.withdraw(tx, table)
    again = {"starts_on": str(begins)} if begins and begins >= tx.today else {}
    tx.undo_with("publish_timetable", "People would be told again.", timetable=str(table.id), **again)
    return Done(message=f"“{table.name}” is a draft again; the timetable before it counts.")
