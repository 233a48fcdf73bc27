"""Cells of a roster, field by field."""

from datetime import date, datetime

import pytest

from school import import_columns
from school.import_columns import Context, Field, Unreadable
from school.spreadsheets import Grid, Uncomputed

CONTEXT = Context("NG", date(2026, 11, 26))
GENDER = import_columns.one_of(female="f|girl", male="m|boy")


@pytest.mark.parametrize(
    ("parse", "cell", "value"),
    [
        (import_columns.day, datetime.fromisoformat("2013-05-31T00:00"), date(2013, 5, 31)), (import_columns.day, date(2013, 5, 31), date(2013, 5, 31)),
        (import_columns.day, "2013-5-31", date(2013, 5, 31)), (import_columns.day, "31/5/2013", date(2013, 5, 31)),
        (import_columns.day, "31.05.2013", date(2013, 5, 31)), (import_columns.day, "31st May 2013", date(2013, 5, 31)),
        (import_columns.phone, "0804 123 4567", "+2348041234567"), (import_columns.phone, 8041234567.0, "+2348041234567"),
        (import_columns.phone, "'+234 804 123 4567", "+2348041234567"), (import_columns.phone, "+44 20 7946 0958", "+442079460958"),
        (import_columns.email, " a.b@EXAMPLE.com ", "a.b@example.com"), (import_columns.whole_number, 12.0, 12),
        (import_columns.text(), "'=SUM(A1)", "=SUM(A1)"), (import_columns.text(), "D'Alberto", "D'Alberto"),
        (import_columns.text(), "a\x00b\u202ec", "abc"), (GENDER, "Girl", "female"), (GENDER, "M", "male"),
    ],
)  # fmt: skip
def test_cells_that_are_understood(parse, cell, value):
    assert parse(cell, CONTEXT) == value


@pytest.mark.parametrize(
    ("parse", "cell", "says"),
    [
        (import_columns.day, "31/02/2013", "no date"), (import_columns.day, "tomorrow", "no date"),
        (import_columns.day, "Mxx 2013 zzz", "no date"), (import_columns.day, 45000.0, "no date"),
        (import_columns.phone, "call me", "no phone number"), (import_columns.phone, "12345", "no working phone number"),
        (import_columns.email, "not an address", "no e-mail"), (import_columns.whole_number, "1.5", "not a whole number"),
        (import_columns.text(5), "too long", "longer than 5"), (import_columns.text(), Uncomputed("=A1"), "formula"),
        (GENDER, "x", "not one of female, male"),
    ],
)  # fmt: skip
def test_cells_that_say_what_to_type(parse, cell, says):
    with pytest.raises(Unreadable, match=says):
        parse(cell, CONTEXT)


def test_the_fullest_header_wins_and_repeated_headings_are_unknown():
    fields = (
        Field("a", ("alpha",), import_columns.text(), required=True),
        Field("b", ("beta column",), import_columns.text()),
    )
    grid = Grid(
        "s",
        [
            ["alpha list"],
            ["Alpha", "Beta colum", "alpha", "Gamma"],
            ["1", "2", "3", ""],
            ["", "", "", ""],
            ["", "5", "", ""],
        ],
    )
    sheet = import_columns.find([grid], fields)
    assert (sheet.header, sheet.fields, sheet.unknown) == (1, {"a": 0, "b": 1}, {2: "alpha", 3: "Gamma"})
    first, second = import_columns.records(sheet, fields, CONTEXT)
    assert (first.line, first.values) == (3, {"a": "1", "b": "2"})
    assert [fault.what for fault in second.faults] == ["Alpha is missing."]
