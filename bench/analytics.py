"""The dashboard and what it rests on: the demo school, and one school of a district of 50 with 50,000 students."""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import text

from bench import district
from bench.demo_school import demo_school
from bench.measurement import Measurement, percentiles

if TYPE_CHECKING:
    from runtime.caller import Caller

TITLE = "Analytics and dashboards"
COLD, WARM = 12, 40
SOMEBODY = "SELECT e.student_id FROM enrolments e JOIN terms t ON t.session_id = e.session_id ORDER BY t.starts_on DESC, e.student_id LIMIT 1"
MOVE = "UPDATE score_sheets SET version = version + 1 WHERE id = (SELECT h.id FROM score_sheets h JOIN terms t ON t.id = h.term_id ORDER BY t.starts_on DESC LIMIT 1)"


def measure() -> Iterator[Measurement]:
    """Capabilities through the one door, in this process, as the application role; files to disk."""
    with demo_school():
        yield from asyncio.run(_demo())
    with demo_school(load=False):
        from runtime.settings import settings

        owner = settings().migration_database_url
        assert owner is not None
        began = time.perf_counter()
        counts = district.build(owner)
        size = f"{counts['scores']:,} scores, {counts['attendance_marks']:,} marks"
        yield _seconds("making the district (for the bench)", size, began)
        yield from asyncio.run(_district(counts))


async def _demo() -> list[Measurement]:
    from demo.ids import demo_id

    school_id = demo_id("sunbird")
    async with _served(school_id) as head:
        found = await _asked(head, "demo school, 799 students", "JSS 2 Ruby")
        found += await _files(head, "demo school")
    return found


async def _district(counts: dict[str, int]) -> list[Measurement]:
    from runtime.caller import Caller

    school_id, large = district.school(2), district.school(1)
    size = f"one school of {district.SCHOOLS}, {district.ARMS * district.PER_ARM:,} students, 6 terms"
    async with _served(school_id) as head:
        largest = Caller.system(large, *head.permissions)
        found = await _asked(head, size, "JSS 2 A")
        found += await _kept(counts)
        found += await _refreshed(school_id, size)
        found += await _ranked(head, size)
        found += await _files(head, "one school")
        found += await _asked(
            largest, f"the largest school, {district.ARMS * district.LARGE_PER_ARM:,} students", "JSS 2 A", only=2
        )
        found += await _files(largest, "the largest school", totals=True)
    return found


async def _kept(counts: dict[str, int]) -> list[Measurement]:
    """Every total and every risk of the district, as the first round on old records makes them."""
    from jobs import sweep
    from jobs.consumers import system
    from runtime.transaction import transaction
    from school import early_warning, sheet_totals

    schools = await sweep.schools()
    began = time.perf_counter()
    for each in schools:
        while True:
            async with transaction(system(each)) as tx:
                if await sheet_totals.add_up(tx) < sheet_totals.AT_ONCE:
                    break
    sheets = f"{counts['score_sheets']:,} sheets, {counts['scores']:,} scores"
    found = [_seconds("refresh, every total of the district anew", sheets, began)]
    began = time.perf_counter()
    for each in schools:
        async with transaction(system(each)) as tx:
            await early_warning.keep_standings(tx)
    size = f"{len(schools)} schools, {district.STUDENTS:,} students"
    return [*found, _seconds("refresh, every risk of the district anew: features in SQL, rule, reasons", size, began)]


async def _refreshed(school_id: UUID, size: str) -> list[Measurement]:
    from jobs import figures
    from jobs.consumers import system
    from runtime.transaction import transaction

    refreshes = [await _timed(figures.refresh, school_id) for _ in range(COLD)]
    found = percentiles("refresh of a school where nothing moved", size, refreshes)
    moved: list[float] = []
    for _ in range(COLD):
        async with transaction(system(school_id)) as tx:
            await tx.session.execute(text(MOVE))
        moved.append(await _timed(figures.refresh, school_id))
    return found + percentiles("refresh after one sheet of a class changed, its risks too", size, moved)


async def _ranked(head: "Caller", size: str) -> list[Measurement]:
    from runtime.transaction import transaction
    from school import score_totals
    from school.analytics_scope import Filters, open_scope

    times: list[float] = []
    async with transaction(head, read_only=True) as tx:
        scope = await open_scope(tx, Filters())
        for _ in range(WARM):
            times.append(await _timed(score_totals.by_student, tx, scope))
    return percentiles("ranking every class of a school in one window query", size, times)


