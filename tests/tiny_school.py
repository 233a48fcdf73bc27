"""A small school for tests, and a second one beside it whose rows nobody here may see."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from uuid import UUID
from zoneinfo import ZoneInfo

from argon2 import PasswordHasher
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from runtime.caller import Caller, Door, Role
from runtime.ids import new_id
from runtime.table import Base
from school.assessment import AssessmentComponent, AssessmentScheme, GradeBand, GradingScale
from school.calendar import AcademicSession, Term
from school.classes import ClassArm, Enrolment, Level, Subject, Teaching
from school.inbox import ContactPoint
from school.notifications import OptOut
from school.people import Guardian, Guardianship, Person, PersonKind, Staff, Student, person
from school.permissions import granted
from school.schools import School
from school.score_sheets import Score, ScoreSheet, SheetState
from school.users import User

PASSWORD = "tiny-school-password"
HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
BANDS = (("A", 70, "Excellent"), ("B", 60, "Very good"), ("C", 50, "Good"), ("D", 40, "Pass"), ("F", 0, "Fail"))
COMPONENTS = (("Assignment", 10), ("Note", 10), ("CA", 20), ("Exam", 60))


@dataclass
class TinySchool:
    """Ids by the names tests use: `students["Ada"]`, `class_arms["JSS 2 Ruby"]`, `callers["teacher"]`."""

    id: UUID
    slug: str
    class_arms: dict[str, UUID] = field(default_factory=dict)
    subjects: dict[str, UUID] = field(default_factory=dict)
    components: dict[str, UUID] = field(default_factory=dict)
    terms: dict[str, UUID] = field(default_factory=dict)
    session_id: UUID | None = None
    staff: dict[str, UUID] = field(default_factory=dict)
    students: dict[str, UUID] = field(default_factory=dict)
    admission_nos: dict[str, str] = field(default_factory=dict)
    guardians: dict[str, UUID] = field(default_factory=dict)
    phones: dict[str, str] = field(default_factory=dict)
    users: dict[str, UUID] = field(default_factory=dict)
    callers: dict[str, Caller] = field(default_factory=dict)
    other: "TinySchool | None" = None

    @property
    def term_id(self) -> UUID:
        """This term."""
        return self.terms["this"]


async def build(session: AsyncSession) -> TinySchool:
    """Fill an empty database with the two schools. Works as the owner and as the app role."""
    tiny = await _Builder(session).school("Hillcrest Academy", "hillcrest")
    tiny.other = await _Builder(session).stranger("Lakeside College", "lakeside")
    tiny.callers["stranger"] = tiny.other.callers["admin"]
    return tiny


def school_today() -> date:
    """The school's own day: it begins before UTC's."""
    return datetime.now(ZoneInfo("Africa/Lagos")).date()


class _Builder:
    def __init__(self, session: AsyncSession) -> None:
        self.session = session
        self.today = school_today()
        self.phone_numbers = count(2348000000001)
        self.tiny = TinySchool(new_id(), "")

    async def school(self, name: str, slug: str) -> TinySchool:
        tiny = self.tiny
        await self._begin(name, slug)
        await self._calendar()
        await self._classes(
            ("JSS 1 Pearl", "JSS 2 Ruby", "JSS 2 Topaz"), ("Mathematics", "English Language", "Physics")
        )
        await self._staff(
            teacher=("Mr", "Bode", "Akinlade"), colleague=("Mrs", "Ngozi", "Umeadi"), head=("Dr", "Halima", "Sanusi"),
            admin=("Mr", "Osaze", "Ighodalo"), bursar=("Ms", "Ebele", "Nwafor"),
        )  # fmt: skip
        await self._teaching("teacher", ("JSS 2 Ruby", "Mathematics"), ("JSS 2 Topaz", "Mathematics"))
        await self._teaching(
            "colleague", ("JSS 2 Ruby", "English Language"), ("JSS 2 Topaz", "Physics"),
            ("JSS 1 Pearl", "Mathematics"), ("JSS 1 Pearl", "English Language"),
        )  # fmt: skip
        await self._students("JSS 2 Ruby", "Ada Okonjo", "Tunde Afolayan", "Zainab Bello", "Ọláìtán D'Almeida",
                             "Efe Omoregie", "Musa Garba")  # fmt: skip
        await self._students("JSS 2 Topaz", "Chidi Eze", "Kemi Balogun", "Ibrahim Sani")
        await self._students("JSS 1 Pearl", "Uche Okonjo", "Bisi Adeoti", "Danladi Yakubu")
        await self._guardians()
        await self._users("teacher", "colleague", "head", "admin", "bursar")
        await self._sheet("JSS 2 Ruby", "Mathematics", "last", SheetState.PUBLISHED,
                          {"Ada": (8, 7, 15, 50), "Tunde": (5, 5, 10, 30), "Zainab": (8, 7, 15, 50)})  # fmt: skip
        await self._sheet("JSS 2 Topaz", "Mathematics", "this", SheetState.PUBLISHED,
                          {"Chidi": (9, 9, 18, 55), "Kemi": (6, 6, 12, 33), "Ibrahim": (3, 4, 8, 20)})  # fmt: skip
        await self._sheet("JSS 2 Ruby", "English Language", "this", SheetState.DRAFT, {"Ada": (7, 8, 14, 41)})
        return tiny

    async def stranger(self, name: str, slug: str) -> TinySchool:
        self.phone_numbers = count(2348000009001)
        await self._begin(name, slug)
        await self._calendar()
        await self._classes(("JSS 2 Ruby",), ("Mathematics",))
        await self._staff(admin=("Mrs", "Rabi", "Lawan"), teacher=("Mr", "Felix", "Ogbeide"))
        await self._teaching("teacher", ("JSS 2 Ruby", "Mathematics"))
        await self._students("JSS 2 Ruby", "Ada Okonjo", "Sola Ojo")
        guardian = await self._guardian("mother", "Ireti", "Ojo", self._phone())
        await self._link(guardian, "Sola")
        await self._users("admin", "teacher")
        return self.tiny

    async def _add(self, *rows: Base) -> None:
        self.session.add_all(rows)
        await self.session.flush()

    def _phone(self) -> str:
        return f"+{next(self.phone_numbers)}"

    async def _begin(self, name: str, slug: str) -> None:
        self.tiny.slug = slug
        await self.session.execute(text("SELECT set_config('app.school_id', :id, true)"), {"id": str(self.tiny.id)})
        await self._add(School(id=self.tiny.id, name=name, slug=slug, address="1 Test Road", options={}))

    async def _calendar(self) -> None:
        days = lambda n: self.today + timedelta(days=n)  # noqa: E731
        earlier = AcademicSession(id=new_id(), school_id=self.tiny.id, name="Last session",
                                  starts_on=days(-400), ends_on=days(-101))  # fmt: skip
        now = AcademicSession(id=new_id(), school_id=self.tiny.id, name="This session",
                              starts_on=days(-100), ends_on=days(200))  # fmt: skip
        await self._add(earlier, now)
        self.tiny.session_id = now.id
        for key, session, number, name, first, last in (
            ("last", now, 1, "First Term", -100, -31), ("this", now, 2, "Second Term", -30, 60),
            ("next", now, 3, "Third Term", 80, 200), ("year ago", earlier, 1, "First Term", -400, -300),
        ):  # fmt: skip
            term = Term(id=new_id(), school_id=self.tiny.id, session_id=session.id, name=name, number=number,
                        starts_on=days(first), ends_on=days(last), closed=last < 0)  # fmt: skip
            await self._add(term)
            self.tiny.terms[key] = term.id

    async def _classes(self, names: tuple[str, ...], subjects: tuple[str, ...]) -> None:
        tiny, levels = self.tiny, dict[str, UUID]()
        for position, name in enumerate(sorted({name.rsplit(" ", 1)[0] for name in names}), start=1):
            level = Level(id=new_id(), school_id=tiny.id, name=name, position=position)
            await self._add(level)
            levels[name] = level.id
        for name in names:
            level_name, arm = name.rsplit(" ", 1)
            row = ClassArm(id=new_id(), school_id=tiny.id, level_id=levels[level_name], name=name, arm=arm)
            await self._add(row)
            tiny.class_arms[name] = row.id
        aliases = {"Mathematics": ["maths", "math"], "English Language": ["english"]}
        for name in subjects:
            row = Subject(
                id=new_id(), school_id=tiny.id, name=name, code=name[:3].upper(), aliases=aliases.get(name, [])
            )
            await self._add(row)
            tiny.subjects[name] = row.id
        scheme = AssessmentScheme(id=new_id(), school_id=tiny.id, name="Standard")
        scale = GradingScale(id=new_id(), school_id=tiny.id, name="A to F", pass_percent=Decimal(40))
        await self._add(scheme, scale)
        for position, (name, most) in enumerate(COMPONENTS, start=1):
            row = AssessmentComponent(id=new_id(), school_id=tiny.id, scheme_id=scheme.id, name=name,
                                      position=position, max_points=Decimal(most),
                                      weight=Decimal(most) / 100)  # fmt: skip
            await self._add(row)
            tiny.components[name] = row.id
        await self._add(*(
            GradeBand(school_id=tiny.id, scale_id=scale.id, grade=grade, from_percent=Decimal(floor), remark=remark)
            for grade, floor, remark in BANDS
        ))  # fmt: skip

    async def _person(self, kind: PersonKind, given: str, family: str, **rest: object) -> Person:
        row = person(kind, self.tiny.id, given, family, **rest)
        await self._add(row)
        return row

    async def _staff(self, **named: tuple[str, str, str]) -> None:
        for number, (key, (title, given, family)) in enumerate(named.items(), start=1):
            row = await self._person(PersonKind.STAFF, given, family, title=title, phone=self._phone(),
                                     email=f"{key}@{self.tiny.slug}.test")  # fmt: skip
            await self._add(Staff(id=row.id, school_id=self.tiny.id, staff_no=f"ST{number:03}"))
            self.tiny.staff[key] = row.id

    async def _teaching(self, teacher: str, *lessons: tuple[str, str]) -> None:
        tiny = self.tiny
        for class_arm, subject in lessons:
            await self._add(
                Teaching(school_id=tiny.id, teacher_id=tiny.staff[teacher], subject_id=tiny.subjects[subject],
                         class_arm_id=tiny.class_arms[class_arm], session_id=tiny.session_id)
            )  # fmt: skip
        if teacher == "teacher":
            ruby = await self.session.get_one(ClassArm, tiny.class_arms["JSS 2 Ruby"])
            ruby.class_teacher_id = tiny.staff[teacher]

    async def _students(self, class_arm: str, *names: str) -> None:
        tiny = self.tiny
        for full in names:
            given, family = full.split(" ", 1)
            row = await self._person(PersonKind.STUDENT, given, family)
            admission_no = f"HA/{len(tiny.students) + 1:03}"
            joined = self.today - timedelta(days=100)
            await self._add(Student(id=row.id, school_id=tiny.id, admission_no=admission_no, born_on=date(2013, 5, 4),
                                    admitted_on=joined))  # fmt: skip
            await self._add(Enrolment(school_id=tiny.id, student_id=row.id, class_arm_id=tiny.class_arms[class_arm],
                                      session_id=tiny.session_id, joined_on=joined))  # fmt: skip
            tiny.students[given], tiny.admission_nos[given] = row.id, admission_no

    async def _guardian(self, key: str, given: str, family: str, phone: str | None, whatsapp: bool = False) -> str:
        row = await self._person(PersonKind.GUARDIAN, given, family, phone=phone, whatsapp=whatsapp)
        await self._add(Guardian(id=row.id, school_id=self.tiny.id))
        self.tiny.guardians[key] = row.id
        if phone:
            self.tiny.phones[key] = phone
            await self._add(
                ContactPoint(school_id=self.tiny.id, person_id=row.id, address=phone, verified_at=datetime.now(UTC),
                             channel="whatsapp" if whatsapp else "sms")
            )  # fmt: skip
        return key

    async def _link(self, guardian: str, *children: str) -> None:
        tiny = self.tiny
        await self._add(*(
            Guardianship(school_id=tiny.id, guardian_id=tiny.guardians[guardian], student_id=tiny.students[child],
                         relation="mother", is_primary=True)
            for child in children
        ))  # fmt: skip

    async def _guardians(self) -> None:
        """Mother of two; one who said STOP; one without a phone; one on WhatsApp; plain ones for the rest."""
        await self._link(await self._guardian("guardian", "Nkechi", "Okonjo", self._phone()), "Ada", "Uche")
        opted_out = self._phone()
        await self._link(await self._guardian("opted out", "Sade", "Afolayan", opted_out), "Tunde")
        await self._add(OptOut(school_id=self.tiny.id, channel="sms", address=opted_out))
        await self._link(await self._guardian("no phone", "Hauwa", "Bello", None), "Zainab")
        await self._link(
            await self._guardian("whatsapp", "Ìyábọ̀", "D'Almeida", self._phone(), whatsapp=True), "Ọláìtán"
        )
        for child in ("Efe", "Musa", "Chidi", "Kemi", "Ibrahim", "Bisi", "Danladi"):
            await self._link(await self._guardian(f"of {child}", "Grace", f"of {child}", self._phone()), child)

    async def _users(self, *staff: str) -> None:
        tiny = self.tiny
        people = {key: (Role(key if key != "colleague" else "teacher"), tiny.staff[key]) for key in staff}
        if "guardian" in tiny.guardians:
            people["guardian"] = (Role.GUARDIAN, tiny.guardians["guardian"])
            people["student"] = (Role.STUDENT, tiny.students["Ada"])
        for key, (role, person_id) in people.items():
            named = await self.session.get_one(Person, person_id)
            user = User(id=new_id(), school_id=tiny.id, email=f"{key}@{tiny.slug}.test", name=named.display_name,
                        role=role.value, person_id=person_id, password_hash=HASH)  # fmt: skip
            await self._add(user)
            tiny.users[key] = user.id
            tiny.callers[key] = Caller(
                school_id=tiny.id, user_id=user.id, role=role, person_id=person_id, door=Door.WEB,
                permissions=granted(role), name=named.display_name,
            )  # fmt: skip

    async def _sheet(
        self, class_arm: str, subject: str, term: str, state: SheetState, points: dict[str, tuple[int, ...]]
    ) -> None:
        tiny, now = self.tiny, datetime.now(UTC)
        scheme_id = (await self.session.get_one(AssessmentComponent, tiny.components["Exam"])).scheme_id
        published_at = now if state is SheetState.PUBLISHED else None
        sheet = ScoreSheet(id=new_id(), school_id=tiny.id, class_arm_id=tiny.class_arms[class_arm], state=state.value,
                           subject_id=tiny.subjects[subject], term_id=tiny.terms[term], scheme_id=scheme_id, version=1,
                           published_at=published_at, announced_at=published_at)  # fmt: skip
        await self._add(sheet)
        for child, values in points.items():
            for component, value in zip(tiny.components.values(), values, strict=True):
                await self._add(
                    Score(school_id=tiny.id, sheet_id=sheet.id, student_id=tiny.students[child],
                          component_id=component, points=Decimal(value))
                )  # fmt: skip
