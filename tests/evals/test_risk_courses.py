"""The CSV importer of the risk evaluation: the same features by the product's SQL, cut by day, leavers left out."""

from datetime import date
from decimal import Decimal

import pytest

from evals.risk import courses, school, student_performance
from runtime.caller import Caller
from runtime.errors import InvalidInput
from runtime.ids import new_id
from runtime.transaction import transaction
from school import risk_features
from school.permissions import Permission

HEAD = ",".join(courses.COLUMNS)
ROWS = """
s1,A,Maths,2023,1,Test,0.5,20,10,no,2023-10-01,pass
s1,A,Maths,2023,1,Essay,0.5,20,20,yes,2023-11-01,pass
s1,A,Maths,2023,2,Exam,1,100,90,no,2024-06-01,pass
s2,A,Maths,2023,1,Test,0.5,20,4,no,2023-10-01,withdrawn
s2,A,Maths,2023,1,Essay,0.5,20,,no,2023-11-01,withdrawn
s3,A,Maths,2023,1,Test,0.5,20,8,no,2023-10-01,fail
s3,A,Maths,2023,1,Essay,0.5,20,,no,2023-11-01,fail
s3,A,Maths,2023,2,Exam,1,100,20,no,2024-06-01,fail
s4,A,Maths,2023,1,Essay,0.5,20,12,no,2023-11-01,pass
""".strip()


@pytest.fixture
def lines(tmp_path):
    (tmp_path / "courses.csv").write_text(f"{HEAD}\n{ROWS}\n")
    return courses.read(tmp_path / "courses.csv")


def test_leavers_before_the_cut_are_known_by_their_last_work(lines):
    day = courses.cut_day(lines, 0.33)
    assert date(2023, 12, 1) < day < date(2024, 1, 1)
    assert courses.left_before(lines, day) == {"s2"}
    assert courses.left_before(lines, date(2023, 9, 30)) == set()


async def test_features_are_the_products_own_as_of_the_cut(school_database, lines):
    caller = Caller.system(new_id(), *map(str, Permission))
    async with transaction(caller) as tx:
        await school.bring_in(tx, lines, Decimal(40))
    async with transaction(caller, read_only=True) as tx:
        found = await risk_features.as_of(tx, school.key("session", "2023"), date(2023, 12, 15))
    by_name = {line.student: found[school.student_id(line)] for line in lines}
    assert (by_name["s1"].current_term_average, by_name["s1"].late_submissions) == (75, 0.5)
    assert (by_name["s3"].current_term_average, by_name["s3"].missing_assessments, by_name["s3"].failing) == (
        20,
        0.5,
        ["Maths"],
    )
    assert by_name["s1"].terms_enrolled == 1, "the exam lies after the cut"


@pytest.fixture
def school_database(school):
    """A database to bring the courses into."""
    return school


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("student_no,score\n1,2\n", "has no column class"),
        (f"{HEAD}\ns1,A,M,2023,1,Test,0.5,20,21,no,2023-10-01,pass\n", "Row 2 is not right: a score is 0 to max_score"),
        (f"{HEAD}\ns1,A,M,2023,1,Test,0.5,20,2,no,2023-10-01,maybe\n", "final_outcome"),
        (f"{HEAD}\ns1,A,M,2023,1,Test,half,20,2,no,2023-10-01,pass\n", "Row 2"),
    ],
)
def test_a_faulty_file_is_refused_with_the_row(tmp_path, text, why):
    (tmp_path / "bad.csv").write_text(text)
    with pytest.raises(InvalidInput, match=why):
        courses.read(tmp_path / "bad.csv")


def test_student_performance_comes_in_that_form(tmp_path):
    (tmp_path / "por.csv").write_text('school;sex;G1;G2;G3\n"GP";"F";"0";"11";11\n"MS";"M";"9";"8";9\n')
    student_performance.main(tmp_path / "por.csv", tmp_path / "courses.csv")
    found = courses.read(tmp_path / "courses.csv")
    assert [(line.session, line.term, line.score, line.outcome) for line in found] == [
        ("2024/2025", 1, 0, "pass"), ("2024/2025", 2, 11, "pass"), ("2024/2025", 3, 11, "pass"),
        ("2025/2026", 1, 9, "fail"), ("2025/2026", 2, 8, "fail"), ("2025/2026", 3, 9, "fail"),
    ]  # fmt: skip
    assert found[0].on < courses.cut_day(found[:3], 0.33) < found[1].on, (
        "a third into the year only the first grade is known"
    )
