"""What is wrong with a timetable, in words and in numbers. Shares no code with anything that searches for one.

`check` counts every broken hard rule and prices every unmet soft rule. It is slow and plain on purpose: it re-derives who is
busy when from the lessons alone, and works on a part of a timetable as well as on a whole one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, pairwise, permutations

from pydantic import BaseModel, Field

from school.timetabling import instance as tt
from school.timetabling.instance import Assignments, Instance, Lesson, Slot


class Violation(BaseModel, frozen=True):
    """One rule not kept: `amount` in the rule's own unit (periods, days, lessons), `cost` = weight times amount if soft."""

    kind: str
    hard: bool
    amount: int
    cost: float = 0
    words: str
    rule: str | None = None
    lessons: tuple[str, ...] = ()


class Report(BaseModel, frozen=True):
    hard: int = Field(description="Hard violations, counted.")
    soft: float = Field(description="Total cost of the unmet soft rules.")
    violations: tuple[Violation, ...] = ()

    @property
    def valid(self) -> bool:
        return self.hard == 0


Busy = dict[str, dict[int, dict[int, list[str]]]]


def check(instance: Instance, assignments: Assignments, *, partial: bool = False) -> Report:
    """Check a whole timetable, or with `partial` one in which lessons may still be missing."""
    found = list(_Check(instance, assignments, partial).all())
    return Report(
        hard=sum(v.amount for v in found if v.hard),
        soft=round(sum(v.cost for v in found), 6),
        violations=tuple(sorted(found, key=lambda v: (not v.hard, -v.cost))),
    )


def _clash(kind: str, words: str, *lessons: str, amount: int = 1) -> Violation:
    return Violation(kind=kind, hard=True, amount=amount, words=words, lessons=lessons)


