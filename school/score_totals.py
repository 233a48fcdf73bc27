"""Totals of many score sheets at once, in SQL: the numbers every distribution, comparison and dashboard rests on.

A student counts who takes the subject and is on the class's list on the day a term is read at: today within it, else its
nearest end. These are the students a score sheet itself shows. Totals come from `school/sheet_totals.py` where they are kept
for the sheet as it is, and are added up here where it has moved on.
"""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ARRAY, Boolean, Date, TextClause, Uuid, bindparam, select, text

from runtime.transaction import Tx
from school.analytics_scope import Scope
from school.calendar import Term
from school.classes import Enrolment
from school.sheet_totals import ADDED_UP, WEIGHTS

# Rights and rolls are settled sheet by sheet, before the totals are laid out: there are forty times as many of those. Where
# a sheet's students are the whole roll, as most often, none of them is looked up in it.
_TAKES = (
    "u.student_id = ANY(h.roll) AND (h.dropped IS NULL OR concat(u.student_id, '/', h.subject_id) <> ALL(h.dropped))"
)
_LAID_OUT = f"""
WITH periods AS MATERIALIZED (
    SELECT id, session_id, starts_on, LEAST(GREATEST(CAST(:today AS date), starts_on), ends_on) AS day
    FROM terms WHERE id = ANY(:terms)
),
weighed AS MATERIALIZED ({WEIGHTS}),
passing AS MATERIALIZED (
    SELECT id, class_teacher_id, 100 * COALESCE(
        (SELECT pass_percent FROM grading_scales WHERE level_id = a.level_id ORDER BY created_at LIMIT 1),
        (SELECT pass_percent FROM grading_scales WHERE level_id IS NULL ORDER BY created_at LIMIT 1), 40
    ) AS total
    FROM class_arms a WHERE id = ANY(:arms)
),
roll AS MATERIALIZED (
    SELECT e.class_arm_id, p.id AS term_id, array_agg(e.student_id ORDER BY e.student_id) AS students,
           array_agg(concat(e.student_id, '/', d.subject)) FILTER (WHERE d.subject IS NOT NULL) AS dropped
    FROM enrolments e
    JOIN periods p ON p.session_id = e.session_id AND (e.left_on IS NULL OR e.left_on > p.day)
    LEFT JOIN LATERAL jsonb_array_elements_text(e.dropped_subjects) AS d(subject) ON true
    WHERE e.class_arm_id = ANY(:arms)
    GROUP BY e.class_arm_id, p.id
),
sheets AS MATERIALIZED (
    SELECT h.id, h.class_arm_id, h.subject_id, h.term_id, p.starts_on, a.total AS passing, r.students AS roll, r.dropped,
           k.version IS NOT DISTINCT FROM h.version AND k.weights IS NOT DISTINCT FROM COALESCE(w.weights, '') AS kept,
           k.student_ids, k.totals, r.dropped IS NULL AND k.student_ids = r.students AS whole
    FROM score_sheets h
    JOIN periods p ON p.id = h.term_id
    JOIN passing a ON a.id = h.class_arm_id
    JOIN roll r ON r.class_arm_id = h.class_arm_id AND r.term_id = h.term_id
    LEFT JOIN weighed w ON w.scheme_id = h.scheme_id
    LEFT JOIN sheet_totals k ON k.sheet_id = h.id
    WHERE h.class_arm_id = ANY(:arms)
      AND (CAST(:subjects AS uuid[]) IS NULL OR h.subject_id = ANY(:subjects))
      AND (CAST(:teacher AS uuid) IS NULL OR a.class_teacher_id = :teacher
           OR EXISTS (SELECT FROM teaching g WHERE g.teacher_id = :teacher AND g.class_arm_id = h.class_arm_id
                      AND g.subject_id = h.subject_id))
),
anew AS MATERIALIZED (
    SELECT s.sheet_id, s.student_id, {ADDED_UP} AS total
    FROM scores s JOIN assessment_components c ON c.id = s.component_id
    WHERE s.sheet_id IN (SELECT id FROM sheets WHERE NOT kept)
    GROUP BY s.sheet_id, s.student_id
)
"""
_TAKERS = f""",
takers AS MATERIALIZED (
    SELECT u.student_id, h.class_arm_id, h.subject_id, h.term_id, h.starts_on, h.passing, u.total
    FROM sheets h CROSS JOIN LATERAL unnest(h.student_ids, h.totals) AS u(student_id, total)
    WHERE h.kept AND (h.whole OR {_TAKES})
    UNION ALL
    SELECT u.student_id, h.class_arm_id, h.subject_id, h.term_id, h.starts_on, h.passing, u.total
    FROM sheets h JOIN anew u ON u.sheet_id = h.id
    WHERE {_TAKES}
)
"""
_SHEETS = """
SELECT term_id, class_arm_id, subject_id, array_agg(total ORDER BY total) AS totals,
       CASE WHEN :named THEN array_agg(student_id ORDER BY total) ELSE '{}' END AS students
FROM takers GROUP BY term_id, class_arm_id, subject_id
"""
# One window query: place and size of the class by term, and the average of the student's term before.
_STUDENTS = """,
averages AS (
    SELECT student_id, class_arm_id, term_id, starts_on, round(avg(total) / 100, 2) AS average, count(*) AS subjects,
           count(*) FILTER (WHERE total < passing) AS failed
    FROM takers GROUP BY student_id, class_arm_id, term_id, starts_on
)
SELECT student_id, average, subjects, failed, position, out_of, before
FROM (
    SELECT *, rank() OVER place AS position, count(*) OVER (PARTITION BY class_arm_id, term_id) AS out_of,
           lag(average) OVER (PARTITION BY student_id ORDER BY starts_on) AS before
    FROM averages
    WINDOW place AS (PARTITION BY class_arm_id, term_id ORDER BY average DESC)
) ranked
WHERE term_id = :shown AND class_arm_id = ANY(:listed)
"""
# One window query ranks every class a student was in; then their own totals beside it.
_STUDENT = """,
averages AS (
    SELECT student_id, class_arm_id, term_id, starts_on, round(avg(total) / 100, 2) AS average
    FROM takers GROUP BY student_id, class_arm_id, term_id, starts_on
),
placed AS (
    SELECT *, rank() OVER (PARTITION BY class_arm_id, term_id ORDER BY average DESC) AS position FROM averages
)
SELECT p.term_id, p.class_arm_id, p.average, p.position, t.subject_id, t.total
FROM placed p JOIN takers t USING (student_id, class_arm_id, term_id)
WHERE p.student_id = :student ORDER BY p.starts_on
"""
# Added up sheet by sheet: six terms of a school are a hundred thousand totals, and nobody asks whose they are.
_TERMS = f"""
SELECT term_id, sum(students) AS students, sum(total) AS total, sum(passed) AS passed FROM (
    SELECT h.term_id, c.students, c.total, c.passed FROM sheets h CROSS JOIN LATERAL (
        SELECT count(*) AS students, sum(u.total) AS total, count(*) FILTER (WHERE u.total >= h.passing) AS passed
        FROM unnest(h.student_ids, h.totals) AS u(student_id, total) WHERE h.whole OR {_TAKES}
    ) c WHERE h.kept
    UNION ALL
    SELECT h.term_id, 1, u.total, CASE WHEN u.total >= h.passing THEN 1 ELSE 0 END
    FROM sheets h JOIN anew u ON u.sheet_id = h.id WHERE {_TAKES}
) together
GROUP BY term_id HAVING sum(students) > 0
"""


