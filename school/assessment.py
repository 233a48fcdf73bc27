"""How marks are made: assessment schemes with weighted components, and grading scales with bands."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from runtime.errors import NotVisible
from runtime.table import Base, SchoolRow
from runtime.transaction import Tx


class AssessmentScheme(SchoolRow, Base):
    """The components a subject is assessed by. One without a level is the school's default."""

    __tablename__ = "assessment_schemes"

    name: Mapped[str]
    level_id: Mapped[UUID | None] = mapped_column(ForeignKey("levels.id", ondelete="CASCADE"))

    __table_args__ = (UniqueConstraint("school_id", "name"),)


class AssessmentComponent(SchoolRow, Base):
    """One column of a score sheet: at most `max_points`, counting for `weight` (0..1) of the total."""

    __tablename__ = "assessment_components"

    scheme_id: Mapped[UUID] = mapped_column(ForeignKey("assessment_schemes.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    position: Mapped[int]
    max_points: Mapped[Decimal] = mapped_column(Numeric(6, 2))
    weight: Mapped[Decimal] = mapped_column(Numeric(6, 5))

    __table_args__ = (
        UniqueConstraint("scheme_id", "name"),
        CheckConstraint("max_points > 0", name="max_points"),
        CheckConstraint("weight > 0 AND weight <= 1", name="weight"),
    )


class GradingScale(SchoolRow, Base):
    __tablename__ = "grading_scales"

    name: Mapped[str]
    level_id: Mapped[UUID | None] = mapped_column(ForeignKey("levels.id", ondelete="CASCADE"))
    pass_percent: Mapped[Decimal] = mapped_column(Numeric(5, 2), default=Decimal("40"))

    __table_args__ = (UniqueConstraint("school_id", "name"),)


class GradeBand(SchoolRow, Base):
    """A grade, from the lowest total (percent) that earns it."""

    __tablename__ = "grade_bands"

    scale_id: Mapped[UUID] = mapped_column(ForeignKey("grading_scales.id", ondelete="CASCADE"), index=True)
    grade: Mapped[str]
    from_percent: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    remark: Mapped[str] = mapped_column(default="")

    __table_args__ = (UniqueConstraint("scale_id", "grade"),)


async def scheme_for(tx: Tx, level_id: UUID) -> AssessmentScheme:
    """The assessment scheme of a level, or the school's default."""
    scheme = await tx.session.scalar(
        select(AssessmentScheme)
        .where((AssessmentScheme.level_id == level_id) | (AssessmentScheme.level_id.is_(None)))
        .order_by(AssessmentScheme.level_id.is_(None))
        .limit(1)
    )
    if scheme is None:
        raise NotVisible("The school has no assessment scheme yet: an administrator sets one under Settings.")
    return scheme


async def components_of(tx: Tx, scheme_id: UUID) -> list[AssessmentComponent]:
    """The components of a scheme, in the order of the sheet's columns."""
    query = select(AssessmentComponent).where(AssessmentComponent.scheme_id == scheme_id)
    return list(await tx.session.scalars(query.order_by(AssessmentComponent.position)))


async def bands_for(tx: Tx, level_id: UUID) -> tuple[list[GradeBand], Decimal]:
    """The grade bands of a level, best first, and its pass mark in percent."""
    scale = await tx.session.scalar(
        select(GradingScale)
        .where((GradingScale.level_id == level_id) | (GradingScale.level_id.is_(None)))
        .order_by(GradingScale.level_id.is_(None))
        .limit(1)
    )
    if scale is None:
        raise NotVisible("The school has no grading scale yet: an administrator sets one under Settings.")
    query = select(GradeBand).where(GradeBand.scale_id == scale.id).order_by(GradeBand.from_percent.desc())
    return list(await tx.session.scalars(query)), scale.pass_percent
