-- How a session ended for each student: the mean over its terms of every subject's total, as the report cards count it.
-- Parameter: session_id.
WITH totals AS (
    SELECT s.student_id, h.subject_id, h.term_id, sum(s.points * c.weight * 100 / c.max_points) AS percent
    FROM scores s
    JOIN score_sheets h ON h.id = s.sheet_id
    JOIN terms t ON t.id = h.term_id AND t.session_id = :session_id
    JOIN assessment_components c ON c.id = s.component_id
    GROUP BY s.student_id, h.subject_id, h.term_id
),
cumulative AS (
    SELECT student_id, subject_id, round(avg(percent), 2) AS percent FROM totals GROUP BY student_id, subject_id
),
placed AS (
    SELECT DISTINCT ON (e.student_id) e.student_id, e.left_on, p.gender, l.name AS level,
           COALESCE(
               (SELECT pass_percent FROM grading_scales WHERE level_id = a.level_id ORDER BY created_at LIMIT 1),
               (SELECT pass_percent FROM grading_scales WHERE level_id IS NULL ORDER BY created_at LIMIT 1), 40
           ) AS pass_percent
    FROM enrolments e
    JOIN class_arms a ON a.id = e.class_arm_id
    JOIN levels l ON l.id = a.level_id
    JOIN people p ON p.id = e.student_id
    WHERE e.session_id = :session_id
    ORDER BY e.student_id, e.joined_on DESC
)
SELECT q.student_id, q.left_on, q.gender, q.level, round(avg(c.percent), 2) AS average,
       count(*) FILTER (WHERE c.percent < q.pass_percent) AS failed
FROM placed q
LEFT JOIN cumulative c ON c.student_id = q.student_id
GROUP BY q.student_id, q.left_on, q.gender, q.level
