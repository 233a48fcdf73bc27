"""What names mean: how each kind of record is found, within what the caller may see."""

import re
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from runtime.caller import Role
from runtime.transaction import Tx
from school import calendar, classes
from school.calendar import AcademicSession, Term
from school.classes import ClassArm, Enrolment, Level, Subject, Teaching
from school.people import Guardian, Guardianship, Person, Staff, Student
from school.permissions import WHOLE_SCHOOL, Permission
from tools.naming import Candidate, best
from tools.refs import ONLY, Hints, resolver


async def _phrase_session(tx: Tx, text: str, hints: Hints) -> Candidate | None:
    offsets = {"this session": 0, "current session": 0, "this year": 0, "last session": 1, "last year": 1}
    if text not in offsets:
        return None
    started = AcademicSession.starts_on <= tx.today
    query = select(AcademicSession).where(started).order_by(AcademicSession.starts_on.desc())
    found = list(await tx.session.scalars(query.limit(2)))
    back = offsets[text]
    return _session(found[back]) if len(found) > back else None


def _session(row: AcademicSession) -> Candidate:
    short = row.name.replace("-", "/")
    return Candidate(str(row.id), row.name, (row.name, short, f"session {row.name}", f"{row.name} session"))


@resolver(AcademicSession, "session", order=1, phrase=_phrase_session, personal=False)
async def find_sessions(tx: Tx, hints: Hints) -> list[Candidate]:
    return [_session(row) for row in await tx.session.scalars(select(AcademicSession))]


_TERM_OFFSETS = {
    "this term": 0, "current term": 0, "the term": 0, "term": 0, "now": 0,
    "last term": 1, "previous term": 1, "the last term": 1, "past term": 1,
}  # fmt: skip


async def _phrase_term(tx: Tx, text: str, hints: Hints) -> Candidate | None:
    ordered = [term for term in await calendar.terms_in_order(tx) if term.starts_on <= tx.today]
    back = _TERM_OFFSETS.get(text)
    if back is not None:
        return await _term(tx, ordered[-1 - back]) if len(ordered) > back else None
    numbers = {"first": 1, "1st": 1, "1": 1, "second": 2, "2nd": 2, "2": 2, "third": 3, "3rd": 3, "3": 3}
    words = [word for word in text.split() if word not in {"term", "the"}]
    if len(words) == 1 and words[0] in numbers:
        fitting = [term for term in ordered if term.number == numbers[words[0]]]
        return await _term(tx, fitting[-1]) if fitting else None
    return None


async def _term(tx: Tx, term: Term) -> Candidate:
    label = await calendar.term_label(tx, term)
    return Candidate(str(term.id), label, (label,))


@resolver(Term, "term", order=1, phrase=_phrase_term, personal=False)
async def find_terms(tx: Tx, hints: Hints) -> list[Candidate]:
    rows = await tx.session.execute(
        select(Term, AcademicSession.name).join(AcademicSession, AcademicSession.id == Term.session_id)
    )
    return [
        Candidate(
            str(term.id), f"{term.name} {session}",
            (f"{term.name} {session}", f"term {term.number} {session}", f"{session} term {term.number}"),
            context=frozenset({str(term.session_id)}),
        )
        for term, session in rows.all()
    ]  # fmt: skip


@resolver(Level, "level", order=2, personal=False)
async def find_levels(tx: Tx, hints: Hints) -> list[Candidate]:
    return [Candidate(str(row.id), row.name, (row.name,)) for row in await tx.session.scalars(select(Level))]


async def _phrase_class(tx: Tx, text: str, hints: Hints) -> Candidate | None:
    if text not in {"my class", "my own class", "my arm", "my form", "my students", "our class"}:
        return None
    mine = await classes.my_class_arms(tx) if tx.caller.role not in WHOLE_SCHOOL else []
    own = [arm for arm in mine if arm.class_teacher_id == tx.caller.person_id]
    chosen = own or mine
    return Candidate(str(chosen[0].id), chosen[0].name, (chosen[0].name,)) if len(chosen) == 1 else None


