"""Finding the header of a sheet somebody made, and what its columns and title mean."""

from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

import pytest

from runtime.ids import new_id
from school import sheet_layout
from school.spreadsheets import Grid


@dataclass
class Part:
    name: str
    max_points: Decimal = Decimal(10)
    id: UUID = field(default_factory=new_id)


PARTS = [Part("Assignment"), Part("Note"), Part("CA", Decimal(20)), Part("Exam", Decimal(60))]


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Exam (60)", "Exam"), ("EXAM /60", "Exam"), ("Examination", "Exam"), ("exams 60%", "Exam"), ("C.A.", "CA"),
        ("Continuous Assessment", "CA"), ("C A (20 marks)", "CA"), ("Test", "CA"), ("Notes", "Note"), ("Assigment", "Assignment"),
        ("ASSIGNMENT out of 10", "Assignment"), ("Assmt", "Assignment"), ("Total", None), ("Name", None), ("Remark", None),
        ("", None), ("Exam number", None), ("Phone", None), ("S/N", None), ("Gender", None),
    ],
)  # fmt: skip
def test_headings_people_write(heading, name):
    found = sheet_layout.match_component(heading, PARTS)
    assert (found and found.name) == name


def test_numbered_components_are_told_apart():
    parts = [Part("CA1"), Part("CA2"), Part("Exam", Decimal(60))]
    assert [sheet_layout.match_component(h, parts).name for h in ("CA 1", "C.A. 2 (10)")] == ["CA1", "CA2"]
    assert sheet_layout.match_component("CA 3", parts) is None


def test_the_header_is_found_below_titles_and_the_better_sheet_is_taken():
    junk = Grid("Notes", [["how to fill this in"], ["write the exam of each student"]])
    good = Grid(
        "Scores", [["HILLCREST"], [], ["", "Reg. No", "Surname", "Other names", "CA", "Exam", "Total"], ["", "1"]]
    )
    layout = sheet_layout.find([junk, good], PARTS)
    assert (layout.grid.name, layout.header, layout.admission, layout.names) == ("Scores", 2, 1, [2, 3])
    assert layout.components == {PARTS[2].id: 4, PARTS[3].id: 5}


def test_among_equal_sheets_the_title_decides():
    header = ["Name", "Exam"]
    grids = [Grid("JSS 1 Pearl", [header, ["a", 1]]), Grid("JSS 2 Ruby", [header, ["a", 1]])]
    assert sheet_layout.find(grids, PARTS, "JSS 2 Ruby Mathematics").grid.name == "JSS 2 Ruby"
    assert sheet_layout.find(grids, PARTS, "JSS 1 Pearl Mathematics").grid.name == "JSS 1 Pearl"


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("JSS2 RUBY – maths", ["JSS 2 Ruby"]), ("the jss 2 ruby class", ["JSS 2 Ruby"]), ("Ruby JSS 2", ["JSS 2 Ruby"]),
        ("JSS 2 Rubyish", []), ("JSS 1 Ruby and JSS 2 Ruby", ["JSS 1 Ruby", "JSS 2 Ruby"]), ("", []),
    ],
)  # fmt: skip
def test_classes_named_in_a_title(title, named):
    ids = {name: new_id() for name in ("JSS 1 Ruby", "JSS 2 Ruby")}
    names = {ids[name]: [name, f"Ruby {name[:5]}"] for name in ids}
    assert sheet_layout.named_in(title, names) == [ids[name] for name in named]


def test_a_longer_name_hides_the_shorter_inside_it():
    maths, further = new_id(), new_id()
    names = {maths: ["Mathematics", "maths"], further: ["Further Mathematics"]}
    assert sheet_layout.named_in("SS 1 Further Mathematics", names) == [further]
    assert sheet_layout.named_in("SS 1 Mathematics", names) == [maths]
