"""Exporting whole lists: who gets which rows, in three formats; what comes out goes in again unchanged; schedules."""

import csv
import io
from datetime import date, timedelta

import pypdfium2
import pytest

import tools
from runtime import files as blobs
from runtime.errors import InvalidInput, NotAllowed, NotVisible
from runtime.transaction import transaction
from school import export_schedules, files, imports, spreadsheets
from school.export_schedules import Every
from school.people import Person
from tests.spreadsheet_files import upload
from tests.tiny_school import school_today
from tools.invoke import invoke, preview

REGISTRY = tools.load_all()
EXPORT, SCHEDULE, LISTED, CANCEL, UNDO = (
    REGISTRY[name]
    for name in ("export_records", "schedule_export", "show_export_schedules", "cancel_export_schedule", "undo_change")
)


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("SCHOOLOS_DATA_DIR", str(tmp_path))
    blobs.store.cache_clear()
    yield
    blobs.store.cache_clear()


async def export(school, kind, who="head", **args):
    done = (await invoke(EXPORT, school.callers[who], {"kind": kind, **args}, approved=True)).result
    assert f"{done.rows:,} rows" in done.plain() and f"/api/files/{done.file_id}" in done.markdown()
    return done


async def opened(school, done, who="head") -> bytes:
    async with transaction(school.callers[who], read_only=True) as tx:
        return (await files.read(tx, done.file_id))[1]


async def table(school, kind, who="head", **args):
    done = await export(school, kind, who, **args)
    [grid] = spreadsheets.read(await opened(school, done, who), done.name)
    assert len(grid.rows) == done.rows + 1
    return grid.rows


async def test_students_with_their_class_and_first_guardian(school):
    header, *rows = await table(school, "students", class_arm="JSS 2 Ruby")
    assert header[:7] == [
        "Admission number",
        "Surname",
        "First name",
        "Other names",
        "Gender",
        "Date of birth",
        "Class",
    ]
    assert [row[1] for row in rows] == sorted(row[1] for row in rows) and len(rows) == 6
    ada = next(row for row in rows if row[2] == "Ada")
    assert (ada[0], ada[5], ada[6], ada[7], ada[8]) == (
        school.admission_nos["Ada"], date(2013, 5, 4), "JSS 2 Ruby", "Nkechi Okonjo", school.phones["guardian"],
    )  # fmt: skip


@pytest.mark.parametrize("file_format", ["xlsx", "csv"])
@pytest.mark.parametrize("kind", ["students", "guardians"])
async def test_what_is_exported_is_imported_again_as_unchanged(school, kind, file_format):
    done = await export(school, kind, file_format=file_format)
    file_id = await upload(school.callers["head"], await opened(school, done), done.name)
    with pytest.raises(imports.NothingToImport, match="in the record already"):
        await preview(REGISTRY["import_records"], school.callers["head"], {"file": str(file_id), "kind": kind})


async def test_attendance_between_two_days_goes_out_and_in_again(school):

    day = school_today() - timedelta(days=1)
    while day.weekday() >= 5:
        day -= timedelta(days=1)
    ada, musa = school.admission_nos["Ada"], school.admission_nos["Musa"]
    marks = f"Adm No,Date,Status,Minutes late\n{ada},{day},late,7\n{musa},{day},absent,\n".encode()
    file_id = await upload(school.callers["head"], marks, "marks.csv")
    args = {"file": str(file_id), "kind": "attendance"}
    await invoke(REGISTRY["import_records"], school.callers["head"], args, approved=True)
    header, *rows = await table(school, "attendance", first_day=str(day), last_day=str(day), file_format="csv")
    assert header == ["Admission number", "Name", "Class", "Date", "Status", "Minutes late", "Note"]
    assert [(row[0], row[3], row[4], row[5]) for row in rows] == [
        (musa, str(day), "absent", ""), (ada, str(day), "late", "7"),
    ]  # fmt: skip
    assert await table(school, "attendance", last_day=str(day - timedelta(days=1))) == [header]


async def test_scores_with_total_and_grade_only_of_what_a_teacher_teaches(school):
    header, *rows = await table(school, "scores")
    assert header == [
        "Admission number",
        "Name",
        "Class",
        "Subject",
        "Term",
        "Assignment",
        "Note",
        "CA",
        "Exam",
        "Total",
        "Grade",
    ]
    assert len(rows) == 4
    chidi = next(row for row in rows if row[0] == school.admission_nos["Chidi"])
    assert chidi[2:] == ["JSS 2 Topaz", "Mathematics", "Second Term This session", 9.0, 9.0, 18.0, 55.0, 91.0, "A"]
    assert {row[3] for row in (await table(school, "scores", who="colleague"))[1:]} == {"English Language"}
    assert len(await table(school, "scores", who="teacher")) == 5, (
        "the class teacher of JSS 2 Ruby sees its English, too"
    )
    assert sorted(row[9] for row in (await table(school, "scores", term="last term"))[1:]) == [50.0, 80.0, 80.0]
    assert len(await table(school, "scores", subject="English")) == 2
    assert len(await table(school, "scores", class_arm="JSS 1 Pearl")) == 1


async def test_a_long_list_is_too_long_for_a_pdf(school, monkeypatch):
    from school import export_files

    monkeypatch.setattr(export_files, "PDF_ROWS", 3)
    with pytest.raises(InvalidInput, match="too many for a PDF"):
        await preview(EXPORT, school.callers["head"], {"kind": "students", "file_format": "pdf"})
    with pytest.raises(InvalidInput, match="too many for a PDF"):
        await export(school, "students", file_format="pdf")


