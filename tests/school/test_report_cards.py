"""The report card as data: totals, places with ties, cumulative terms, missing scores, and who is on it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import event, select

from runtime.database import engine
from runtime.errors import NotVisible
from runtime.ids import new_id
from runtime.transaction import transaction
from school import conduct, marks, remarks, report_cards, report_data, report_options
from school.assessment import AssessmentComponent
from school.calendar import Term
from school.classes import Enrolment
from school.registers import AttendanceMark, Register
from school.remarks import Author, Words
from school.score_sheets import Score, ScoreSheet

WHOLE = {"Assignment": 10, "Note": 10, "CA": 20, "Exam": 60}


async def fill(tx, school, class_arm, subject, term, totals):
    """A sheet whose students have these totals, all of it in the exam column where it fits."""
    scheme = (await tx.session.get_one(AssessmentComponent, school.components["Exam"])).scheme_id
    sheet = ScoreSheet(
        id=new_id(), school_id=school.id, class_arm_id=school.class_arms[class_arm], state="approved", version=1,
        subject_id=school.subjects[subject], term_id=school.terms[term], scheme_id=scheme,
    )  # fmt: skip
    tx.session.add(sheet)
    await tx.session.flush()
    for child, total in totals.items():
        left = Decimal(total)
        for name, most in WHOLE.items():
            points = min(left, Decimal(most))
            left -= points
            tx.session.add(
                Score(school_id=school.id, sheet_id=sheet.id, student_id=school.students[child],
                      component_id=school.components[name], points=points)
            )  # fmt: skip
    await tx.session.flush()
    return sheet


@pytest.fixture
async def head(school):
    async with transaction(school.callers["head"]) as tx:
        yield tx


async def ask(tx, school, child, term="last"):
    return await report_cards.card(tx, school.students[child], school.terms[term])


async def test_a_card_says_what_the_contract_says(school, head):
    found = (await ask(head, school, "Ada")).model_dump(mode="json", by_alias=True)
    maths = next(subject for subject in found["subjects"] if subject["name"] == "Mathematics")
    assert maths["assessments"] == {"Assignment": 8, "Note": 7, "CA": 15, "Exam": 50}
    assert (maths["total"], maths["grade"], maths["position"], maths["classAverage"]) == (80, "A", 1, 70)
    assert maths["teacherRemark"] == "Excellent"
    assert found["student"]["name"] == "Okonjo Ada" and found["student"]["class"] == "JSS 2 Ruby"
    assert found["student"]["studentNo"] == school.admission_nos["Ada"]
    assert found["school"]["name"] == "Hillcrest Academy" and found["term"] == "First Term"
    assert (found["overallAverage"], found["overallGrade"], found["classPosition"], found["totalInClass"]) == (
        80,
        "A",
        1,
        6,
    )
    second = await head.session.get_one(Term, school.terms["this"])
    assert found["nextTermBegins"] == second.starts_on.isoformat()
    assert set(found["attendance"]) >= {"daysPresent", "totalDays"}


async def test_equal_averages_share_a_place_and_the_next_is_skipped(school, head):
    places = {name: (await ask(head, school, name)).class_position for name in ("Ada", "Zainab", "Tunde", "Musa")}
    assert places == {"Ada": 1, "Zainab": 1, "Tunde": 3, "Musa": None}


async def test_the_level_is_ranked_over_all_its_arms(school, head):
    await fill(head, school, "JSS 2 Topaz", "Mathematics", "last", {"Chidi": 95, "Kemi": 60})
    ada = await ask(head, school, "Ada")
    assert (ada.class_position, ada.level_position, ada.total_in_level) == (1, 2, 9)


async def test_the_last_term_carries_the_session(school, head):
    await fill(head, school, "JSS 2 Ruby", "Mathematics", "next", {"Ada": 70, "Tunde": 31})
    await fill(head, school, "JSS 2 Ruby", "English Language", "next", {"Ada": 61, "Tunde": 20})
    ada, tunde = await ask(head, school, "Ada", "next"), await ask(head, school, "Tunde", "next")
    maths = next(s for s in ada.subjects if s.name == "Mathematics")
    assert maths.earlier_totals == {"First Term": Decimal("80.00"), "Second Term": None}
    assert maths.cumulative == Decimal("75.00")
    english = next(s for s in ada.subjects if s.name == "English Language")
    assert english.cumulative == Decimal("65.50")  # 70 and 61
    assert (ada.cumulative.average, ada.cumulative.position) == (Decimal("70.25"), 2)  # Zainab has 80 alone
    assert ada.promotion.decision == "promoted"
    assert tunde.cumulative.average == Decimal("30.25")  # (50 and 31) and 20
    assert tunde.promotion.decision == "repeat" and "30.25" in tunde.promotion.reason
    assert (await ask(head, school, "Ada", "this")).promotion is None


@pytest.mark.parametrize(("average", "decision"), [(45, "promoted"), (44, "promoted_on_trial"), (39, "repeat")])
async def test_promotion_follows_the_schools_rule_at_its_edge(school, head, average, decision):
    await fill(head, school, "JSS 2 Topaz", "Physics", "next", {"Kemi": average})
    await head.session.execute(Score.__table__.delete().where(
        Score.sheet_id.in_(select(ScoreSheet.id).where(ScoreSheet.term_id == school.terms["this"]))
    ))  # fmt: skip
    assert (await ask(head, school, "Kemi", "next")).promotion.decision == decision


@pytest.mark.parametrize(
    ("rule", "total", "average"), [("count_as_zero", Decimal("20.00"), Decimal("20.00")), ("leave_out", None, None)]
)
async def test_missing_scores_follow_the_schools_policy(school, head, rule, total, average):
    sheet = await head.session.scalar(select(ScoreSheet).where(ScoreSheet.term_id == school.terms["last"]))
    head.session.add(
        Score(school_id=school.id, sheet_id=sheet.id, student_id=school.students["Musa"],
              component_id=school.components["CA"], points=Decimal(20))
    )  # fmt: skip
    await report_options.save(head, report_options.changed(report_options.ReportOptions(), {"missing_scores": rule}))
    musa = await ask(head, school, "Musa")
    maths = next(s for s in musa.subjects if s.name == "Mathematics")
    assert (maths.total, maths.incomplete, musa.overall_average) == (total, True, average)
    assert maths.assessments == {"Assignment": None, "Note": None, "CA": Decimal(20), "Exam": None}


async def test_a_dropped_subject_is_off_the_card_and_out_of_the_ranking(school, head):
    enrolment = await head.session.scalar(select(Enrolment).where(Enrolment.student_id == school.students["Ada"]))
    enrolment.dropped_subjects = [str(school.subjects["Mathematics"])]
    await head.session.flush()
    ada, zainab = await ask(head, school, "Ada"), await ask(head, school, "Zainab")
    assert [s.name for s in ada.subjects] == ["English Language"] and ada.not_taken == ["Mathematics"]
    assert ada.overall_average is None
    assert next(s for s in zainab.subjects if s.name == "Mathematics").out_of == 2


async def test_joining_inside_the_term_is_said_and_before_it_is_not(school, head):
    term = await head.session.get_one(Term, school.terms["last"])
    enrolment = await head.session.scalar(select(Enrolment).where(Enrolment.student_id == school.students["Ada"]))
    assert (await ask(head, school, "Ada")).student.joined_on is None
    enrolment.joined_on = term.starts_on + timedelta(days=20)
    await head.session.flush()
    assert (await ask(head, school, "Ada")).student.joined_on == enrolment.joined_on
    with pytest.raises(NotVisible, match="not enrolled"):
        await ask(head, school, "Ada", "year ago")


async def test_attendance_counts_the_term_and_late_is_present(school, head):
    term = await head.session.get_one(Term, school.terms["last"])
    for day, presence in enumerate(("present", "late", "absent", "excused")):
        register = Register(id=new_id(), school_id=school.id, class_arm_id=school.class_arms["JSS 2 Ruby"],
                            taken_on=term.starts_on + timedelta(days=day), updated_at=head.now)  # fmt: skip
        head.session.add(register)
        await head.session.flush()
        head.session.add(AttendanceMark(school_id=school.id, register_id=register.id, presence=presence,
                                        student_id=school.students["Ada"]))  # fmt: skip
    await head.session.flush()
    found = (await ask(head, school, "Ada")).attendance
    assert (found.days_present, found.total_days, found.days_late, found.rate) == (2, 4, 1, Decimal("66.67"))


async def test_remarks_and_ratings_reach_the_card(school, head):
    ada, term = school.students["Ada"], school.terms["last"]
    await remarks.write(head, term, [
        Words(ada, Author.PRINCIPAL, "Keep it up."),
        Words(ada, Author.SUBJECT_TEACHER, "Strong in algebra.", school.subjects["Mathematics"]),
    ])  # fmt: skip
    before = await remarks.write(head, term, [Words(ada, Author.PRINCIPAL, "Well  done.")])
    assert [words.text for words in before] == ["Keep it up."]
    await conduct.rate(head, report_options.ReportOptions(), ada, term, {"neatness": 4, "Sports": 5})
    found = await ask(head, school, "Ada")
    assert found.principal_remark == "Well done."
    assert next(s for s in found.subjects if s.name == "Mathematics").teacher_remark == "Strong in algebra."
    assert {r.name: r.rating for r in found.conduct}["Neatness"] == 4
    assert {r.name: r.rating for r in found.skills}["Sports"] == 5
    assert (
        await remarks.write(head, term, [Words(ada, Author.PRINCIPAL, "")])
        and not (await ask(head, school, "Ada")).principal_remark
    )


async def test_a_class_takes_as_many_queries_as_one_student(school, head):
    counted = []
    event.listen(engine().sync_engine, "before_cursor_execute", lambda *args: counted.append(args[2]))
    one = await ask(head, school, "Ada")
    single = len(counted)
    everybody = await report_cards.cards(head, school.class_arms["JSS 2 Ruby"], school.terms["last"])
    assert len(counted) - single <= single and len(everybody) == 6
    assert next(card for card in everybody if card.student.id == school.students["Ada"]) == one
    assert [card.student.name for card in everybody] == sorted(card.student.name for card in everybody)


async def test_the_sql_total_is_the_arithmetic_of_marks(school, head):
    sheet = await fill(head, school, "JSS 2 Ruby", "Physics", "last", {})
    columns = [await head.session.get_one(AssessmentComponent, key) for key in school.components.values()]
    columns[2].max_points, columns[3].max_points = Decimal(30), Decimal(70)  # thirds and sevenths
    given = {
        "Ada": ("9.99", "3.33", "17.25", "41.5"),
        "Tunde": ("0.01", "0", "29.99", "69.99"),
        "Efe": ("5", "5", "10", "35"),
    }
    for child, values in given.items():
        for column, points in zip(columns, values, strict=True):
            head.session.add(Score(school_id=school.id, sheet_id=sheet.id, student_id=school.students[child],
                                   component_id=column.id, points=Decimal(points)))  # fmt: skip
    await head.session.flush()
    data = await report_data.gather(head, school.class_arms["JSS 2 Ruby"], school.terms["last"])
    for child, values in given.items():
        exact = marks.total(columns, [Decimal(points) for points in values])
        assert data.totals[school.terms["last"]][school.students[child]][school.subjects["Physics"]].percent == exact


async def test_codes_are_stable_unlike_and_not_in_order(school, head):
    cards = await report_cards.cards(head, school.class_arms["JSS 2 Ruby"], school.terms["last"])
    again = await report_cards.cards(head, school.class_arms["JSS 2 Ruby"], school.terms["last"])
    codes = [card.verification.code for card in cards]
    assert codes == [card.verification.code for card in again] and len(set(codes)) == len(codes)
    assert len({code[:4] for code in codes}) == len(codes)


async def test_another_schools_student_is_nobody(school):
    async with transaction(school.callers["stranger"], read_only=True) as tx:
        with pytest.raises(NotVisible):
            await report_cards.card(tx, school.students["Ada"], school.terms["last"])
    async with transaction(school.callers["head"], read_only=True) as tx:
        assert (await report_cards.card(tx, school.students["Ada"], school.terms["last"])).total_in_class == 6
