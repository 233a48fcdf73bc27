"""Bulk data: loading the demo school, importing and exporting whole lists, reading spreadsheets."""

import asyncio
import io
import time
from collections.abc import AsyncIterator, Iterator
from datetime import date
from typing import Any

import xlsxwriter

from bench.demo_school import demo_school
from bench.measurement import Measurement

TITLE = "Bulk data"
MANY = 100_000
SOME = 5_000
HEADER = ("Admission No", "Surname", "First name", "Gender", "Date of birth", "Class", "Parent name", "Parent phone")


def measure() -> Iterator[Measurement]:
    """In this process, against embedded PostgreSQL, as the application role under row-level security."""
    with demo_school(load=False):
        yield from asyncio.run(_measured())


async def _measured() -> list[Measurement]:
    import demo
    from cli.identity import acting
    from runtime import database
    from tools import load_all

    load_all()
    started = time.perf_counter()
    await demo.load()
    made = [
        Measurement(what="load the demo school", size="799 students, 115,000 scores, 81,000 marks",
                    value=time.perf_counter() - started, unit="s", at_most=15),
    ]  # fmt: skip
    head = await acting("head@demo.school", None)
    made += await _import(head, SOME, "01", guardians=True)
    made += await _import(head, MANY, "02", guardians=False)
    made += await _exports(head)
    await database.forget()
    return made


def roster(rows: int, prefix: str, *, guardians: bool) -> bytes:
    """A list of new students of one class."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "in_memory": False})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADER)
    for n in range(rows):
        parent = (f"Mrs Ada Family{n}", f"+234804{n:07}") if guardians else ()
        born = date(2012 + n % 3, 1 + n % 12, 1 + n % 28).isoformat()
        row = (f"B{prefix}/{n:06}", f"Family{n}", f"Given{n}", "FM"[n % 2], born, "JSS 1 Ruby", *parent)
        sheet.write_row(n + 1, 0, row)
    book.close()
    return out.getvalue()


async def _import(head: Any, rows: int, prefix: str, *, guardians: bool) -> list[Measurement]:
    from runtime.transaction import transaction
    from school import files, imports, spreadsheets
    from school.imports import ImportKind

    content = roster(rows, prefix, guardians=guardians)

    async def once() -> AsyncIterator[bytes]:
        yield content

    received = await files.receive(head.school_id, "roster.xlsx", once())
    clock = [time.perf_counter()]
    spreadsheets.read(content, "roster.xlsx")
    clock.append(time.perf_counter())
    async with transaction(head, read_only=True) as tx:
        plan = await imports.plan(tx, ImportKind.STUDENTS, content, "roster.xlsx")
    assert (plan.added, plan.faulty) == (rows, 0), plan.faults[:3]
    clock.append(time.perf_counter())
    async with transaction(head) as tx:
        plan = await imports.plan(tx, ImportKind.STUDENTS, content, "roster.xlsx")
        planned = time.perf_counter()
        done = await imports.carry_out(tx, plan, await files.keep(tx, received))
    clock.append(time.perf_counter())
    size = f"{rows:,} students{' with guardians' if guardians else ''}, {plan.changes.rows:,} rows, XLSX {len(content) / 1e6:.1f} MB"
    made = [
        Measurement(
            what="read a spreadsheet, its limits checked", size=size, value=rows / (clock[1] - clock[0]), unit="rows/s"
        ),
        Measurement(what="preview an import", size=size, value=clock[2] - clock[1], unit="s"),
        Measurement(what="write an import", size=size, value=plan.changes.rows / (clock[3] - planned), unit="rows/s"),
    ]
    if guardians:
        started = time.perf_counter()
        async with transaction(head) as tx:
            await imports.roll_back(tx, done.id)
        made.append(Measurement(what="take an import back", size=size, value=time.perf_counter() - started, unit="s"))
    return made


async def _exports(head: Any) -> list[Measurement]:
    from runtime.transaction import transaction
    from school import export_files
    from school.exports import ExportFormat, ExportKind, ExportSpec

    made: list[Measurement] = []
    for kind, form, at_most in (
        (ExportKind.STUDENTS, ExportFormat.CSV, 30.0), (ExportKind.STUDENTS, ExportFormat.XLSX, 30.0),
        (ExportKind.ATTENDANCE, ExportFormat.CSV, 30.0), (ExportKind.SCORES, ExportFormat.XLSX, 5.0),
    ):  # fmt: skip
        started = time.perf_counter()
        async with transaction(head) as tx:
            stored, opened = await export_files.make(tx, ExportSpec(kind=kind, format=form))
        size = f"{opened.rows:,} rows, {stored.size / 1e6:.1f} MB"
        made.append(Measurement(what=f"export {kind.value} as {form.value.upper()}", size=size,
                                value=time.perf_counter() - started, unit="s", at_most=at_most))  # fmt: skip
    return made