async def test_rows_that_come_in_many_pieces_lose_and_double_none(school, monkeypatch):
    from school import exports

    whole = await table(school, "scores")
    monkeypatch.setattr(exports, "PIECE", 1)
    assert await table(school, "scores") == whole
    assert len(await table(school, "students")) == 13


async def test_columns_in_the_order_asked_for(school):
    header, *rows = await table(school, "students", class_arm="JSS 1 Pearl", columns=["class", "Surname"])
    assert header == ["Class", "Surname"] and rows[0] == ["JSS 1 Pearl", "Adeoti"]
    with pytest.raises(InvalidInput, match="no column Shoe size"):
        await export(school, "students", columns=["Shoe size"])


async def test_text_that_looks_like_a_formula_stays_text(school):
    async with transaction(school.callers["head"]) as tx:
        person = await tx.session.get_one(Person, school.students["Ada"])
        person.given_name = "=HYPERLINK(1)"
    done = await export(school, "students", file_format="csv", columns=["First name"])
    cells = {row[0] for row in csv.reader(io.StringIO((await opened(school, done)).decode("utf-8-sig")))}
    assert "'=HYPERLINK(1)" in cells and "=HYPERLINK(1)" not in cells
    assert "=HYPERLINK(1)" in {row[0] for row in await table(school, "students", columns=["First name"])}


async def test_a_pdf_for_printing(school):
    done = await export(school, "students", file_format="pdf", class_arm="JSS 2 Ruby")
    content = await opened(school, done)
    document = pypdfium2.PdfDocument(content)
    words = document[0].get_textpage().get_text_bounded()
    document.close()
    assert "Students of JSS 2 Ruby" in words and "Ọláìtán" in words and school.admission_nos["Musa"] in words


async def test_who_may_export_what(school):
    with pytest.raises(NotAllowed):
        await export(school, "students", who="guardian")
    with pytest.raises(NotAllowed, match="do not teach"):
        await export(school, "students", who="teacher", class_arm="JSS 1 Pearl")
    with pytest.raises(NotAllowed, match="reading scores"):
        await export(school, "scores", who="bursar")
    assert (await export(school, "students", who="bursar")).rows == 12
    assert (await export(school, "students", who="teacher")).rows == 9
    assert (await export(school, "students", who="stranger")).rows == 2
    with pytest.raises(NotVisible):
        await export(school, "students", who="stranger", class_arm=str(school.class_arms["JSS 2 Ruby"]))


async def test_a_file_is_its_makers_and_undo_deletes_it(school):
    done = await export(school, "students", who="teacher")
    with pytest.raises(NotVisible):
        await opened(school, done, "colleague")
    await opened(school, done, "head")
    await invoke(UNDO, school.callers["teacher"], {}, approved=True)
    with pytest.raises(NotVisible):
        await opened(school, done, "teacher")


async def test_a_preview_says_how_many_rows_and_writes_nothing(school, tmp_path):
    shown, _ = await preview(EXPORT, school.callers["head"], {"kind": "students"})
    assert shown.included == 12 and "12 rows" in shown.summary
    assert [path for path in (tmp_path / "files").rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("day", "every", "then"),
    [
        (date(2026, 1, 31), Every.MONTH, date(2026, 2, 28)), (date(2026, 12, 5), Every.MONTH, date(2027, 1, 5)),
        (date(2026, 12, 30), Every.WEEK, date(2027, 1, 6)), (date(2026, 2, 28), Every.DAY, date(2026, 3, 1)),
    ],
)  # fmt: skip
def test_the_next_day_of_a_rhythm(day, every, then):
    assert export_schedules.after(day, every) == then


async def test_a_schedule_starts_a_run_when_it_is_due_and_not_again(school):
    teacher = school.callers["teacher"]
    args = {"every": "week", "kind": "students", "class_arm": "JSS 2 Ruby"}
    shown, _ = await preview(SCHEDULE, teacher, args)
    assert shown.included == 6 and shown.summary.startswith("Every week from")
    await invoke(SCHEDULE, teacher, args, approved=True)
    async with transaction(school.callers["admin"]) as tx:
        assert await export_schedules.start_due(tx) == 1
        assert [event.name for event in tx.events] == ["run.started"]
        assert await export_schedules.start_due(tx) == 0
        tx.now += timedelta(days=30)
        assert await export_schedules.start_due(tx) == 1, "missed weeks are made up for by one run"
    listed = (await invoke(LISTED, teacher, {})).result
    [entry] = listed.schedules
    assert listed.headline() == "1 scheduled export." and "Students of JSS 2 Ruby" in listed.markdown()
    stop, _ = await preview(CANCEL, teacher, {"schedule_id": str(entry.schedule_id)})
    assert stop.included == 1 and "every week" in stop.summary
    assert entry.title == "Export: Students of JSS 2 Ruby" and entry.last_run_id is not None
    assert (await invoke(LISTED, school.callers["colleague"], {})).result.schedules == []
    with pytest.raises(NotVisible):
        await invoke(CANCEL, school.callers["colleague"], {"schedule_id": str(entry.schedule_id)}, approved=True)
    await invoke(CANCEL, teacher, {"schedule_id": str(entry.schedule_id)}, approved=True)
    assert (await invoke(LISTED, teacher, {})).result.schedules == []
    await invoke(UNDO, teacher, {}, approved=True)
    assert len((await invoke(LISTED, teacher, {})).result.schedules) == 1
