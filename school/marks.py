"""The arithmetic of marks, in decimals: totals, grades, positions, averages. No database here."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Protocol, TypeVar

from school.units import HUNDREDTH

K = TypeVar("K")


class Weighted(Protocol):
    """A component: at most `max_points`, counting for `weight` of the total (both decimals; mapped columns fit, too)."""

    max_points: Any
    weight: Any


class Band(Protocol):
    """A grade and the lowest total (a decimal) that earns it."""

    grade: Any
    from_percent: Any


def to_hundredth(value: Decimal) -> Decimal:
    """Rounded half up to two decimals, as people round."""
    return value.quantize(HUNDREDTH, rounding=ROUND_HALF_UP)


def total(components: Sequence[Weighted], points: Sequence[Decimal | None]) -> Decimal | None:
    """The total in percent of one student in one subject.

    Shape:  components (k,), points (k,) in the same order; null is "not taken" and counts as nothing.
    Units:  points 0..max_points; result 0..100, two decimals; null when no component was taken.
    """
    if all(value is None for value in points):
        return None
    parts = (
        value * component.weight * 100 / component.max_points
        for component, value in zip(components, points, strict=True)
        if value is not None
    )
    return to_hundredth(sum(parts, Decimal(0)))


def grade(bands: Sequence[Band], percent: Decimal) -> str:
    """The grade a total earns: the band with the highest floor not above it."""
    earned = [band for band in bands if band.from_percent <= percent]
    return max(earned, key=lambda band: band.from_percent).grade if earned else ""


def positions(totals: Mapping[K, Decimal | int | None]) -> dict[K, int]:
    """Places by total, best first; ties share a place and the next is skipped (1, 1, 3). Null has no place."""
    ordered = sorted((value for value in totals.values() if value is not None), reverse=True)
    first: dict[Decimal | int, int] = {}
    for place, value in enumerate(ordered, start=1):
        first.setdefault(value, place)
    return {key: first[value] for key, value in totals.items() if value is not None}


def written(value: Decimal) -> str:
    """A number the way people write it, without trailing zeros: 20, 17.5."""
    return f"{value.normalize():f}"


def average(values: Sequence[Decimal]) -> Decimal | None:
    """The mean to the hundredth; null of nothing."""
    return to_hundredth(sum(values, Decimal(0)) / len(values)) if values else None


def spread(values: Sequence[Decimal]) -> Decimal | None:
    """The population standard deviation to the hundredth; null of nothing."""
    if not values:
        return None
    mean = sum(values, Decimal(0)) / len(values)
    return to_hundredth((sum(((value - mean) ** 2 for value in values), Decimal(0)) / len(values)).sqrt())


def ordinal(place: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th."""
    ending = "th" if 10 <= place % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{ending}"
