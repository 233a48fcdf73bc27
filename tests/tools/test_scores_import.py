"""Importing a sheet of scores: what is read, what is refused and why, what is saved, and that it can be put back."""

import io
from collections.abc import AsyncIterator, Sequence
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

import tools
from demo.spreadsheet import PATH
from runtime import files as blobs
from runtime.errors import Ambiguous, InvalidInput, NotAllowed, NotVisible
from runtime.transaction import transaction
from school import files, score_sheets, scores, scores_import, sheet_layout, sheet_target, spreadsheets
from school.permissions import Permission
from tools.invoke import ApprovalStale, ApprovalUsed, invoke, preview

IMPORT = tools.load_all()["import_scores"]
HEADER = ("S/N", "Admission No", "Name", "Assignment (10)", "Note (10)", "C.A. (20)", "Exam /60")
TITLE = "JSS 2 Ruby Mathematics, Second Term"


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("SCHOOLOS_DATA_DIR", str(tmp_path))
    blobs.store.cache_clear()
    yield
    blobs.store.cache_clear()


def xlsx(rows: Sequence[Sequence[Any]], header=HEADER, title=(TITLE,)) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for line in title:
        book.active.append([line])
    for row in (header, *rows):
        book.active.append(list(row))
    book.save(out)
    return out.getvalue()


async def once(content: bytes) -> AsyncIterator[bytes]:
    yield content


async def upload(caller, content: bytes, name: str = "scores.xlsx") -> str:
    received = await files.receive(caller.school_id, name, once(content))
    async with transaction(caller) as tx:
        return str((await files.keep(tx, received)).id)


async def look(school, content, who="teacher", name="scores.xlsx", **args):
    caller = school.callers[who]
    return (await preview(IMPORT, caller, {"file": await upload(caller, content, name), **args}))[0]


async def save(school, content, who="teacher", name="scores.xlsx", **args):
    caller = school.callers[who]
    return await invoke(IMPORT, caller, {"file": await upload(caller, content, name), **args}, approved=True)


async def recorded(school, who="teacher"):
    async with transaction(school.callers[who], read_only=True) as tx:
        opened = await score_sheets.access_sheet(
            tx, school.class_arms["JSS 2 Ruby"], school.subjects["Mathematics"], school.term_id,
            Permission.SCORES_READ, create=True,
        )  # fmt: skip
        found = await scores.sheet_results(tx, opened)
        return {row.admission_no: row.points for row in found.students if row.total is not None}


def row(school, child, *points, name=None, admission=None):
    return (1, admission or school.admission_nos[child], name if name is not None else child, *points)


def faults(shown) -> list[tuple[str, str]]:
    return [(item.where, item.what) for block in shown.blocks if block.type == "errors" for item in block.items]


async def test_good_rows_are_saved_and_bad_ones_named_with_what_to_do(school):
    content = xlsx(
        [
            row(school, "Ada", 8, 7, 15, 50),
            row(school, "Tunde", 8, 7, 15, 71),
            row(school, "Zainab", 8, -1, 15, 40),
            row(school, "Efe", 8, 7, 15, 50, admission="HA/999", name="Efe Omoregie"),
            row(school, "Musa", 5, 5, 5, 5),
        ]
    )
    shown = await look(school, content)
    assert shown.summary == "2 of 5 rows will be saved."
    assert faults(shown) == [
        ("Row 4 (Tunde)", "Exam: 71 is more than the 60 the component is out of."),
        ("Row 5 (Zainab)", "Note: -1 is negative."),
        ("Row 6 (Efe Omoregie)", "No student has the admission number HA/999."),
    ]
    [problems] = [block for block in shown.blocks if block.type == "errors"]
    assert problems.items[2].fix == f"Did you mean {school.admission_nos['Efe']}, Omoregie Efe?"
    assert await recorded(school) == {}, "a preview changes nothing"
    done = (await save(school, content)).result
    assert (done.saved, done.total, done.faulty, done.values) == (2, 5, 3, 8)
    assert set(await recorded(school)) == {school.admission_nos["Ada"], school.admission_nos["Musa"]}
    assert done.headline() == "Saved 2 of 5 rows into JSS 2 Ruby Mathematics, Second Term. 3 left out."