@resolver(ClassArm, "class", order=2, phrase=_phrase_class)
async def find_class_arms(tx: Tx, hints: Hints) -> list[Candidate]:
    query = select(ClassArm, Level.name).join(Level, Level.id == ClassArm.level_id)
    if tx.caller.role in {Role.GUARDIAN, Role.STUDENT}:
        enrolled = select(Enrolment.class_arm_id).where(Enrolment.student_id.in_(_own_students(tx)))
        query = query.where(ClassArm.id.in_(enrolled))
    mine = {arm.id for arm in await classes.my_class_arms(tx)} if tx.caller.role is Role.TEACHER else set()
    return [
        Candidate(
            str(arm.id), arm.name, (arm.name, f"{arm.arm} {level}", f"{level}{arm.arm[:1]}"),
            context=frozenset({str(arm.level_id)}), mine=arm.id in mine,
        )
        for arm, level in (await tx.session.execute(query.order_by(Level.position, ClassArm.arm))).all()
    ]  # fmt: skip


@resolver(Subject, "subject", order=3, personal=False)
async def find_subjects(tx: Tx, hints: Hints) -> list[Candidate]:
    return [
        Candidate(str(row.id), row.name, (row.name, row.code, *row.aliases))
        for row in await tx.session.scalars(select(Subject).order_by(Subject.name))
    ]


def _own_students(tx: Tx):  # a SQL expression whose type SQLAlchemy keeps to itself
    if tx.caller.role is Role.STUDENT:
        return select(Student.id).where(Student.id == tx.caller.person_id)
    return select(Guardianship.student_id).where(Guardianship.guardian_id == tx.caller.person_id)


_POSSESSIVE = {
    "my child", "my son", "my daughter", "my ward", "my kid", "my boy", "my girl", "he", "she", "him", "her", "his",
    "my child s", "me", "myself",
}  # fmt: skip


async def _phrase_student(tx: Tx, text: str, hints: Hints) -> Candidate | None:
    if tx.caller.role not in {Role.GUARDIAN, Role.STUDENT} or text not in _POSSESSIVE:
        return None
    own = await find_students(tx, hints)
    if text in {"my son", "my boy", "he", "him", "his"}:
        own = await _of_gender(tx, own, "male")
    if text in {"my daughter", "my girl", "she", "her"}:
        own = await _of_gender(tx, own, "female")
    return own[0] if len(own) == 1 else None


async def _of_gender(tx: Tx, own: list[Candidate], gender: str) -> list[Candidate]:
    rows = await tx.session.scalars(
        select(Person.id).where(Person.id.in_([c.id for c in own]), Person.gender == gender)
    )
    fitting = {str(row) for row in rows}
    return [c for c in own if c.id in fitting] or own


@resolver(Student, "student", order=6, phrase=_phrase_student)
async def find_students(tx: Tx, hints: Hints) -> list[Candidate]:
    term = await calendar.current_term(tx)
    latest = aliased(Enrolment)
    query = (
        select(Student.id, Student.admission_no, Person, ClassArm.name, ClassArm.id)
        .join(Person, Person.id == Student.id)
        .outerjoin(latest, (latest.student_id == Student.id) & (latest.session_id == term.session_id))
        .outerjoin(ClassArm, ClassArm.id == latest.class_arm_id)
        .order_by(Person.family_name, Person.given_name, Student.id, latest.left_on.asc().nulls_first())
    )
    if ONLY in hints:
        query = query.where(Student.id == UUID(hints[ONLY]))
    if tx.caller.role in {Role.GUARDIAN, Role.STUDENT}:
        query = query.where(Student.id.in_(_own_students(tx)))
    elif not tx.caller.may(Permission.STUDENTS_READ):
        return []
    mine = {arm.id for arm in await classes.my_class_arms(tx)} if tx.caller.role is Role.TEACHER else set()
    found: list[Candidate] = []
    known: set[UUID] = set()  # who changed class has two enrolments: the one that goes on comes first
    for student_id, admission_no, person, class_name, class_id in (await tx.session.execute(query)).all():
        if student_id in known:
            continue
        known.add(student_id)
        names = (f"{person.given_name} {person.family_name}", person.full_name, admission_no)
        context = frozenset({str(class_id)}) if class_id else frozenset[str]()
        label = f"{person.given_name} {person.family_name}"
        hint = ", ".join(part for part in (class_name, admission_no) if part)
        found.append(Candidate(str(student_id), label, names, hint=hint, context=context, mine=class_id in mine))
    return found


