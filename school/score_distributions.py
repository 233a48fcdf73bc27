"""How totals spread: mean, quartiles, bins and grades, worked out in whole hundredths so that nothing is rounded twice."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from pydantic import Field
from sqlalchemy import select

from runtime.transaction import Tx
from school import marks
from school.assessment import GradeBand, GradingScale
from school.units import HUNDREDTH, Percent, Value

BIN = 10
WHOLE = 100
"""A total is held in hundredths of a percent: 72.5 % is 7250."""


class ScoreBin(Value):
    """Students whose total is from `low` up to but not including `high`; the last bin includes 100."""

    label: str
    low: int
    high: int
    students: int


class GradeCount(Value):
    grade: str
    students: int
    share: Percent


class Distribution(Value):
    """How a number of totals spread. Without any, figures are null and the bins empty."""

    students: int = Field(description="Totals counted; a student in several subjects counts once in each.")
    average: Percent | None
    median: Percent | None
    lower_quartile: Percent | None
    upper_quartile: Percent | None
    lowest: Percent | None
    highest: Percent | None
    spread: Percent | None = Field(description="Population standard deviation, percent points.")
    passed: int
    pass_rate: Percent | None
    bins: list[ScoreBin]
    grades: list[GradeCount] = Field(description="Best grade first; grades nobody has are there with 0.")


@dataclass(frozen=True, slots=True)
class Scale:
    """The grades of a level, best first, and its pass mark, in hundredths."""

    floors: tuple[tuple[int, str], ...]
    passing: int

    def grade(self, total: int) -> str:
        return next((grade for floor, grade in self.floors if total >= floor), "")

    def counts(self, ordered: Sequence[int]) -> dict[str, int]:
        """How many of some totals, lowest first, earn each grade."""
        found: dict[str, int] = {}
        above = len(ordered)
        for floor, grade in self.floors:
            place = bisect_left(ordered, floor)
            found[grade], above = above - place, place
        return found


@dataclass(slots=True)
class Totals:
    """Totals of one or more levels, each graded by its own scale."""

    values: list[int] = field(default_factory=list[int])
    grades: Counter[str] = field(default_factory=Counter[str])
    order: list[str] = field(default_factory=list[str])
    passed: int = 0

    def add(self, values: Iterable[int], scale: Scale) -> None:
        ordered = sorted(values)
        known = set(self.order)
        self.order += [grade for _, grade in scale.floors if grade not in known]
        self.values += ordered
        self.grades.update(scale.counts(ordered))
        self.passed += len(ordered) - bisect_left(ordered, scale.passing)

    def distribution(self) -> Distribution:
        values = sorted(self.values)
        low, middle, high = (_quantile(values, share) for share in (0.25, 0.5, 0.75))
        return Distribution(
            students=len(values), average=mean(values), median=middle, lower_quartile=low, upper_quartile=high,
            lowest=percent(values[0]) if values else None, highest=percent(values[-1]) if values else None,
            spread=_spread(values), passed=self.passed, pass_rate=share(self.passed, len(values)), bins=_bins(values),
            grades=[
                GradeCount(grade=grade, students=self.grades[grade], share=share(self.grades[grade], len(values)) or Decimal(0))
                for grade in self.order
            ],
        )  # fmt: skip


def mean(totals: Sequence[int]) -> Decimal | None:
    """In percent to the hundredth; null of nothing."""
    return marks.to_hundredth(Decimal(sum(totals)) / len(totals) / WHOLE) if totals else None


def _spread(totals: Sequence[int]) -> Decimal | None:
    """The population standard deviation in percent points: whole numbers until the root is taken."""
    if not totals:
        return None
    count = len(totals)
    squares = count * sum(total * total for total in totals) - sum(totals) ** 2
    return marks.to_hundredth(Decimal(squares).sqrt() / count / WHOLE)


def percent(hundredths: int) -> Decimal:
    return Decimal(hundredths) * HUNDREDTH


def share(part: int, whole: int) -> Decimal | None:
    """In percent to the hundredth; null of nothing."""
    return marks.to_hundredth(Decimal(100 * part) / whole) if whole else None


def _quantile(ordered: Sequence[int], at: float) -> Decimal | None:
    """By linear interpolation, as PostgreSQL's percentile_cont."""
    if not ordered:
        return None
    place = Decimal(str(at)) * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return marks.to_hundredth((ordered[below] + (place - below) * (ordered[above] - ordered[below])) / 100)


def _bins(ordered: Sequence[int]) -> list[ScoreBin]:
    edges = [bisect_left(ordered, low * WHOLE) for low in range(0, 100, BIN)] + [len(ordered)]
    return [
        ScoreBin(label=f"{low}–{low + BIN if low + BIN == 100 else low + BIN - 1}", low=low, high=low + BIN,
            students=edges[place + 1] - edges[place])
        for place, low in enumerate(range(0, 100, BIN))
    ]  # fmt: skip


async def scales(tx: Tx, level_ids: Iterable[UUID]) -> dict[UUID, Scale]:
    """The scale of each level: its own, or the school's default.

    Source: tables grading_scales, grade_bands.
    """
    rows = await tx.session.execute(
        select(GradingScale.level_id, GradingScale.pass_percent, GradeBand.from_percent, GradeBand.grade)
        .outerjoin(GradeBand, GradeBand.scale_id == GradingScale.id)
        .order_by(GradeBand.from_percent.desc())
    )
    found: dict[UUID | None, tuple[int, list[tuple[int, str]]]] = {}
    for level_id, passing, floor, grade in rows.all():
        bands = found.setdefault(level_id, (int(passing * 100), []))[1]
        if grade:
            bands.append((int(floor * 100), grade))
    by_level: Mapping[UUID | None, Scale] = {
        key: Scale(tuple(bands), passing) for key, (passing, bands) in found.items()
    }
    default = by_level.get(None, Scale((), 4000))
    return {level_id: by_level.get(level_id, default) for level_id in level_ids}