async def test_undo_puts_back_exactly_what_stood_before(school):
    await save(school, xlsx([row(school, "Ada", 8, 7, 15, 50)]))
    before = await recorded(school)
    await save(school, xlsx([row(school, "Ada", 9, "", 15, "51,5"), row(school, "Musa", 1, 2, 3, 4)]))
    ada = school.admission_nos["Ada"]
    assert (await recorded(school))[ada] == [Decimal(9), Decimal(7), Decimal(15), Decimal("51.5")]
    undo = tools.load_all()["undo_change"]
    await invoke(undo, school.callers["teacher"], {}, approved=True)
    assert await recorded(school) == before


async def test_an_undo_does_not_write_over_what_came_later(school):
    teacher, ada = school.callers["teacher"], school.admission_nos["Ada"]
    first = await save(school, xlsx([row(school, "Ada", 8, 7, 15, 50)]))
    second = await save(school, xlsx([row(school, "Ada", 8, 7, 15, 55)]))
    undo = tools.load_all()["undo_change"]
    with pytest.raises(scores.ScoresChanged, match="1 of these scores"):
        await invoke(undo, teacher, {"entry": str(first.audit_id)}, approved=True)
    assert (await recorded(school))[ada][3] == 55
    await invoke(undo, teacher, {"entry": str(second.audit_id)}, approved=True)
    await invoke(undo, teacher, {"entry": str(first.audit_id)}, approved=True)
    assert await recorded(school) == {}


@pytest.mark.parametrize(
    ("cell", "points"),
    [(45, 45), ("45/60", 45), (" 17 ", 17), ("12,5", "12.5"), (45.300000000000004, "45.3"), ("50 marks", 50), (0, 0)],
)
async def test_the_ways_people_type_points(school, cell, points):
    await save(school, xlsx([row(school, "Ada", 1, 2, 3, cell)]))
    assert (await recorded(school))[school.admission_nos["Ada"]][3] == Decimal(points)


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("45/50", "out of 50"), ("l7", "not a number"), ("sixty", "not a number"), (True, "not a number"), ("60%", "not a number"),
        ("12.345", "more than two decimals"), ("=40+5", "formula without a saved result"), ("1,234", "more than two decimals"),
        (60.01, "more than the 60"), ("-", None), ("abs", None), ("", None),
    ],
)  # fmt: skip
async def test_what_is_no_number_of_points_is_a_fault_or_nothing_at_all(school, cell, says):
    shown = await look(school, xlsx([row(school, "Ada", 1, 2, 3, cell), row(school, "Musa", 1, 2, 3, 4)]))
    if says is None:
        assert (shown.included, faults(shown)) == (2, [])
    else:
        [(where, what)] = faults(shown)
        assert where == "Row 3 (Ada)" and says in what and shown.included == 1


async def test_admission_numbers_match_however_they_are_typed(school):
    ada = school.admission_nos["Ada"]
    typed = (ada.lower(), ada.replace("/", "-"), ada.replace("/", " "), ada.replace("/00", ""), f" {ada} ")
    for admission in typed:
        shown = await look(school, xlsx([row(school, "Ada", 1, 2, 3, 4, admission=admission)]))
        assert (shown.included, faults(shown)) == (1, []), admission


async def test_without_numbers_the_names_are_matched(school):
    header, who = ("Student", "Exam"), ("okonjo ada", "D'Almeida Olaitan", "Nobody Here")
    shown = await look(school, xlsx([(name, 40) for name in who], header))
    assert shown.included == 2
    assert faults(shown) == [("Row 5 (Nobody Here)", "Nobody in JSS 2 Ruby is called “Nobody Here”.")]


async def test_surname_and_first_name_in_two_columns(school):
    shown = await look(school, xlsx([("Ada", "OKONJO", 40)], ("First name", "Surname", "Examination")))
    assert shown.included == 1


async def test_duplicate_rows(school):
    same = row(school, "Ada", 1, 2, 3, 4)
    shown = await look(school, xlsx([same, same, row(school, "Musa", 1, 1, 1, 1), row(school, "Musa", 1, 1, 1, 2)]))
    assert shown.included == 1
    assert faults(shown) == [
        ("Row 5 (Musa)", "Garba Musa is also in row 6, with other points."),
        ("Row 6 (Musa)", "Garba Musa is also in row 5, with other points."),
    ]


