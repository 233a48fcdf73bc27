"""Making a timetable: start, watch, stop, read the result; check one; explain why there is none."""

import asyncio
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field
from sqlalchemy import select

from runtime.errors import InvalidInput, NotVisible
from runtime.transaction import Tx
from school import calendar, runs, timetable_setup, timetable_solving, timetable_views, timetables
from school.calendar import AcademicSession
from school.permissions import Permission
from school.runs import RunStatus
from school.timetable_solving import NoTimetablePossible
from school.timetables import Timetable
from school.timetabling.building import to_instance
from school.timetabling.checker import Report, check
from school.timetabling.instance import Instance, Place
from school.timetabling.request import Break, TimetableConstraints, TimetableRequest
from school.timetabling.validation import BadTimetableProblem
from tools.declare import Effect, Said, tool
from tools.present import Block, Column, Fact, Facts, Fault, Notice, Progress, Shown, Table
from tools.present import Errors as ErrorBlock
from tools.refs import Ref
from tools.results import Done, Preview, Result
from tools.timetables import TimetableGrid, chosen, grid

Constraints = Annotated[
    TimetableConstraints | None,
    Field(description="Wishes and assignments; what is left out is taken from the school's record."),
]
Breaks = Annotated[list[Break] | None, Field(description="Breaks: a closed `period`, or a pause `afterPeriod`.")]
Seconds = Annotated[int, Field(ge=1, le=600, description="How long to look for a better timetable, seconds.")]
Seed = Annotated[int, Field(ge=0, le=2**31 - 1, description="Another seed, another timetable.")]
PlanName = Annotated[str, Field(min_length=1, max_length=100, description="Name of the new timetable.")]
DaysPerWeek = Annotated[int | None, Field(description="Days in the week, 1 to 7."), Said("days", "day")]
PeriodsPerDay = Annotated[int | None, Field(description="Periods in a day, 1 to 30."), Said("periods", "lessons")]
Minutes = Annotated[int | None, Field(description="Length of a period, minutes."), Said("minutes", "minute", "mins")]


async def asked(
    tx: Tx, school_id: str | None, days: int | None, periods: int | None, minutes: int | None, breaks: list[Break] | None,
    constraints: TimetableConstraints | None,
) -> TimetableRequest:  # fmt: skip
    """The school's own request with what was given put over it; impossible numbers are named."""
    if school_id is not None and school_id != str(tx.school_id):
        raise NotVisible("There is no such school.")
    for what, number, most in (("days a week", days, 7), ("periods a day", periods, 30)):
        if number is not None and not 1 <= number <= most:
            raise InvalidInput(f"{number} {what} cannot be planned: it has to be 1 to {most}.")
    if minutes is not None and not 5 <= minutes <= 240:
        raise InvalidInput(f"A period of {minutes} minutes cannot be planned: it has to be 5 to 240.")
    standing = await timetable_setup.setup(tx)
    given: Mapping[str, Any] = {
        "days_per_week": days, "periods_per_day": periods, "period_duration": minutes,
        "breaks": tuple(breaks) if breaks is not None else None, "constraints": constraints,
    }  # fmt: skip
    return standing.model_copy(update={key: value for key, value in given.items() if value is not None})


async def _preview_generate(
    tx: Tx, *, school_id: str | None = None, session_id: Ref[AcademicSession] | None = None,
    days_per_week: DaysPerWeek = None, periods_per_day: PeriodsPerDay = None, period_duration: Minutes = None,
    breaks: Breaks = None, constraints: Constraints = None, name: PlanName = "Timetable", seconds: Seconds = 30,
    seed: Seed = 1, keep_locked_of: Ref[Timetable] | None = None,
) -> Preview:  # fmt: skip
    if keep_locked_of is not None:
        source = await timetables.access_timetable(tx, keep_locked_of.id)
        instance = timetables.instance_of(source)
        kept = sum(row.locked for row in await timetables.lessons_of(tx, source))
        about = f"Beginning from “{source.name}”; its {kept} locked lessons stay."
    else:
        request = await asked(tx, school_id, days_per_week, periods_per_day, period_duration, breaks, constraints)
        instance, _, _ = await timetable_solving.problem(tx, request, session_id.id if session_id else None)
        about = "From the school's record and wishes." if constraints is None else "From the request."
    return Preview(
        title=f"Make “{name}” for {len(instance.classes)} classes and groups",
        summary=f"{about} A draft is worked out in at most {seconds} seconds. Nothing is published.",
        blocks=[Facts(items=_facts(instance))], included=len(instance.lessons), state={"lessons": len(instance.lessons)},
    )  # fmt: skip


