"""A student's totals in a term that is not over, over the work given so far: an exam not written yet is nobody's nought."""

from uuid import UUID

from sqlalchemy import Date, Uuid, bindparam, text

from runtime.transaction import Tx
from school.calendar import Term

# What counts as given is as in `school/risk_features.sql`: half of those concerned have it. What the student has counts too.
_TOTALS = text("""
WITH sheets AS MATERIALIZED (
    SELECT h.id, h.subject_id, h.state, (
        SELECT count(*) FROM enrolments e
        WHERE e.class_arm_id = h.class_arm_id AND e.session_id = :session_id AND e.joined_on <= :day
          AND (e.left_on IS NULL OR e.left_on > :day) AND NOT jsonb_exists(e.dropped_subjects, CAST(h.subject_id AS text))
    ) AS takers
    FROM score_sheets h WHERE h.class_arm_id = :arm AND h.term_id = :term
),
points AS MATERIALIZED (
    SELECT s.sheet_id, s.student_id, s.component_id, c.weight, s.points * c.weight / c.max_points AS worth
    FROM scores s JOIN assessment_components c ON c.id = s.component_id WHERE s.sheet_id IN (SELECT id FROM sheets)
),
on_sheet AS (
    SELECT sheet_id, count(DISTINCT student_id) AS students FROM points GROUP BY sheet_id
),
given AS MATERIALIZED (
    SELECT p.sheet_id, p.component_id, max(p.weight) AS weight
    FROM points p JOIN sheets h ON h.id = p.sheet_id JOIN on_sheet o ON o.sheet_id = p.sheet_id
    GROUP BY p.sheet_id, p.component_id, h.state, h.takers, o.students
    HAVING 2 * count(*) >= CASE h.state WHEN 'draft' THEN GREATEST(h.takers, o.students) ELSE o.students END
),
counted AS (
    SELECT sheet_id, component_id, weight FROM given WHERE sheet_id IN (SELECT sheet_id FROM points WHERE student_id = :student)
    UNION SELECT sheet_id, component_id, weight FROM points WHERE student_id = :student
)
SELECT h.subject_id, CAST(round(10000 * COALESCE(sum(p.worth), 0) / sum(c.weight)) AS integer)
FROM counted c JOIN sheets h ON h.id = c.sheet_id
LEFT JOIN points p ON p.sheet_id = c.sheet_id AND p.component_id = c.component_id AND p.student_id = :student
GROUP BY h.id, h.subject_id
""").bindparams(
    bindparam("session_id", type_=Uuid), bindparam("arm", type_=Uuid), bindparam("term", type_=Uuid),
    bindparam("student", type_=Uuid), bindparam("day", type_=Date),
)  # fmt: skip


async def totals(tx: Tx, student_id: UUID, class_arm_id: UUID, term: Term) -> dict[UUID, int]:
    """By subject the student has scores in, in hundredths of a percent.

    Source: tables score_sheets, scores, assessment_components, enrolments.
    """
    given = {
        "session_id": term.session_id,
        "arm": class_arm_id,
        "term": term.id,
        "student": student_id,
        "day": tx.today,
    }
    return dict((await tx.session.execute(_TOTALS, given)).all())
