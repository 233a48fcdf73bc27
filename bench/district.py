"""A synthetic district made in the database by INSERT … SELECT: 50 schools, 50,000 students, six terms of scores.

Rows go into bare tables: keys and indexes are dropped before and made again after, foreign keys without looking at what is
there. The two large tables are unlogged, which changes writing alone. Marks lie in the order schools take them, day by day and register by register. Every name is a
number, every draw the same each time. The first school is larger than the others.
"""

from hashlib import md5
from uuid import UUID

import psycopg
from psycopg import sql

SCHOOLS, ARMS, PER_ARM, SUBJECTS, DAYS = 50, 25, 40, 6, 20
LARGE_PER_ARM = 112
"""In the first school, so that it has more than 100,000 totals."""
STUDENTS = ARMS * ((SCHOOLS - 1) * PER_ARM + LARGE_PER_ARM)

_UID = "CREATE FUNCTION pg_temp.uid(VARIADIC parts text[]) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$ SELECT md5(array_to_string(parts, '/'))::uuid $$"
_SIZE = (
    "CREATE FUNCTION pg_temp.size(school uuid) RETURNS int LANGUAGE sql IMMUTABLE AS"
    f" $$ SELECT CASE WHEN school = md5('school/1')::uuid THEN {LARGE_PER_ARM} ELSE {PER_ARM} END $$"
)
_STEPS = (
    ("schools", """INSERT INTO schools (id, name, slug, address, motto, time_zone, country, locale, currency, colour, options)
       SELECT pg_temp.uid('school', n::text), 'School ' || n, 'school-' || n, '1 Road', '', 'Africa/Lagos', 'NG', 'en', 'NGN', '#123456', '{{}}'
       FROM generate_series(1, {schools}) n"""),
    ("sessions", """INSERT INTO sessions (id, school_id, name, starts_on, ends_on)
       SELECT pg_temp.uid('session', s.id::text, y::text), s.id, 'Session ' || y, current_date - 640 + 365 * (y - 1), current_date - 300 + 365 * (y - 1)
       FROM schools s, generate_series(1, 2) y"""),
    ("terms", """INSERT INTO terms (id, school_id, session_id, name, number, starts_on, ends_on, closed)
       SELECT pg_temp.uid('term', e.id::text, t::text), e.school_id, e.id, 'Term ' || t, t, e.starts_on + 115 * (t - 1), e.starts_on + 115 * (t - 1) + 105, false
       FROM sessions e, generate_series(1, 3) t"""),
    ("levels", """INSERT INTO levels (id, school_id, name, position)
       SELECT pg_temp.uid('level', s.id::text, l::text), s.id, 'JSS ' || l, l FROM schools s, generate_series(1, 5) l"""),
    ("class_arms", """INSERT INTO class_arms (id, school_id, level_id, name, arm)
       SELECT pg_temp.uid('arm', s.id::text, a::text), s.id, pg_temp.uid('level', s.id::text, (1 + (a - 1) / 5)::text),
              'JSS ' || (1 + (a - 1) / 5) || ' ' || chr(64 + 1 + (a - 1) % 5), chr(64 + 1 + (a - 1) % 5)
       FROM schools s, generate_series(1, {arms}) a"""),
    ("subjects", """INSERT INTO subjects (id, school_id, name, code, aliases)
       SELECT pg_temp.uid('subject', s.id::text, j::text), s.id, 'Subject ' || j, 'S' || j, '[]' FROM schools s, generate_series(1, {subjects}) j"""),
    ("people", """INSERT INTO people (id, school_id, kind, title, given_name, other_names, family_name, whatsapp, language)
       SELECT pg_temp.uid('student', a.id::text, n::text), a.school_id, 'student', '', 'Given' || n, '', 'Family' || md5(a.id::text || n), false, 'en'
       FROM class_arms a, generate_series(1, pg_temp.size(a.school_id)) n"""),
    ("students", "INSERT INTO students (id, school_id, admission_no) SELECT id, school_id, id::text FROM people"),
    ("enrolments", """INSERT INTO enrolments (id, school_id, student_id, class_arm_id, session_id, joined_on, dropped_subjects)
       SELECT gen_random_uuid(), a.school_id, pg_temp.uid('student', a.id::text, n::text), a.id, e.id, e.starts_on, '[]'
       FROM class_arms a JOIN sessions e ON e.school_id = a.school_id, generate_series(1, pg_temp.size(a.school_id)) n"""),
    ("assessment_schemes", """INSERT INTO assessment_schemes (id, school_id, name) SELECT pg_temp.uid('scheme', id::text), id, 'Scheme' FROM schools"""),
    ("assessment_components", """INSERT INTO assessment_components (id, school_id, scheme_id, name, position, max_points, weight)
       SELECT pg_temp.uid('component', s.id::text, c::text), s.id, pg_temp.uid('scheme', s.id::text), 'Part ' || c, c, 20 + 40 * (c - 1), 0.4 + 0.2 * (c - 1)
       FROM schools s, generate_series(1, 2) c"""),
    ("grading_scales", """INSERT INTO grading_scales (id, school_id, name, pass_percent) SELECT pg_temp.uid('scale', id::text), id, 'Scale', 40 FROM schools"""),
    ("grade_bands", """INSERT INTO grade_bands (id, school_id, scale_id, grade, from_percent, remark)
       SELECT gen_random_uuid(), s.id, pg_temp.uid('scale', s.id::text), b.grade, b.floor, ''
       FROM schools s, (VALUES ('A', 70), ('B', 60), ('C', 50), ('D', 40), ('F', 0)) AS b(grade, floor)"""),
    ("score_sheets", """INSERT INTO score_sheets (id, school_id, class_arm_id, subject_id, term_id, scheme_id, state, version, published_at)
       SELECT pg_temp.uid('sheet', a.id::text, j.id::text, t.id::text), a.school_id, a.id, j.id, t.id, pg_temp.uid('scheme', a.school_id::text), 'published', 1, now()
       FROM class_arms a JOIN subjects j ON j.school_id = a.school_id JOIN terms t ON t.school_id = a.school_id AND t.starts_on <= current_date"""),
    ("able", """CREATE TEMP TABLE able AS SELECT e.student_id, e.class_arm_id, e.session_id, 0.4 + 0.35 * random() AS ability FROM enrolments e"""),
    ("scores", """INSERT INTO scores (id, school_id, sheet_id, student_id, component_id, points, late, created_at)
       SELECT gen_random_uuid(), h.school_id, h.id, a.student_id, c.id,
              round((c.max_points * LEAST(1, a.ability + 0.3 * (random() - 0.5)))::numeric, 1), random() < 0.05, t.starts_on + 60
       FROM score_sheets h JOIN terms t ON t.id = h.term_id
       JOIN able a ON a.class_arm_id = h.class_arm_id AND a.session_id = t.session_id
       JOIN assessment_components c ON c.scheme_id = h.scheme_id"""),
    ("registers", """INSERT INTO registers (id, school_id, class_arm_id, taken_on, version, updated_at)
       SELECT pg_temp.uid('register', a.id::text, d::text), a.school_id, a.id, d::date, 1, now()
       FROM class_arms a, generate_series(current_date - {days} * 7 / 5 - 1, current_date - 1, interval '1 day') d WHERE extract(isodow FROM d) < 6"""),
    ("attendance_marks", """INSERT INTO attendance_marks (id, school_id, register_id, student_id, presence, note)
       SELECT gen_random_uuid(), r.school_id, r.id, a.student_id, CASE WHEN random() < 0.8 THEN 'present' WHEN random() < 0.5 THEN 'late' ELSE 'absent' END, ''
       FROM registers r JOIN able a ON a.class_arm_id = r.class_arm_id
       JOIN sessions e ON e.id = a.session_id AND r.taken_on BETWEEN e.starts_on AND e.ends_on
       ORDER BY r.taken_on, r.id"""),
)  # fmt: skip
_LARGE = ("scores", "attendance_marks")
_TABLES = tuple(dict.fromkeys(table for table, _ in _STEPS if table != "able"))
_SETTINGS = (
    "SET LOCAL synchronous_commit = off",
    "SET LOCAL maintenance_work_mem = '512MB'",
    "SET LOCAL work_mem = '128MB'",
    "SELECT setseed(0.5)",
)


