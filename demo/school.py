"""One demo school as rows: built in memory from a seed, table by table, in the order their keys need."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from argon2 import PasswordHasher
from sqlalchemy import Table

from demo import fees, learning, subjects, year
from demo.ids import demo_id
from demo.names import Named
from demo.people import Community, DemoGuardian, DemoStudent
from demo.sign_ins import PASSWORD, SIGN_INS, SignIn
from demo.subjects import LEVELS, DemoArm, Lesson
from runtime.ids import new_id
from school import (
    assessment,
    calendar,
    classes,
    fee_ledger,
    inbox,
    notifications,
    people,
    registers,
    schools,
    score_sheets,
    users,
)

Row = dict[str, Any]
LAGOS = ZoneInfo("Africa/Lagos")
JUNIOR_BANDS = (
    ("A", 70, "Excellent"),
    ("B", 60, "Very good"),
    ("C", 50, "Good"),
    ("D", 45, "Fair"),
    ("E", 40, "Pass"),
    ("F", 0, "Fail"),
)
SENIOR_BANDS = (
    ("A1", 75, "Excellent"), ("B2", 70, "Very good"), ("B3", 65, "Good"), ("C4", 60, "Credit"), ("C5", 55, "Credit"),
    ("C6", 50, "Credit"), ("D7", 45, "Pass"), ("E8", 40, "Pass"), ("F9", 0, "Fail"),
)  # fmt: skip
_OFFICE = {"head": "Principal", "admin": "School Administrator", "bursar": "Bursar"}


@dataclass(frozen=True, slots=True)
class DemoStaff:
    id: UUID
    named: Named
    title: str
    job_title: str
    email: str
    role: str


SHOWN = {"demo_password": PASSWORD, "demo_sign_ins": [sign_in.email for sign_in in SIGN_INS]}
"""The school's options: they mark it as the demo, and name the sign-ins its sign-in page offers."""


