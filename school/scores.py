"""Scores: recording points, and taking a sheet from draft to published. Reading them is `school/results.py`."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from pydantic import AwareDatetime, Field
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from runtime.errors import Conflict, InvalidInput
from runtime.events import Event
from runtime.ids import new_id
from runtime.transaction import Tx
from school import results, score_sheets
from school.classes import Teaching
from school.people import Person
from school.permissions import Permission
from school.results import NotReleased, SheetResults, StudentResults, sheet_results, student_results
from school.score_sheets import OpenSheet, Score, ScoreSheet, SheetState
from school.units import Value

__all__ = [
    "AlreadyPublished", "NoScores", "NotApproved", "NotPublished", "NotReleased", "Publication", "SavedScores",
    "ScoresChanged", "ScoresPublished", "ScoresWithdrawn", "SheetResults", "StudentResults", "WrongState", "approve", "check_points",
    "publish", "record", "release_due", "reopen", "save_rows", "sheet_results", "student_results", "submit", "withdraw",
]  # fmt: skip

PointsByStudent = Mapping[UUID, Mapping[UUID, Decimal | None]]
"""Student -> component -> points; null removes what is recorded."""


class AlreadyPublished(Conflict):
    """The sheet is visible to guardians already."""

    code = "already_published"


class NotPublished(Conflict):
    """The sheet is not published, so there is nothing to withdraw."""

    code = "not_published"


class NoScores(Conflict):
    """Nothing is recorded on the sheet."""

    code = "no_scores"


class NotApproved(Conflict):
    """The school publishes only sheets the head has approved."""

    code = "not_approved"


class ScoresChanged(Conflict):
    """Somebody wrote over the values an undo would put back."""

    code = "scores_changed"


class WrongState(Conflict):
    """The step does not follow from the sheet's state."""

    code = "wrong_state"


class ScoresPublished(Event):
    """A sheet became visible to guardians. Emitted on its release date, not before."""

    name: ClassVar[str] = "scores.published"
    public: ClassVar[bool] = True
    subject_id: UUID
    subject_name: str
    class_arm_id: UUID
    class_arm_name: str
    term_id: UUID
    term_name: str
    teacher_id: UUID | None
    teacher_name: str
    student_count: int
    timestamp: AwareDatetime


class ScoresWithdrawn(Event):
    """A published sheet was taken back; messages not sent yet should not go."""

    name: ClassVar[str] = "scores.withdrawn"
    public: ClassVar[bool] = True
    subject_id: UUID
    class_arm_id: UUID
    term_id: UUID
    timestamp: AwareDatetime


class SavedScores(Value):
    """What was written, and what stood there before (student -> component -> points, null was empty)."""

    sheet_id: UUID
    version: int
    students: int
    values: int = Field(description="Points written or removed; unchanged ones are not counted.")
    before: dict[UUID, dict[UUID, Decimal | None]]
    after: dict[UUID, dict[UUID, Decimal | None]]

    def to_undo(self) -> list[dict[str, Any]]:
        """Value by value what puts this back: what stood there, and what was written over it."""
        return [
            {
                "student_id": student_id, "component_id": component_id, "points": points,
                "written": self.after[student_id][component_id],
            }
            for student_id, by_component in self.before.items() for component_id, points in by_component.items()
        ]  # fmt: skip


class Publication(Value):
    sheet_id: UUID
    label: str
    students: int = Field(description="Students whose result became visible.")
    published_at: AwareDatetime
    release_on: date | None


def check_points(points: Decimal, maximum: Decimal) -> str | None:
    """What is wrong with points in a component of `maximum`, in words; null when nothing is."""
    if not points.is_finite():
        return f"{points} is not a number of points"
    if points < 0:
        return f"{points:f} is negative"
    if points > maximum:
        return f"{points:f} is more than the {maximum.normalize():f} the component is out of"
    if points != points.quantize(Decimal("0.01")):
        return f"{points:f} has more than two decimals"
    return None


def _check_rows(opened: OpenSheet, names: Mapping[UUID, str], rows: PointsByStudent) -> None:
    columns = {component.id: component for component in opened.components}
    wrong: list[dict[str, str]] = []
    for student_id, by_component in rows.items():
        if student_id not in names:
            wrong.append({"field": str(student_id), "message": f"This student is not in {opened.class_arm.name}."})
            continue
        for component_id, points in by_component.items():
            column = columns.get(component_id)
            fault = "there is no such column" if column is None else None
            if column is not None and points is not None:
                fault = check_points(points, column.max_points)
            if fault:
                what = f"{column.name}: {fault}" if column else fault
                wrong.append({"field": names[student_id], "message": f"{names[student_id]}, {what}."})
    if wrong:
        more = f" And {len(wrong) - 1} more." if len(wrong) > 1 else ""
        raise InvalidInput(f"{wrong[0]['message']}{more} Nothing was saved.", errors=wrong)


