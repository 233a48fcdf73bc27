"""Changing the grading scales: bands and pass mark, for the whole school or for one level."""

from collections import Counter
from decimal import Decimal
from uuid import UUID

from sqlalchemy import delete, func, select

from runtime.errors import InvalidInput, NotVisible
from runtime.ids import new_id
from runtime.transaction import Tx
from school import calendar, marks
from school.assessment import AssessmentComponent, GradeBand, GradingScale
from school.classes import ClassArm, Level
from school.permissions import Permission
from school.score_sheets import Score, ScoreSheet
from school.units import HUNDREDTH, Percent, Value


class Band(Value):
    """A grade, from the lowest total that earns it."""

    grade: str
    from_percent: Percent
    remark: str = ""


class Scale(Value):
    """The bands of the school, or of one level that has its own; best first."""

    level: str | None
    pass_percent: Percent
    bands: list[Band]


class Regraded(Value):
    """What another scale does to the current term: totals in all, those whose grade changes, and how."""

    totals: int
    changed: int
    moves: list[tuple[str, str, int]]


def check_bands(bands: list[Band], pass_percent: Decimal) -> list[Band]:
    """The bands, best first: each total earns exactly one grade. Errors: invalid_input."""
    kept = sorted(
        (Band(grade=" ".join(b.grade.split()), from_percent=b.from_percent, remark=" ".join(b.remark.split())) for b in bands),
        key=lambda band: band.from_percent, reverse=True,
    )  # fmt: skip
    if any(not band.grade for band in kept):
        raise InvalidInput("Every band has a grade, such as A1.", field="bands")
    for what, values in (("grade", [b.grade for b in kept]), ("lowest total", [b.from_percent for b in kept])):
        twice = [value for value, times in Counter(values).items() if times > 1]
        if twice:
            raise InvalidInput(f"The {what} {twice[0]} stands there twice.", field="bands")
    if any(band.from_percent != band.from_percent.quantize(HUNDREDTH) for band in kept):
        raise InvalidInput("Totals have at most two decimals.", field="bands")
    if not kept or kept[-1].from_percent != 0:
        raise InvalidInput("The lowest band starts at 0, so that every total has a grade.", field="bands")
    if not 0 <= pass_percent <= 100:
        raise InvalidInput("The pass mark is between 0 and 100.", field="pass_percent")
    return kept


async def scale(tx: Tx, level_id: UUID | None) -> tuple[GradingScale, list[Band]] | None:
    """The scale of just this level (null: of the school), if there is one."""
    row = await tx.session.scalar(
        select(GradingScale).where(GradingScale.level_id.is_not_distinct_from(level_id)).limit(1)
    )
    if row is None:
        return None
    query = select(GradeBand).where(GradeBand.scale_id == row.id).order_by(GradeBand.from_percent.desc())
    bands = [Band(grade=b.grade, from_percent=b.from_percent, remark=b.remark) for b in await tx.session.scalars(query)]
    return row, bands


async def scales(tx: Tx) -> list[Scale]:
    """The school's scale first, then those of levels that have their own."""
    query = select(GradingScale.level_id, Level.name).join(Level, Level.id == GradingScale.level_id, isouter=True)
    rows = (await tx.session.execute(query.order_by(GradingScale.level_id.is_not(None), Level.position))).all()
    found: list[Scale] = []
    for level_id, name in rows:
        kept = await scale(tx, level_id)
        if kept is not None:
            found.append(Scale(level=name, pass_percent=kept[0].pass_percent, bands=kept[1]))
    return found


async def set_scale(tx: Tx, level_id: UUID | None, bands: list[Band], pass_percent: Decimal) -> Scale | None:
    """Keep these bands for the school or a level. Returns the scale before. Errors: invalid_input."""
    tx.require(Permission.SCHOOL_WRITE)
    kept = check_bands(bands, pass_percent)
    name = await tx.session.scalar(select(Level.name).where(Level.id == level_id)) if level_id else None
    stood = await scale(tx, level_id)
    row = (
        stood[0]
        if stood
        else GradingScale(id=new_id(), school_id=tx.school_id, name=name or "School", level_id=level_id)
    )
    before = Scale(level=name, pass_percent=row.pass_percent, bands=stood[1]) if stood else None
    row.pass_percent = pass_percent
    tx.session.add(row)
    await tx.session.flush()
    await tx.session.execute(delete(GradeBand).where(GradeBand.scale_id == row.id))
    tx.session.add_all(
        GradeBand(school_id=tx.school_id, scale_id=row.id, grade=b.grade, from_percent=b.from_percent, remark=b.remark)
        for b in kept
    )
    await tx.session.flush()
    return before


async def remove_scale(tx: Tx, level_id: UUID) -> Scale:
    """Let a level follow the school's scale again. Returns its own one. Errors: not_visible."""
    tx.require(Permission.SCHOOL_WRITE)
    stood = await scale(tx, level_id)
    if stood is None:
        raise NotVisible("This level follows the school's scale already.")
    before = Scale(level=None, pass_percent=stood[0].pass_percent, bands=stood[1])
    await tx.session.execute(delete(GradingScale).where(GradingScale.id == stood[0].id))
    return before


async def regraded(tx: Tx, level_id: UUID | None, bands: list[Band]) -> Regraded:
    """What these bands would do to the totals of the current term, where they would count.

    Units: totals in percent, two decimals, one for each student and subject.
    """
    own = select(GradingScale.level_id).where(GradingScale.level_id.is_not(None))
    where = ClassArm.level_id == level_id if level_id else ClassArm.level_id.not_in(own)
    part = Score.points * AssessmentComponent.weight * 100 / AssessmentComponent.max_points
    query = (
        select(ClassArm.level_id, func.round(func.sum(part), 2))
        .select_from(Score)
        .join(AssessmentComponent, AssessmentComponent.id == Score.component_id)
        .join(ScoreSheet, ScoreSheet.id == Score.sheet_id)
        .join(ClassArm, ClassArm.id == ScoreSheet.class_arm_id)
        .where(where, ScoreSheet.term_id == (await calendar.current_term(tx)).id, Score.points.is_not(None))
        .group_by(ClassArm.level_id, Score.sheet_id, Score.student_id)
    )
    now = (await scale(tx, level_id)) or (await scale(tx, None))
    old = now[1] if now else []
    totals, moves = 0, Counter[tuple[str, str]]()
    for _, total in (await tx.session.execute(query)).all():
        totals += 1
        was, becomes = marks.grade(old, total), marks.grade(bands, total)
        if was != becomes:
            moves[was, becomes] += 1
    found = [(was, becomes, count) for (was, becomes), count in moves.most_common()]
    return Regraded(totals=totals, changed=sum(moves.values()), moves=found)