_TEACHER = re.compile(r"(?:the )?(?P<subject>\w+(?: \w+)?) teacher")


async def teachers_spoken_of(tx: Tx, text: str, class_arm_ids: Collection[str] = ()) -> list[Candidate]:
    """Who "the maths teacher" may be: those who teach the subject this session, in these classes when any are given."""
    match = _TEACHER.search(text)
    if match is None:
        return []
    words = match["subject"].split()
    subjects = await find_subjects(tx, {})
    found = next((best(said, subjects) for said in (" ".join(words), words[-1]) if best(said, subjects)), [])
    if not found:
        return []
    session = (await calendar.current_term(tx)).session_id
    query = select(Teaching.teacher_id).where(
        Teaching.subject_id.in_([UUID(c.id) for _, c in found]), Teaching.session_id == session
    )
    if class_arm_ids:
        query = query.where(Teaching.class_arm_id.in_([UUID(key) for key in class_arm_ids]))
    ids = {str(key) for key in await tx.session.scalars(query)}
    return [candidate for candidate in await find_staff(tx, {}) if candidate.id in ids]


async def _phrase_staff(tx: Tx, text: str, hints: Hints) -> Candidate | None:
    if not _TEACHER.fullmatch(text):
        return None
    found = await teachers_spoken_of(tx, text, [hints["ClassArm"]] if "ClassArm" in hints else [])
    return found[0] if len(found) == 1 else None


@resolver(Staff, "member of staff", order=4, phrase=_phrase_staff, personal=False)
async def find_staff(tx: Tx, hints: Hints) -> list[Candidate]:
    query = select(Staff, Person).join(Person, Person.id == Staff.id).where(Staff.active).order_by(Person.family_name)
    return [
        Candidate(
            str(staff.id), person.display_name, (person.display_name, person.full_name, staff.staff_no),
            hint=staff.job_title,
        )
        for staff, person in (await tx.session.execute(query)).all()
    ]  # fmt: skip


@resolver(Guardian, "guardian", order=7)
async def find_guardians(tx: Tx, hints: Hints) -> list[Candidate]:
    if tx.caller.role is Role.GUARDIAN:
        query = select(Person).where(Person.id == tx.caller.person_id)
    elif tx.caller.may(Permission.STUDENTS_READ):
        query = select(Person).join(Guardian, Guardian.id == Person.id).order_by(Person.family_name)
    else:
        return []
    guardianships = select(Guardianship.guardian_id, Guardianship.student_id)
    if tx.caller.role is Role.GUARDIAN:
        guardianships = guardianships.where(Guardianship.guardian_id == tx.caller.person_id)
    links = await tx.session.execute(guardianships)
    children: dict[str, set[str]] = {}
    for guardian_id, student_id in links.all():
        children.setdefault(str(guardian_id), set()).add(str(student_id))
    return [
        Candidate(
            str(person.id), person.display_name, (person.display_name, person.full_name, person.phone or ""),
            context=frozenset(children.get(str(person.id), set())),
        )
        for person in await tx.session.scalars(query)
    ]  # fmt: skip


async def classes_taught(tx: Tx, teacher_id: object) -> list[tuple[str, str]]:
    """(class, subject) pairs a teacher has this session, for cards and hints."""
    term = await calendar.current_term(tx)
    rows = await tx.session.execute(
        select(ClassArm.name, Subject.name)
        .join(Teaching, Teaching.class_arm_id == ClassArm.id)
        .join(Subject, Subject.id == Teaching.subject_id)
        .where(Teaching.teacher_id == teacher_id, Teaching.session_id == term.session_id)
        .order_by(ClassArm.name, Subject.name)
    )
    return [(class_name, subject) for class_name, subject in rows.all()]
