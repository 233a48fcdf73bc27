"""What a timetable is made from: the school's week and standing wishes, and who teaches what to whom."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from runtime.ids import new_id
from runtime.transaction import Tx
from school.classes import ClassArm, Enrolment, Level, Subject, Teaching
from school.people import Person, Staff
from school.permissions import Permission
from school.timetables import TimetableSetup
from school.timetabling.building import Names, subjects_in
from school.timetabling.request import TeacherAssignment, TimetableConstraints, TimetableRequest
from school.timetabling.validation import BadTimetableProblem


async def setup_row(tx: Tx) -> TimetableSetup | None:
    return await tx.session.scalar(select(TimetableSetup))


async def setup(tx: Tx) -> TimetableRequest:
    """The school's week, rooms and standing wishes; five days of eight periods when nothing was set."""
    row = await setup_row(tx)
    return TimetableRequest.model_validate(row.body) if row else TimetableRequest()


async def set_up(tx: Tx, wanted: TimetableRequest) -> TimetableRequest:
    """Keep a new week and wishes; returns what stood before."""
    tx.require(Permission.TIMETABLES_WRITE)
    before = await setup(tx)
    no_assignments = wanted.constraints.model_copy(update={"teacher_assignments": ()})
    kept = wanted.model_copy(update={"school_id": None, "session_id": None, "constraints": no_assignments})
    body = kept.model_dump(mode="json", by_alias=True)
    row = await setup_row(tx)
    if row is None:
        tx.session.add(TimetableSetup(id=new_id(), school_id=tx.school_id, body=body, version=1, created_at=tx.now))
    else:
        row.body, row.version = body, row.version + 1
    await tx.session.flush()
    return before


async def filled(tx: Tx, given: TimetableRequest | None, session_id: UUID) -> tuple[TimetableRequest, Names]:
    """A request with everything it leaves out taken from the school: week, wishes, assignments; and what ids are called."""
    known = await names(tx)
    standing = _by_id(await setup(tx), known)
    given = standing if given is None else _by_id(given, known)
    wishes = given.constraints
    usual = standing.constraints
    if wishes.teacher_assignments:
        _check_known(wishes.teacher_assignments, known)
        usual = _about(usual, wishes.teacher_assignments, known)
    merged: dict[str, Any] = {
        field: getattr(wishes, field) or getattr(usual, field)
        for field in TimetableConstraints.model_fields
        if field != "teacher_assignments"
    }
    merged["teacher_assignments"] = wishes.teacher_assignments or await _assignments(tx, session_id)
    merged["class_sizes"] = wishes.class_sizes or await _sizes(tx, session_id)
    request = given.model_copy(update={"constraints": TimetableConstraints.model_construct(**merged)})
    return TimetableRequest.model_validate(request.model_dump(by_alias=True)), known


def _check_known(taught: tuple[TeacherAssignment, ...], known: Names) -> None:
    """Raise BadTimetableProblem when a request about the school's own people also names some it has not.

    A request in which no teacher and no class is the school's is a problem of its own, and is taken as it stands.
    """
    errors: list[dict[str, str]] = []
    own = False
    for number, a in enumerate(taught):
        named = (
            ("teacherId", "teacher", known.teachers, (a.teacher_id, *a.with_teachers)),
            ("classArmId", "class", known.classes, (a.class_arm_id, *a.with_classes)),
        )
        for field, noun, school, keys in named:
            for key in keys:
                if key in school:
                    own = True
                else:
                    message = f"There is no {noun} “{key}” at this school. Write the name as it is in the records, or add it there first."
                    errors.append({"field": f"constraints.teacherAssignments.{number}.{field}", "message": message})
    if own and errors:
        raise BadTimetableProblem(errors[0]["message"], errors=errors[:50])