def _facts(instance: Instance) -> list[Fact]:
    return [
        Fact(label="Lessons", value=len(instance.lessons), kind="number"),
        Fact(label="Periods taught", value=sum(x.duration for x in instance.lessons), kind="number"),
        Fact(label="Teachers", value=len(instance.teachers), kind="number"),
        Fact(label="Rooms", value=len(instance.rooms), kind="number"),
        Fact(label="Rules and wishes", value=len(instance.rules), kind="number"),
    ]


class SolveStep(Shown):
    """One better timetable on the way."""

    elapsed_s: float
    by: str
    unplaced: int
    hard: int
    soft: float


class TimetableJob(Result):
    """A timetable being made: how far it is, and the solutions so far."""

    job_id: UUID
    timetable_id: UUID
    name: str
    status: str = Field(description="queued, solving, succeeded, failed or cancelled.")
    attempts: int = Field(description="Better timetables found so far.")
    elapsed: str
    elapsed_s: float
    hard: int | None
    soft: float | None
    bound: float | None = Field(description="Proven: no timetable costs less.")
    solutions: list[SolveStep]
    error: str | None = None

    def headline(self) -> str:
        if self.status in {"queued", "solving"}:
            so_far = f" Best so far: cost {self.soft:g}, {self.hard} rules broken." if self.soft is not None else ""
            return f"“{self.name}” is being worked out.{so_far}"
        if self.status == "failed":
            return f"“{self.name}” could not be made. {self.error or ''}".strip()
        if self.soft is None:
            return f"“{self.name}” was {self.status} before a timetable was found."
        valid = "every hard rule kept" if not self.hard else f"{self.hard} hard rules broken"
        bound = f", proven to cost at least {self.bound:g}" if self.bound else ""
        return f"“{self.name}” is ready: {valid}, cost of unmet wishes {self.soft:g}{bound}."

    def blocks(self) -> list[Block]:
        going = self.status in {"queued", "solving"}
        return [Progress(run_id=str(self.job_id), title=self.name)] if going else []

    def next_questions(self) -> list[str]:
        return (
            [] if self.status in {"queued", "solving"} else [f"Show the timetable {self.name}", f"Publish {self.name}"]
        )


@tool(
    permission=Permission.TIMETABLES_WRITE,
    effect=Effect.WRITE,
    rest="POST /api/timetable/generate",
    says=(
        "Make a timetable",
        "Make a timetable for this term",
        "Generate the timetable",
        "Work out a new timetable, but keep the locked lessons",
        "Create a draft timetable with mathematics in the morning",
        "Build the school timetable and take a minute for it",
    ),
    errors=(BadTimetableProblem, NoTimetablePossible),
    preview=_preview_generate,
)
async def generate_timetable(
    tx: Tx, *, school_id: str | None = None, session_id: Ref[AcademicSession] | None = None,
    days_per_week: DaysPerWeek = None, periods_per_day: PeriodsPerDay = None, period_duration: Minutes = None,
    breaks: Breaks = None, constraints: Constraints = None, name: PlanName = "Timetable", seconds: Seconds = 30,
    seed: Seed = 1, keep_locked_of: Ref[Timetable] | None = None,
) -> TimetableJob:  # fmt: skip
    """Make a draft timetable in the background; all arguments may be left out.

    Use when somebody wants a new timetable. To mend one after an absence use `draft_repair`; to change one lesson `move_lesson`.

    Shape:  a request, filled from the school's record -> one job; its draft is ready within `seconds`.
    Units:  seconds; periods and days from 1; soft is the weighted cost of unmet wishes.
    Errors: bad_timetable_problem, no_timetable_possible.
    Source: tables teaching, class_arms, timetable_setups.
    """
    request = None
    if keep_locked_of is None:
        request = await asked(tx, school_id, days_per_week, periods_per_day, period_duration, breaks, constraints)
    made, run = await timetable_solving.generate(
        tx, request, session_id=session_id.id if session_id else None, name=name, seconds=seconds, seed=seed,
        keep_from=keep_locked_of.id if keep_locked_of else None,
    )  # fmt: skip
    tx.undo_with("remove_timetable", timetable=str(made.id))
    return await _job(tx, run.id)


