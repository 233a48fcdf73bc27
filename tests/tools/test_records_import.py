"""Importing whole lists: what is added and changed, what is refused and why, and taking an import back."""

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import text

import tools
from runtime import files as blobs
from runtime.errors import NotAllowed, NotVisible
from runtime.transaction import transaction
from school import change_sets, import_columns, imports
from tests.spreadsheet_files import upload, xlsx
from tests.tiny_school import school_today
from tools.invoke import invoke, preview

REGISTRY = tools.load_all()
IMPORT, UNDO, HISTORY = (REGISTRY[name] for name in ("import_records", "undo_change", "show_imports"))
STUDENTS = (
    "Admission No",
    "Surname",
    "First name",
    "Gender",
    "Date of Birth",
    "Class",
    "Parent name",
    "Parent phone",
    "Relationship",
)
ALL = (
    "people",
    "students",
    "guardians",
    "guardianships",
    "enrolments",
    "registers",
    "attendance_marks",
    "score_sheets",
    "scores",
)


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("SCHOOLOS_DATA_DIR", str(tmp_path))
    blobs.store.cache_clear()
    yield
    blobs.store.cache_clear()


async def look(school, kind, *rows, who="head"):
    caller = school.callers[who]
    return (await preview(IMPORT, caller, {"file": str(await upload(caller, xlsx(*rows))), "kind": kind}))[0]


async def load(school, kind, *rows, who="head"):
    caller = school.callers[who]
    args = {"file": str(await upload(caller, xlsx(*rows))), "kind": kind}
    done = (await invoke(IMPORT, caller, args, approved=True)).result
    assert done.headline().startswith(f"Imported {kind} from list.xlsx") and (done.faulty == 0) == (done.blocks() == [])
    return done


async def undo(school):
    return (await invoke(UNDO, school.callers["head"], {"of": "import_records"}, approved=True)).result


async def everything(school):
    """Every row of the tables an import touches."""
    async with transaction(school.callers["admin"], read_only=True) as tx:
        return {name: sorted(map(str, (await tx.session.execute(text(f"SELECT * FROM {name}"))).all())) for name in ALL}


async def ask(school, query, **values):
    async with transaction(school.callers["admin"], read_only=True) as tx:
        return (await tx.session.execute(text(query), values)).all()


def faults(shown):
    return [(item.where, item.what) for block in shown.blocks if block.type == "errors" for item in block.items]


def school_day(school, back=1) -> date:
    """A weekday of this term some days ago."""

    day = school_today() - timedelta(days=back)
    while day.weekday() >= 5:
        day -= timedelta(days=1)
    return day


async def test_students_are_added_changed_and_left_as_they_are_and_all_is_taken_back(school):
    before = await everything(school)
    ada, musa = school.admission_nos["Ada"], school.admission_nos["Musa"]
    done = await load(
        school, "students", STUDENTS,
        ("HA/101", "Fálọ́lá", "Ìfẹ́", "F", "04/05/2014", "JSS1 Pearl", "Mrs Grace Fálọ́lá", "0804 123 4567", "mum"),
        ("HA/102", "Fálọ́lá", "Ayọ̀", "boy", date(2012, 1, 31), "JSS 2 Topaz", "Fálọ́lá, Grace", 8041234567, "mother"),
        (ada, "Okonjo", "Adaeze", "female", "2013-05-04", "JSS 2 Ruby", "", "", ""),
        (musa.lower(), "Garba", "Musa", "", "", "JSS 2 Topaz", "", "", ""),
        (school.admission_nos["Efe"], "", "", "", "", "", "", "", ""),
    )  # fmt: skip
    assert (done.added, done.changed, done.unchanged, done.faulty) == (2, 2, 1, 0)
    new = await ask(
        school,
        "SELECT p.given_name, p.gender, s.born_on, c.name, g.phone, g.given_name FROM students s JOIN people p USING (id)"
        " JOIN enrolments e ON e.student_id = s.id JOIN class_arms c ON c.id = e.class_arm_id"
        " JOIN guardianships l ON l.student_id = s.id JOIN people g ON g.id = l.guardian_id"
        " WHERE admission_no IN ('HA/101', 'HA/102') ORDER BY admission_no",
    )
    assert [tuple(row) for row in new] == [
        ("Ìfẹ́", "female", date(2014, 5, 4), "JSS 1 Pearl", "+2348041234567", "Grace"),
        ("Ayọ̀", "male", date(2012, 1, 31), "JSS 2 Topaz", "+2348041234567", "Grace"),
    ]
    [(given,)] = await ask(school, "SELECT given_name FROM people WHERE id = :id", id=school.students["Ada"])
    assert given == "Adaeze"
    seats = await ask(
        school, "SELECT left_on IS NULL FROM enrolments WHERE student_id = :id ORDER BY 1", id=school.students["Musa"]
    )
    assert [row[0] for row in seats] == [False, True]
    undone = await undo(school)
    assert "taken back" in undone.headline()
    assert await everything(school) == before