async def test_a_student_of_another_class_and_a_number_under_another_name(school):
    shown = await look(
        school,
        xlsx(
            [
                row(school, "Chidi", 1, 2, 3, 4),
                row(school, "Ada", 1, 2, 3, 4, name="Musa Garba"),
                row(school, "Musa", 1, 2, 3, 4),
            ]
        ),
    )
    ada, chidi = school.admission_nos["Ada"], school.admission_nos["Chidi"]
    assert faults(shown) == [
        ("Row 3 (Chidi)", f"Eze Chidi ({chidi}) is in JSS 2 Topaz, not JSS 2 Ruby."),
        ("Row 4 (Musa Garba)", f"{ada} is Okonjo Ada, but the row says Musa Garba."),
    ]


async def test_footers_blank_rows_and_worked_out_columns_are_left_alone(school):
    header = (*HEADER, "Total", "Grade", "Parent's phone")
    rows = [
        (*row(school, "Ada", 1, 2, 3, 4), 10, "F", "0804"),
        (),
        ("", "", "Class average", 1, 2, 3, 4),
        ("", "", "Signature", "", "", "", ""),
    ]
    shown = await look(school, xlsx(rows, header, ("HILLCREST ACADEMY", TITLE, "")))
    assert (shown.summary, faults(shown)) == ("1 of 1 rows will be saved.", [])
    [note] = [block.text for block in shown.blocks if block.type == "notice"]
    assert "Parent's phone" in note and "Total" not in note


@pytest.mark.parametrize(
    ("args", "title", "error"),
    [
        ({}, "JSS 2 Topaz English Language", NotAllowed),
        ({}, "JSS 1 Pearl Mathematics", NotAllowed),
        ({"class_arm": "JSS 2 Topaz"}, "JSS 2 Ruby Mathematics", sheet_target.WrongSheet),
        ({"subject": "Physics"}, "JSS 2 Ruby Mathematics", sheet_target.WrongSheet),
        ({"term": "last term"}, "JSS 2 Ruby Mathematics Second Term This session", sheet_target.WrongSheet),
        ({}, "JSS 2 Ruby Mathematics, First Term", sheet_target.WrongSheet),
        ({}, "Scores", Ambiguous),
    ],
)
async def test_a_sheet_of_another_class_subject_or_term_is_refused(school, args, title, error):
    content = [row(school, "Ada", 1, 2, 3, 4)]
    with pytest.raises(error):
        await look(school, xlsx(content, title=(title,)), **args)
    assert (await look(school, xlsx(content))).included == 1


async def test_the_title_the_file_name_or_the_only_fitting_sheet_says_what_it_is_for(school):
    content = [row(school, "Ada", 1, 2, 3, 4)]
    for title, name, args in (
        ("MATHS – JSS2 RUBY", "a.xlsx", {}),
        ("Scores", "jss2-ruby_maths.xlsx", {}),
        ("Scores", "a.xlsx", {"class_arm": "jss2 ruby"}),
    ):
        shown = await look(school, xlsx(content, title=(title,)), name=name, **args)
        assert shown.title.endswith("JSS 2 Ruby Mathematics, Second Term")


@pytest.mark.parametrize(
    ("header", "error", "says"),
    [
        (("A", "B", "C"), sheet_layout.NoHeader, "No header row"),
        (("Admission No", "Name", "Assignment", "Exam (50)"), scores_import.WrongColumns, "out of 50"),
        (("Admission No", "Name", "Exam", "Examination"), scores_import.WrongColumns, "Two columns fit Exam"),
    ],
)
async def test_headers_that_do_not_fit(school, header, error, says):
    with pytest.raises(error, match=says):
        await look(school, xlsx([(school.admission_nos["Ada"], "Ada", 5, 6)], header))


async def test_an_empty_sheet_and_one_without_a_good_row(school):
    with pytest.raises(scores_import.EmptySheet):
        await look(school, xlsx([]))
    with pytest.raises(InvalidInput, match="No row of the file can be saved") as wrong:
        await look(school, xlsx([row(school, "Ada", 1, 2, 3, 71)]))
    assert wrong.value.facts["errors"][0]["field"] == "Row 3 (Ada)"
    content = xlsx([row(school, "Ada", 1, 2, 3, 4)])
    await save(school, content)
    with pytest.raises(InvalidInput, match="recorded already"):
        await look(school, content)


