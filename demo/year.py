"""The demo school's calendar: three sessions that are over, and the first term of this one, running today."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from demo.ids import demo_id

# (session back, number, name, first week, last week), weeks counted from this one: today is in week 11 of 13.
_TERMS = (
    (3, 1, "First Term", -166, -153),
    (3, 2, "Second Term", -150, -139),
    (3, 3, "Third Term", -136, -124),
    (2, 1, "First Term", -114, -101),
    (2, 2, "Second Term", -98, -87),
    (2, 3, "Third Term", -84, -72),
    (1, 1, "First Term", -62, -49),
    (1, 2, "Second Term", -46, -35),
    (1, 3, "Third Term", -32, -20),
    (0, 1, "First Term", -10, 2),
)


@dataclass(frozen=True, slots=True)
class DemoTerm:
    id: UUID
    session_id: UUID
    session: str
    back: int
    number: int
    name: str
    starts_on: date
    ends_on: date
    current: bool

    def school_days(self, until: date, holidays: set[date]) -> list[date]:
        """The weekdays of the term before a day, without holidays."""
        span = (min(self.ends_on + timedelta(days=1), until) - self.starts_on).days
        days = (self.starts_on + timedelta(days=n) for n in range(span))
        return [day for day in days if day.weekday() < 5 and day not in holidays]


@dataclass(frozen=True, slots=True)
class Year:
    """Terms oldest first; `sessions` maps a session's id to its name, start and end."""

    terms: tuple[DemoTerm, ...]
    sessions: dict[UUID, tuple[str, date, date]]
    holidays: tuple[tuple[str, date, date], ...]

    @property
    def current(self) -> DemoTerm:
        return self.terms[-1]

    @property
    def days_off(self) -> set[date]:
        return {first + timedelta(days=n) for _, first, last in self.holidays for n in range((last - first).days + 1)}


def around(today: date, school: str) -> Year:
    """The calendar of a school in which `today` is a day of the running term."""
    monday = today - timedelta(days=today.weekday())
    started = (monday + timedelta(weeks=_TERMS[-1][3])).year
    terms: list[DemoTerm] = []
    for back, number, name, first, last in _TERMS:
        session = f"{started - back}/{started - back + 1}"
        terms.append(
            DemoTerm(
                id=demo_id(school, "term", back, number), session_id=demo_id(school, "session", back), session=session,
                back=back, number=number, name=name, starts_on=monday + timedelta(weeks=first),
                ends_on=monday + timedelta(weeks=last, days=4), current=back == 0,
            )
        )  # fmt: skip
    over = [terms[at : at + 3] for at in range(0, len(terms) - 1, 3)]
    sessions = {own[0].session_id: (own[0].session, own[0].starts_on, own[-1].ends_on) for own in over}
    now = terms[-1]
    sessions[now.session_id] = (now.session, now.starts_on, now.starts_on + timedelta(weeks=44))
    breaks = [
        (f"Mid-term break, {term.name}", term.starts_on + timedelta(weeks=6, days=3), term.starts_on + timedelta(weeks=6, days=4))
        for term in terms
    ]  # fmt: skip
    return Year(tuple(terms), sessions, tuple(breaks))