async def test_what_is_wrong_with_a_roster_is_said_row_by_row(school):
    shown = await look(
        school, "students", ("HILLCREST ACADEMY",), STUDENTS,
        ("HA/101", "Fálọ́lá", "Ìfẹ́", "F", "04/05/2014", "JSS 1 Pearl", "", "", ""),
        ("HA/101", "Other", "One", "F", "", "JSS 1 Pearl", "", "", ""),
        ("HA/103", "Nobody", "", "F", "", "", "", "", ""),
        ("", "No", "Number", "F", "", "JSS 1 Pearl", "", "", ""),
        ("HA/104", "Wrong", "Class", "F", "", "JSS 9 Opal", "", "", ""),
        ("HA/105", "Wrong", "Cells", "?", "31/02/2014", "JSS 1 Pearl", "", "12", ""),
        ("HA/106", "Far", "Future", "M", "01/01/2090", "JSS 1 Pearl", "", "", ""),
        ("HA/107", "Phone", "Taken", "M", "", "JSS 1 Pearl", "Somebody Else", school.phones["guardian"], ""),
    )  # fmt: skip
    assert shown.included == 1
    said = faults(shown)
    assert said[0] == ("Row 4 (Other One)", "The admission number is in row 3 too.")
    assert said[1:3] == [
        ("Row 5 (Nobody)", "A new student needs a first name."), ("Row 5 (Nobody)", "A new student needs a class."),
    ]  # fmt: skip
    assert said[3] == ("Row 6 (No Number)", "Admission number is missing.")
    assert said[4] == ("Row 7 (Wrong Class)", "There is no class called JSS 9 Opal.")
    cells = [what for where, what in said if where == "Row 8 (Wrong Cells)"]
    assert [what.split(":")[0] for what in cells[:3]] == ["Gender", "Date of birth", "Guardian phone"]
    assert said[-2][1].startswith("A birth date of 01 January 2090")
    assert said[-1][1].endswith("is the phone of Okonjo Nkechi, not of Somebody Else.")


async def test_one_name_column_and_a_file_that_changes_nothing(school):
    ada = school.admission_nos["Ada"]
    shown = await look(
        school, "students", ("Reg. No", "Name of Student", "Class"), ("HA/120", "Ojo Bisi Ann", "JSS 1 Pearl")
    )
    [table] = [block for block in shown.blocks if block.type == "table"]
    assert table.rows[0]["name"] == "Ojo Bisi"
    with pytest.raises(imports.NothingToImport, match="in the record already"):
        await look(school, "students", ("Reg. No", "Class"), (ada, "JSS 2 Ruby"))
    with pytest.raises(import_columns.NoColumns, match="Admission number"):
        await look(school, "students", ("Surname", "Class"), ("Ojo", "JSS 1 Pearl"))