async def _job(tx: Tx, job_id: UUID) -> TimetableJob:
    run = await runs.access_run(tx, job_id)
    table = await tx.session.scalar(select(Timetable).where(Timetable.run_id == job_id))
    if table is None:
        raise NotVisible("There is no such timetable job.")
    words = {RunStatus.RUNNING.value: "solving"}
    last = table.improvements[-1] if table.improvements else None
    end = run.finished_at or tx.now
    elapsed = (end - run.started_at).total_seconds() if run.started_at else 0.0
    return TimetableJob(
        job_id=run.id, timetable_id=table.id, name=table.name, status=words.get(run.status, run.status),
        attempts=len(table.improvements), elapsed=f"{elapsed:.0f}s", elapsed_s=round(elapsed, 1),
        hard=last["hard"] + last["unplaced"] if last else None, soft=last["soft"] if last else None,
        bound=float(table.bound) if table.bound is not None else None,
        solutions=[SolveStep(elapsed_s=s["elapsedS"], **{k: s[k] for k in ("by", "unplaced", "hard", "soft")}) for s in table.improvements],
        error=(run.error or {}).get("message") or (table.reasons[0]["words"] if table.reasons else None),
    )  # fmt: skip


@tool(
    permission=Permission.TIMETABLES_WRITE,
    effect=Effect.READ,
    rest="GET /api/timetable/jobs/{job_id}",
    says=("How far is the timetable?", "Is the new timetable ready?", "Progress of the timetable job"),
)
async def show_timetable_job(tx: Tx, *, job_id: UUID) -> TimetableJob:
    """Show how far the making of a timetable is: solutions so far, cost, bound.

    Use when somebody asks whether a timetable is ready. For the timetable itself use `show_timetable_result`.

    Shape:  one job -> its status and the better timetables found so far.
    Units:  elapsed in seconds; soft and bound are weighted costs.
    Errors: those of any read.
    Source: tables runs, timetables.
    """
    return await _job(tx, job_id)


@tool(
    permission=Permission.TIMETABLES_WRITE,
    effect=Effect.READ,
    rest="GET /api/timetable/jobs/{job_id}/result",
    says=("Show the result of the timetable job", "Open the timetable that was just made", "What came out of the job?"),
)
async def show_timetable_result(tx: Tx, *, job_id: UUID) -> TimetableGrid:
    """Show the whole timetable that a job made, as a grid.

    Use when a job is done. While it is not, use `show_timetable_job`.

    Shape:  one job -> every lesson with day, period and room.
    Units:  days and periods from 1.
    Errors: those of any read.
    Source: tables timetables, timetable_lessons.
    """
    job = await _job(tx, job_id)
    found = await timetable_views.view(tx, await timetables.access_timetable(tx, job.timetable_id))
    if not found.lessons:
        raise NotVisible(job.headline(), status=job.status)
    return grid(found, "whole school", list(found.lessons))


async def _preview_cancel(tx: Tx, *, job_id: UUID) -> Preview:
    job = await _job(tx, job_id)
    return Preview(
        title=f"Stop making “{job.name}”", summary="The best timetable so far is kept as a draft.", included=1,
        state={"status": job.status},
    )  # fmt: skip