def school(number: int) -> UUID:
    """The id of a school by its number, from 1."""
    return UUID(md5(f"school/{number}".encode(), usedforsecurity=False).hexdigest())


def build(owner_url: str) -> dict[str, int]:
    """Fill an empty database of its owner's; the rows of each large table."""
    with psycopg.connect(owner_url) as owner:
        for statement in (*_SETTINGS, _UID, _SIZE):
            owner.execute(statement.encode())
        again = [statement for table in _TABLES for statement in _strip(owner, table)]
        for table in _LARGE:
            owner.execute(sql.SQL("ALTER TABLE {} SET UNLOGGED").format(sql.Identifier(table)))
        for table, step in _STEPS:
            owner.execute(step.format(schools=SCHOOLS, arms=ARMS, subjects=SUBJECTS, days=DAYS).encode())
            owner.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(table)))
        for statement in again:
            owner.execute(statement.encode())
        counts = {}
        for table in (*_LARGE, "score_sheets"):
            row = owner.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
            counts[table] = row[0] if row else 0
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute("VACUUM (ANALYZE)")
    return counts


def _strip(owner: "psycopg.Connection[tuple[object, ...]]", table: str) -> list[str]:
    """Drop a table's foreign keys, and of a large one every key and index; the statements that make them again."""
    found = owner.execute(
        "SELECT conname, contype, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass AND contype = ANY(%s)"
        " ORDER BY contype DESC",
        (table, ["f", "u", "p"] if table in _LARGE else ["f"]),
    ).fetchall()
    again: list[str] = []
    for name, kind, definition in found:
        owner.execute(
            sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(sql.Identifier(table), sql.Identifier(str(name)))
        )
        unchecked = " NOT VALID" if kind == "f" else ""
        again.append(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}{unchecked}')
    if table in _LARGE:
        for name, definition in owner.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = %s", (table,)
        ).fetchall():
            owner.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(str(name))))
            again.append(str(definition))
    return again
