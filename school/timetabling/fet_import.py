"""FET's `.fet` files as instances: what is understood becomes a rule, what is not is named with how often it occurs.

FET's weights are percentages: 100 is a hard rule; below, the price of breaking it is 0.5 / (1 - weight).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from runtime.errors import InvalidInput
from school.timetabling import instance as tt
from school.timetabling.instance import Assignments, ClassGroup, Instance, Lesson, Place, Room, Slot, Subject, Teacher


class UnreadableFet(InvalidInput):
    """No FET file, or a damaged one."""

    code = "unreadable_fet"


@dataclass(frozen=True)
class Imported:
    """`missing` counts the active constraints of kinds that have no rule here; the instance is looser by them."""

    instance: Instance
    missing: dict[str, int] = field(default_factory=dict[str, int])
    placed: Assignments = field(default_factory=dict[str, Place])
    """Where the file has its lessons already; read with `release` only."""
    held: frozenset[str] = frozenset()
    """Those of them the file locks for good."""

    @property
    def complete(self) -> bool:
        return not self.missing


def from_fet(text: str, name: str = "", *, release: bool = False) -> Imported:
    """Read a `.fet` file; with `release` what it has placed is a timetable beside the problem, not a rule in it.

    Errors: unreadable_fet.
    """
    try:
        root = fromstring(text.lstrip("\ufeff").encode())
    except (ParseError, DefusedXmlException) as error:
        raise UnreadableFet(f"This is no FET file: {error}.") from error
    if root.tag != "fet":
        raise UnreadableFet("This is no FET file: it does not begin with <fet>.")
    try:
        return _Reader(root, name, release).read()
    except (KeyError, ValueError, AttributeError) as error:
        raise UnreadableFet(f"This FET file is damaged: {error!r}.") from error


def timetable_of(text: str, instance: Instance) -> Assignments:
    """The times and rooms in the activities file that FET writes with a timetable."""
    days = {day: n for n, day in enumerate(instance.days)}
    hours = {hour: n for n, hour in enumerate(instance.periods)}
    found: Assignments = {}
    for item in fromstring(text.lstrip("\ufeff").encode()).iter("Activity"):
        day, hour = _text(item, "Day"), _text(item, "Hour")
        if day in days and hour in hours:
            key, real = _text(item, "Id"), _all(item, "Real_Room")
            for n, room in enumerate(real or [_text(item, "Room")]):
                found[f"{key}+{n}" if n else key] = Place(day=days[day], period=hours[hour], room=room or None)
    return found


def _text(element: Element, tag: str) -> str:
    return _clean(element.findtext(tag))


def _all(element: Element, tag: str) -> list[str]:
    return [_clean(x.text) for x in element.findall(tag)]


def _clean(text: str | None) -> str:
    """Without the space around it; a name of nothing but spaces, which FET takes for a name, stays one."""
    return (text or "").strip() or (text or "").strip("\n\r\t")


class _Activity:
    def __init__(self, item: Element) -> None:
        self.id = _text(item, "Id")
        self.group = _text(item, "Activity_Group_Id")
        self.teachers = _all(item, "Teacher")
        self.subject = _text(item, "Subject")
        self.tags = [t for t in _all(item, "Activity_Tag") if t]
        self.students = _all(item, "Students")
        self.duration = int(_text(item, "Duration"))
        count = _text(item, "Number_Of_Students")
        self.size = int(count) if count else None
        self.component = 1


class _Reader:
    def __init__(self, root: Element, name: str, release: bool = False) -> None:
        self.root, self.name, self.release = root, name, release
        self.placed: dict[str, Slot] = {}
        self.placed_in: dict[str, str] = {}
        self.held: set[str] = set()
        self.days = [_text(x, "Name") for x in root.findall("Days_List/Day")]
        self.hours = [_text(x, "Name") for x in root.findall("Hours_List/Hour")]
        if not self.days or not self.hours:
            raise UnreadableFet("This FET file names no days or no hours.")
        self.day = {x: n for n, x in enumerate(self.days)}
        self.hour = {x: n for n, x in enumerate(self.hours)}
        self.missing: Counter[str] = Counter()
        self.rules: list[tt.Rule] = []
        self.blocked: set[Slot] = set()
        self.away: dict[str, dict[str, set[Slot]]] = {k: defaultdict(set) for k in ("teacher", "students", "room")}
        self.starts: dict[str, set[Slot]] = {}
        self.room_choice: dict[str, list[tuple[int, frozenset[str], bool, float]]] = defaultdict(list)

    def read(self) -> Imported:
        mode = _text(self.root, "Mode")
        if mode and mode != "Official":
            self.missing[f"mode {mode}"] += 1
        self._students()
        self.teachers = [_text(x, "Name") for x in self.root.findall("Teachers_List/Teacher")]
        self.activities = [
            _Activity(x) for x in self.root.findall("Activities_List/Activity") if _text(x, "Active") != "false"
        ]
        self.by_id = {a.id: a for a in self.activities}
        parts: dict[str, int] = Counter()
        for a in self.activities:
            if a.group not in ("", "0"):
                parts[a.group] += 1
                a.component = parts[a.group]
        self.room_sizes = {
            _text(x, "Name"): int(_text(x, "Capacity") or 10**9) for x in self.root.findall("Rooms_List/Room")
        }
        self.buildings = {_text(x, "Name"): _text(x, "Building") or None for x in self.root.findall("Rooms_List/Room")}
        self.virtual = {
            _text(x, "Name"): [frozenset(_all(s, "Real_Room")) for s in x.findall("Set_of_Real_Rooms")]
            for x in self.root.findall("Rooms_List/Room")
            if _text(x, "Virtual") == "true"
        }
        for lists in ("Time_Constraints_List", "Space_Constraints_List"):
            for item in self.root.find(lists) or ():
                if item.tag.startswith("Constraint") and _text(item, "Active") != "false":
                    self._constraint(item)
        self.atom_away: dict[str, set[Slot]] = {}
        for students, slots in self.away["students"].items():
            for atom in self.atoms[students]:
                self.atom_away.setdefault(atom, set()).update(slots)
        return Imported(
            self._instance(),
            dict(sorted(self.missing.items())),
            self._placed(),
            frozenset(self.held & set(self.placed)),
        )

    def _placed(self) -> Assignments:
        return {
            key: Place(day=day, period=period, room=self.placed_in.get(key))
            for key, (day, period) in self.placed.items()
        }

    def _students(self) -> None:
        """Atoms of every year, group and subgroup, and how many students each has."""
        self.atoms: dict[str, set[str]] = defaultdict(set)
        self.sizes: dict[str, int] = {}
        self.years = [_text(year, "Name") for year in self.root.findall("Students_List/Year")]
        for year in self.root.findall("Students_List/Year"):
            name = _text(year, "Name")
            self.sizes[name] = int(_text(year, "Number_of_Students") or 0)
            groups = year.findall("Group")
            for group in groups:
                inner = _text(group, "Name")
                self.sizes.setdefault(inner, int(_text(group, "Number_of_Students") or 0))
                leaves = [_text(s, "Name") for s in group.findall("Subgroup")]
                for sub in group.findall("Subgroup"):
                    self.sizes.setdefault(_text(sub, "Name"), int(_text(sub, "Number_of_Students") or 0))
                for leaf in leaves or [inner]:
                    for holder in (name, inner, leaf):
                        self.atoms[holder].add(leaf)
            if not groups:
                self.atoms[name].add(name)

    def _share(self, one: str, other: str) -> bool:
        return bool(self.atoms[one] & self.atoms[other])

    def _slot(self, item: Element, day: str, hour: str) -> Slot:
        return (self.day[_text(item, day)], self.hour[_text(item, hour)])

    def _terms(self, item: Element) -> dict[str, Any]:
        percent = float(_text(item, "Weight_Percentage") or 100)
        return {
            "hard": percent >= 100,
            "weight": 1 if percent >= 100 else round(0.5 / (1 - min(percent, 99.99) / 100), 2),
        }

    def _constraint(self, item: Element) -> None:
        kind = item.tag.removeprefix("Constraint")
        if kind in ("BasicCompulsoryTime", "BasicCompulsorySpace"):
            return
        if self.release and self._placing(kind, item):
            return
        if read := _KINDS.get(kind):
            read(self, item)
        elif not self._room_constraint(kind, item):
            self.missing[kind] += 1

    def _placing(self, kind: str, item: Element) -> bool:
        """Note the one time or room a lesson is fixed at; a room locked for good stays a rule besides."""
        key, locked = _text(item, "Activity_Id"), _text(item, "Permanently_Locked") == "true"
        if key not in self.by_id or not self._terms(item)["hard"]:
            return False
        if kind == "ActivityPreferredStartingTime":
            day = _text(item, "Preferred_Day") or _text(item, "Day")
            hour = _text(item, "Preferred_Hour") or _text(item, "Hour")
            if not day or not hour:
                return False
            self.placed[key] = (self.day[day], self.hour[hour])
            if locked:
                self.held.add(key)
            return True
        room = _text(item, "Room")
        if kind != "ActivityPreferredRoom" or not room or room in self.virtual:
            return False
        self.placed_in[key] = room
        return not locked

    def _rule(self, item: Element, **values: Any) -> None:
        body = {"id": f"F{len(self.rules) + 1}", **self._terms(item), **values}
        self.rules.append(tt.RULE.validate_python(body))

    def _ids(self, item: Element, tag: str = "Activity_Id") -> list[str]:
        return [i for i in _all(item, tag) if i in self.by_id]

    def _unavailable(self, item: Element, who: str, tag: str) -> None:
        slots = {self._slot(x, "Day", "Hour") for x in item.findall("Not_Available_Time")}
        self.away[who][_text(item, tag)] |= slots

    def _break(self, item: Element) -> None:
        self.blocked |= {self._slot(x, "Day", "Hour") for x in item.findall("Break_Time")}

    def _spread(self, item: Element) -> None:
        lessons = self._ids(item)
        if len(lessons) > 1:
            together = _text(item, "Consecutive_If_Same_Day") == "true"
            self._rule(
                item, type="min_days", lessons=lessons, days=int(_text(item, "MinDays")), adjacent_if_same_day=together
            )

    def _limit(self, item: Element, kind: str, tag: str) -> None:
        """A number for one teacher, all teachers, one set of students or all of them."""
        number = int(_text(item, tag))
        holder: dict[str, Any]
        if kind.startswith("teacher_"):
            one = _text(item, "Teacher_Name") or _text(item, "Teacher")
            holder = {"teachers": [one] if one else self.teachers}
        else:
            one = _text(item, "Students")
            holder = {"classes": [one] if one else self.years}
        name = "min" if "_min_" in kind else "max_late_days" if kind == "class_early_start" else "max"
        values = {"type": kind, name: number, **holder}
        if "_min_" in kind and kind != "teacher_min_days":
            values["allow_empty"] = _text(item, "Allow_Empty_Days") != "false"
        values["circular"] = _text(item, "Circular") == "true"
        values["one_day_more"] = _text(item, "Allow_One_Day_Exception_of_Plus_One") == "true"
        if activity_tag := _text(item, "Activity_Tag_Name") or _text(item, "Activity_Tag"):
            values["lessons"] = [a.id for a in self.activities if activity_tag in a.tags]
            if not values["lessons"]:
                return
        self._rule(item, **values)

    def _interval(self, item: Element, kind: str) -> None:
        end = _text(item, "Interval_End_Hour")
        one = _text(item, "Teacher_Name") or _text(item, "Students")
        everyone = self.teachers if kind.startswith("teacher") else self.years
        who = {"teachers" if kind.startswith("teacher") else "classes": [one] if one else everyone}
        span = {"from": self.hour[_text(item, "Interval_Start_Hour")], "to": self.hour[end] if end else len(self.hours)}
        self._rule(item, type=kind, max=int(_text(item, "Max_Days_Per_Week")), **span, **who)

    def _together(self, item: Element, kind: str) -> None:
        lessons = self._ids(item)
        if len(lessons) > 1:
            self._rule(item, type=kind, lessons=lessons)

    def _pair(self, item: Element, kind: str) -> None:
        first, second = _text(item, "First_Activity_Id"), _text(item, "Second_Activity_Id")
        if first in self.by_id and second in self.by_id:
            self._rule(item, type=kind, first=first, second=second)

    def _grouped(self, item: Element) -> None:
        tags = ("First_Activity_Id", "Second_Activity_Id", "Third_Activity_Id")
        lessons = [i for tag in tags if (i := _text(item, tag)) in self.by_id]
        if len(lessons) > 1:
            self._rule(item, type="grouped", lessons=lessons)

    def _gaps_between(self, item: Element) -> None:
        lessons = self._ids(item)
        if len(lessons) > 1:
            self._rule(
                item, type="apart", first=lessons, second=lessons, gaps=int(_text(item, "MinGaps")), in_order=True
            )

    def _gaps_between_tags(self, item: Element) -> None:
        """Free periods between a lesson with the first tag and a later one with the second, where someone has both."""
        first, second = _text(item, "First_Activity_Tag"), _text(item, "Second_Activity_Tag")
        teacher, students = _text(item, "Teacher"), _text(item, "Students")
        by_teacher = item.tag.startswith("ConstraintTeacher")

        def holders(a: _Activity) -> set[str]:
            if by_teacher:
                return {t for t in a.teachers if not teacher or t == teacher}
            atoms = {atom for s in a.students for atom in self.atoms[s]}
            return atoms & self.atoms[students] if students else atoms

        later = [(b.id, holders(b)) for b in self.activities if second in b.tags]
        for a in self.activities:
            if first in a.tags:
                mine = holders(a)
                close = [key for key, theirs in later if key != a.id and mine & theirs]
                if close:
                    self._rule(item, type="apart", first=[a.id], second=close, gaps=int(_text(item, "MinGaps")))

    def _slot_limit(self, item: Element, kind: str, tag: str) -> None:
        slots = {self._slot(x, "Selected_Day", "Selected_Hour") for x in item.findall("Selected_Time_Slot")}
        self._group(item, kind, slots=sorted(slots), max=int(_text(item, tag)))

    def _group(self, item: Element, kind: str, **values: Any) -> None:
        if lessons := self._ids(item):
            self._rule(item, type=kind, lessons=lessons, **values)

    def _ends_day(self, item: Element) -> None:
        lessons = self._ids(item) if item.find("Activity_Id") is not None else [a.id for a in self._fitting(item)]
        if lessons:
            self._rule(item, type="ends_class_day", lessons=lessons)

    def _fitting(self, item: Element) -> list[_Activity]:
        """Activities that a teacher, students, subject, tag, duration and component describe; empty is any."""
        teacher, students = _text(item, "Teacher_Name"), _text(item, "Students_Name")
        subject, tag = _text(item, "Subject_Name"), _text(item, "Activity_Tag_Name")
        duration, component = _text(item, "Duration"), _text(item, "Component_Number")
        return [
            a
            for a in self.activities
            if (not teacher or teacher in a.teachers)
            and (not students or any(self._share(students, s) for s in a.students))
            and (not subject or subject == a.subject)
            and (not tag or tag in a.tags)
            and (not duration or int(duration) == a.duration)
            and (not component or int(component) == a.component)
        ]

    def _times(self, item: Element, starting: bool) -> None:
        lessons = self._ids(item) if item.find("Activity_Id") is not None else [a.id for a in self._fitting(item)]
        if not lessons:
            return
        if item.find("Preferred_Starting_Time") is not None:
            slots = {
                self._slot(x, "Preferred_Starting_Day", "Preferred_Starting_Hour")
                for x in item.findall("Preferred_Starting_Time")
            }
        elif item.find("Preferred_Time_Slot") is not None:
            slots = {self._slot(x, "Preferred_Day", "Preferred_Hour") for x in item.findall("Preferred_Time_Slot")}
        else:
            day, hour = (
                _text(item, "Preferred_Day") or _text(item, "Day"),
                _text(item, "Preferred_Hour") or _text(item, "Hour"),
            )
            slots = {
                (d, h)
                for d in ([self.day[day]] if day else range(len(self.days)))
                for h in ([self.hour[hour]] if hour else range(len(self.hours)))
            }
        if starting and self._terms(item)["hard"]:
            for lesson in lessons:
                self.starts[lesson] = self.starts.get(lesson, slots) & slots
        elif starting:
            self._rule(item, type="prefer_starts", lessons=lessons, starts=sorted(slots))
        else:
            self._rule(item, type="prefer_slots", lessons=lessons, slots=sorted(slots))

    def _room_constraint(self, kind: str, item: Element) -> bool:
        """Preferred and home rooms. Home rooms only count for activities without a preference of their own."""
        rooms = frozenset(r for r in (*_all(item, "Room"), *_all(item, "Preferred_Room")) if r)
        level = 0 if "HomeRoom" in kind else 1
        if not rooms or not kind.endswith(("PreferredRoom", "PreferredRooms", "HomeRoom", "HomeRooms")):
            return False
        subject, tag = _text(item, "Subject"), _text(item, "Activity_Tag")
        teacher, students, one = _text(item, "Teacher"), _text(item, "Students"), _text(item, "Activity_Id")
        terms = self._terms(item)
        for a in self.activities:
            if (
                (not one or one == a.id)
                and (not subject or subject == a.subject)
                and (not tag or tag in a.tags)
                and (not teacher or a.teachers == [teacher])
                and (not students or a.students == [students])
            ):
                self.room_choice[a.id].append((level, rooms, terms["hard"], terms["weight"]))
        return True

    def _rooms_of(self, a: _Activity) -> tuple[str, ...]:
        choices = self.room_choice.get(a.id, [])
        if not choices:
            return ()
        level = max(c[0] for c in choices)
        used = [c for c in choices if c[0] == level]
        size = a.size if a.size is not None else sum(self.sizes.get(s, 0) for s in a.students)
        allowed = {r for r, capacity in self.room_sizes.items() if capacity >= size}
        chosen = any(hard for _, _, hard, _ in used)
        if not chosen and not any(rooms & set(self.virtual) for _, rooms, _, _ in used):
            allowed -= set(self.virtual)
        bound = False
        for _, rooms, hard, weight in used:
            if not hard and rooms & set(self.virtual):
                if chosen:
                    continue
                hard = True  # a wish for several rooms at once is kept, not priced
            if hard:
                allowed &= rooms
                bound = True
            else:
                self.rules.append(
                    tt.PreferRooms(type="prefer_rooms", id=f"F{len(self.rules) + 1}", lessons=(a.id,), rooms=tuple(sorted(rooms)),
                                   hard=False, weight=weight)
                )  # fmt: skip
        if not bound:
            return ()  # FET may leave a lesson without a room where rooms are only wished for
        return tuple(sorted(allowed)) or ("no room fits",)

    def _room_sets(self, a: _Activity) -> list[tuple[str, ...]]:
        """The rooms the activity needs, one of each set: more than one set where it is in a virtual room."""
        rooms = self._rooms_of(a)
        real = tuple(r for r in rooms if r not in self.virtual)
        if real or not rooms:
            return [real]
        return [tuple(sorted(rooms)) for rooms in min((self.virtual[r] for r in rooms), key=len)]

    def _lessons(self) -> list[Lesson]:
        """Each activity, and for each further room it needs a lesson at the same time that only takes that room."""
        lessons: list[Lesson] = []
        for a in self.activities:
            sets = self._room_sets(a)
            label = f"{' + '.join(a.students) or 'nobody'} {a.subject}"
            lessons.append(
                Lesson(id=a.id, course=label, subject=a.subject, classes=tuple(dict.fromkeys(a.students)),
                       teachers=tuple(dict.fromkeys(a.teachers)), duration=a.duration, rooms=sets[0], starts=self._starts_of(a))
            )  # fmt: skip
            more = [f"{a.id}+{n}" for n in range(1, len(sets))]
            lessons += [
                Lesson(id=key, course=f"{label}, further room", subject=a.subject, duration=a.duration, rooms=rooms)
                for key, rooms in zip(more, sets[1:], strict=True)
            ]
            if more:
                self.rules.append(tt.Together(type="same_start", id=f"F{len(self.rules) + 1}", lessons=(a.id, *more)))
        return lessons

    def _all_away(self, atoms: set[str]) -> set[Slot]:
        """When all of these students are away."""
        slots = {slot for atom in atoms for slot in self.atom_away.get(atom, ())}
        return {slot for slot in slots if all(slot in self.atom_away.get(atom, ()) for atom in atoms)}

    def _starts_of(self, a: _Activity) -> tuple[Slot, ...] | None:
        """Where it may start, without the times at which some, but not all, of a class are away."""
        slots = self.starts.get(a.id)
        partly: set[Slot] = set()
        for s in a.students:
            someone = {slot for atom in self.atoms[s] for slot in self.atom_away.get(atom, ())}
            partly |= someone - self._all_away(self.atoms[s])
        if not partly:
            return None if slots is None else tuple(sorted(slots))
        week = {(d, h) for d in range(len(self.days)) for h in range(len(self.hours))}
        barred = {(d, h - i) for d, h in partly for i in range(a.duration)}
        return tuple(sorted((week if slots is None else slots) - barred))

    def _instance(self) -> Instance:
        lessons = self._lessons()
        stray = {r for lesson in lessons for r in lesson.rooms} - set(self.room_sizes)
        named = {s for a in self.activities for s in a.students} | {
            c for r in self.rules for c in getattr(r, "classes", ())
        }
        used = {*self.teachers, *(t for a in self.activities for t in a.teachers)}
        return Instance(
            name=self.name, source="FET", days=tuple(self.days), periods=tuple(self.hours), blocked=tuple(sorted(self.blocked)),
            subjects=tuple(Subject(id=s, name=s) for s in dict.fromkeys(a.subject for a in self.activities)),
            classes=tuple(
                ClassGroup(id=name, atoms=tuple(sorted(atoms)), size=self.sizes.get(name),
                           unavailable=tuple(sorted(self._all_away(atoms))))
                for name, atoms in self.atoms.items() if name in named or name in self.atom_away
            ),
            teachers=tuple(
                Teacher(id=t, name=t, unavailable=tuple(sorted(self.away["teacher"].get(t, set())))) for t in sorted(used)
            ),
            rooms=(
                *(Room(id=r, capacity=c if c < 10**9 else None, campus=self.buildings[r],
                       unavailable=tuple(sorted(self.away["room"].get(r, set()))))
                  for r, c in self.room_sizes.items() if r not in self.virtual),
                *(Room(id=r, unavailable=tuple((d, h) for d in range(len(self.days)) for h in range(len(self.hours))))
                  for r in sorted(stray)),
            ),
            lessons=tuple(lessons), rules=tuple(self.rules),
        )  # fmt: skip


def _limits() -> dict[str, Callable[[_Reader, Element], None]]:
    """FET names each limit for one and for all; the rule is the same."""
    table: dict[str, tuple[str, str]] = {}
    teacher = {
        "MaxHoursDaily": ("max_per_day", "Maximum_Hours_Daily"), "MinHoursDaily": ("min_per_day", "Minimum_Hours_Daily"),
        "MaxHoursContinuously": ("max_consecutive", "Maximum_Hours_Continuously"),
        "MaxDaysPerWeek": ("max_days", "Max_Days_Per_Week"), "MinDaysPerWeek": ("min_days", "Minimum_Days_Per_Week"),
        "MaxGapsPerWeek": ("max_gaps_week", "Max_Gaps"), "MaxGapsPerDay": ("max_gaps_day", "Max_Gaps"),
        "ActivityTagMaxHoursDaily": ("max_per_day", "Maximum_Hours_Daily"),
        "ActivityTagMaxHoursContinuously": ("max_consecutive", "Maximum_Hours_Continuously"),
        "MaxSpanPerDay": ("max_span_day", "Max_Span"), "MinRestingHours": ("min_rest", "Minimum_Resting_Hours"),
        "MaxBuildingChangesPerDay": ("max_building_changes_day", "Max_Building_Changes_Per_Day"),
        "MaxBuildingChangesPerWeek": ("max_building_changes_week", "Max_Building_Changes_Per_Week"),
        "MinGapsBetweenBuildingChanges": ("min_building_gaps", "Min_Gaps_Between_Building_Changes"),
    }  # fmt: skip
    students = {k: v for k, v in teacher.items() if "DaysPerWeek" not in k} | {
        "EarlyMaxBeginningsAtSecondHour": ("early_start", "Max_Beginnings_At_Second_Hour")
    }
    for prefix in ("Teacher", "Teachers"):
        table |= {prefix + name: (f"teacher_{kind}", tag) for name, (kind, tag) in teacher.items()}
    for prefix in ("Students", "StudentsSet"):
        table |= {prefix + name: (f"class_{kind}", tag) for name, (kind, tag) in students.items()}
    return {
        name: (lambda reader, item, kind=kind, tag=tag: reader._limit(item, kind, tag))  # pyright: ignore[reportPrivateUsage]
        for name, (kind, tag) in table.items()
    }


# pyright: reportPrivateUsage=false
_KINDS: dict[str, Callable[[_Reader, Element], None]] = {
    **_limits(),
    "BreakTimes": _Reader._break,
    "TeacherNotAvailableTimes": lambda r, x: r._unavailable(x, "teacher", "Teacher"),
    "StudentsSetNotAvailableTimes": lambda r, x: r._unavailable(x, "students", "Students"),
    "RoomNotAvailableTimes": lambda r, x: r._unavailable(x, "room", "Room"),
    "MinDaysBetweenActivities": _Reader._spread,
    "MinGapsBetweenActivities": _Reader._gaps_between,
    "MaxDaysBetweenActivities": lambda r, x: r._group(x, "max_days_apart", days=int(_text(x, "MaxDays"))),
    "TwoActivitiesOrderedIfSameDay": lambda r, x: r._pair(x, "ordered_same_day"),
    "ActivitiesOccupyMaxTimeSlotsFromSelection": lambda r, x: r._slot_limit(
        x, "slots_taken", "Max_Number_of_Occupied_Time_Slots"
    ),
    "ActivitiesMaxSimultaneousInSelectedTimeSlots": lambda r, x: r._slot_limit(
        x, "at_once", "Max_Number_of_Simultaneous_Activities"
    ),
    "ActivitiesSameRoomIfConsecutive": lambda r, x: r._group(x, "same_room_if_consecutive"),
    "ActivitiesOccupyMaxDifferentRooms": lambda r, x: r._group(
        x, "max_rooms", max=int(_text(x, "Max_Number_of_Different_Rooms"))
    ),
    **dict.fromkeys(
        (f"{who}MinGapsBetweenOrderedPairOfActivityTags" for who in ("Teacher", "Teachers", "Students", "StudentsSet")),
        _Reader._gaps_between_tags,
    ),
    "ActivityPreferredStartingTime": lambda r, x: r._times(x, True),
    "ActivityPreferredStartingTimes": lambda r, x: r._times(x, True),
    "ActivitiesPreferredStartingTimes": lambda r, x: r._times(x, True),
    "SubactivitiesPreferredStartingTimes": lambda r, x: r._times(x, True),
    "ActivityPreferredTimeSlots": lambda r, x: r._times(x, False),
    "ActivitiesPreferredTimeSlots": lambda r, x: r._times(x, False),
    "SubactivitiesPreferredTimeSlots": lambda r, x: r._times(x, False),
    "ActivitiesSameStartingTime": lambda r, x: r._together(x, "same_start"),
    "ActivitiesSameStartingDay": lambda r, x: r._together(x, "same_day"),
    "ActivitiesSameStartingHour": lambda r, x: r._together(x, "same_hour"),
    "ActivitiesNotOverlapping": lambda r, x: r._together(x, "not_overlap"),
    "TwoActivitiesConsecutive": lambda r, x: r._pair(x, "consecutive"),
    "TwoActivitiesOrdered": lambda r, x: r._pair(x, "ordered"),
    "TwoActivitiesGrouped": _Reader._grouped,
    "ThreeActivitiesGrouped": _Reader._grouped,
    "ActivityEndsStudentsDay": _Reader._ends_day,
    "ActivitiesEndStudentsDay": _Reader._ends_day,
    "TeacherIntervalMaxDaysPerWeek": lambda r, x: r._interval(x, "teacher_interval_max_days"),
    "TeachersIntervalMaxDaysPerWeek": lambda r, x: r._interval(x, "teacher_interval_max_days"),
    "StudentsSetIntervalMaxDaysPerWeek": lambda r, x: r._interval(x, "class_interval_max_days"),
    "StudentsIntervalMaxDaysPerWeek": lambda r, x: r._interval(x, "class_interval_max_days"),
}
