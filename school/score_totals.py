"""Totals of many score sheets at once, in SQL: the numbers every distribution, comparison and dashboard rests on.

A student counts who takes the subject and is on the class's list on the day a term is read at: today within it, else its
nearest end. These are the students a score sheet itself shows.
"""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ARRAY, Date, TextClause, Uuid, bindparam, text

from runtime.transaction import Tx
from school.analytics_scope import Scope
from school.calendar import Term

_TAKERS = """
WITH periods AS MATERIALIZED (
    SELECT id, session_id, starts_on, LEAST(GREATEST(CAST(:today AS date), starts_on), ends_on) AS day
    FROM terms WHERE id = ANY(:terms)
),
sheets AS MATERIALIZED (
    SELECT h.id, h.class_arm_id, h.subject_id, h.term_id, p.session_id, p.starts_on, p.day
    FROM score_sheets h JOIN periods p ON p.id = h.term_id
    WHERE h.class_arm_id = ANY(:arms)
),
totals AS MATERIALIZED (
    SELECT s.student_id, h.class_arm_id, h.subject_id, h.term_id, h.session_id, h.starts_on, h.day,
           CAST(100 * round(sum(s.points * c.weight * 100 / c.max_points), 2) AS integer) AS total
    FROM sheets h
    JOIN scores s ON s.sheet_id = h.id
    JOIN assessment_components c ON c.id = s.component_id
    GROUP BY s.student_id, h.id, h.class_arm_id, h.subject_id, h.term_id, h.session_id, h.starts_on, h.day
),
takers AS MATERIALIZED (
    SELECT t.* FROM totals t
    WHERE EXISTS (
        SELECT FROM enrolments e
        WHERE e.student_id = t.student_id AND e.class_arm_id = t.class_arm_id AND e.session_id = t.session_id
          AND (e.left_on IS NULL OR e.left_on > t.day) AND NOT jsonb_exists(e.dropped_subjects, CAST(t.subject_id AS text))
    )
)
"""
_SHEETS = (
    _TAKERS
    + """
SELECT term_id, class_arm_id, subject_id, array_agg(total ORDER BY total) AS totals, array_agg(student_id ORDER BY total) AS students
FROM takers t
WHERE (CAST(:subjects AS uuid[]) IS NULL OR subject_id = ANY(:subjects))
  AND (CAST(:teacher AS uuid) IS NULL
       OR EXISTS (SELECT FROM class_arms a WHERE a.id = t.class_arm_id AND a.class_teacher_id = :teacher)
       OR EXISTS (SELECT FROM teaching g WHERE g.teacher_id = :teacher AND g.class_arm_id = t.class_arm_id
                  AND g.subject_id = t.subject_id))
GROUP BY term_id, class_arm_id, subject_id
"""
)
# One window query: place and size of the class by term, and the change since the student's term before.
_STUDENTS = (
    _TAKERS
    + """,
passing AS MATERIALIZED (
    SELECT id, 100 * COALESCE(
        (SELECT pass_percent FROM grading_scales WHERE level_id = a.level_id ORDER BY created_at LIMIT 1),
        (SELECT pass_percent FROM grading_scales WHERE level_id IS NULL ORDER BY created_at LIMIT 1), 40
    ) AS total
    FROM class_arms a WHERE id = ANY(:arms)
),
averages AS (
    SELECT student_id, class_arm_id, term_id, starts_on, round(avg(t.total) / 100, 2) AS average, count(*) AS subjects,
           count(*) FILTER (WHERE t.total < p.total) AS failed
    FROM takers t JOIN passing p ON p.id = t.class_arm_id
    WHERE CAST(:subjects AS uuid[]) IS NULL OR subject_id = ANY(:subjects)
    GROUP BY student_id, class_arm_id, term_id, starts_on
)
SELECT student_id, class_arm_id, term_id, average, subjects, failed,
       rank() OVER place AS position, count(*) OVER (PARTITION BY class_arm_id, term_id) AS out_of,
       lag(average) OVER (PARTITION BY student_id ORDER BY starts_on) AS before
FROM averages
WINDOW place AS (PARTITION BY class_arm_id, term_id ORDER BY average DESC)
"""
)


def _query(statement: str) -> TextClause:
    many = ARRAY(Uuid)
    return text(statement).bindparams(
        bindparam("arms", type_=many), bindparam("terms", type_=many), bindparam("subjects", type_=many),
        bindparam("today", type_=Date),
    )  # fmt: skip


_BY_SHEET = _query(_SHEETS).bindparams(bindparam("teacher", type_=Uuid))
_BY_STUDENT = _query(_STUDENTS)


@dataclass(frozen=True, slots=True)
class SheetTotals:
    """The totals of one sheet in hundredths of a percent, lowest first, and whose they are."""

    term_id: UUID
    class_arm_id: UUID
    subject_id: UUID
    totals: list[int]
    students: list[UUID]


async def by_sheet(tx: Tx, scope: Scope, terms: Collection[Term] | None = None, *, every: bool = False) -> list[SheetTotals]:  # fmt: skip
    """Every sheet of a scope that has scores; of a subject teacher those of their own subjects, unless `every` is right.

    Source: tables score_sheets, scores, assessment_components, enrolments, teaching.
    """
    given = scope.parameters(tx, terms) | ({"teacher": None} if every else {})
    rows = await tx.session.execute(_BY_SHEET, given)
    return [SheetTotals(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class StudentAverage:
    """One student in one term; `before` is their average in the term before that is in the scope."""

    student_id: UUID
    class_arm_id: UUID
    term_id: UUID
    average: float
    subjects: int
    failed: int
    position: int
    out_of: int
    before: float | None


async def by_student(tx: Tx, scope: Scope, terms: Collection[Term] | None = None) -> list[StudentAverage]:
    """Each student's average and place in the class, term by term; ties share a place."""
    given = {key: value for key, value in scope.parameters(tx, terms).items() if key != "teacher"}
    rows = await tx.session.execute(_BY_STUDENT, given)
    return [StudentAverage(*row) for row in rows]