def _about(standing: TimetableConstraints, taught: tuple[TeacherAssignment, ...], known: Names) -> TimetableConstraints:
    """Those of the school's standing wishes that speak of these lessons: a request about others is not measured by the rest."""
    classes = {c for a in taught for c in (a.class_arm_id, *a.with_classes)}
    teachers = {t for a in taught for t in (a.teacher_id, *a.with_teachers)}
    subjects = {a.subject_id for a in taught}
    called = {s: (s, known.subjects.get(s, s)) for s in subjects}

    def fits(subject: str | None, arm: str | None, teacher: str | None = None) -> bool:
        return any(
            subject in (None, a.subject_id)
            and arm in (None, a.class_arm_id, *a.with_classes)
            and teacher in (None, a.teacher_id, *a.with_teachers)
            for a in taught
        )

    return standing.model_copy(
        update={
            "preferred_slots": tuple(
                w for w in standing.preferred_slots if fits(w.subject_id, w.class_arm_id, w.teacher_id)
            ),
            "avoid_consecutive": tuple(w for w in standing.avoid_consecutive if len(subjects_in(w, called)) == 2),
            "double_periods": tuple(w for w in standing.double_periods if fits(w.subject_id, w.class_arm_id)),
            "room_constraints": tuple(w for w in standing.room_constraints if fits(w.subject_id, w.class_arm_id)),
            "max_periods_per_day": {t: n for t, n in standing.max_periods_per_day.items() if t == "*" or t in teachers},
            "teachers": tuple(w for w in standing.teachers if w.teacher_id in teachers),
            "parallel": tuple(
                w
                for w in standing.parallel
                if classes.issuperset(w.class_arm_ids) and subjects.issuperset(w.subject_ids)
            ),
        }
    )


async def names(tx: Tx) -> Names:
    """What the school's teachers, subjects and classes are called, by their ids."""
    teachers = await tx.session.execute(select(Person).join(Staff, Staff.id == Person.id))
    subjects = await tx.session.execute(select(Subject.id, Subject.name))
    arms = await tx.session.execute(select(ClassArm.id, ClassArm.name))
    return Names(
        teachers={str(person.id): person.display_name for (person,) in teachers.all()},
        subjects={str(key): name for key, name in subjects.all()},
        classes={str(key): name for key, name in arms.all()},
    )


async def _assignments(tx: Tx, session_id: UUID) -> tuple[TeacherAssignment, ...]:
    """The session's teaching. Two teachers of one subject in one class share its lessons: the first by name holds them."""
    rows = await tx.session.execute(
        select(Teaching, ClassArm.name, Subject.name)
        .join(ClassArm, ClassArm.id == Teaching.class_arm_id)
        .join(Level, Level.id == ClassArm.level_id)
        .join(Subject, Subject.id == Teaching.subject_id)
        .where(Teaching.session_id == session_id, Teaching.periods_per_week > 0)
        .order_by(Level.position, ClassArm.name, Subject.name, Teaching.created_at)
    )
    return tuple(
        TeacherAssignment(
            teacher_id=str(row.teacher_id), subject_id=str(row.subject_id), class_arm_id=str(row.class_arm_id),
            periods_per_week=row.periods_per_week,
        )
        for row, _, _ in rows.all()
    )  # fmt: skip


async def _sizes(tx: Tx, session_id: UUID) -> dict[str, int]:
    rows = await tx.session.execute(
        select(Enrolment.class_arm_id, func.count())
        .where(Enrolment.session_id == session_id, Enrolment.left_on.is_(None))
        .group_by(Enrolment.class_arm_id)
    )
    return {str(key): count for key, count in rows.all()}


def _by_id(request: TimetableRequest, by: Names) -> TimetableRequest:
    """The request with names of the school's own teachers, subjects and classes replaced by their ids."""
    ids = {
        kind: {name.casefold(): key for key, name in known.items()}
        for kind, known in (("teacher", by.teachers), ("subject", by.subjects), ("class", by.classes))
    }

    def known(kind: str, value: Any) -> Any:
        return ids[kind].get(str(value).casefold(), value)

    kinds = {
        "teacherId": "teacher", "withTeachers": "teacher", "subjectId": "subject", "subjectIds": "subject",
        "classArmId": "class", "classArmIds": "class", "withClasses": "class",
    }  # fmt: skip

    def walk(value: Any) -> Any:
        if isinstance(value, list):
            return [walk(item) for item in value]
        if not isinstance(value, dict):
            return value
        done: dict[str, Any] = {}
        for key, item in value.items():
            if key in kinds and item is not None:
                many = isinstance(item, list)
                done[key] = [known(kinds[key], x) for x in item] if many else known(kinds[key], item)
            elif key in ("maxPeriodsPerDay", "classSizes"):
                kind = "teacher" if key == "maxPeriodsPerDay" else "class"
                done[key] = {known(kind, name): number for name, number in (item or {}).items()}
            else:
                done[key] = walk(item)
        return done

    return TimetableRequest.model_validate(walk(request.model_dump(mode="json", by_alias=True)))


def clock_of(request: TimetableRequest) -> dict[str, Any]:
    """When periods begin and end, in the form kept with a timetable."""
    pauses = {str(b.after_period): b.minutes for b in request.breaks if b.after_period is not None and b.day is None}
    return {"starts_at": request.starts_at, "period_minutes": request.period_duration, "pauses": pauses}
