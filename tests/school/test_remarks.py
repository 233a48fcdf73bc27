"""Drafted remarks are true and varied; the proof-reader finds what is wrong and leaves what is right alone."""

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest

from runtime.transaction import transaction
from school import remark_drafts, report_cards, report_checks, report_data
from school.report_checks import CardFault
from school.report_contract import ReportCard, TrendPoint
from tests.school.test_report_pdf import sample


def card(
    average: int = 66, gender: str | None = "Female", name: str = "Okonjo Ada", number: int = 1, **changes
) -> ReportCard:
    made = sample(2, name)
    first, second = made.subjects
    subjects = [
        first.model_copy(
            update={
                "total": Decimal(average + 8),
                "assessments": {"CA": Decimal(30), "Exam": Decimal(40)},
                "incomplete": False,
            }
        ),
        second.model_copy(
            update={
                "total": Decimal(average - 8),
                "assessments": {"CA": Decimal(30), "Exam": Decimal(40)},
                "incomplete": False,
            }
        ),
    ]
    student = made.student.model_copy(update={"id": UUID(int=number), "gender": gender, "name": name})
    trend = [TrendPoint(label="T1", average=Decimal(average)), TrendPoint(label="T2", average=Decimal(average))]
    kept = {
        "student": student,
        "subjects": subjects,
        "overall_average": Decimal(average),
        "trend": trend,
        "principal_remark": "Well done.",
    }
    return made.model_copy(update=kept | changes)


@pytest.mark.parametrize(
    ("before", "said", "never"), [(60, "6.0", "fell"), (72, "6.0", "rose"), (65, None, "last term")]
)
def test_a_draft_speaks_of_a_change_only_when_there_is_one_and_the_right_way(before, said, never):
    for number in range(1, 30):
        text = remark_drafts.class_teacher(card(number=number, trend=[
            TrendPoint(label="T1", average=Decimal(before)), TrendPoint(label="T2", average=Decimal(66)),
        ]))  # fmt: skip
        assert never not in text
        assert said is None or said in text


def test_drafts_differ_between_students_and_stay_for_one():
    texts = {remark_drafts.class_teacher(card(number=number)) for number in range(1, 40)}
    assert len(texts) >= 6
    assert remark_drafts.class_teacher(card()) == remark_drafts.class_teacher(card())


@pytest.mark.parametrize(
    ("gender", "wrong"),
    [("Female", (" he ", " his ")), ("Male", (" she ", " her ")), (None, (" he ", " she ", " his ", " her "))],
)
def test_a_draft_has_the_students_pronouns_or_their_name(gender, wrong):
    for number in range(1, 30):
        text = f" {remark_drafts.class_teacher(card(30, gender, number=number)).lower()} "
        assert not any(word in text for word in wrong)


@pytest.mark.parametrize("average", [20, 45, 55, 65, 85])
def test_what_is_drafted_passes_the_proof_reader(average):
    for number in range(1, 25):
        made = card(average, number=number)
        written = made.model_copy(update={
            "class_teacher_remark": remark_drafts.class_teacher(made), "principal_remark": remark_drafts.principal(made),
        })  # fmt: skip
        names = report_checks._names([written, card(name="Eze Chidi", number=99)])
        for author, text in (("class teacher", written.class_teacher_remark), ("principal", written.principal_remark)):
            assert report_checks._remark_faults(written, author, text, names) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", CardFault.REMARK_EMPTY),
        ("Chidi works hard.", CardFault.WRONG_NAME),
        ("Ada works hard, and he is punctual.", CardFault.WRONG_PRONOUN),
        ("Ada works hard, and she is punctual.", None),
        ("A poor term.", None),
    ],
)
def test_the_proof_reader_reads_names_and_pronouns(text, fault):
    mine, other = card(), card(name="Eze Chidi", number=2, gender="Male")
    found = report_checks._remark_faults(mine, "class teacher", text, report_checks._names([mine, other]))
    assert [kind for kind, _, _ in found] == ([fault] if fault else [])


@pytest.mark.parametrize(
    ("average", "text", "odd"),
    [(30, "An excellent result.", True), (80, "An excellent result.", False), (80, "Unsatisfactory.", True)],
)
def test_a_remark_at_odds_with_the_grade_is_found(average, text, odd):
    mine = card(average)
    found = report_checks._remark_faults(mine, "principal", text, report_checks._names([mine]))
    assert (CardFault.AT_ODDS in [kind for kind, _, _ in found]) is odd


async def test_a_class_is_checked_as_a_whole(school):
    async with transaction(school.callers["head"]) as tx:
        data = await report_data.gather(tx, school.class_arms["JSS 2 Ruby"], school.terms["this"])
        cards = await report_cards.cards(tx, school.class_arms["JSS 2 Ruby"], school.terms["this"])
        found = report_checks.check(data, cards)
        kinds = {(finding.student, finding.fault) for finding in found}
        assert ("JSS 2 Ruby", CardFault.SHEET_NOT_READY) in kinds
        assert ("Garba Musa", CardFault.NO_SCORES) in kinds and ("Garba Musa", CardFault.REMARK_EMPTY) not in kinds
        assert ("Okonjo Ada", CardFault.REMARK_EMPTY) in kinds and ("Okonjo Ada", CardFault.SCORE_MISSING) in kinds
        ada = next(index for index, card in enumerate(cards) if card.student.name == "Okonjo Ada")
        term = data.totals[school.terms["last"]][school.students["Ada"]]
        english = school.subjects["English Language"]
        term[english] = replace(term[school.subjects["Mathematics"]], percent=Decimal(25))
        assert CardFault.OUTLIER in {finding.fault for finding in report_checks.check(data, [cards[ada]])}