async def save_rows(
    tx: Tx, opened: OpenSheet, rows: PointsByStudent, *, expected_version: int | None = None
) -> SavedScores:
    """Write many points of one sheet at once: all of them or, when one is wrong, none.

    Shape:  rows {student: {component: points}}; null removes; students and components left out stay.
    Units:  points 0..max_points of the component, two decimals.
    Errors: invalid_input (lists every wrong value), stale_sheet, sheet_published.
    """
    tx.require(Permission.SCORES_WRITE)
    score_sheets.check_open(opened.sheet, expected_version)
    listed = await results.takers(tx, opened.class_arm.id, opened.subject.id, opened.term)
    _check_rows(opened, {student.id: person.full_name for student, person in listed}, rows)
    current = await score_sheets.points_of(tx, opened.sheet.id)
    before: dict[UUID, dict[UUID, Decimal | None]] = {}
    after: dict[UUID, dict[UUID, Decimal | None]] = {}
    for student_id, by_component in rows.items():
        for component_id, points in by_component.items():
            stood = current.get(student_id, {}).get(component_id)
            if stood != points:
                before.setdefault(student_id, {})[component_id] = stood
                after.setdefault(student_id, {})[component_id] = points
    if after:
        await _write(tx, opened.sheet.id, after)
        _touch(opened.sheet, SheetState.DRAFT)
        await tx.session.flush()
    return SavedScores(
        sheet_id=opened.sheet.id, version=opened.sheet.version, students=len(after),
        values=sum(len(values) for values in after.values()), before=before, after=after,
    )  # fmt: skip


async def restore(tx: Tx, opened: OpenSheet, before: PointsByStudent, written: PointsByStudent) -> SavedScores:
    """Put values back to `before`, when they are still the `written` ones. Errors: scores_changed, sheet_published."""
    current = await score_sheets.points_of(tx, opened.sheet.id)
    changed = sum(
        current.get(student_id, {}).get(component_id) != points
        for student_id, by_component in written.items() for component_id, points in by_component.items()
    )  # fmt: skip
    if changed:
        raise ScoresChanged(
            f"{changed} of these scores were changed after that, so they are not put back. Change them by hand.",
            values=changed,
        )
    return await save_rows(tx, opened, before)


async def _write(tx: Tx, sheet_id: UUID, after: dict[UUID, dict[UUID, Decimal | None]]) -> None:
    kept = [
        {
            "id": new_id(), "school_id": tx.school_id, "sheet_id": sheet_id, "student_id": student_id,
            "component_id": component_id, "points": points, "late": False,
        }
        for student_id, by_component in after.items()
        for component_id, points in by_component.items()
        if points is not None
    ]  # fmt: skip
    if kept:
        statement = insert(Score)
        await tx.session.execute(
            statement.on_conflict_do_update(
                index_elements=["sheet_id", "student_id", "component_id"],
                set_={"points": statement.excluded.points},
            ),
            kept,
        )
    for student_id, by_component in after.items():
        removed = [component_id for component_id, points in by_component.items() if points is None]
        if removed:
            await tx.session.execute(
                delete(Score).where(
                    Score.sheet_id == sheet_id, Score.student_id == student_id, Score.component_id.in_(removed)
                )
            )


def _touch(sheet: ScoreSheet, state: SheetState) -> None:
    """Move a sheet on. Back in draft it is neither submitted nor approved any more."""
    sheet.version += 1
    sheet.state = state.value
    if state is SheetState.DRAFT:
        sheet.submitted_at = sheet.approved_at = None


async def record(
    tx: Tx,
    opened: OpenSheet,
    student_id: UUID,
    component_id: UUID,
    points: Decimal | None,
    *,
    expected_version: int | None = None,
) -> SavedScores:
    """Write the points of one student in one component; null removes them. Errors: those of `save_rows`."""
    return await save_rows(tx, opened, {student_id: {component_id: points}}, expected_version=expected_version)


async def _scored(tx: Tx, opened: OpenSheet) -> int:
    """How many students on the roll have a score, or NoScores."""
    recorded = await score_sheets.points_of(tx, opened.sheet.id)
    listed = await results.takers(tx, opened.class_arm.id, opened.subject.id, opened.term)
    scored = sum(student.id in recorded for student, _ in listed)
    if not scored:
        raise NoScores(f"{opened.label} has no scores yet: record or import them first.")
    return scored


async def submit(tx: Tx, opened: OpenSheet) -> ScoreSheet:
    """The teacher hands a draft to the head. Errors: no_scores, wrong_state."""
    tx.require(Permission.SCORES_WRITE)
    if opened.sheet.state != SheetState.DRAFT:
        raise WrongState(f"{opened.label} is {opened.sheet.state}, so it cannot be submitted again.")
    await _scored(tx, opened)
    _touch(opened.sheet, SheetState.SUBMITTED)
    opened.sheet.submitted_at = tx.now
    return opened.sheet