def _query(rest: str, before: str = _TAKERS) -> TextClause:
    many = ARRAY(Uuid)
    return text(_LAID_OUT + before + rest).bindparams(
        bindparam("arms", type_=many), bindparam("terms", type_=many), bindparam("subjects", type_=many),
        bindparam("today", type_=Date), bindparam("teacher", type_=Uuid),
    )  # fmt: skip


_BY_SHEET = _query(_SHEETS).bindparams(bindparam("named", type_=Boolean))
_BY_STUDENT = _query(_STUDENTS).bindparams(bindparam("shown", type_=Uuid), bindparam("listed", type_=ARRAY(Uuid)))
_BY_TERM = _query(_TERMS, before="")
_SAT_IN = text(
    "SELECT DISTINCT class_arm_id FROM enrolments WHERE session_id = :session_id AND student_id = ANY(:students)"
).bindparams(bindparam("students", type_=ARRAY(Uuid)), bindparam("session_id", type_=Uuid))
_OF_STUDENT = _query(_STUDENT).bindparams(bindparam("student", type_=Uuid))


@dataclass(frozen=True, slots=True)
class SheetTotals:
    """The totals of one sheet in hundredths of a percent, lowest first, and whose they are."""

    term_id: UUID
    class_arm_id: UUID
    subject_id: UUID
    totals: list[int]
    students: list[UUID]


