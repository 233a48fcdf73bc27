-- Parameters: session_id, day, class_arm_id (null: every class), zone (of the school), drop (percent points).
WITH terms_so_far AS MATERIALIZED (
    SELECT id, session_id, starts_on, ends_on, row_number() OVER (ORDER BY starts_on) AS number
    FROM terms WHERE starts_on <= :day
),
roll AS MATERIALIZED (
    SELECT DISTINCT ON (student_id) student_id, class_arm_id, dropped_subjects
    FROM enrolments
    WHERE session_id = :session_id AND joined_on <= :day AND (left_on IS NULL OR left_on > :day)
      AND (CAST(:class_arm_id AS uuid) IS NULL OR class_arm_id = :class_arm_id)
    ORDER BY student_id, joined_on DESC
),
-- Whole classes in whole terms, so that a place in the class is the same whether one class is asked for or all.
class_terms AS MATERIALIZED (
    SELECT DISTINCT h.class_arm_id, h.term_id
    FROM score_sheets h
    WHERE CAST(:class_arm_id AS uuid) IS NULL OR h.class_arm_id = :class_arm_id OR h.id IN (
        SELECT s.sheet_id FROM scores s WHERE s.student_id IN (SELECT student_id FROM roll)
    )
),
sheets AS MATERIALIZED (
    SELECT h.id, h.subject_id, h.class_arm_id, h.state, t.number, t.session_id, t.ends_on,
           LEAST(h.submitted_at, h.published_at) AS handed_in_at
    FROM score_sheets h
    JOIN class_terms USING (class_arm_id, term_id)
    JOIN terms_so_far t ON t.id = h.term_id
),
-- A score was known the day it was recorded or its sheet handed in; at the latest when its term ended, because records
-- brought in from elsewhere carry the day of the import.
known AS MATERIALIZED (
    SELECT s.student_id, s.sheet_id, s.component_id, s.late, c.weight, s.points * c.weight / c.max_points AS worth
    FROM scores s
    JOIN sheets h ON h.id = s.sheet_id
    JOIN assessment_components c ON c.id = s.component_id
    WHERE LEAST(CAST(LEAST(s.created_at, h.handed_in_at) AT TIME ZONE :zone AS date), h.ends_on) <= :day
),
on_sheet AS MATERIALIZED (
    SELECT sheet_id, count(DISTINCT student_id) AS students FROM known GROUP BY sheet_id
),
takers AS MATERIALIZED (
    SELECT h.id AS sheet_id, count(e.student_id) AS students
    FROM sheets h
    JOIN enrolments e ON e.class_arm_id = h.class_arm_id AND e.session_id = h.session_id
        AND NOT jsonb_exists(e.dropped_subjects, CAST(h.subject_id AS text))
        AND e.joined_on <= :day AND (e.left_on IS NULL OR e.left_on > :day)
    GROUP BY h.id
),
-- A component counts from when half of those concerned have it: one not given yet is nobody's missing work.
given AS MATERIALIZED (
    SELECT k.sheet_id, k.component_id, max(k.weight) AS weight
    FROM known k
    JOIN sheets h ON h.id = k.sheet_id
    JOIN on_sheet o ON o.sheet_id = k.sheet_id
    LEFT JOIN takers n ON n.sheet_id = k.sheet_id
    GROUP BY k.sheet_id, k.component_id, h.state, o.students, n.students
    HAVING 2 * count(*) >= CASE h.state WHEN 'draft' THEN GREATEST(n.students, o.students) ELSE o.students END
),
given_sheets AS MATERIALIZED (
    SELECT g.sheet_id, sum(g.weight) AS weight, count(*) AS size,
           2 * max(o.students) >= COALESCE(max(n.students), 0) AS for_all
    FROM given g
    JOIN on_sheet o ON o.sheet_id = g.sheet_id
    LEFT JOIN takers n ON n.sheet_id = g.sheet_id
    GROUP BY g.sheet_id
),
totals AS MATERIALIZED (
    SELECT k.student_id, k.sheet_id, h.number, h.subject_id, h.class_arm_id, g.size, count(*) AS taken,
           count(*) FILTER (WHERE k.late) AS late,
           round(100 * sum(k.worth) / g.weight, 2) AS percent,
           round(100 * sum(k.worth) / sum(k.weight), 2) AS of_done
    FROM known k
    JOIN given USING (sheet_id, component_id)
    JOIN given_sheets g ON g.sheet_id = k.sheet_id
    JOIN sheets h ON h.id = k.sheet_id
    GROUP BY k.student_id, k.sheet_id, h.number, h.subject_id, h.class_arm_id, g.size, g.weight
),
compared AS (
    SELECT *, percent - avg(percent) OVER (PARTITION BY sheet_id) AS from_subject FROM totals
),
averages AS MATERIALIZED (
    SELECT student_id, number, (array_agg(class_arm_id ORDER BY class_arm_id))[1] AS class_arm_id, avg(percent) AS average,
           avg(of_done) AS of_done, stddev_pop(percent) AS spread, min(percent) AS worst, max(percent) AS best,
           avg(from_subject) AS from_subjects, sum(taken) AS taken, sum(late) AS late, sum(size) AS size
    FROM compared GROUP BY student_id, number
),
placed AS MATERIALIZED (
    SELECT *,
           100.0 * (rank() OVER (PARTITION BY class_arm_id, number ORDER BY average) - 1)
               / count(*) OVER (PARTITION BY class_arm_id, number) AS lower,
           average - avg(average) OVER (PARTITION BY class_arm_id, number) AS from_class
    FROM averages
),
-- The term a class is in: the newest of this session with results. Before there are any, a student's own newest.
class_now AS (
    SELECT h.class_arm_id, max(h.number) AS number
    FROM given_sheets g JOIN sheets h ON h.id = g.sheet_id
    WHERE h.session_id = :session_id AND g.for_all
    GROUP BY h.class_arm_id
),
present AS MATERIALIZED (
    SELECT r.student_id, r.class_arm_id, r.dropped_subjects, c.number IS NOT NULL AS in_session,
           COALESCE(c.number, (SELECT max(p.number) FROM placed p WHERE p.student_id = r.student_id)) AS number,
           COALESCE(
               (SELECT pass_percent FROM grading_scales WHERE level_id = a.level_id ORDER BY created_at LIMIT 1),
               (SELECT pass_percent FROM grading_scales WHERE level_id IS NULL ORDER BY created_at LIMIT 1), 40
           ) AS pass_percent
    FROM roll r
    JOIN class_arms a ON a.id = r.class_arm_id
    LEFT JOIN class_now c ON c.class_arm_id = r.class_arm_id
),
steps AS (
    SELECT p.student_id, p.number, p.average, row_number() OVER w AS step, p.average - lag(p.average) OVER w AS change
    FROM placed p JOIN present n ON n.student_id = p.student_id AND p.number <= n.number
    WINDOW w AS (PARTITION BY p.student_id ORDER BY p.number)
),
courses AS (
    SELECT s.student_id, count(*) AS terms, avg(s.change) AS rate, max(s.number) AS newest,
           max(s.step) - max(s.step) FILTER (WHERE s.change IS NULL OR s.change >= 0) AS declines
    FROM steps s GROUP BY s.student_id
),
before AS (
    SELECT s.student_id, max(s.number) AS number
    FROM steps s JOIN present n USING (student_id) WHERE s.number < n.number GROUP BY s.student_id
),
expected AS (
    SELECT n.student_id, sum(g.size) AS size
    FROM present n
    JOIN sheets h ON h.class_arm_id = n.class_arm_id AND h.number = n.number AND h.session_id = :session_id
    JOIN given_sheets g ON g.sheet_id = h.id
    WHERE n.in_session AND NOT jsonb_exists(n.dropped_subjects, CAST(h.subject_id AS text))
      AND (g.for_all OR EXISTS (SELECT 1 FROM totals x WHERE x.sheet_id = h.id AND x.student_id = n.student_id))
    GROUP BY n.student_id
),
by_subject AS (
    SELECT x.student_id,
           count(*) FILTER (WHERE x.percent < n.pass_percent) AS below,
           count(*) FILTER (WHERE y.percent - x.percent >= :drop) AS falling,
           array_agg(s.name ORDER BY x.percent, s.name) FILTER (WHERE x.percent < n.pass_percent) AS failing,
           array_agg(s.name ORDER BY x.percent - y.percent, s.name) FILTER (WHERE y.percent - x.percent >= :drop) AS declining
    FROM totals x
    JOIN present n ON n.student_id = x.student_id AND n.number = x.number
    JOIN subjects s ON s.id = x.subject_id
    LEFT JOIN before b ON b.student_id = x.student_id
    LEFT JOIN totals y ON y.student_id = x.student_id AND y.number = b.number AND y.subject_id = x.subject_id
    GROUP BY x.student_id
),
attended AS (
    SELECT m.student_id,
           100.0 * count(*) FILTER (WHERE m.presence IN ('present', 'late'))
               / NULLIF(count(*) FILTER (WHERE m.presence <> 'excused'), 0) AS rate
    FROM present n
    JOIN terms_so_far t ON t.number = n.number
    JOIN attendance_marks m ON m.student_id = n.student_id
    JOIN registers r ON r.id = m.register_id AND r.taken_on BETWEEN t.starts_on AND :day
    GROUP BY m.student_id
)
SELECT n.student_id,
       round(p.average, 2) AS current_term_average,
       round(q.average, 2) AS previous_term_average,
       round(p.average - q.average, 2) AS score_trend,
       round(p.spread, 2) AS score_volatility,
       COALESCE(s.below, 0) AS subjects_below_pass,
       COALESCE(s.falling, 0) AS subjects_declining,
       p.worst AS worst_subject_score,
       p.best AS best_subject_score,
       round(GREATEST(0, 1 - COALESCE(p.taken, 0) / NULLIF(COALESCE(e.size, p.size), 0)), 4) AS missing_assessments,
       COALESCE(round(CAST(p.late AS numeric) / NULLIF(p.taken, 0), 4), 0) AS late_submissions,
       round(CAST(p.lower AS numeric), 1) AS percentile_in_class,
       round(p.from_class, 2) AS deviation_from_class_average,
       round(p.from_subjects, 2) AS deviation_from_subject_averages,
       c.terms AS terms_enrolled,
       round(c.rate, 2) AS improvement_rate,
       c.declines AS consecutive_declining_terms,
       round(a.rate, 2) AS attendance_rate,
       round(p.of_done, 2) AS average_of_work_done,
       COALESCE(s.failing, ARRAY[]::text[]) AS failing,
       COALESCE(s.declining, ARRAY[]::text[]) AS declining
FROM present n
JOIN courses c ON c.student_id = n.student_id
LEFT JOIN placed p ON p.student_id = n.student_id AND p.number = n.number
LEFT JOIN before b ON b.student_id = n.student_id
LEFT JOIN placed q ON q.student_id = n.student_id AND q.number = b.number
LEFT JOIN by_subject s ON s.student_id = n.student_id
LEFT JOIN expected e ON e.student_id = n.student_id
LEFT JOIN attended a ON a.student_id = n.student_id
