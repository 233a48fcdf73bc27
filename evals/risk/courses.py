"""Read the CSV: one row an assessment of a student, with how the session ended for them."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from runtime.errors import InvalidInput

COLUMNS = (
    "student_no", "class", "subject", "session", "term", "assessment", "weight", "max_score", "score", "submitted_late",
    "date", "final_outcome",
)  # fmt: skip
GOOD = frozenset({"pass", "passed", "promoted", "distinction"})
LEFT = frozenset({"withdrawn", "left"})
BAD = frozenset({"fail", "failed", "repeat"}) | LEFT


@dataclass(frozen=True, slots=True)
class Line:
    """One assessment of one student; no score is work not handed in."""

    student: str
    class_arm: str
    subject: str
    session: str
    term: int
    assessment: str
    weight: Decimal
    most: Decimal
    score: Decimal | None
    late: bool
    on: date
    outcome: str

    @property
    def student_key(self) -> tuple[str, str]:
        return self.session, self.student


def read(path: Path) -> list[Line]:
    """Every row, checked. Errors: invalid_input with the first faulty row."""
    with path.open(newline="", encoding="utf-8-sig") as file:
        rows = csv.DictReader(file)
        missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
        if missing:
            raise InvalidInput(f"{path.name} has no column {', '.join(missing)}. It needs: {', '.join(COLUMNS)}.")
        return [_line(number, row) for number, row in enumerate(rows, start=2)]


def _line(number: int, row: dict[str, str]) -> Line:
    try:
        outcome = row["final_outcome"].strip().casefold()
        if outcome not in GOOD | BAD:
            raise ValueError(f"final_outcome “{outcome}” is none of {', '.join(sorted(GOOD | BAD))}")
        score = Decimal(row["score"]) if row["score"].strip() else None
        most, weight = Decimal(row["max_score"]), Decimal(row["weight"])
        if most <= 0 or weight <= 0 or (score is not None and not 0 <= score <= most):
            raise ValueError("a score is 0 to max_score; max_score and weight are above 0")
        return Line(
            row["student_no"].strip(), row["class"].strip(), row["subject"].strip(), row["session"].strip(), int(row["term"]),
            row["assessment"].strip(), weight, most, score,
            row["submitted_late"].strip().casefold() in {"1", "true", "yes"}, date.fromisoformat(row["date"].strip()), outcome,
        )  # fmt: skip
    except (ValueError, InvalidOperation) as error:
        raise InvalidInput(f"Row {number} is not right: {error}.") from None


def cut_day(lines: Iterable[Line], share: float) -> date:
    """The day by which this share of a session has passed, from its first assessment to its last."""
    days = [line.on for line in lines]
    return min(days) + (max(days) - min(days)) * share


def left_before(lines: Iterable[Line], day: date) -> set[str]:
    """Students who left and handed nothing in after the day: there is nobody left to help."""
    newest: dict[str, date] = {}
    for line in lines:
        if line.outcome in LEFT:
            seen = newest.setdefault(line.student, date.min)
            newest[line.student] = max(seen, line.on) if line.score is not None else seen
    return {student for student, last in newest.items() if last <= day}