async def test_an_import_that_is_built_upon_cannot_be_taken_back(school):
    await load(school, "students", STUDENTS, ("HA/101", "Ojo", "Ann", "F", "", "JSS 2 Ruby", "", "", ""))
    score = {"student": "HA/101", "subject": "Mathematics", "component": "Exam", "points": 40}
    await invoke(REGISTRY["set_score"], school.callers["teacher"], score, approved=True)
    before = await everything(school)
    with pytest.raises(change_sets.ChangedSince, match="1 rows in scores"):
        await undo(school)
    assert await everything(school) == before
    await invoke(UNDO, school.callers["teacher"], {}, approved=True)
    assert "taken back" in (await undo(school)).headline()


async def test_an_import_whose_rows_were_changed_since_cannot_be_taken_back(school):
    ada = school.admission_nos["Ada"]
    await load(school, "students", ("Reg No", "First name"), (ada, "Adaora"))
    async with transaction(school.callers["head"]) as tx:
        await tx.session.execute(
            text("UPDATE people SET given_name = 'Adanna' WHERE id = :id"), {"id": school.students["Ada"]}
        )
    with pytest.raises(change_sets.ChangedSince, match="changed after this import"):
        await undo(school)


async def test_guardians_by_phone_and_by_name(school):
    before = await everything(school)
    header = ("Admission No", "Name", "Phone", "Email", "Relation", "WhatsApp")
    done = await load(
        school, "guardians", header,
        (school.admission_nos["Zainab"], "Hauwa Bello", "0804 555 0001", "", "mother", "yes"),
        (school.admission_nos["Ada"], "Okonjo Emeka", "08045550002", "emeka@example.com", "father", ""),
        (school.admission_nos["Uche"], "Emeka Okonjo", "+2348045550002", "", "father", ""),
        (school.admission_nos["Efe"], "", "", "", "", ""),
        ("HA/999", "Nobody", "", "", "", ""),
    )  # fmt: skip
    assert (done.added, done.changed, done.unchanged, done.faulty) == (1, 2, 0, 2)
    [(phone, whatsapp)] = await ask(
        school, "SELECT phone, whatsapp FROM people WHERE id = :id", id=school.guardians["no phone"]
    )
    assert (phone, whatsapp) == ("+2348045550001", True)
    children = await ask(
        school,
        "SELECT count(*) FROM guardianships l JOIN people p ON p.id = l.guardian_id WHERE p.phone = '+2348045550002'",
    )
    assert children[0][0] == 2
    await undo(school)
    assert await everything(school) == before


@pytest.mark.parametrize("wide", [False, True], ids=["a row a day", "a column a day"])
async def test_attendance(school, wide):
    before = await everything(school)
    one, two = school_day(school, 8), school_day(school, 9)
    if one == two:
        two = school_day(school, 12)
    ada, musa, chidi = (school.admission_nos[name] for name in ("Ada", "Musa", "Chidi"))
    if wide:
        rows = [
            ("Admission No", "Name", one, two.isoformat()),
            (ada, "", "P", "A"),
            (musa, "", "L", ""),
            (chidi, "", 1, 0),
        ]
    else:
        rows = [
            ("Adm No", "Date", "Status", "Minutes late"), (ada, one, "P", ""), (ada, two, "absent", ""),
            (musa, one, "late", 12), (chidi, one, "present", ""), (chidi, two, "0", ""),
        ]  # fmt: skip
    done = await load(school, "attendance", *rows)
    assert (done.added, done.faulty) == (5, 0)
    marks = await ask(
        school,
        "SELECT s.admission_no, r.taken_on, m.presence FROM attendance_marks m JOIN registers r ON r.id = m.register_id"
        " JOIN students s ON s.id = m.student_id WHERE r.taken_on IN (:one, :two) ORDER BY 1, 2", one=one, two=two,
    )  # fmt: skip
    first, second = sorted((one, two))
    expected = {
        (ada, one, "present"),
        (ada, two, "absent"),
        (musa, one, "late"),
        (chidi, one, "present"),
        (chidi, two, "absent"),
    }
    assert {tuple(row) for row in marks} == expected and first < second
    again = await load(school, "attendance", ("Adm No", "Date", "Status"), (ada, one, "A"), (chidi, one, "P"))
    assert (again.added, again.changed, again.unchanged) == (0, 1, 1)
    assert [
        tuple(r) for r in await ask(school, "SELECT version FROM registers WHERE taken_on = :d ORDER BY 1", d=one)
    ] == [(1,), (2,)]
    await undo(school)
    await undo(school)
    assert await everything(school) == before


