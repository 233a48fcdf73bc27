"""Points in a cell, as people and programs write them."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from school import points_cells
from school.spreadsheets import Uncomputed


@pytest.mark.parametrize(
    ("cell", "points"),
    [
        (45.0, "45"),
        ("45/60", "45"),
        ("12,5", "12.5"),
        ("+5", "5"),
        ("7 pts.", "7"),
        (45.300000000000004, "45.3"),
        ("0", "0"),
    ],
)
def test_points(cell, points):
    assert points_cells.read(cell, Decimal(60)) == points_cells.Read(points=Decimal(points))


@pytest.mark.parametrize("cell", ["", "  ", "-", "–", "—", ".", "abs", "Absent", "N/A", "nil", "sick"])
def test_nothing_recorded(cell):
    read = points_cells.read(cell, Decimal(60))
    assert (read.points, read.fault) == (None, None)


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        (date(2026, 6, 5), "a date"), (datetime.fromisoformat("2026-06-05T01:02"), "a date"), (time(1, 2), "a date or time"), (False, "not a number"),
        (Uncomputed("=A1"), "without a saved result"), (Uncomputed("#REF!"), "failed"), ("A", "not a number"), ("4 5", "not a number"),
        ("45/0", "out of 0"), ("٤٥", "more than"), ("1e3", "not a number"), ("inf", "not a number"), ("=1", "not a number"),
    ],
)  # fmt: skip
def test_faults(cell, says):
    read = points_cells.read(cell, Decimal(40))
    assert read.points is None and read.fault is not None and says in read.fault


def test_a_letter_among_the_digits_is_pointed_at():
    assert points_cells.read("1O", Decimal(60)).fix == "It has a letter among the digits."