async def by_sheet(
    tx: Tx, scope: Scope, terms: Collection[Term] | None = None, *, every: bool = False, named: bool = True,
    arms: Collection[UUID] | None = None,
) -> list[SheetTotals]:  # fmt: skip
    """Every sheet of a scope that has scores; of a subject teacher those of their own subjects, unless `every` is right.

    Without `named` the students are left out, who cost more to read than their totals.

    Source: tables score_sheets, scores, assessment_components, enrolments, teaching.
    """
    given = scope.parameters(tx, terms) | {"named": named} | ({"teacher": None} if every else {})
    if arms is not None:
        given["arms"] = list(arms)
    rows = await tx.session.execute(_BY_SHEET, given)
    return [SheetTotals(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class StudentAverage:
    """One student in the newest term; `before` is their average in the term before that was asked for."""

    student_id: UUID
    average: Decimal
    subjects: int
    failed: int
    position: int
    out_of: int
    before: Decimal | None


async def by_student(
    tx: Tx, scope: Scope, terms: Collection[Term] | None = None, also: Collection[UUID] = ()
) -> list[StudentAverage]:
    """Each student's average and place in the class in the newest term; ties share a place.

    `terms` are those looked at for the average before, `also` the classes their students sat in then.
    """
    listed = list(scope.arms)
    given = scope.parameters(tx, terms) | {"teacher": None, "arms": list({*listed, *also})}
    given |= {"shown": scope.newest.id, "listed": listed}
    rows = await tx.session.execute(_BY_STUDENT, given)
    return [StudentAverage(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class TermTotals:
    """A term's totals added up, in hundredths of a percent."""

    students: int
    total: int
    passed: int


async def by_term(tx: Tx, scope: Scope, terms: Collection[Term]) -> dict[UUID, TermTotals]:
    """The totals of each term together, whatever the subject."""
    given = scope.parameters(tx, terms) | {"teacher": None}
    rows = await tx.session.execute(_BY_TERM, given)
    return {term_id: TermTotals(*map(int, counts)) for term_id, *counts in rows}


@dataclass(slots=True)
class OwnTerm:
    """A student's term: average, place in the class, and totals by subject in hundredths of a percent."""

    class_arm_id: UUID
    average: Decimal
    position: int
    totals: dict[UUID, int]


async def of_student(tx: Tx, student_id: UUID, terms: Collection[Term]) -> dict[UUID, OwnTerm]:
    """A student's terms that have scores, oldest first, in whatever class they were. The caller's right was checked.

    Source: tables enrolments, score_sheets, scores, assessment_components.
    """
    arms = await tx.session.scalars(select(Enrolment.class_arm_id).where(Enrolment.student_id == student_id).distinct())
    given = {"arms": list(arms), "terms": [term.id for term in terms], "subjects": None, "today": tx.today,
             "teacher": None, "student": student_id}  # fmt: skip
    found: dict[UUID, OwnTerm] = {}
    for term_id, arm_id, average, position, subject_id, total in await tx.session.execute(_OF_STUDENT, given):
        own = found.setdefault(term_id, OwnTerm(arm_id, average, position, {}))
        if own.class_arm_id == arm_id:
            own.totals[subject_id] = total
    return found


async def sat_in(tx: Tx, student_ids: Collection[UUID], term: Term) -> set[UUID]:
    """The classes students were in, in the session of a term: who moved up was in another."""
    given = {"students": list(student_ids), "session_id": term.session_id}
    return set(await tx.session.scalars(_SAT_IN, given))