async def test_what_is_wrong_with_attendance(school):
    day, ada = school_day(school), school.admission_nos["Ada"]
    saturday = day + timedelta(days=5 - day.weekday()) - timedelta(days=7)
    shown = await look(
        school, "attendance", ("Adm No", "Date", "Status"), (school.admission_nos["Musa"], day, "P"), (ada, saturday, "P"),
        (ada, day + timedelta(days=30), "P"), (ada, date(2001, 1, 3), "P"), ("HA/999", day, "P"), (ada, day, "maybe"),
        (ada, "", "P"), (school.admission_nos["Musa"], day, "A"),
    )  # fmt: skip
    assert [what.split(" ")[-1] if "school day" in what else what for _, what in faults(shown)][:1] == ["day."]
    said = " ".join(what for _, what in faults(shown))
    for part in (
        "has not been yet",
        "was in no class",
        "HA/999",
        "“maybe” is not one of",
        "needs a date and a status",
        "Row 2 has the same",
    ):
        assert part in said
    assert shown.included == 1


async def test_scores_of_several_classes(school):
    before = await everything(school)
    header = ("Admission No", "Subject", "Assignment", "Note", "C.A.", "Exam (60)")
    ada, uche, kemi = (school.admission_nos[name] for name in ("Ada", "Uche", "Kemi"))
    done = await load(
        school, "scores", header, (ada, "maths", 8, 7, 15, 50), (ada, "ENG", 7, 8, 14, 42), (uche, "Mathematics", 5, "", "12,5", "40/60"),
        (kemi, "Mathematics", 1, 1, 1, 1), (kemi, "Physics", 1, 1, 1, 61), (kemi, "Alchemy", 1, 1, 1, 1),
    )  # fmt: skip
    assert (done.added, done.changed, done.unchanged, done.faulty) == (2, 1, 0, 3)
    assert [problem.what for problem in done.faults] == [
        "JSS 2 Topaz Mathematics, Second Term is published.", "Exam: 61 is more than the 60 the component is out of.",
        "There is no subject called Alchemy.",
    ]  # fmt: skip
    sheet = {"class_arm": "JSS 1 Pearl", "subject": "maths"}
    found = (await invoke(REGISTRY["show_score_sheet"], school.callers["head"], sheet)).result
    assert [row.total for row in found.students if row.total] == [pytest.approx(57.5)]
    await undo(school)
    assert await everything(school) == before


async def test_what_is_wrong_with_a_list_of_scores(school):
    header = ("Admission No", "Subject", "Term", "Exam", "Note")
    ada, musa = school.admission_nos["Ada"], school.admission_nos["Musa"]
    shown = await look(
        school, "scores", header, (ada, "maths", "", 50, 5), (ada, "Mathematics", "Second Term", 51, 5), (musa, "Physics", "", 1, 1),
        (musa, "maths", "Ninth Term", 1, 1), ("HA/999", "maths", "", 1, 1), (musa, "maths", "First Term", 1, 1),
    )  # fmt: skip
    assert [what for _, what in faults(shown)] == [
        "Row 2 has the same student and subject.", "Garba Musa did not take Physics in Second Term.",
        "There is no term called Ninth Term.", "No student has the admission number HA/999.",
        "JSS 2 Ruby Mathematics, First Term is published.",
    ]  # fmt: skip
    with pytest.raises(imports.NothingToImport, match="No column of the file"):
        await look(school, "scores", ("Admission No", "Subject", "Quiz"), (ada, "maths", 5))


