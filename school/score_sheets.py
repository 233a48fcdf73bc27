"""Score sheets: one class arm, one subject, one term; draft, submitted, approved, published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, UniqueConstraint, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from runtime.errors import Conflict, NotVisible
from runtime.ids import new_id
from runtime.table import Base, SchoolRow
from runtime.transaction import Tx
from school import assessment, classes
from school.assessment import AssessmentComponent
from school.calendar import Term
from school.classes import ClassArm, Subject


class SheetState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    PUBLISHED = "published"


class ScoreSheet(SchoolRow, Base):
    """`version` grows with every change, so that two people cannot undo each other's work unseen."""

    __tablename__ = "score_sheets"

    class_arm_id: Mapped[UUID] = mapped_column(ForeignKey("class_arms.id", ondelete="CASCADE"))
    subject_id: Mapped[UUID] = mapped_column(ForeignKey("subjects.id", ondelete="CASCADE"))
    term_id: Mapped[UUID] = mapped_column(ForeignKey("terms.id", ondelete="CASCADE"), index=True)
    scheme_id: Mapped[UUID] = mapped_column(ForeignKey("assessment_schemes.id"))
    state: Mapped[str] = mapped_column(default=SheetState.DRAFT.value)
    version: Mapped[int] = mapped_column(default=1)
    submitted_at: Mapped[datetime | None]
    approved_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    release_on: Mapped[date | None]
    announced_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("class_arm_id", "subject_id", "term_id"),
        CheckConstraint("state IN ('draft', 'submitted', 'approved', 'published')", name="state"),
    )


class Score(SchoolRow, Base):
    """The points of one student in one component of one sheet."""

    __tablename__ = "scores"

    sheet_id: Mapped[UUID] = mapped_column(ForeignKey("score_sheets.id", ondelete="CASCADE"))
    student_id: Mapped[UUID] = mapped_column(ForeignKey("students.id", ondelete="CASCADE"), index=True)
    component_id: Mapped[UUID] = mapped_column(ForeignKey("assessment_components.id"))
    points: Mapped[Decimal] = mapped_column(Numeric(6, 2))
    late: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        UniqueConstraint("sheet_id", "student_id", "component_id"),
        CheckConstraint("points >= 0", name="points"),
    )


class StaleSheet(Conflict):
    """Somebody changed the sheet after this caller read it."""

    code = "stale_sheet"


class SheetPublished(Conflict):
    """The sheet is published: withdraw it before changing it."""

    code = "sheet_published"


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """A sheet with what is needed to read it."""

    sheet: ScoreSheet
    class_arm: ClassArm
    subject: Subject
    term: Term
    components: Sequence[AssessmentComponent]

    @property
    def label(self) -> str:
        return f"{self.class_arm.name} {self.subject.name}, {self.term.name}"


async def find(tx: Tx, class_arm_id: UUID, subject_id: UUID, term_id: UUID) -> ScoreSheet | None:
    """The sheet of a class arm, subject and term, or None when nothing was recorded."""
    query = select(ScoreSheet).where(
        ScoreSheet.class_arm_id == class_arm_id, ScoreSheet.subject_id == subject_id, ScoreSheet.term_id == term_id
    )
    return await tx.session.scalar(query)


async def access_sheet(
    tx: Tx, class_arm_id: UUID, subject_id: UUID, term_id: UUID, permission: str, *, create: bool = False
) -> OpenSheet:
    """Fetch a sheet for reading or change: visible, permitted; locked when the transaction may write.

    Errors: not_visible (no such class, subject, term, or nothing recorded yet), not_allowed.
    """
    class_arm = await classes.access_class(tx, class_arm_id, permission, subject_id)
    subject = await tx.session.get(Subject, subject_id)
    term = await tx.session.get(Term, term_id)
    if subject is None or term is None:
        raise NotVisible("There is no such subject or term.")
    query = select(ScoreSheet).where(
        ScoreSheet.class_arm_id == class_arm_id, ScoreSheet.subject_id == subject_id, ScoreSheet.term_id == term_id
    )
    sheet = await tx.session.scalar(query if tx.read_only else query.with_for_update())
    if sheet is None:
        if not create:
            raise NotVisible(f"No {subject.name} scores are recorded for {class_arm.name} in {term.name}.")
        scheme = await assessment.scheme_for(tx, class_arm.level_id)
        columns = {
            "id": new_id(), "school_id": tx.school_id, "class_arm_id": class_arm_id, "subject_id": subject_id,
            "term_id": term_id, "scheme_id": scheme.id, "state": SheetState.DRAFT.value, "version": 0,
        }  # fmt: skip
        if tx.read_only:
            sheet = ScoreSheet(**columns)
        else:  # two first savers may race: the second waits here and reads what the first made
            await tx.session.execute(insert(ScoreSheet).values(columns).on_conflict_do_nothing())
            sheet = (await tx.session.scalars(query.with_for_update())).one()
    return OpenSheet(sheet, class_arm, subject, term, await assessment.components_of(tx, sheet.scheme_id))


async def open_sheet(tx: Tx, sheet: ScoreSheet) -> OpenSheet:
    """A sheet already authorised, with what is needed to read it."""
    return OpenSheet(
        sheet,
        await tx.session.get_one(ClassArm, sheet.class_arm_id),
        await tx.session.get_one(Subject, sheet.subject_id),
        await tx.session.get_one(Term, sheet.term_id),
        await assessment.components_of(tx, sheet.scheme_id),
    )


def check_open(sheet: ScoreSheet, expected_version: int | None = None) -> None:
    """Raise unless the sheet can be changed and is still the one the caller read."""
    if sheet.state == SheetState.PUBLISHED:
        raise SheetPublished("These scores are published. Withdraw them first, then change them.")
    if expected_version is not None and sheet.version != expected_version:
        raise StaleSheet(
            "Somebody changed this sheet since you opened it. Open it again and repeat your change.",
            expected=expected_version, actual=sheet.version,
        )  # fmt: skip


async def points_of(tx: Tx, sheet_id: UUID) -> dict[UUID, dict[UUID, Decimal]]:
    """All points of a sheet: student -> component -> points."""
    found: dict[UUID, dict[UUID, Decimal]] = {}
    rows = await tx.session.execute(
        select(Score.student_id, Score.component_id, Score.points).where(Score.sheet_id == sheet_id)
    )
    for student_id, component_id, points in rows.all():
        found.setdefault(student_id, {})[component_id] = points
    return found