class _Check:
    def __init__(self, instance: Instance, assignments: Assignments, partial: bool) -> None:
        self.instance, self.given, self.partial = instance, assignments, partial
        self.days, self.periods = range(len(instance.days)), len(instance.periods)
        self.lesson = {lesson.id: lesson for lesson in instance.lessons}
        self.atoms = {group.id: group.atom_ids() for group in instance.classes}
        self.blocked = set(instance.blocked)
        self.away: dict[str, dict[str, set[Slot]]] = {
            "class": {group.id: set(group.unavailable) for group in instance.classes},
            "teacher": {teacher.id: set(teacher.unavailable) for teacher in instance.teachers},
            "room": {room.id: set(room.unavailable) for room in instance.rooms},
        }
        self.atom_away: dict[str, set[Slot]] = defaultdict(set)
        for group in instance.classes:
            for atom in group.atom_ids():
                self.atom_away[atom] |= set(group.unavailable)
        self.building = {room.id: room.campus for room in instance.rooms if room.campus}
        self.at: dict[str, Slot] = {}
        self.busy: dict[str, Busy] = {who: _nested() for who in ("class", "teacher", "room")}
        self.names = {teacher.id: teacher.label for teacher in instance.teachers}

    def all(self) -> Iterator[Violation]:
        yield from self._placements()
        yield from self._clashes()
        for rule in self.instance.rules:
            for amount, hard, words, lessons in self._rule(rule):
                cost = 0.0 if hard else rule.weight * amount
                yield Violation(
                    kind=rule.type,
                    hard=hard,
                    amount=amount,
                    cost=cost,
                    words=words,
                    rule=rule.id or None,
                    lessons=lessons,
                )

    def when(self, lesson: str) -> str:
        return self.instance.slot_name(self.at[lesson])

    def taken(self, lesson: str) -> list[Slot]:
        day, period = self.at[lesson]
        return [(day, period + i) for i in range(self.lesson[lesson].duration)]

    def _placements(self) -> Iterator[Violation]:
        for key in self.given:
            if key not in self.lesson:
                yield _clash("unknown lesson", f"There is no lesson {key}.", key)
        for lesson in self.instance.lessons:
            place = self.given.get(lesson.id)
            if place is None:
                if not self.partial:
                    yield _clash("missing lesson", f"{lesson.label} is not placed.", lesson.id)
                continue
            last = place.period + lesson.duration
            if place.day not in self.days or place.period < 0 or last > self.periods:
                yield _clash(
                    "outside the day", f"{lesson.label} does not fit into the day where it is placed.", lesson.id
                )
                continue
            self.at[lesson.id] = place.slot
            yield from self._one(lesson, place.room)

    def _one(self, lesson: Lesson, room: str | None) -> Iterator[Violation]:
        when = self.when(lesson.id)
        if lesson.starts is not None and self.at[lesson.id] not in set(lesson.starts):
            yield _clash("start not allowed", f"{lesson.label} may not start on {when}.", lesson.id)
        if lesson.rooms and room not in lesson.rooms:
            yield _clash("room missing or not allowed", f"{lesson.label} on {when} has no room it may use.", lesson.id)
        if room is not None and room not in self.away["room"]:
            yield _clash("room unknown", f"{lesson.label} is in {room}, which does not exist.", lesson.id)
            room = None
        users = [("class", c, self.names.get(c, c)) for c in lesson.classes]
        users += [("teacher", t, self.names.get(t, t)) for t in lesson.teachers]
        users += [("room", room, room)] if room else []
        for day, period in self.taken(lesson.id):
            name = self.instance.slot_name((day, period))
            if (day, period) in self.blocked:
                yield _clash("blocked slot", f"{lesson.label} takes {name}, when nothing is taught.", lesson.id)
            for who, key, label in users:
                if (day, period) in self.away[who][key]:
                    yield _clash(
                        f"{who} unavailable", f"{label} is not available on {name} ({lesson.label}).", lesson.id
                    )
            for atom in {a for c in lesson.classes for a in self.atoms[c]}:
                self.busy["class"][atom][day][period].append(lesson.id)
            for who, key, _ in users:
                if who != "class":
                    self.busy[who][key][day][period].append(lesson.id)

    def _clashes(self) -> Iterator[Violation]:
        for who, busy in self.busy.items():
            for key, week in busy.items():
                for day, row in week.items():
                    for period, lessons in row.items():
                        if len(lessons) > 1:
                            label = self.names.get(key, key)
                            what = " and ".join(self.lesson[x].label for x in lessons)
                            when = self.instance.slot_name((day, period))
                            words = f"{label} has {what} on {when} at once."
                            yield _clash(f"{who} clash", words, *lessons, amount=len(lessons) - 1)

    def _rule(self, rule: tt.Rule) -> Iterator[tuple[int, bool, str, tuple[str, ...]]]:
        """(amount, hard, words, lessons) for each way in which the rule is not kept."""
        match rule:
            case tt.MinDays():
                yield from self._min_days(rule)
            case tt.TeacherLimit() | tt.TeacherFloor() | tt.TeacherInterval():
                for teacher in rule.teachers:
                    week, away = self.busy["teacher"][teacher], self.away["teacher"][teacher]
                    if amount := self._amount(rule, rule.type.removeprefix("teacher_"), week, away):
                        yield (
                            amount,
                            rule.hard,
                            f"{self.names[teacher]}: {said(rule)} ({amount} too many or too few).",
                            (),
                        )
            case tt.ClassLimit() | tt.ClassFloor() | tt.ClassInterval() | tt.EarlyStart():
                for atom in sorted({a for c in rule.classes for a in self.atoms[c]}):
                    week, away = self.busy["class"][atom], self.atom_away[atom]
                    if amount := self._amount(rule, rule.type.removeprefix("class_"), week, away):
                        yield amount, rule.hard, f"{atom}: {said(rule)} ({amount} too many or too few).", ()
            case tt.MaxDays():
                for a, b in combinations(self._placed(rule.lessons), 2):
                    if (apart := abs(self.at[a][0] - self.at[b][0])) > rule.days:
                        both = f"{self.lesson[a].label} on {self.when(a)} and on {self.when(b)}"
                        yield apart - rule.days, rule.hard, f"{both}: {said(rule)}.", (a, b)
            case tt.SlotLimit():
                yield from self._slot_limit(rule)
            case tt.SameRoom() | tt.FewRooms():
                yield from self._room_rule(rule)
            case tt.Together():
                yield from self._together(rule)
            case tt.InOrder():
                yield from self._in_order(rule)
            case tt.Apart():
                yield from self._apart(rule)
            case tt.PreferStarts() | tt.PreferSlots() | tt.PreferRooms():
                yield from self._preferred(rule)

    def _amount(self, rule: _WeeklyRule, kind: str, week: dict[int, dict[int, list[str]]], away: set[Slot]) -> int:
        if "building" in kind:
            return self._buildings(kind, getattr(rule, "max", getattr(rule, "min", 0)), week)
        chosen: set[str] = set(getattr(rule, "lessons", ()))
        if chosen:
            week = {
                d: {p: kept for p, xs in row.items() if (kept := [x for x in xs if x in chosen])}
                for d, row in week.items()
            }
        return _weekly(rule, kind, self._rows(week, away))

    def _buildings(self, kind: str, number: int, week: dict[int, dict[int, list[str]]]) -> int:
        """How far one week is from a rule about changes of building."""
        changes: list[list[int]] = []
        for row in week.values():
            visits = [
                (period, self.building[self.given[x].room or ""])
                for period in sorted(row)
                for x in row[period][:1]
                if self.building.get(self.given[x].room or "")
            ]
            changes.append([q - p - 1 for (p, here), (q, there) in pairwise(visits) if here != there])
        if kind == "min_building_gaps":
            return sum(gap < number for day in changes for gap in day)
        if kind == "max_building_changes_day":
            return sum(max(0, len(day) - number) for day in changes)
        return max(0, sum(map(len, changes)) - number)

    def _slot_limit(self, rule: tt.SlotLimit) -> Iterator[tuple[int, bool, str, tuple[str, ...]]]:
        inside: dict[Slot, list[str]] = {slot: [] for slot in rule.slots}
        for lesson in self._placed(rule.lessons):
            for slot in self.taken(lesson):
                if slot in inside:
                    inside[slot].append(lesson)
        if rule.type == "at_once":
            for slot, lessons in inside.items():
                if len(lessons) > rule.max:
                    words = f"{len(lessons)} lessons on {self.instance.slot_name(slot)}: {said(rule)}."
                    yield len(lessons) - rule.max, rule.hard, words, tuple(lessons)
            return
        used = [slot for slot, lessons in inside.items() if lessons]
        if len(used) > rule.max:
            lessons = dict.fromkeys(x for slot in used for x in inside[slot])
            yield len(used) - rule.max, rule.hard, f"{len(used)} of the times: {said(rule)}.", tuple(lessons)

    def _room_rule(self, rule: tt.SameRoom | tt.FewRooms) -> Iterator[tuple[int, bool, str, tuple[str, ...]]]:
        housed = [x for x in self._placed(rule.lessons) if self.given[x].room]
        if isinstance(rule, tt.FewRooms):
            rooms = sorted({self.given[x].room or "" for x in housed})
            if len(rooms) > rule.max:
                yield len(rooms) - rule.max, rule.hard, f"{', '.join(rooms)}: {said(rule)}.", tuple(housed)
            return
        for a, b in permutations(housed, 2):
            (day, period), (other_day, other) = self.at[a], self.at[b]
            follows = day == other_day and other == period + self.lesson[a].duration
            if follows and self.given[a].room != self.given[b].room:
                words = f"{self.lesson[a].label} and {self.lesson[b].label} on {self.when(a)}: {said(rule)}."
                yield 1, rule.hard, words, (a, b)

    def _rows(self, week: dict[int, dict[int, list[str]]], away: set[Slot]) -> list[tuple[list[bool], list[bool]]]:
        """For each day: is each period busy, and could it be used."""
        return [
            (
                [bool(week.get(day, {}).get(period)) for period in range(self.periods)],
                [(day, period) not in self.blocked and (day, period) not in away for period in range(self.periods)],
            )
            for day in self.days
        ]

    def _placed(self, lessons: tuple[str, ...]) -> list[str]:
        return [lesson for lesson in lessons if lesson in self.at]

    def _min_days(self, rule: tt.MinDays) -> Iterator[tuple[int, bool, str, tuple[str, ...]]]:
        for a, b in combinations(self._placed(rule.lessons), 2):
            apart = abs(self.at[a][0] - self.at[b][0])
            both = f"{self.lesson[a].label} on {self.when(a)} and on {self.when(b)}"
            if apart < rule.days:
                yield rule.days - apart, rule.hard, f"{both}: less than {rule.days} day(s) apart.", (a, b)
            if apart == 0 and rule.adjacent_if_same_day and not self._touch(a, b):
                yield 1, True, f"{both}: on one day but not one after the other.", (a, b)

    def _touch(self, a: str, b: str) -> bool:
        (_, p), (_, q) = self.at[a], self.at[b]
        return p + self.lesson[a].duration == q or q + self.lesson[b].duration == p

    def _free_between(self, day: int, start: int, end: int) -> bool:
        return all((day, period) in self.blocked for period in range(start, end))

    def _together(self, rule: tt.Together) -> Iterator[tuple[int, bool, str, tuple[str, ...]]]:
        placed = self._placed(rule.lessons)
        if not placed:
            return
        first, words = placed[0], said(rule)
        if rule.type in ("same_start", "same_day", "same_hour"):
            key = {"same_start": lambda s: s, "same_day": lambda s: s[0], "same_hour": lambda s: s[1]}[rule.type]
            for other in placed[1:]:
                if key(self.at[other]) != key(self.at[first]):
                    pair = f"{self.lesson[first].label} and {self.lesson[other].label}"
                    yield 1, rule.hard, f"{pair}: {words}.", (first, other)
        elif rule.type == "not_overlap":
            for a, b in combinations(placed, 2):
                if set(self.taken(a)) & set(self.taken(b)):
                    yield 1, rule.hard, f"{self.lesson[a].label} and {self.lesson[b].label}: {words}.", (a, b)
        elif rule.type == "grouped":
            if not self._one_stretch(placed):
                yield 1, rule.hard, f"{', '.join(self.lesson[x].label for x in placed)}: {words}.", tuple(placed)
        else:
            for lesson in placed:
                day, period = self.at[lesson]
                after = range(period + self.lesson[lesson].duration, self.periods)
                atoms = {a for c in self.lesson[lesson].classes for a in self.atoms[c]}
                if any(self.busy["class"][atom].get(day, {}).get(q) for atom in atoms for q in after):
                    yield 1, rule.hard, f"{self.lesson[lesson].label} on {self.when(lesson)}: {words}.", (lesson,)

    def _one_stretch(self, lessons: list[str]) -> bool:
        if len({self.at[lesson][0] for lesson in lessons}) > 1:
            return False
        for a, b in pairwise(sorted(lessons, key=lambda x: self.at[x][1])):
            day, end = self.at[a][0], self.at[a][1] + self.lesson[a].duration
            if self.at[b][1] < end or not self._free_between(day, end, self.at[b][1]):
                return False
        return True

    def _in_order(self, rule: tt.InOrder) -> Iterator[tuple[int, bool, str, tuple[str, ...]]]:
        a, b = rule.first, rule.second
        if a not in self.at or b not in self.at:
            if not self.partial:
                yield 1, rule.hard, f"{a} and {b}: {said(rule)}, and one is not placed.", (a, b)
            return
        (day, period), (other_day, other) = self.at[a], self.at[b]
        end = period + self.lesson[a].duration
        kept = (
            (other_day, other) >= (day, end) or (rule.type == "ordered_same_day" and day != other_day)
            if rule.type != "consecutive"
            else day == other_day and other >= end and self._free_between(day, end, other)
        )
        if not kept:
            yield 1, rule.hard, f"{self.lesson[b].label} and {self.lesson[a].label}: {said(rule)}.", (a, b)

    def _apart(self, rule: tt.Apart) -> Iterator[tuple[int, bool, str, tuple[str, ...]]]:
        for a in self._placed(rule.first):
            for b in self._placed(rule.second):
                if a == b or self.at[a][0] != self.at[b][0]:
                    continue
                gap = self.at[b][1] - self.at[a][1] - self.lesson[a].duration
                if not rule.in_order and self.at[b][1] < self.at[a][1]:
                    gap = self.at[a][1] - self.at[b][1] - self.lesson[b].duration
                if (self.at[b][1] >= self.at[a][1] or not rule.in_order) and gap < rule.gaps:
                    words = f"{self.lesson[a].label} on {self.when(a)} is too close to {self.lesson[b].label}."
                    yield 1, rule.hard, words, (a, b)

    def _preferred(
        self, rule: tt.PreferStarts | tt.PreferSlots | tt.PreferRooms
    ) -> Iterator[tuple[int, bool, str, tuple[str, ...]]]:
        for lesson in self._placed(rule.lessons):
            if isinstance(rule, tt.PreferRooms):
                kept = self.given[lesson].room in rule.rooms
            elif isinstance(rule, tt.PreferStarts):
                kept = self.at[lesson] in set(rule.starts)
            else:
                kept = set(self.taken(lesson)) <= set(rule.slots)
            if not kept:
                yield 1, rule.hard, f"{self.lesson[lesson].label} on {self.when(lesson)}: {said(rule)}.", (lesson,)


