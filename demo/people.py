"""The people of the demo school: students in families, what each is like as a learner, their guardians, the staff."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from uuid import UUID

from demo.ids import demo_id
from demo.names import Named, Register
from demo.sign_ins import SIGN_INS
from demo.subjects import LEVELS, DemoArm
from demo.year import Year

SIZES = {"JSS 2 Ruby": 40}
"""Every other arm has 38 to 42 students."""
KINDS = ("steady", "rising", "declining", "careless", "withdrawing")
KIND_SHARES = (66, 12, 11, 7, 4)


@dataclass(slots=True)
class DemoStudent:
    """`ability` in standard deviations; `care` 0..1 is how much work is handed in; `kind` is the trajectory."""

    id: UUID
    admission_no: str
    named: Named
    born_on: date
    admitted_on: date
    arm: DemoArm
    seats: tuple[DemoArm | None, ...]
    """Where the student sat: last session first."""

    ability: float
    care: float
    kind: str
    tastes: dict[str, float]
    dropped: str | None
    family: int


@dataclass(slots=True)
class DemoGuardian:
    id: UUID
    named: Named
    title: str
    phone: str | None
    whatsapp: bool
    opted_out: bool
    email: str | None
    relation: str
    primary: bool
    children: list[DemoStudent] = field(default_factory=list[DemoStudent])


class Community:
    """Deals students into families and class arms, and gives each family its guardians."""

    def __init__(self, random: Random, school: str, prefix: str, year: Year, arms: list[DemoArm]) -> None:
        self.random, self.school, self.prefix, self.year, self.arms = random, school, prefix, year, arms
        self.register = Register(random)
        self.students: list[DemoStudent] = []
        self.guardians: list[DemoGuardian] = []
        self.phones = 0

    def phone(self) -> str:
        """A number under 0804, a prefix no operator serves any more."""
        self.phones += 1
        return f"+234804{self.random.randrange(100, 1000)}{self.phones:04}"

    def settle(self) -> None:
        """Fill every seat, family by family; the demo guardian's family comes first."""
        seats = [arm for arm in self.arms for _ in range(SIZES.get(arm.name, self.random.randint(38, 42)))]
        self.random.shuffle(seats)
        self._demo_family(seats)
        family = 1
        while seats:
            size = self.random.choices((1, 2, 3), (70, 23, 7))[0]
            self._family(family, self._take(seats, size))
            family += 1
        self._vary_ruby()

    def _take(self, seats: list[DemoArm], size: int) -> list[DemoArm]:
        """Seats for siblings, each in another level."""
        taken: list[DemoArm] = []
        for seat in list(reversed(seats[-40:])):
            if len(taken) < size and all(seat.level != other.level for other in taken):
                taken.append(seat)
        for seat in taken:
            seats.remove(seat)
        return taken

    def _demo_family(self, seats: list[DemoArm]) -> None:
        by_name = {arm.name: arm for arm in self.arms}
        places = [by_name["JSS 2 Ruby"], by_name["SS 1 Ruby"]]
        for place in places:
            seats.remove(place)
        self.register.taken |= {("Ìbùkún", "Ọlátúnbọ̀sún"), ("Tọ́míwá", "Ọlátúnbọ̀sún"), ("Morẹ́nikẹ́", "Ọlátúnbọ̀sún")}
        family = "Ọlátúnbọ̀sún"
        children = [
            self._student(0, Named("Tọ́míwá", "", family, "male"), places[0], kind="rising"),
            self._student(0, Named("Morẹ́nikẹ́", "", family, "female"), places[1], kind="steady"),
        ]
        self.guardians.append(
            DemoGuardian(
                demo_id(self.school, "guardian", 0, "primary"), Named("Ìbùkún", "", family, "female"), "Mrs",
                self.phone(), False, False, SIGN_INS[4].email, "mother", True, children,
            )
        )  # fmt: skip

    def _family(self, number: int, places: list[DemoArm]) -> None:
        people = self.register.people()
        family = self.register.family(people)
        children = [self._student(number, self.register.person(people, family), place) for place in places]
        first = self.random.choices(("mother", "father", "guardian"), (55, 35, 10))[0]
        self._guardian(number, people, family, first, True, children)
        if self.random.random() < 0.4:
            self._guardian(number, people, family, "father" if first == "mother" else "mother", False, children)

    def _guardian(
        self, number: int, people: str, family: str, relation: str, primary: bool, children: list[DemoStudent]
    ) -> None:
        gender = {"mother": "female", "father": "male"}.get(relation) or self.random.choice(("female", "male"))
        own = self.register.family(people) if relation == "guardian" else family
        named = self.register.person(people, own, gender)
        draw = self.random.random()
        phone = None if draw < 0.04 else self.phone()
        title = ("Mrs" if gender == "female" else "Mr") if self.random.random() < 0.9 else "Dr"
        guardian = DemoGuardian(
            demo_id(self.school, "guardian", number, "primary" if primary else "second"), named, title, phone,
            whatsapp=phone is not None and self.random.random() < 0.25, opted_out=0.04 <= draw < 0.07,
            email=f"guardian{number}{'' if primary else 'b'}@example.com" if self.random.random() < 0.4 else None,
            relation=relation, primary=primary, children=children,
        )  # fmt: skip
        self.guardians.append(guardian)

    def _student(self, family: int, named: Named, arm: DemoArm, kind: str | None = None) -> DemoStudent:
        number = len(self.students) + 1
        level = LEVELS.index(arm.level)
        joined = self.year.current.starts_on - timedelta(days=365 * level)
        born = self.year.current.starts_on - timedelta(days=round((11.4 + level + self.random.random()) * 365.25))
        student = DemoStudent(
            id=demo_id(self.school, "student", number), admission_no=f"{self.prefix}/{number:04}",
            named=named, born_on=born, admitted_on=joined, arm=arm, seats=self._seats(arm, number),
            ability=self.random.gauss(0, 1), care=min(1.0, self.random.betavariate(9, 1.2)),
            kind=kind or self.random.choices(KINDS, KIND_SHARES)[0],
            tastes={domain: self.random.gauss(0, 0.45) for domain in ("numbers", "language", "science", "society", "practical")},
            dropped=self.random.choice(("French", "Fine Arts")) if arm.level.startswith("JSS") else None, family=family,
        )  # fmt: skip
        self.students.append(student)
        return student

    def _seats(self, arm: DemoArm, number: int) -> tuple[DemoArm | None, ...]:
        seats: list[DemoArm | None] = [arm]
        for _ in range(len(self.year.sessions) - 1):
            seats.append(seats[-1] and self._earlier(seats[-1], number))
        return tuple(seats[1:])

    def _earlier(self, arm: DemoArm, number: int) -> DemoArm | None:
        """The arm a student sat in a session before: one level down, the same stone where there is one; none in JSS 1."""
        below = [other for other in self.arms if other.position == arm.position - 1]
        if not below:
            return None
        extra = [other for other in below if other.arm == "Sapphire"]
        if extra and arm.arm != "Sapphire" and arm.level == "JSS 3" and number % 4 == 0:
            return extra[0]
        return next((other for other in below if other.arm == arm.arm), below[number % len(below)])

    def _vary_ruby(self) -> None:
        """JSS 2 Ruby shows every case: two who opted out, one without a phone, several on WhatsApp, the rest by SMS."""
        ruby = [g for g in self.guardians[1:] if g.primary and any(c.arm.name == "JSS 2 Ruby" for c in g.children)]
        for place, guardian in enumerate(ruby):
            guardian.opted_out, guardian.whatsapp = place in (4, 21), place % 5 == 2
            guardian.phone = None if place == 13 else guardian.phone or self.phone()