@tool(
    permission=Permission.TIMETABLES_WRITE,
    effect=Effect.WRITE,
    rest="POST /api/timetable/jobs/{job_id}/cancel",
    says=(
        "Stop the timetable job",
        "That is good enough, stop looking for a better timetable",
        "Cancel making the timetable",
    ),
    preview=_preview_cancel,
)
async def cancel_timetable_job(tx: Tx, *, job_id: UUID) -> Done:
    """Stop making a timetable; the best one so far is kept as a draft.

    Use when a job should not run to its end. To remove the draft use `remove_timetable`.

    Shape:  one job -> stopped within a few seconds.
    Units:  one job.
    Errors: those of any change.
    Source: table runs.
    """
    run = await runs.access_run(tx, job_id, lock=True)
    tx.require(Permission.TIMETABLES_WRITE)
    run.cancel_asked = True
    return Done(message="The search stops; the best timetable so far becomes a draft.")


class GivenLesson(Shown):
    """Where a lesson is. `key` names it; days and periods count from 1."""

    key: Annotated[str, Field(min_length=1, max_length=100)]
    day: Annotated[int, Field(ge=1, le=14)]
    period: Annotated[int, Field(ge=1, le=30)]
    room: str | None = None


class ViolationItem(Shown):
    kind: str
    hard: bool
    amount: int
    cost: float
    words: str
    lessons: list[str]


class Validation(Result):
    """What a timetable breaks, and what its unmet wishes cost."""

    valid: bool
    hard: int
    soft: float
    violations: list[ViolationItem]

    def headline(self) -> str:
        unmet = sum(not v.hard for v in self.violations)
        wishes = f"{unmet} wish{'es'[: 2 * (unmet != 1)]} unmet, at a cost of {self.soft:g}"
        if self.valid:
            return f"Every hard rule is kept; {wishes}."
        return f"{self.hard} hard rule{'s are' if self.hard != 1 else ' is'} broken; {wishes}."

    def blocks(self) -> list[Block]:
        columns = [Column(key="words", label="What"), Column(key="cost", label="Cost", kind="number")]
        rows = [{"words": v.words, "cost": "must not be" if v.hard else v.cost} for v in self.violations[:100]]
        return [Table(columns=columns, rows=rows, total=len(self.violations))] if rows else []


def validation(report: Report) -> Validation:
    items = [
        ViolationItem(kind=v.kind, hard=v.hard, amount=v.amount, cost=v.cost, words=v.words, lessons=list(v.lessons))
        for v in report.violations[:500]
    ]
    return Validation(valid=report.valid, hard=report.hard, soft=report.soft, violations=items)


@tool(
    permission=Permission.STAFF_READ,
    effect=Effect.READ,
    rest="POST /api/timetable/validate",
    says=(
        "Check the timetable",
        "Is the draft timetable valid?",
        "Which rules does the timetable break?",
        "Which wishes does the timetable not meet?",
    ),
    errors=(timetables.NoTimetableYet,),
)
async def validate_timetable(
    tx: Tx, *, timetable: Ref[Timetable] | None = None,
    lessons: Annotated[list[GivenLesson] | None, Field(max_length=15000, description="A part or all of a timetable to check in its place.")] = None,
    partial: Annotated[bool, Field(description="Lessons may be missing.")] = False,
) -> Validation:  # fmt: skip
    """Check a timetable, or lessons given for it, against every rule and wish.

    Use when somebody asks whether a timetable is right. To see why none can be made use `explain_timetable`.

    Shape:  one timetable (default the one in force), perhaps lessons -> each broken rule and unmet wish with its cost.
    Units:  cost is weight times amount; days and periods from 1.
    Errors: no_timetable_yet.
    Source: tables timetables, timetable_lessons.
    """
    found = await timetable_views.view(tx, await chosen(tx, timetable))
    if lessons is None:
        assignments = timetables.assignments_of(found.lessons)
    else:
        _each_once(lessons)
        assignments = {x.key: Place(day=x.day - 1, period=x.period - 1, room=x.room) for x in lessons}
    return validation(await asyncio.to_thread(check, found.instance, assignments, partial=partial))