async def test_a_guardian_without_a_name_and_a_day_nobody_can_read(school):
    ada = school.admission_nos["Ada"]
    with pytest.raises(imports.NothingToImport, match="no guardian's name"):
        await look(school, "students", ("Adm No", "Parent phone"), (ada, "08041234567"))
    day = school_day(school)
    shown = await look(school, "attendance", ("Adm No", day), (ada, "here"), (school.admission_nos["Musa"], "maybe"))
    assert shown.included == 1 and "“maybe” is not one of" in faults(shown)[0][1]


async def test_who_may_import_and_whose_file(school):
    rows = STUDENTS, ("HA/101", "Ojo", "Ann", "F", "", "JSS 1 Pearl", "", "", "")
    for who in ("teacher", "bursar", "guardian"):
        with pytest.raises(NotAllowed):
            await load(school, "students", *rows, who=who)
    head = school.callers["head"]
    file_id = str(await upload(head, xlsx(*rows)))
    with pytest.raises(NotVisible):
        await invoke(IMPORT, school.callers["stranger"], {"file": file_id, "kind": "students"}, approved=True)
    assert (await invoke(IMPORT, head, {"file": file_id, "kind": "students"}, approved=True)).result.added == 1


async def test_two_imports_of_the_same_students_at_once_add_them_once(school):
    rows = STUDENTS, *((f"HA/{n}", "Ojo", f"Ann{n}", "F", "", "JSS 1 Pearl", "", "", "") for n in range(300, 340))
    done = await asyncio.gather(
        load(school, "students", *rows), load(school, "students", *rows, who="admin"), return_exceptions=True
    )
    assert sum(isinstance(each, change_sets.Collided | imports.NothingToImport) for each in done) == 1
    assert [
        tuple(row) for row in await ask(school, "SELECT count(*) FROM students WHERE admission_no LIKE 'HA/3%'")
    ] == [(40,)]


async def test_history_says_what_was_imported_and_what_was_taken_back(school):
    assert (await invoke(HISTORY, school.callers["head"], {})).result.imports == []
    await load(school, "students", STUDENTS, ("HA/101", "Ojo", "Ann", "F", "", "JSS 1 Pearl", "", "", ""))
    await load(school, "students", STUDENTS, ("HA/102", "Ojo", "Ben", "M", "", "JSS 1 Pearl", "", "", ""))
    await undo(school)
    listed = (await invoke(HISTORY, school.callers["head"], {})).result
    assert listed.headline() == "2 imports, newest first." and "taken back" in listed.markdown()
    entries = listed.imports
    assert [(entry.kind, entry.added, entry.state) for entry in entries] == [
        ("students", 1, "taken back"),
        ("students", 1, "done"),
    ]
    with pytest.raises(imports.AlreadyRolledBack):
        async with transaction(school.callers["head"]) as tx:
            await imports.roll_back(tx, entries[0].import_id)


async def test_a_roster_of_five_thousand_names(school):
    rows = [
        (
            f"HA/{n:05}",
            f"Family{n}",
            f"Given{n}",
            "FM"[n % 2],
            "2014-05-04",
            "JSS 1 Pearl",
            f"Parent Family{n}",
            f"+23480{n:08}",
            "",
        )
        for n in range(40_000_000, 40_005_000)
    ]
    shown = await look(school, "students", STUDENTS, *rows)
    assert (shown.included, len(faults(shown))) == (5000, 0)
    done = await load(school, "students", STUDENTS, *rows)
    assert done.added == 5000
