"""Points as people type them into a cell: 45, "45/60", " 17 ", "12,5", "abs"; and what is wrong with the rest."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from school import scores
from school.folding import fold
from school.spreadsheets import Cell, Uncomputed, text_of

_ABSENT: Final = frozenset({"abs", "absent", "ab", "nil", "none", "n a", "na", "not taken", "exempt", "x", "sick"})
_NUMBER: Final = re.compile(
    r"^([+-]?\d{1,4}(?:[.,]\d+)?)\s*(?:/\s*(\d{1,4}(?:[.,]\d+)?))?\s*(?:marks?|points?|pts?|mks?)?\.?$", re.I
)


@dataclass(frozen=True, slots=True)
class Read:
    """`points` null and no `fault`: nothing was recorded, `note` says why when the cell said why."""

    points: Decimal | None = None
    fault: str | None = None
    fix: str = ""
    note: str = ""


def read(cell: Cell, maximum: Decimal) -> Read:
    """One cell of a component that is out of `maximum`."""
    shown = text_of(cell)
    if isinstance(cell, Uncomputed):
        what = "a formula that failed" if cell.text.startswith("#") else "a formula without a saved result"
        return Read(
            fault=f"{what} ({shown})", fix="Open the file in Excel, let it calculate, save it and send it again."
        )
    if isinstance(cell, bool):
        return Read(fault=f"“{shown}” is not a number", fix="Type the points.")
    if isinstance(cell, date) or not isinstance(cell, str | float | int):
        return Read(
            fault=f"a date or time ({shown}) where points belong",
            fix="Format the cell as a number and type the points.",
        )
    folded = fold(shown)
    if not folded:
        return Read()
    if folded in _ABSENT:
        return Read(note=f"“{shown}” is taken as not recorded")
    return _number(shown, maximum)


def _number(shown: str, maximum: Decimal) -> Read:
    found = _NUMBER.match(shown)
    if not found:
        looks_like = re.fullmatch(r"[\dOoIlSBZ]+", shown) and any(char.isdigit() for char in shown)
        fix = "It has a letter among the digits." if looks_like else f"Type a number from 0 to {maximum.normalize():f}."
        return Read(fault=f"“{shown[:40]}” is not a number", fix=fix)
    points, out_of = (_decimal(part) for part in found.groups())
    if points is None:
        return Read(fault=f"“{shown}” is not a number", fix=f"Type a number from 0 to {maximum.normalize():f}.")
    if out_of is not None and out_of != maximum:
        return Read(
            fault=f"“{shown}” is out of {out_of:f}, but this column is out of {maximum.normalize():f}",
            fix=f"Give the points out of {maximum.normalize():f}.",
        )
    wrong = scores.check_points(points, maximum)
    return Read(fault=wrong, fix=f"Give 0 to {maximum.normalize():f}.") if wrong else Read(points=points)


def _decimal(text: str | None) -> Decimal | None:
    """Comma or point; the noise of binary fractions (45.300000000000004) is rounded away."""
    if text is None:
        return None
    try:
        value = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    near = value.quantize(Decimal("0.01"))
    return near if 0 < abs(value - near) < Decimal("0.0000001") else value