class DemoSchool:
    """The plan of the school. `tables()` yields what to insert."""

    def __init__(self, today: date, seed: int = 20260914) -> None:
        self.today, self.random = today, Random(seed)
        self.past = Random(seed + 1)
        self.slug, self.id = "sunbird", demo_id("sunbird")
        self.year = year.around(today, self.slug)
        self.subjects = subjects.subjects(self.slug)
        self.arms = subjects.arms(self.slug)
        self.lessons = subjects.lessons(self.arms, self.subjects)
        self.community = Community(self.random, self.slug, "SCC", self.year, self.arms)
        self.staff = self._staff()
        self.community.settle()
        self.class_teachers = self._class_teachers()
        self.scheme_id = demo_id(self.slug, "scheme")
        self.components = [demo_id(self.slug, "component", name) for name, _ in learning.COMPONENTS]

    @property
    def students(self) -> list[DemoStudent]:
        return self.community.students

    @property
    def guardians(self) -> list[DemoGuardian]:
        return self.community.guardians

    def row(self, **columns: Any) -> Row:
        return {"id": new_id(), "school_id": self.id, **columns}

    def moment(self, day: date, hour: int = 9, minute: int = 0) -> datetime:
        return datetime.combine(day, time(hour, minute), LAGOS).astimezone(UTC)

    def _staff(self) -> list[DemoStaff]:
        """Teachers by number (0 is the demo teacher), then the office."""
        count = sum(subject.teachers for subject in self.subjects.values())
        register, found = self.community.register, list[DemoStaff]()
        fixed = {sign_in.role: sign_in for sign_in in SIGN_INS}
        for number in range(count):
            if number == 0:
                found.append(self._known(fixed["teacher"], "teacher", "Mathematics Teacher"))
                continue
            tribe = register.people()
            named = register.person(tribe, register.family(tribe))
            title = self.random.choice(("Mrs", "Ms")) if named.gender == "female" else "Mr"
            found.append(
                DemoStaff(
                    demo_id(self.slug, "staff", number),
                    named,
                    title,
                    "Teacher",
                    f"teacher{number}@demo.school",
                    "teacher",
                )
            )
        return found + [self._known(fixed[role], role, job) for role, job in _OFFICE.items()]

    def _known(self, sign_in: SignIn, role: str, job: str) -> DemoStaff:
        title, given, family = sign_in.name.split(" ")
        self.community.register.taken.add((given, family))
        gender = "female" if title == "Mrs" or role == "head" else "male"
        return DemoStaff(
            demo_id(self.slug, "staff", role), Named(given, "", family, gender), title, job, sign_in.email, role
        )

    def _class_teachers(self) -> dict[UUID, UUID]:
        """A class teacher for each arm, who teaches it and has no other; JSS 2 Ruby has the demo teacher."""
        chosen: dict[UUID, int] = {}
        for arm in sorted(self.arms, key=lambda arm: arm.name != "JSS 2 Ruby"):
            own = [lesson.teacher for lesson in self.lessons if lesson.arm is arm]
            chosen[arm.id] = next(number for number in own if number not in chosen.values())
        return {arm_id: self.staff[number].id for arm_id, number in chosen.items()}

    def tables(self) -> Iterator[tuple[Table, list[Row]]]:
        """(table, rows) in the order foreign keys ask for."""
        yield _table(schools.School), [
            {
                "id": self.id, "name": "Sunbird Comprehensive College", "slug": self.slug, "options": SHOWN,
                "address": "14 Kingfisher Avenue, Ibadan", "email": "office@demo.school", "motto": "Light in every class",
                "colour": "#1b6b4a",
            }
        ]  # fmt: skip
        yield from self._calendar()
        yield from self._people()
        yield from self._classes()
        yield from self._assessment()
        yield from self._users()
        yield from self._sheets()
        yield from self._registers()
        yield from self._fees()

    def _calendar(self) -> Iterator[tuple[Table, list[Row]]]:
        yield (
            _table(calendar.AcademicSession),
            [
                self.row(name=name, starts_on=first, ends_on=last) | {"id": session_id}
                for session_id, (name, first, last) in self.year.sessions.items()
            ],
        )
        yield _table(calendar.Term), [
            self.row(session_id=term.session_id, name=term.name, number=term.number, starts_on=term.starts_on,
                     ends_on=term.ends_on, closed=not term.current) | {"id": term.id}
            for term in self.year.terms
        ]  # fmt: skip
        yield (
            _table(calendar.Holiday),
            [self.row(name=name, starts_on=first, ends_on=last) for name, first, last in self.year.holidays],
        )

    def _people(self) -> Iterator[tuple[Table, list[Row]]]:
        community = self.community
        yield (
            _table(people.Person),
            [
                *(
                    self._person(s.id, "staff", s.named, title=s.title, phone=community.phone(), email=s.email)
                    for s in self.staff
                ),
                *(self._person(s.id, "student", s.named) for s in self.students),
                *(
                    self._person(
                        g.id, "guardian", g.named, title=g.title, phone=g.phone, email=g.email, whatsapp=g.whatsapp
                    )
                    for g in self.guardians
                ),
            ],
        )
        yield (
            _table(people.Staff),
            [
                {"id": s.id, "school_id": self.id, "staff_no": f"ST{number:03}", "job_title": s.job_title}
                for number, s in enumerate(self.staff, start=1)
            ],
        )
        yield (
            _table(people.Student),
            [
                {
                    "id": s.id,
                    "school_id": self.id,
                    "admission_no": s.admission_no,
                    "born_on": s.born_on,
                    "admitted_on": s.admitted_on,
                }
                for s in self.students
            ],
        )
        yield _table(people.Guardian), [{"id": g.id, "school_id": self.id} for g in self.guardians]
        yield _table(people.Guardianship), [
            self.row(guardian_id=g.id, student_id=child.id, relation=g.relation, is_primary=g.primary, receives=g.primary)
            for g in self.guardians for child in g.children
        ]  # fmt: skip
        yield _table(inbox.ContactPoint), [
            self.row(person_id=g.id, channel=channel, address=g.phone, verified_at=self.moment(self.year.current.starts_on))
            for g in self.guardians if g.phone for channel in ("sms", "whatsapp") if channel == "sms" or g.whatsapp
        ]  # fmt: skip
        yield (
            _table(notifications.OptOut),
            [self.row(channel="sms", address=g.phone) for g in self.guardians if g.opted_out and g.phone],
        )

    def _person(self, person_id: UUID, kind: str, named: Named, **rest: Any) -> Row:
        return {
            "id": person_id, "school_id": self.id, "kind": kind, "given_name": named.given, "other_names": named.other,
            "family_name": named.family, "gender": named.gender, "title": "", "phone": None, "email": None,
            "whatsapp": False, **rest,
        }  # fmt: skip

    def _classes(self) -> Iterator[tuple[Table, list[Row]]]:
        levels = {name: demo_id(self.slug, "level", name) for name in LEVELS}
        yield (
            _table(classes.Level),
            [
                self.row(name=name, position=position) | {"id": levels[name]}
                for position, name in enumerate(LEVELS, start=1)
            ],
        )
        yield (
            _table(classes.ClassArm),
            [
                self.row(
                    level_id=levels[arm.level], name=arm.name, arm=arm.arm, class_teacher_id=self.class_teachers[arm.id]
                )
                | {"id": arm.id}
                for arm in self.arms
            ],
        )
        yield (
            _table(classes.Subject),
            [self.row(name=s.name, code=s.code, aliases=s.aliases) | {"id": s.id} for s in self.subjects.values()],
        )
        yield _table(classes.Teaching), [
            self.row(teacher_id=self.staff[lesson.teacher].id, subject_id=self.subjects[lesson.subject].id,
                     class_arm_id=lesson.arm.id, session_id=session_id,
                     periods_per_week=self.subjects[lesson.subject].periods)
            for session_id in self.year.sessions for lesson in self.lessons
        ]  # fmt: skip
        yield _table(classes.Enrolment), list(self._enrolments())

    def _enrolments(self) -> Iterator[Row]:
        for back, (session_id, (_, first, _)) in enumerate(reversed(self.year.sessions.items())):
            for student in self.students:
                arm = student.seats[back - 1] if back else student.arm
                if arm:
                    dropped = [str(self.subjects[student.dropped].id)] if student.dropped in arm.subjects else []
                    yield self.row(student_id=student.id, class_arm_id=arm.id, session_id=session_id, joined_on=first,
                                   dropped_subjects=dropped)  # fmt: skip

    def _assessment(self) -> Iterator[tuple[Table, list[Row]]]:
        yield (
            _table(assessment.AssessmentScheme),
            [self.row(name="Continuous assessment and examination") | {"id": self.scheme_id}],
        )
        yield _table(assessment.AssessmentComponent), [
            self.row(scheme_id=self.scheme_id, name=name, position=position, max_points=Decimal(most),
                     weight=Decimal(most) / 100) | {"id": self.components[position - 1]}
            for position, (name, most) in enumerate(learning.COMPONENTS, start=1)
        ]  # fmt: skip
        juniors = [
            (f"A to F, {level}", demo_id(self.slug, "level", level)) for level in LEVELS if level.startswith("JSS")
        ]
        scales = [("A1 to F9", None, SENIOR_BANDS), *((name, level_id, JUNIOR_BANDS) for name, level_id in juniors)]
        ids = {name: new_id() for name, _, _ in scales}
        yield (
            _table(assessment.GradingScale),
            [
                self.row(name=name, level_id=level_id, pass_percent=Decimal(40)) | {"id": ids[name]}
                for name, level_id, _ in scales
            ],
        )
        yield _table(assessment.GradeBand), [
            self.row(scale_id=ids[name], grade=grade, from_percent=Decimal(floor), remark=remark)
            for name, _, bands in scales for grade, floor, remark in bands
        ]  # fmt: skip

    def _users(self) -> Iterator[tuple[Table, list[Row]]]:
        hashed = PasswordHasher().hash(PASSWORD)
        signing = [(s.email, s.role, s.id, s.named, s.title) for s in self.staff]
        parent, child = self.guardians[0], self.students[0]
        signing.append((SIGN_INS[4].email, "guardian", parent.id, parent.named, parent.title))
        signing.append((SIGN_INS[5].email, "student", child.id, child.named, ""))
        yield _table(users.User), [
            self.row(email=email, name=f"{title} {named.given} {named.family}".strip(), role=role, person_id=person_id,
                     password_hash=hashed)
            for email, role, person_id, named, title in signing
        ]  # fmt: skip

    def _sheets(self) -> Iterator[tuple[Table, list[Row]]]:
        sheets: list[Row] = []
        scores: list[Row] = []
        recent = [term for term in self.year.terms if term.back < 2]
        for term in self.year.terms:
            random = self.random if term in recent else self.past
            number = recent.index(term) if term in recent else term.number - 1
            by_arm = {arm.id: self.seated(arm, term.back) for arm in self.arms}
            for lesson in self.lessons:
                state = learning.sheet_state(random, lesson.arm, lesson.subject, term)
                seated = [s for s in by_arm[lesson.arm.id] if s.dropped != lesson.subject]
                if state and seated:
                    sheet = self._sheet(random, lesson, term, state)
                    sheets.append(sheet)
                    scores.extend(self._scores(random, sheet["id"], lesson, number, seated, state, term.number == 3))
        yield _table(score_sheets.ScoreSheet), sheets
        yield _table(score_sheets.Score), scores

    def seated(self, arm: DemoArm, back: int) -> list[DemoStudent]:
        """Who sits in an arm this session (0), or sat in it so many sessions back, as they were then."""
        if back == 0:
            return [s for s in self.students if s.arm is arm]
        return [learning.as_then(s, back) for s in self.students if s.seats[back - 1] is arm]

    def _sheet(self, random: Random, lesson: Lesson, term: year.DemoTerm, state: str) -> Row:
        ready = min(term.ends_on - timedelta(days=4), self.today - timedelta(days=random.randint(1, 9)))
        reached = ("draft", "submitted", "approved", "published").index(state)
        at = [self.moment(ready - timedelta(days=back), 8 + back, random.randrange(60)) for back in (3, 2, 0)]
        stamps = [moment if reached > step else None for step, moment in enumerate(at)]
        return self.row(
            class_arm_id=lesson.arm.id, subject_id=self.subjects[lesson.subject].id, term_id=term.id,
            scheme_id=self.scheme_id, state=state, version=1 + reached, submitted_at=stamps[0], approved_at=stamps[1],
            published_at=stamps[2], announced_at=stamps[2],
        ) | {"id": demo_id(self.slug, "sheet", term.id, lesson.arm.id, lesson.subject)}  # fmt: skip

    def _scores(
        self,
        random: Random,
        sheet_id: UUID,
        lesson: Lesson,
        term: int,
        seated: list[DemoStudent],
        state: str,
        turning: bool,
    ) -> Iterator[Row]:
        subject = self.subjects[lesson.subject]
        exam_taken = state != "draft" or random.random() < 0.4
        for student in seated:
            for mark in learning.marks(random, student, subject, term, exam_taken=exam_taken, turning=turning):
                yield self.row(sheet_id=sheet_id, student_id=student.id, component_id=self.components[mark.component],
                               points=mark.points, late=mark.late)  # fmt: skip

    def _registers(self) -> Iterator[tuple[Table, list[Row]]]:
        """The registers of the running term up to yesterday, and of the term before; of earlier terms one day a week."""
        taken: list[Row] = []
        marks: list[Row] = []
        for term in self.year.terms:
            whole = term in self.year.terms[-2:]
            dates = [day for day in term.school_days(self.today, self.year.days_off) if whole or day.weekday() == 2]
            for arm in self.arms:
                seated = self.seated(arm, term.back)
                for day, listed in learning.days(self.random if whole else self.past, seated, dates) if seated else ():
                    register = self.row(class_arm_id=arm.id, taken_on=day, taken_by=self.class_teachers[arm.id],
                                        updated_at=self.moment(day, 8, 5))  # fmt: skip
                    taken.append(register)
                    marks.extend(
                        self.row(register_id=register["id"], student_id=mark.student.id, presence=mark.presence,
                                 minutes_late=mark.minutes_late)
                        for mark in listed
                    )  # fmt: skip
        yield _table(registers.Register), taken
        yield _table(registers.AttendanceMark), marks

    def _fees(self) -> Iterator[tuple[Table, list[Row]]]:
        term, bursar = self.year.current, next(one.id for one in self.staff if one.role == "bursar")
        own = {"school_id": self.id}
        yield _table(fee_ledger.FeeItem), [row | own for row in fees.items(self.slug, term, self.arms)]
        yield (
            _table(fee_ledger.FeePayment),
            [row | own | {"recorded_by": bursar} for row in fees.payments(self.slug, term, self.students, self.today)],
        )


def _table(model: Any) -> Table:
    return model.__table__
