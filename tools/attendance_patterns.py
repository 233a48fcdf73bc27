"""Attendance in figures, for staff: by day, week, weekday and class, and whose is low."""

from runtime.transaction import Tx
from school import attendance_patterns, figures_cache
from school.attendance_patterns import Presences
from school.permissions import Permission
from tools.analytics_filters import ClassArms, FirstDay, LastDay, Levels, Students, filters, percent_chart
from tools.declare import Effect, tool
from tools.present import Block, Column, Table, number
from tools.reports import TermGiven
from tools.results import Concern, Result


class AttendancePatterns(Result, attendance_patterns.AttendanceAnalysis):
    """Attendance of a time, and its patterns."""

    def headline(self) -> str:
        if self.together.rate is None:
            return f"No register was taken from {self.covered.first_day:%d %B} to {self.covered.last_day:%d %B %Y}."
        worst = min((one for one in self.weekdays if one.rate is not None), key=lambda one: one.rate or 0)
        low = f" {self.low_count} students are below {self.warning_below:g}%." if self.low_count else ""
        return f"Attendance {self.together.rate:g}%, lowest on {worst.weekday}s ({worst.rate:g}%).{low}"

    def blocks(self) -> list[Block]:
        if self.together.rate is None:
            return []
        by_week = [(f"{one.week:%d %b}", one.rate) for one in self.weeks]
        by_weekday = [(one.weekday, one.rate) for one in self.weekdays]
        weeks = percent_chart("line", "Attendance by week", "Week", "Attendance", by_week)
        weekdays = percent_chart("bar", "Attendance by day of the week", "Day", "Attendance", by_weekday)
        columns = [
            Column(key="name", label="Class"),
            Column(key="registers", label="Registers", kind="number"),
            *_COUNTS,
        ]
        classes = [{"name": one.class_arm.name, "registers": one.registers} | _counts(one) for one in self.classes]
        people = [
            Column(key="name", label="Student", kind="person"),
            Column(key="level", label="Level", kind="status"),
            *_COUNTS,
        ]
        low = [
            {"name": one.student.name, "studentId": str(one.student.id), "level": one.level} | _counts(one) for one in self.low
        ]  # fmt: skip
        tables = [Table(title="Classes", columns=columns, rows=classes)]
        if low:
            tables.append(Table(title="Low attendance", columns=people, rows=low, total=self.low_count))
        return [weeks, weekdays, *tables]

    def concerns(self) -> list[Concern]:
        return [Concern(kind="Student", id=str(one.student.id), label=one.student.name) for one in self.low[:10]]


_COUNTS = (
    Column(key="rate", label="Attendance", kind="percent"), Column(key="absent", label="Absent", kind="number"),
    Column(key="late", label="Late", kind="number"), Column(key="excused", label="Excused", kind="number"),
)  # fmt: skip


def _counts(one: Presences) -> dict[str, float | None]:
    return {"rate": number(one.rate), "absent": one.absent, "late": one.late, "excused": one.excused}


@tool(
    permission=Permission.ANALYTICS_READ,
    effect=Effect.READ,
    rest="GET /api/v1/analytics/attendance",
    says=(
        "Show attendance patterns",
        "On which days of the week is attendance lowest?",
        "How does attendance develop week by week?",
        "Which students have low attendance this term?",
        "Analyse the attendance of JSS 2",
    ),
)
async def show_attendance_patterns(
    tx: Tx, *, term: TermGiven = None, first_day: FirstDay = None, last_day: LastDay = None, class_arms: ClassArms = [],  # noqa: B006  # never changed
    groups: Levels = [], students: Students = [],  # noqa: B006  # never changed
) -> AttendancePatterns:  # fmt: skip
    """Show attendance over time, by weekday and class, and whose is low.

    Use when staff ask for patterns of attendance. For a day or one student use `show_attendance`.

    Shape:  filters (default this term) -> figures by day, week, weekday and class, and the lowest students.
    Units:  percent of days that count; excused days do not.
    Errors: those of any read.
    Source: tables registers, attendance_marks.
    """
    asked = filters(term, first_day, last_day, class_arms, groups, students=students)

    async def work(own: Tx) -> AttendancePatterns:
        return AttendancePatterns(**dict(await attendance_patterns.analyse(own, asked)))

    return await figures_cache.remembered(tx, AttendancePatterns, asked.key(), work)
