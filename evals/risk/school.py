"""Bring a CSV into a school of its own, so that the features are the product's own SQL and nothing else."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from evals.risk.courses import Line
from runtime.bulk import insert_rows
from runtime.ids import new_id
from runtime.transaction import Tx
from school import assessment, calendar, classes, people, schools, score_sheets

Row = dict[str, Any]
NAMESPACE = UUID("0190a5c0-0000-7000-8000-000000000000")
LEVEL = "Courses"


def key(*parts: object) -> UUID:
    """The id of a record of the CSV: the same for the same words."""
    return uuid5(NAMESPACE, "/".join(map(str, parts)))


def student_id(line: Line) -> UUID:
    return key("student", line.student)


async def bring_in(tx: Tx, lines: Sequence[Line], pass_percent: Decimal) -> None:
    """Insert everything the features read. Scores count from the day of the assessment."""
    school_id = tx.school_id

    def row(**columns: Any) -> Row:
        return {"id": new_id(), "school_id": school_id, **columns}

    async def put(model: Any, rows: list[Row]) -> None:
        await insert_rows(tx.session, model.__table__, rows)

    await put(schools.School, [{"id": school_id, "name": "Judged", "slug": f"judged-{school_id}", "options": {}}])
    await put(classes.Level, [row(name=LEVEL, position=1) | {"id": key(LEVEL)}])
    await put(assessment.GradingScale, [row(name="Scale", level_id=None, pass_percent=pass_percent)])
    await _calendar(put, row, lines)
    students = {line.student: student_id(line) for line in lines}
    await put(people.Person, [
        row(kind="student", title="", given_name="Student", family_name=name) | {"id": found} for name, found in students.items()
    ])  # fmt: skip
    await put(people.Student, [
        {"id": found, "school_id": school_id, "admission_no": name} for name, found in students.items()
    ])  # fmt: skip
    arms = list(dict.fromkeys(line.class_arm for line in lines))
    await put(
        classes.ClassArm, [row(level_id=key(LEVEL), name=name, arm=name) | {"id": key("arm", name)} for name in arms]
    )
    subjects = list(dict.fromkeys(line.subject for line in lines))
    await put(classes.Subject, [row(name=name, code=f"S{n}", aliases=[]) | {"id": key("subject", name)} for n, name in enumerate(subjects)])  # fmt: skip
    await put(classes.Enrolment, _enrolments(lines, row))
    await _scores(put, row, lines)


async def _calendar(put: Any, row: Any, lines: Sequence[Line]) -> None:
    spans: dict[tuple[str, int], list[Any]] = {}
    for line in lines:
        spans.setdefault((line.session, line.term), []).append(line.on)
    sessions: dict[str, list[Any]] = {}
    for (session, _), days in spans.items():
        sessions.setdefault(session, []).extend(days)
    await put(calendar.AcademicSession, [
        row(name=name, starts_on=min(days) - timedelta(days=1), ends_on=max(days) + timedelta(days=1)) | {"id": key("session", name)}
        for name, days in sessions.items()
    ])  # fmt: skip
    # The last day of a term is far away: only the days of its scores decide what is known.
    await put(calendar.Term, [
        row(session_id=key("session", session), name=f"Term {term}", number=term, starts_on=min(days) - timedelta(days=1),
            ends_on=max(days) + timedelta(days=1), closed=True) | {"id": key("term", session, term)}
        for (session, term), days in spans.items()
    ])  # fmt: skip


def _enrolments(lines: Sequence[Line], row: Any) -> list[Row]:
    """One place a student a session: the class of their first row. Subjects of the class they do not take are dropped."""
    seats: dict[tuple[str, str], Line] = {}
    taken: dict[tuple[str, str], set[str]] = {}
    offered: dict[tuple[str, str], set[str]] = {}
    for line in lines:
        seats.setdefault(line.student_key, line)
        taken.setdefault(line.student_key, set()).add(line.subject)
        offered.setdefault((line.session, line.class_arm), set()).add(line.subject)
    return [
        row(student_id=student_id(line), class_arm_id=key("arm", line.class_arm), session_id=key("session", line.session),
            joined_on=line.on - timedelta(days=400),
            dropped_subjects=sorted(str(key("subject", s)) for s in offered[line.session, line.class_arm] - taken[at]))
        for at, line in seats.items()
    ]  # fmt: skip


async def _scores(put: Any, row: Any, lines: Sequence[Line]) -> None:
    sheets: dict[UUID, Row] = {}
    components: dict[UUID, Row] = {}
    schemes: dict[UUID, Row] = {}
    scores: dict[tuple[UUID, UUID, UUID], Row] = {}
    for line in lines:
        course = (line.session, line.term, line.class_arm, line.subject)
        scheme, sheet, component = key("scheme", *course), key("sheet", *course), key("part", *course, line.assessment)
        schemes.setdefault(scheme, row(name="/".join(map(str, course)), level_id=None) | {"id": scheme})
        components.setdefault(component, row(
            scheme_id=scheme, name=line.assessment, position=len(components) % 10_000 + 1, max_points=line.most,
            weight=min(Decimal(1), line.weight / 100 if line.weight > 1 else line.weight),
        ) | {"id": component})  # fmt: skip
        sheets.setdefault(sheet, row(
            class_arm_id=key("arm", line.class_arm), subject_id=key("subject", line.subject), scheme_id=scheme,
            term_id=key("term", line.session, line.term), state="published", version=1,
        ) | {"id": sheet})  # fmt: skip
        if line.score is not None:
            scores[sheet, student_id(line), component] = row(
                sheet_id=sheet, student_id=student_id(line), component_id=component, points=line.score, late=line.late,
                created_at=datetime.combine(line.on, time(12), UTC),
            )  # fmt: skip
    await put(assessment.AssessmentScheme, list(schemes.values()))
    await put(assessment.AssessmentComponent, list(components.values()))
    await put(score_sheets.ScoreSheet, list(sheets.values()))
    await put(score_sheets.Score, list(scores.values()))