async def approve(tx: Tx, opened: OpenSheet) -> ScoreSheet:
    """The head accepts a submitted sheet. Errors: wrong_state."""
    tx.require(Permission.SCORES_APPROVE)
    if opened.sheet.state != SheetState.SUBMITTED:
        raise WrongState(f"{opened.label} is {opened.sheet.state}: only a submitted sheet can be approved.")
    _touch(opened.sheet, SheetState.APPROVED)
    opened.sheet.approved_at = tx.now
    return opened.sheet


async def reopen(tx: Tx, opened: OpenSheet) -> ScoreSheet:
    """Take an approved sheet back to submitted, a submitted one back to draft. Errors: wrong_state."""
    tx.require(Permission.SCORES_WRITE)
    sheet = opened.sheet
    if sheet.state == SheetState.APPROVED:
        tx.require(Permission.SCORES_APPROVE)
        _touch(sheet, SheetState.SUBMITTED)
        sheet.approved_at = None
    elif sheet.state == SheetState.SUBMITTED:
        _touch(sheet, SheetState.DRAFT)
    else:
        raise WrongState(f"{opened.label} is {sheet.state}, so it cannot be reopened.")
    return sheet


async def check_publishable(tx: Tx, opened: OpenSheet, *, approval_required: bool) -> int:
    """How many results publishing would show; raises what would stop it (for the preview, too)."""
    if opened.sheet.state == SheetState.PUBLISHED:
        raise AlreadyPublished(f"{opened.label} is already published.", published_at=str(opened.sheet.published_at))
    if approval_required and opened.sheet.state != SheetState.APPROVED:
        raise NotApproved(f"{opened.label} waits for the head's approval before it can be published.")
    return await _scored(tx, opened)


async def publish(
    tx: Tx, opened: OpenSheet, *, release_on: date | None = None, approval_required: bool = False
) -> Publication:
    """Make the results of one sheet visible to its students and guardians, now or from `release_on`.

    Shape:  one sheet -> one Publication; students without any score are left out.
    Errors: already_published, no_scores, not_approved, invalid_input (a release date that has passed).
    """
    tx.require(Permission.SCORES_PUBLISH)
    students = await check_publishable(tx, opened, approval_required=approval_required)
    if release_on is not None and release_on < tx.today:
        raise InvalidInput(f"{release_on:%d %B %Y} has passed: choose today or a later day.")
    sheet = opened.sheet
    _touch(sheet, SheetState.PUBLISHED)
    sheet.published_at, sheet.release_on, sheet.announced_at = tx.now, release_on, None
    if results.is_released(tx, sheet):
        await _announce(tx, opened, students)
    await tx.session.flush()
    return Publication(
        sheet_id=sheet.id, label=opened.label, students=students, published_at=tx.now, release_on=release_on
    )


async def _announce(tx: Tx, opened: OpenSheet, students: int) -> None:
    query = (
        select(Person)
        .join(Teaching, Teaching.teacher_id == Person.id)
        .where(Teaching.class_arm_id == opened.class_arm.id, Teaching.subject_id == opened.subject.id)
        .where(Teaching.session_id == opened.term.session_id)
        .order_by(Teaching.id)
        .limit(1)
    )
    teacher = await tx.session.scalar(query)
    opened.sheet.announced_at = tx.now
    tx.emit(
        ScoresPublished(
            subject_id=opened.subject.id, subject_name=opened.subject.name,
            class_arm_id=opened.class_arm.id, class_arm_name=opened.class_arm.name,
            term_id=opened.term.id, term_name=opened.term.name,
            teacher_id=teacher.id if teacher else None, teacher_name=teacher.display_name if teacher else "",
            student_count=students, timestamp=tx.now,
        )
    )  # fmt: skip


async def release_due(tx: Tx) -> int:
    """Announce the published sheets whose release date has come; the schedule calls it each morning."""
    query = select(ScoreSheet).where(
        ScoreSheet.state == SheetState.PUBLISHED.value,
        ScoreSheet.announced_at.is_(None),
        ScoreSheet.release_on <= tx.today,
    )
    due: Iterable[ScoreSheet] = (await tx.session.scalars(query.with_for_update(skip_locked=True))).all()
    announced = 0
    for sheet in due:
        opened = await score_sheets.open_sheet(tx, sheet)
        await _announce(tx, opened, await _scored(tx, opened))
        announced += 1
    return announced


async def withdraw(tx: Tx, opened: OpenSheet) -> ScoreSheet:
    """Take a published sheet back to the state before: guardians no longer see it. Errors: not_published."""
    tx.require(Permission.SCORES_PUBLISH)
    sheet = opened.sheet
    if sheet.state != SheetState.PUBLISHED:
        raise NotPublished(f"{opened.label} is not published, so there is nothing to withdraw.")
    approved, submitted = sheet.approved_at, sheet.submitted_at
    _touch(sheet, SheetState.APPROVED if approved else SheetState.SUBMITTED if submitted else SheetState.DRAFT)
    sheet.published_at = sheet.release_on = sheet.announced_at = None
    tx.emit(
        ScoresWithdrawn(
            subject_id=opened.subject.id, class_arm_id=opened.class_arm.id, term_id=opened.term.id, timestamp=tx.now
        )
    )
    return sheet