def _each_once(lessons: list[GivenLesson]) -> None:
    """Raise InvalidInput when a lesson is given two places: which of them is meant nobody can know."""
    first: dict[str, int] = {}
    errors = [
        {"field": f"lessons.{n}.key", "message": f"Lesson {x.key} was given before, at lessons.{first[x.key]}."}
        for n, x in enumerate(lessons)
        if first.setdefault(x.key, n) != n
    ]
    if errors:
        twice = lessons[int(errors[0]["field"].split(".")[1])].key
        raise InvalidInput(
            f"The lesson {twice} is given more than once. Give each lesson one day and period, and check again.",
            errors=errors[:50],
        )


class ReasonItem(Shown):
    words: str
    remedies: list[str]


class RelaxationItem(Shown):
    words: str
    solves: bool | None
    gives: str
    cost: float | None


class TimetableExplanation(Result):
    """Why there is no timetable, or that there is one."""

    solvable: bool | None
    proven: bool
    reasons: list[ReasonItem]
    relaxations: list[RelaxationItem]
    as_of: date

    def headline(self) -> str:
        if self.solvable:
            return "Nothing stands in the way: a timetable that keeps every hard rule exists."
        if not self.proven:
            return "Neither a timetable nor a proof that there is none was found in the time there was."
        return f"No timetable is possible. {self.reasons[0].words}"

    def blocks(self) -> list[Block]:
        parts: list[Block] = []
        if len(self.reasons) > 1:
            items = [Fault(where=f"Reason {n}", what=r.words) for n, r in enumerate(self.reasons[:20], 1)]
            parts.append(ErrorBlock(title="Reasons", items=items))
        if self.relaxations:
            columns = [Column(key="words", label="What could be given up"), Column(key="gives", label="What it gives")]
            rows = [{"words": r.words, "gives": r.gives} for r in self.relaxations[:20]]
            parts.append(Table(columns=columns, rows=rows))
        return parts or [Notice(text=self.headline())]


@tool(
    permission=Permission.TIMETABLES_WRITE,
    effect=Effect.READ,
    rest="POST /api/timetable/explain",
    says=(
        "Why is there no timetable?",
        "Why can the timetable not be made?",
        "Which rules of the timetable are in conflict?",
        "What would have to change for a timetable to work?",
    ),
    errors=(BadTimetableProblem,),
)
async def explain_timetable(
    tx: Tx, *, timetable: Ref[Timetable] | None = None, days_per_week: DaysPerWeek = None,
    periods_per_day: PeriodsPerDay = None, constraints: Constraints = None,
) -> TimetableExplanation:  # fmt: skip
    """Explain why no timetable can be made: the smallest set of rules in conflict.

    Use when making a timetable failed or a request seems impossible. To check a timetable that exists use `validate_timetable`.

    Shape:  a timetable's problem, a request, or the school's record -> reasons in words, and what giving each up would give.
    Units:  periods; at most about ten seconds of work.
    Errors: bad_timetable_problem.
    Source: tables teaching, timetable_setups, timetables.
    """
    from school.timetabling.explain import explain  # only here: it brings the solver

    if timetable is not None:
        instance = timetables.instance_of(await timetables.access_timetable(tx, timetable.id))
    else:
        request = await asked(tx, None, days_per_week, periods_per_day, None, None, constraints)
        term = await calendar.current_term(tx)
        full, names = await timetable_setup.filled(tx, request, term.session_id)
        instance = to_instance(full, names)
    found = await asyncio.to_thread(explain, instance, seconds=8)
    return TimetableExplanation(
        solvable=found.solvable, proven=found.proven, as_of=tx.today,
        reasons=[ReasonItem(words=r.words, remedies=list(r.remedies)) for r in found.reasons],
        relaxations=[RelaxationItem(words=r.words, solves=r.solves, gives=r.gives, cost=r.cost) for r in found.relaxations],
    )  # fmt: skip
