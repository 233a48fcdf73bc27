"""Instances as FET 6 files. FET knows no prices: a soft rule goes out with a percentage, as a hard rule, or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from school.timetabling import instance as tt
from school.timetabling.instance import Assignments, Instance, Lesson, Place, Slot

PERCENT_KINDS = frozenset({"min_days", "prefer_slots", "prefer_starts", "teacher_max_consecutive", "teacher_max_per_day",
                           "prefer_rooms", "same_day", "same_hour", "not_overlap", "grouped", "consecutive"})  # fmt: skip
"""Kinds for which FET takes a weight below 100."""
LIMITS = {
    "teacher_max_per_day": ("TeacherMaxHoursDaily", "Maximum_Hours_Daily"),
    "teacher_min_per_day": ("TeacherMinHoursDaily", "Minimum_Hours_Daily"),
    "teacher_max_consecutive": ("TeacherMaxHoursContinuously", "Maximum_Hours_Continuously"),
    "teacher_max_days": ("TeacherMaxDaysPerWeek", "Max_Days_Per_Week"),
    "teacher_min_days": ("TeacherMinDaysPerWeek", "Minimum_Days_Per_Week"),
    "teacher_max_gaps_week": ("TeacherMaxGapsPerWeek", "Max_Gaps"),
    "teacher_max_gaps_day": ("TeacherMaxGapsPerDay", "Max_Gaps"),
    "class_max_per_day": ("StudentsSetMaxHoursDaily", "Maximum_Hours_Daily"),
    "class_min_per_day": ("StudentsSetMinHoursDaily", "Minimum_Hours_Daily"),
    "class_max_consecutive": ("StudentsSetMaxHoursContinuously", "Maximum_Hours_Continuously"),
    "class_max_gaps_week": ("StudentsSetMaxGapsPerWeek", "Max_Gaps"),
    "class_max_gaps_day": ("StudentsSetMaxGapsPerDay", "Max_Gaps"),
    "teacher_max_span_day": ("TeacherMaxSpanPerDay", "Max_Span"),
    "teacher_min_rest": ("TeacherMinRestingHours", "Minimum_Resting_Hours"),
    "teacher_max_building_changes_day": ("TeacherMaxBuildingChangesPerDay", "Max_Building_Changes_Per_Day"),
    "teacher_max_building_changes_week": ("TeacherMaxBuildingChangesPerWeek", "Max_Building_Changes_Per_Week"),
    "teacher_min_building_gaps": ("TeacherMinGapsBetweenBuildingChanges", "Min_Gaps_Between_Building_Changes"),
    "class_max_span_day": ("StudentsSetMaxSpanPerDay", "Max_Span"),
    "class_min_rest": ("StudentsSetMinRestingHours", "Minimum_Resting_Hours"),
    "class_max_building_changes_day": ("StudentsSetMaxBuildingChangesPerDay", "Max_Building_Changes_Per_Day"),
    "class_max_building_changes_week": ("StudentsSetMaxBuildingChangesPerWeek", "Max_Building_Changes_Per_Week"),
    "class_min_building_gaps": ("StudentsSetMinGapsBetweenBuildingChanges", "Min_Gaps_Between_Building_Changes"),
    "class_early_start": ("StudentsSetEarlyMaxBeginningsAtSecondHour", "Max_Beginnings_At_Second_Hour"),
}
TAGGED = {
    "teacher_max_per_day": "TeacherActivityTagMaxHoursDaily",
    "teacher_max_consecutive": "TeacherActivityTagMaxHoursContinuously",
    "class_max_per_day": "StudentsSetActivityTagMaxHoursDaily",
    "class_max_consecutive": "StudentsSetActivityTagMaxHoursContinuously",
}
"""Limits that FET can put on the lessons of one activity tag. The other kinds go out for all lessons or not at all."""
PAIRS = {
    "consecutive": "TwoActivitiesConsecutive",
    "ordered": "TwoActivitiesOrdered",
    "ordered_same_day": "TwoActivitiesOrderedIfSameDay",
}
TOGETHER = {
    "same_start": "ActivitiesSameStartingTime", "same_day": "ActivitiesSameStartingDay",
    "same_hour": "ActivitiesSameStartingHour", "not_overlap": "ActivitiesNotOverlapping",
}  # fmt: skip


def to_fet(
    instance: Instance, *, soft_percent: float | None = None, harden: Collection[str] = (),
    placed: Assignments | None = None, held: Collection[str] = (),
) -> str:  # fmt: skip
    """The instance as a `.fet` file.

    Soft rules of a kind in `harden` become hard; others go out with `soft_percent` where FET takes one; else they are left out.
    The lessons `placed` are locked there as FET locks a timetable, those in `held` permanently.
    """
    places = placed or {}
    holds = [(lesson, places[lesson.id], lesson.id in held) for lesson in instance.lessons if lesson.id in places]
    return _Writer(instance, soft_percent, frozenset(harden), holds).write()


class _Writer:
    def __init__(
        self, instance: Instance, soft_percent: float | None, harden: frozenset[str],
        holds: Sequence[tuple[Lesson, Place, bool]],
    ) -> None:  # fmt: skip
        self.instance, self.soft_percent, self.harden = instance, soft_percent, harden
        self.root = Element("fet", version="6.8.5")
        self.number = {lesson.id: str(n + 1) for n, lesson in enumerate(instance.lessons)}
        self.holds = holds
        self.tags = {
            f"rule {n + 1}": frozenset(rule.lessons)
            for n, rule in enumerate(instance.rules)
            if isinstance(rule, tt.TeacherLimit | tt.ClassLimit) and rule.lessons and rule.type in TAGGED
        }

    def write(self) -> str:
        SubElement(self.root, "Mode").text = "Official"
        SubElement(self.root, "Institution_Name").text = self.instance.name or "School"
        SubElement(self.root, "Comments").text = self.instance.source
        for name, plural, labels in (("Day", "Days", self.instance.days), ("Hour", "Hours", self.instance.periods)):
            holder = SubElement(self.root, f"{plural}_List")
            SubElement(holder, f"Number_of_{plural}").text = str(len(labels))
            for label in labels:
                SubElement(SubElement(holder, name), "Name").text = label
        self._named("Subjects", "Subject", dict.fromkeys(x.subject or "lesson" for x in self.instance.lessons))
        self._named("Activity_Tags", "Activity_Tag", self.tags)
        self._named("Teachers", "Teacher", [t.id for t in self.instance.teachers])
        self._students()
        self._activities()
        self._named("Buildings", "Building", dict.fromkeys(r.campus for r in self.instance.rooms if r.campus))
        rooms = SubElement(self.root, "Rooms_List")
        for room in self.instance.rooms:
            item = SubElement(rooms, "Room")
            _fill(
                item,
                Name=room.id,
                Building=room.campus or "",
                Capacity=room.capacity or 30000,
                Virtual="false",
                Comments="",
            )
        self.time = SubElement(self.root, "Time_Constraints_List")
        self.space = SubElement(self.root, "Space_Constraints_List")
        self._basics()
        for number, rule in enumerate(self.instance.rules):
            self._rule(rule, f"rule {number + 1}")
        for lesson, place, permanent in self.holds:
            self._hold(lesson, place, permanent)
        indent(self.root, space="\t")
        return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(self.root, encoding="unicode") + "\n"

    def _named(self, plural: str, name: str, values: Iterable[str]) -> None:
        holder = SubElement(self.root, f"{plural}_List")
        for value in values:
            SubElement(SubElement(holder, name), "Name").text = value

    def _students(self) -> None:
        """Each class is a year; its atoms are groups of it where another class has them too."""
        uses = Counter(atom for group in self.instance.classes for atom in group.atom_ids())
        holder = SubElement(self.root, "Students_List")
        for group in self.instance.classes:
            year = SubElement(holder, "Year")
            _fill(year, Name=group.id, Number_of_Students=group.size or 0, Comments="")
            atoms = group.atom_ids()
            if len(atoms) > 1 or any(uses[atom] > 1 for atom in atoms):
                for atom in atoms:
                    _fill(SubElement(year, "Group"), Name=f"part {atom}", Number_of_Students=0, Comments="")

    def _activities(self) -> None:
        holder = SubElement(self.root, "Activities_List")
        for lesson in self.instance.lessons:
            item = SubElement(holder, "Activity")
            for teacher in lesson.teachers:
                SubElement(item, "Teacher").text = teacher
            SubElement(item, "Subject").text = lesson.subject or "lesson"
            for activity_tag, lessons in self.tags.items():
                if lesson.id in lessons:
                    SubElement(item, "Activity_Tag").text = activity_tag
            for group in lesson.classes:
                SubElement(item, "Students").text = group
            _fill(item, Duration=lesson.duration, Total_Duration=lesson.duration, Id=self.number[lesson.id],
                  Activity_Group_Id=0, Active="true", Comments=lesson.id)  # fmt: skip

    def _basics(self) -> None:
        self._constraint(self.time, "BasicCompulsoryTime", 100)
        self._constraint(self.space, "BasicCompulsorySpace", 100)
        if self.instance.blocked:
            self._slots(
                self._constraint(self.time, "BreakTimes", 100), "Break_Time", "Day", "Hour", self.instance.blocked
            )
        for kind, tag, holders, where in (
            ("TeacherNotAvailableTimes", "Teacher", self.instance.teachers, self.time),
            ("StudentsSetNotAvailableTimes", "Students", self.instance.classes, self.time),
            ("RoomNotAvailableTimes", "Room", self.instance.rooms, self.space),
        ):
            for holder in holders:
                if holder.unavailable:
                    item = self._constraint(where, kind, 100, **{tag: holder.id})
                    self._slots(item, "Not_Available_Time", "Day", "Hour", holder.unavailable)
        for lesson in self.instance.lessons:
            if lesson.starts is not None:
                self._starts(self.number[lesson.id], lesson.starts, 100)
            if lesson.rooms:
                self._rooms(self.number[lesson.id], lesson.rooms, 100)

    def _hold(self, lesson: Lesson, place: Place, permanent: bool) -> None:
        """A lesson locked where a timetable has it."""
        how, key = {"Permanently_Locked": str(permanent).lower()}, self.number[lesson.id]
        day, hour = self.instance.days[place.day], self.instance.periods[place.period]
        at = self._constraint(self.time, "ActivityPreferredStartingTime", 100, Activity_Id=key)
        _before_tail(at, Preferred_Day=day, Preferred_Hour=hour, **how)
        if lesson.rooms and place.room:
            where = self._constraint(self.space, "ActivityPreferredRoom", 100, Activity_Id=key)
            _before_tail(where, Room=place.room, **how)

    def _constraint(self, where: Element, kind: str, percent: float, **values: object) -> Element:
        item = SubElement(where, f"Constraint{kind}")
        _fill(item, Weight_Percentage=f"{percent:g}", **values)
        _fill(item, Active="true", Comments="")
        return item

    def _slots(self, item: Element, tag: str, day: str, hour: str, slots: Iterable[Slot]) -> None:
        """The slots of a constraint, with their number before them, in front of Active and Comments."""
        listed = list(slots)
        tail = [item[-2], item[-1]]
        for part in tail:
            item.remove(part)
        _fill(item, **{f"Number_of_{tag}s": len(listed)})
        for d, p in listed:
            _fill(SubElement(item, tag), **{day: self.instance.days[d], hour: self.instance.periods[p]})
        item.extend(tail)

    def _listed(self, item: Element, tag: str, count: str, values: Collection[str]) -> None:
        tail = [item[-2], item[-1]]
        for part in tail:
            item.remove(part)
        _fill(item, **{count: len(values)})
        for value in values:
            SubElement(item, tag).text = value
        item.extend(tail)

    def _starts(self, lesson: str, slots: Iterable[Slot], percent: float) -> None:
        item = self._constraint(self.time, "ActivityPreferredStartingTimes", percent, Activity_Id=lesson)
        self._slots(item, "Preferred_Starting_Time", "Preferred_Starting_Day", "Preferred_Starting_Hour", slots)

    def _rooms(self, lesson: str, rooms: Collection[str], percent: float) -> None:
        item = self._constraint(self.space, "ActivityPreferredRooms", percent, Activity_Id=lesson)
        self._listed(item, "Preferred_Room", "Number_of_Preferred_Rooms", rooms)

    def _percent(self, rule: tt.Rule) -> float | None:
        if rule.hard or rule.type in self.harden:
            return 100
        return self.soft_percent if rule.type in PERCENT_KINDS else None

    def _rule(self, rule: tt.Rule, activity_tag: str) -> None:
        percent = self._percent(rule)
        if percent is None:
            return
        match rule:
            case tt.MinDays():
                together = str(rule.adjacent_if_same_day).lower()
                item = self._constraint(
                    self.time, "MinDaysBetweenActivities", percent, Consecutive_If_Same_Day=together
                )
                self._listed(item, "Activity_Id", "Number_of_Activities", [self.number[x] for x in rule.lessons])
                _before_tail(item, MinDays=rule.days)
            case tt.TeacherLimit() | tt.TeacherFloor() | tt.ClassLimit() | tt.ClassFloor() | tt.EarlyStart():
                self._limit(rule, percent, activity_tag)
            case tt.TeacherInterval() | tt.ClassInterval():
                self._interval(rule, percent)
            case tt.Together():
                self._together(rule, percent)
            case tt.InOrder():
                first, second = self.number[rule.first], self.number[rule.second]
                self._constraint(
                    self.time, PAIRS[rule.type], percent, First_Activity_Id=first, Second_Activity_Id=second
                )
            case tt.MaxDays():
                item = self._lessons(self.time, "MaxDaysBetweenActivities", percent, rule.lessons)
                _before_tail(item, MaxDays=rule.days)
            case tt.SlotLimit():
                self._slot_limit(rule, percent)
            case tt.SameRoom():
                self._lessons(self.space, "ActivitiesSameRoomIfConsecutive", percent, rule.lessons)
            case tt.FewRooms():
                item = self._lessons(self.space, "ActivitiesOccupyMaxDifferentRooms", percent, rule.lessons)
                _before_tail(item, Max_Number_of_Different_Rooms=rule.max)
            case tt.Apart():
                for a in rule.first:
                    for b in rule.second:
                        if a != b:
                            item = self._constraint(self.time, "MinGapsBetweenActivities", percent)
                            self._listed(item, "Activity_Id", "Number_of_Activities", [self.number[a], self.number[b]])
                            _before_tail(item, MinGaps=rule.gaps)
            case tt.PreferStarts():
                for lesson in rule.lessons:
                    self._starts(self.number[lesson], rule.starts, percent)
            case tt.PreferSlots():
                for lesson in rule.lessons:
                    item = self._constraint(
                        self.time, "ActivityPreferredTimeSlots", percent, Activity_Id=self.number[lesson]
                    )
                    self._slots(item, "Preferred_Time_Slot", "Preferred_Day", "Preferred_Hour", rule.slots)
            case tt.PreferRooms():
                for lesson in rule.lessons:
                    self._rooms(self.number[lesson], rule.rooms, percent)

    def _lessons(self, where: Element, kind: str, percent: float, lessons: Iterable[str]) -> Element:
        item = self._constraint(where, kind, percent)
        self._listed(item, "Activity_Id", "Number_of_Activities", [self.number[x] for x in lessons])
        return item

    def _slot_limit(self, rule: tt.SlotLimit, percent: float) -> None:
        kind, most = {
            "slots_taken": ("ActivitiesOccupyMaxTimeSlotsFromSelection", "Max_Number_of_Occupied_Time_Slots"),
            "at_once": ("ActivitiesMaxSimultaneousInSelectedTimeSlots", "Max_Number_of_Simultaneous_Activities"),
        }[rule.type]
        item = self._lessons(self.time, kind, percent, rule.lessons)
        self._slots(item, "Selected_Time_Slot", "Selected_Day", "Selected_Hour", rule.slots)
        _before_tail(item, **{most: rule.max})

    def _limit(
        self,
        rule: tt.TeacherLimit | tt.TeacherFloor | tt.ClassLimit | tt.ClassFloor | tt.EarlyStart,
        percent: float,
        activity_tag: str,
    ) -> None:
        kind, tag = LIMITS[rule.type]
        number = (
            rule.max_late_days if isinstance(rule, tt.EarlyStart) else getattr(rule, "max", getattr(rule, "min", 0))
        )
        floor = isinstance(rule, tt.TeacherFloor | tt.ClassFloor) and rule.type != "teacher_min_days"
        extra = {"Allow_Empty_Days": str(getattr(rule, "allow_empty", True)).lower()} if floor else {}
        if rule.type.endswith("min_rest"):
            extra = {"Circular": str(getattr(rule, "circular", False)).lower()}
        if rule.type.endswith("max_span_day"):
            extra = {"Allow_One_Day_Exception_of_Plus_One": str(getattr(rule, "one_day_more", False)).lower()}
        if getattr(rule, "lessons", ()):
            if rule.type not in TAGGED:
                return
            kind, extra = (
                TAGGED[rule.type],
                {"Activity_Tag_Name" if "Teacher" in TAGGED[rule.type] else "Activity_Tag": activity_tag},
            )
        where, holder = (self.space, "Teacher") if "building" in rule.type else (self.time, "Teacher_Name")
        if isinstance(rule, tt.TeacherLimit | tt.TeacherFloor):
            for teacher in rule.teachers:
                self._constraint(where, kind, percent, **{holder: teacher, tag: number}, **extra)
        else:
            for group in self._widest(rule.classes):
                self._constraint(where, kind, percent, **{tag: number}, Students=group, **extra)

    def _interval(self, rule: tt.TeacherInterval | tt.ClassInterval, percent: float) -> None:
        end = self.instance.periods[rule.to] if rule.to < len(self.instance.periods) else ""
        span = {
            "Interval_Start_Hour": self.instance.periods[rule.from_], "Interval_End_Hour": end, "Max_Days_Per_Week": rule.max,
        }  # fmt: skip
        if isinstance(rule, tt.TeacherInterval):
            for teacher in rule.teachers:
                self._constraint(self.time, "TeacherIntervalMaxDaysPerWeek", percent, Teacher_Name=teacher, **span)
        else:
            for group in self._widest(rule.classes):
                self._constraint(self.time, "StudentsSetIntervalMaxDaysPerWeek", percent, Students=group, **span)

    def _widest(self, classes: Iterable[str]) -> list[str]:
        """The classes without those that are part of another of them: a rule counts each student once."""
        atoms = {group.id: set(group.atom_ids()) for group in self.instance.classes}
        listed = list(dict.fromkeys(classes))
        return [c for n, c in enumerate(listed) if not any(
            atoms[c] < atoms[other] or (atoms[c] == atoms[other] and m < n) for m, other in enumerate(listed) if m != n
        )]  # fmt: skip

    def _together(self, rule: tt.Together, percent: float) -> None:
        lessons = [self.number[x] for x in rule.lessons]
        if rule.type in TOGETHER:
            item = self._constraint(self.time, TOGETHER[rule.type], percent)
            self._listed(item, "Activity_Id", "Number_of_Activities", lessons)
        elif rule.type == "ends_class_day":
            for lesson in lessons:
                self._constraint(self.time, "ActivityEndsStudentsDay", percent, Activity_Id=lesson)
        elif len(lessons) in (2, 3):
            names = ("First_Activity_Id", "Second_Activity_Id", "Third_Activity_Id")
            kind = "TwoActivitiesGrouped" if len(lessons) == 2 else "ThreeActivitiesGrouped"
            self._constraint(self.time, kind, percent, **dict(zip(names, lessons, strict=False)))


def _fill(element: Element, **values: object) -> None:
    for name, value in values.items():
        SubElement(element, name).text = str(value)


def _before_tail(item: Element, **values: object) -> None:
    """Put values in front of Active and Comments, where FET expects them."""
    tail = [item[-2], item[-1]]
    for part in tail:
        item.remove(part)
    _fill(item, **values)
    item.extend(tail)