def _nested() -> Busy:
    return defaultdict(lambda: defaultdict(lambda: defaultdict(list)))


_WeeklyRule = (
    tt.TeacherLimit
    | tt.TeacherFloor
    | tt.TeacherInterval
    | tt.ClassLimit
    | tt.ClassFloor
    | tt.ClassInterval
    | tt.EarlyStart
)


def _weekly(rule: _WeeklyRule, kind: str, rows: list[tuple[list[bool], list[bool]]]) -> int:
    loads = [sum(busy) for busy, _ in rows]
    if isinstance(rule, tt.EarlyStart):
        return _late(rows, rule.max_late_days)
    if isinstance(rule, tt.TeacherInterval | tt.ClassInterval):
        return max(0, sum(any(busy[rule.from_ : rule.to]) for busy, _ in rows) - rule.max)
    if isinstance(rule, tt.TeacherFloor | tt.ClassFloor):
        if kind == "min_days":
            return max(0, rule.min - sum(n > 0 for n in loads))
        if kind == "min_rest":
            return _missing_rest([busy for busy, _ in rows], rule.min, rule.circular)
        return sum(max(0, rule.min - n) for n in loads if n or not rule.allow_empty)
    match kind:
        case "max_per_day":
            return sum(max(0, n - rule.max) for n in loads)
        case "max_consecutive":
            return sum(max(0, run - rule.max) for busy, _ in rows for run in _runs(busy))
        case "max_days":
            return max(0, sum(n > 0 for n in loads) - rule.max)
        case "max_span_day":
            over = sum(max(0, _span(busy) - rule.max) for busy, _ in rows)
            return max(0, over - rule.one_day_more)
        case "max_gaps_week":
            return max(0, sum(_gaps(*row) for row in rows) - rule.max)
        case _:
            return sum(max(0, _gaps(*row) - rule.max) for row in rows)