def _seconds(what: str, size: str, began: float, at_most: float | None = None) -> Measurement:
    return Measurement(what=what, size=size, value=time.perf_counter() - began, unit="s", at_most=at_most)


@asynccontextmanager
async def _served(school_id: UUID) -> AsyncGenerator["Caller"]:
    """The head of a school, everything loaded and settled as in the web server, and an empty cache; afterwards pools are closed."""
    from runtime import database, processes, redis
    from runtime.caller import Caller
    from school.permissions import Permission
    from tools.declare import load_all

    load_all()
    processes.settle()
    await redis.redis_client().flushall()
    try:
        yield Caller.system(school_id, *map(str, Permission))
    finally:
        await redis.forget()
        await database.forget()


async def _asked(head: "Caller", size: str, class_arm: str, only: int | None = None) -> list[Measurement]:
    """Nothing kept; then figures kept and answers not, as after a change nobody's round has seen (cold); then answers kept (warm).

    Who opens the dashboard after a round finds it worked out ahead.
    """
    from jobs import figures
    from school import figures_cache
    from tools.declare import TOOLS
    from tools.invoke import invoke

    async def ask(name: str, arguments: dict[str, Any]) -> None:
        (await invoke(TOOLS[name], head, arguments)).result.model_dump_json(by_alias=True)

    asked: dict[str, tuple[str, dict[str, Any]]] = {
        "dashboard": ("show_dashboard", {}), "at-risk of a class": ("show_at_risk", {"classArm": class_arm}),
        "trajectory of a student": ("show_trajectory", {"student": str(await _somebody(head))}),
        "students in figures": ("show_student_metrics", {}), "grade distributions": ("show_grade_distributions", {}),
    }  # fmt: skip
    found: list[Measurement] = []
    for what, each in list(asked.items())[:3]:
        took = 1000 * await _timed(ask, *each)
        found.append(Measurement(what=f"{what}, nothing kept", size=size, value=took, unit="ms", at_most=2000))
    began = time.perf_counter()
    await figures.refresh(head.school_id)
    found.append(_seconds("refresh of a school: totals, risks, dashboard", size, began))
    took = 1000 * await _timed(ask, *asked["dashboard"])
    found.append(
        Measurement(what="dashboard, first reader after a refresh", size=size, value=took, unit="ms", at_most=100)
    )
    for what, each in list(asked.items())[:only]:
        cold: list[float] = []
        for _ in range(COLD):
            await figures_cache.drop(head.school_id)
            cold.append(await _timed(ask, *each))
        warm = [await _timed(ask, *each) for _ in range(WARM)]
        found += percentiles(f"{what}, cold", size, cold, p95_at_most=100)
        found += percentiles(f"{what}, warm", size, warm, p95_at_most=20)
    return found


async def _somebody(head: "Caller") -> UUID:
    from runtime.transaction import transaction

    async with transaction(head, read_only=True) as tx:
        return (await tx.session.execute(text(SOMEBODY))).scalar_one()


async def _files(head: "Caller", where: str, *, totals: bool = False) -> list[Measurement]:
    """A school's students to a file, or every total of six terms."""
    from runtime.transaction import transaction
    from school import calendar, figures_files, figures_tables
    from school.analytics_scope import Filters
    from school.exports import ExportFormat
    from school.figures_tables import FiguresKind

    async with transaction(head, read_only=True) as tx:
        first = (await calendar.terms_in_order(tx))[0].starts_on
    students = [(FiguresKind.STUDENTS, form, Filters()) for form in (ExportFormat.XLSX, ExportFormat.PDF)]
    wanted = [(FiguresKind.TOTALS, ExportFormat.XLSX, Filters(first_day=first))] if totals else students
    found: list[Measurement] = []
    for kind, form, filters in wanted:
        began = time.perf_counter()
        async with transaction(head) as tx:
            figures = await figures_tables.collect(tx, kind, filters)
            await figures_files.write(tx, figures, form)
        what = f"export of {kind.value} as {form.value.upper()}"
        found.append(_seconds(what, f"{where}, {figures.rows:,} rows", began, at_most=5))
    return found


async def _timed(work: Callable[..., Awaitable[object]], *given: Any) -> float:
    began = time.perf_counter()
    await work(*given)
    return time.perf_counter() - began