async def test_a_latin_1_file_with_semicolons_and_decimal_commas(school):
    text = (
        "Hillcrest Academy;;;\r\nJSS 2 Ruby Mathematics;;;\r\nAdm. No;Näme;C.A;Exam\r\n"
        f"{school.admission_nos['Ada']};Okonjo Ada;12,5;40\r\n{school.admission_nos['Musa']};;7;30\r\n"
    )
    shown = await look(school, text.encode("latin-1"), name="scores.csv")
    assert shown.included == 2
    [table] = [block for block in shown.blocks if block.type == "table"]
    assert table.rows[0]["c2"] == 12.5


@pytest.mark.parametrize(
    ("content", "name", "error"),
    [
        (b"MZ\x90\x00", "a.xlsx", InvalidInput), (b"%PDF-1.7 not scores", "a.pdf", InvalidInput),
        (b"PK\x03\x04 [Content_Types].xml broken", "a.xlsx", spreadsheets.UnreadableFile),
    ],
)  # fmt: skip
async def test_files_that_are_no_spreadsheet(school, content, name, error):
    with pytest.raises(error):
        await look(school, content, name=name)


async def test_a_file_with_a_password_says_to_remove_it(school):
    locked = io.BytesIO()
    OOXMLFile(io.BytesIO(xlsx([row(school, "Ada", 1, 2, 3, 4)]))).encrypt("secret", locked)
    with pytest.raises(spreadsheets.EncryptedFile, match="remove the password"):
        await look(school, locked.getvalue())


async def test_only_the_owner_s_file_and_only_their_classes(school):
    content = xlsx([row(school, "Ada", 1, 2, 3, 4)])
    mine = await upload(school.callers["teacher"], content)
    with pytest.raises(NotVisible):
        await invoke(IMPORT, school.callers["colleague"], {"file": mine}, approved=True)
    with pytest.raises(NotAllowed):
        await save(school, content, who="colleague")
    with pytest.raises(NotAllowed):
        await save(school, content, who="guardian")
    with pytest.raises((NotVisible, InvalidInput)):
        await invoke(IMPORT, school.callers["stranger"], {"file": mine}, approved=True)
    await invoke(IMPORT, school.callers["teacher"], {"file": mine}, approved=True)


async def test_a_published_sheet_is_not_overwritten(school):
    content = xlsx([row(school, "Ada", 1, 2, 3, 4)])
    await save(school, content)
    publish = tools.load_all()["publish_scores"]
    await invoke(publish, school.callers["teacher"], {"class_arm": "JSS 2 Ruby", "subject": "maths"}, approved=True)
    with pytest.raises(score_sheets.SheetPublished):
        await look(school, xlsx([row(school, "Ada", 1, 2, 3, 5)]))


async def test_an_approval_is_void_once_somebody_changes_the_sheet(school):
    from tools.approve import approve, propose

    teacher = school.callers["teacher"]
    first = await propose(IMPORT, teacher, {"file": await upload(teacher, xlsx([row(school, "Ada", 1, 2, 3, 4)]))})
    second = await propose(IMPORT, teacher, {"file": await upload(teacher, xlsx([row(school, "Musa", 1, 2, 3, 4)]))})
    await approve(teacher, first.id)
    with pytest.raises(ApprovalStale):
        await approve(teacher, second.id)
    with pytest.raises(ApprovalUsed):
        await approve(teacher, first.id)
    assert set(await recorded(school)) == {school.admission_nos["Ada"]}


async def test_the_demo_sheet_saves_38_of_40_rows(demo_database):
    from tests.demo.test_demo import caller_of

    teacher = await caller_of("teacher@demo.school")
    file_id = await upload(teacher, PATH.read_bytes(), PATH.name)
    shown, _ = await preview(IMPORT, teacher, {"file": "this file"})
    assert shown.summary == "38 of 40 rows will be saved."
    assert [what for _, what in faults(shown)] == [
        "No student has the admission number SCC/9417.",
        "Exam: 71 is more than the 60 the component is out of.",
    ]
    assert len(shown.excluded) == 2
    done = await invoke(IMPORT, teacher, {"file": file_id}, approved=True)
    assert done.result.saved == 38 and len(done.result.without_score) == 2
