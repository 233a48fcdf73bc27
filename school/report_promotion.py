"""Promotion at the end of a session: a rule the school sets, and the figures it was applied to."""

from decimal import Decimal
from typing import Literal
from uuid import UUID

from school import marks
from school.report_contract import Promotion
from school.report_data import ClassTerm
from school.report_options import ReportOptions

TRIAL_MARGIN = 5
"""Percent points below the average that still promote, on trial."""


def promotion(data: ClassTerm, cumulatives: dict[UUID, Decimal]) -> Promotion | None:
    """The decision on cumulative totals by subject; null when there are none.

    Promoted: the average reaches the school's, and no more subjects failed than it allows. On trial: only one of the
    two holds, and the average is at most five points short.
    """
    average = marks.average(list(cumulatives.values()))
    if average is None:
        return None
    options = data.options
    failed = sum(value < data.pass_percent for value in cumulatives.values())
    figures = f"cumulative average {average:.2f} (needed {options.promotion_average}), {failed} failed (allowed {options.promotion_failed_at_most})"
    return Promotion(decision=decide(average, failed, options), reason=figures)


def decide(average: Decimal, failed: int, options: ReportOptions) -> Literal["promoted", "promoted_on_trial", "repeat"]:
    """What the school's rule makes of a cumulative average (percent) and a number of failed subjects."""
    reaches, few = average >= options.promotion_average, failed <= options.promotion_failed_at_most
    if reaches and few:
        return "promoted"
    close = average >= options.promotion_average - TRIAL_MARGIN
    return "promoted_on_trial" if close and (reaches or few) else "repeat"