def _gaps(busy: list[bool], usable: list[bool]) -> int:
    at = [period for period, is_busy in enumerate(busy) if is_busy]
    return sum(usable[p] and not busy[p] for p in range(at[0], at[-1])) if at else 0


def _span(busy: list[bool]) -> int:
    at = [period for period, is_busy in enumerate(busy) if is_busy]
    return at[-1] - at[0] + 1 if at else 0


def _missing_rest(days: list[list[bool]], least: int, circular: bool) -> int:
    """Free periods missing between the last lesson of each day and the first of the next, where both days have lessons."""
    nights = [*pairwise(days), *([(days[-1], days[0])] if circular else [])]
    return sum(
        max(0, least - (evening[::-1].index(True) + morning.index(True)))
        for evening, morning in nights
        if any(evening) and any(morning)
    )


def _runs(busy: list[bool]) -> list[int]:
    return [len(run) for run in "".join("#" if b else " " for b in busy).split()]


def _late(rows: list[tuple[list[bool], list[bool]]], allowed: int) -> int:
    late = later = 0
    for busy, usable in rows:
        if not any(busy):
            continue
        could = [period for period, ok in enumerate(usable) if ok]
        begins = busy.index(True)
        if could and begins <= could[0]:
            continue
        if len(could) > 1 and begins == could[1]:
            late += 1
        else:
            later += 1
    return max(0, late - allowed) + later


