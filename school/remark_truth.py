"""Whether a drafted remark says nothing but what the student's card says: figures, places, direction, subjects, names."""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from school import remarks
from school.remark_drafts import change
from school.report_contract import ReportCard

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_ROSE = re.compile(
    r"\b(improv\w*|rose|rising|risen|gain(?:s|ed|ing)?|climb\w*|better than|progress(?:ed|ing)?|went up|up from)\b",
    re.I,
)
_FELL = re.compile(
    r"\b(declin\w*|fell|falling|fallen|drop(?:s|ped|ping)?|slipp\w*|worse than|lower than last|went down|down from)\b",
    re.I,
)
_PLACES = re.compile(r"\b(first|second|third|fourth|fifth|last|top|bottom)\s+(?:place|position|(?:in|of)\s+(?:the|his|her)?\s*class)\b", re.I)  # fmt: skip
_ORDINALS = {"first": 1, "top": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
_PERFECT = re.compile(r"\b(perfect attendance|never (?:absent|late)|full marks)\b", re.I)
STEPS = (Decimal(1), Decimal("0.1"), Decimal("0.01"))


def figures(card: ReportCard) -> set[Decimal]:
    """Every figure a remark on this card may carry, in each rounding people use."""
    days = card.attendance
    moved = change(card)
    exact: list[Decimal | int | None] = [
        card.overall_average, card.class_average, card.class_position, card.level_position, card.total_in_class,
        card.total_in_level, card.pass_percent, days.days_present, days.total_days, days.days_late, days.rate,
        days.total_days - days.days_present, abs(moved) if moved is not None else None, len(card.subjects), 100,
        *(point.average for point in card.trend),
    ]  # fmt: skip
    for subject in card.subjects:
        exact += [
            subject.total,
            subject.class_average,
            subject.position,
            subject.cumulative,
            *subject.assessments.values(),
        ]
    if card.cumulative is not None:
        exact += [card.cumulative.average, card.cumulative.position]
    known = [Decimal(value) for value in exact if value is not None]
    return {
        value.quantize(step, rounding).normalize()
        for value in known
        for step in STEPS
        for rounding in (ROUND_HALF_UP, ROUND_HALF_EVEN)
    }


def untrue(card: ReportCard, text: str, subjects: Iterable[str], others: Iterable[str]) -> str | None:
    """Why a draft cannot be used, in a few words; null when nothing in it is unsupported.

    `subjects`: every subject of the school. `others`: name parts of the class that are not this student's.
    """
    if not text.strip() or len(text) > remarks.LONGEST:
        return "empty or too long"
    known = figures(card)
    for found in _NUMBER.findall(text):
        if Decimal(found.replace(",", ".")).normalize() not in known:
            return f"the figure {found} is not on the card"
    for found in _PLACES.findall(text):
        if _ORDINALS.get(found.casefold()) != card.class_position:
            return f"“{found}” is not the student's place"
    moved = change(card)
    if _ROSE.search(text) and (moved is None or moved <= 0):
        return "it speaks of a rise there was not"
    if _FELL.search(text) and (moved is None or moved >= 0):
        return "it speaks of a fall there was not"
    days = card.attendance
    if _PERFECT.search(text) and (not days.total_days or days.days_present < days.total_days):
        return "it praises attendance or marks more than the record does"
    mine = {subject.name.casefold() for subject in card.subjects}
    low = text.casefold()
    for name in subjects:
        one = name.casefold()
        if one not in mine and re.search(rf"\b{re.escape(one)}\b", low) and not any(one in other for other in mine):
            return f"{name} is not one of the student's subjects"
    words = {
        word.casefold().removesuffix("'s").removesuffix("’s") for word in re.findall(r"\b[A-ZÀ-ÞỌṢẸ][\w'’]+", text)
    }
    stranger = next((name for name in others if name.casefold() in words), None)
    return f"it names {stranger}" if stranger else None
