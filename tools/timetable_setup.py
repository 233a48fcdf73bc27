"""What timetables are made from: the school's week, its rooms and its standing wishes."""

from typing import Annotated

from pydantic import Field

from runtime.transaction import Tx
from school import timetable_setup
from school.permissions import Permission
from school.timetabling.request import Break, PeriodNumber, TimetableConstraints, TimetableRequest
from tools.declare import Effect, Said, tool
from tools.present import Block, Fact, Facts
from tools.results import Done, Preview, Result

Days = Annotated[int | None, Field(ge=1, le=7, description="Days in the week; default as it is."), Said("days", "day")]
PerDay = Annotated[
    int | None, Field(ge=1, le=30, description="Periods in a day; default as it is."), Said("periods", "lessons")
]
Minutes = Annotated[
    int | None,
    Field(ge=5, le=240, description="Length of a period, minutes; default as it is."),
    Said("minutes", "minute", "mins", "long"),
]
Begins = Annotated[
    str | None, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$", description="When the first period begins, HH:MM.")
]
Breaks = Annotated[
    list[Break] | None, Field(max_length=50, description="Breaks: a closed `period`, or a pause `afterPeriod`.")
]
Shorter = Annotated[
    dict[int, PeriodNumber] | None, Field(description="Periods on shorter days: {5: 6} ends Friday after the sixth.")
]
Wishes = Annotated[TimetableConstraints | None, Field(description="Rooms, limits and wishes that always hold.")]


class TimetableSetupView(Result):
    """The school's week and standing wishes."""

    setup: TimetableRequest

    def headline(self) -> str:
        s = self.setup
        return f"The week has {s.days_per_week} days of {s.periods_per_day} periods, {s.period_duration} minutes each, from {s.starts_at}."

    def blocks(self) -> list[Block]:
        wishes = self.setup.constraints
        counted = (
            ("Rooms", wishes.rooms), ("Preferred and avoided times", wishes.preferred_slots),
            ("Doubles", wishes.double_periods), ("Subjects that need a room", wishes.room_constraints),
            ("Teachers with limits", wishes.teachers), ("Parallel subjects", wishes.parallel),
            ("Not one after the other", wishes.avoid_consecutive),
        )  # fmt: skip
        breaks = ", ".join(
            f"{b.name} {f'after period {b.after_period}' if b.after_period else f'in period {b.period}'}"
            for b in self.setup.breaks
        )
        items = [Fact(label="Breaks", value=breaks or "none")]
        return [Facts(items=[*items, *(Fact(label=label, value=len(x), kind="number") for label, x in counted)])]


@tool(
    permission=Permission.TIMETABLES_READ,
    effect=Effect.READ,
    rest="GET /api/timetable/setup",
    says=(
        "How long is a period?",
        "Show the timetable settings",
        "When are the breaks?",
        "What wishes are set for the timetable?",
    ),
)
async def show_timetable_setup(tx: Tx) -> TimetableSetupView:
    """Show the school's week, rooms and standing wishes for timetables.

    Use when somebody asks how the week is made up. To change it use `set_timetable_setup`.

    Shape:  nothing -> days, periods, breaks, rooms and wishes.
    Units:  periods in minutes; days and periods from 1.
    Errors: those of any read.
    Source: table timetable_setups.
    """
    return TimetableSetupView(setup=await timetable_setup.setup(tx))


async def _wanted(
    tx: Tx, days: int | None, periods: int | None, minutes: int | None, starts_at: str | None,
    breaks: list[Break] | None, shorter_days: dict[int, int] | None, constraints: TimetableConstraints | None,
) -> TimetableRequest:  # fmt: skip
    standing = await timetable_setup.setup(tx)
    given = {
        "days_per_week": days, "periods_per_day": periods, "period_duration": minutes, "starts_at": starts_at,
        "breaks": tuple(breaks) if breaks is not None else None, "shorter_days": shorter_days, "constraints": constraints,
    }  # fmt: skip
    changed = standing.model_copy(update={key: value for key, value in given.items() if value is not None})
    return TimetableRequest.model_validate(changed.model_dump(by_alias=True))


async def _preview_setup(
    tx: Tx, *, days_per_week: Days = None, periods_per_day: PerDay = None, period_duration: Minutes = None,
    starts_at: Begins = None, breaks: Breaks = None, shorter_days: Shorter = None, constraints: Wishes = None,
) -> Preview:  # fmt: skip
    row = await timetable_setup.setup_row(tx)
    wanted = await _wanted(
        tx, days_per_week, periods_per_day, period_duration, starts_at, breaks, shorter_days, constraints
    )
    shown = TimetableSetupView(setup=wanted)
    return Preview(
        title="Change how timetables are made", summary=f"{shown.headline()} Timetables that exist stay as they are.",
        blocks=shown.blocks(), included=1, state={"version": row.version if row else 0},
    )  # fmt: skip


@tool(
    permission=Permission.TIMETABLES_WRITE,
    effect=Effect.WRITE,
    rest="PUT /api/timetable/setup",
    says=("Set the school week to 5 days of 9 periods", "Periods are 35 minutes long from now on",
          "Put the long break after the third period", "Set the timetable wishes"),
    preview=_preview_setup,
)  # fmt: skip
async def set_timetable_setup(
    tx: Tx, *, days_per_week: Days = None, periods_per_day: PerDay = None, period_duration: Minutes = None,
    starts_at: Begins = None, breaks: Breaks = None, shorter_days: Shorter = None, constraints: Wishes = None,
) -> Done:  # fmt: skip
    """Set the school's week, rooms and standing wishes for timetables.

    Use when the week or the wishes change for good. For one timetable only, give them to `generate_timetable`.

    Shape:  what changes; the rest stays -> the new setup.
    Units:  periods in minutes; days and periods from 1.
    Errors: those of any change.
    Source: table timetable_setups.
    """
    wanted = await _wanted(
        tx, days_per_week, periods_per_day, period_duration, starts_at, breaks, shorter_days, constraints
    )
    before = await timetable_setup.set_up(tx, wanted)
    back = before.model_dump(mode="json")
    keys = ("days_per_week", "periods_per_day", "period_duration", "starts_at", "breaks", "shorter_days", "constraints")
    tx.undo_with("set_timetable_setup", **{key: back[key] for key in keys})
    return Done(message=TimetableSetupView(setup=wanted).headline())