def said(rule: tt.Rule) -> str:
    """The rule itself in words."""
    match rule:
        case tt.TeacherLimit() | tt.ClassLimit():
            unit = {
                "max_per_day": f"at most {rule.max} periods a day",
                "max_consecutive": f"at most {rule.max} periods without a break",
                "max_days": f"at most {rule.max} days a week",
                "max_gaps_week": f"at most {rule.max} free periods between lessons in the week",
                "max_gaps_day": f"at most {rule.max} free periods between lessons in a day",
                "max_span_day": f"at most {rule.max} periods from the first lesson of a day to the last",
                "max_building_changes_day": f"at most {rule.max} changes of building a day",
                "max_building_changes_week": f"at most {rule.max} changes of building a week",
            }
            return unit[rule.type.split("_", 1)[1]] + (" of some lessons" if rule.lessons else "")
        case tt.TeacherFloor() | tt.ClassFloor():
            least = {
                "min_days": "days a week",
                "min_per_day": "periods a day",
                "min_rest": "free periods between the end of a day and the next day's first lesson",
                "min_building_gaps": "free periods between lessons in different buildings",
            }
            return f"at least {rule.min} {least[rule.type.split('_', 1)[1]]}"
        case tt.TeacherInterval() | tt.ClassInterval():
            return f"lessons between periods {rule.from_ + 1} and {rule.to} on at most {rule.max} days"
        case tt.EarlyStart():
            return f"the day begins with the first period, a period late on at most {rule.max_late_days} days"
        case tt.Together():
            return {
                "same_start": "must start together",
                "same_day": "must be on one day",
                "same_hour": "must start in the same period",
                "not_overlap": "must not overlap",
                "grouped": "must follow one another without a gap",
                "ends_class_day": "must be the last lesson of the day",
            }[rule.type]
        case tt.InOrder():
            return {
                "consecutive": "the first must come right after the second",
                "ordered": "the first must come later",
                "ordered_same_day": "the first must come later if both are on one day",
            }[rule.type]
        case tt.MaxDays():
            return f"lessons at most {rule.days} day(s) apart"
        case tt.SlotLimit():
            return (
                f"at most {rule.max} of these lessons at once"
                if rule.type == "at_once"
                else f"at most {rule.max} of these times may be taken"
            )
        case tt.SameRoom():
            return "in one room if they follow one another"
        case tt.FewRooms():
            return f"in at most {rule.max} different rooms"
        case tt.PreferStarts() | tt.PreferSlots():
            return "outside its preferred times"
        case tt.PreferRooms():
            return "not in a preferred room"
        case tt.MinDays():
            return f"lessons at least {rule.days} day(s) apart"
        case tt.Apart():
            return f"at least {rule.gaps} free period(s) between them"
