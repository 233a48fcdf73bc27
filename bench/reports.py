"""Report cards on paper: one card warm, a batch of the demo school as a worker makes it, the same pages printed by Chromium."""

import asyncio
import gc
import io
import random
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import psutil
from PIL import Image, ImageDraw

from bench.demo_school import demo_school
from bench.measurement import Measurement, percentiles
from jobs import reports
from jobs.runs import RunningRun
from runtime import database, redis
from runtime import files as blobs
from runtime.transaction import transaction
from school import calendar, report_batches
from school import report_contract as contract
from school.files import StoredFile
from school.report_batches import Plan, Share
from school.report_looks import look
from school.report_options import CONDUCT, SKILLS, ReportOptions
from school.report_pdf import Look, font_path, html, pdf
from school.report_pdf.images import data_uri
from school.report_pdf.look import colours
from school.report_pdf.press import PROCESSES, Press
from school.schools import School

TITLE = "Report cards"
SINGLE, BATCH, CHROMIUM, SUBJECTS = 30, 200, 10, 14
COLUMNS = {"Assignment": 10, "Note": 10, "CA": 20, "Exam": 60}


def card(seed: int) -> contract.ReportCard:
    """An invented student's card: fourteen subjects, ratings, trend and remarks."""
    chance = random.Random(seed)
    subjects: list[contract.CardSubject] = []
    for number in range(SUBJECTS):
        points = {name: Decimal(chance.randint(most // 3, most)) for name, most in COLUMNS.items()}
        subjects.append(
            contract.CardSubject(
                id=UUID(int=number), name=f"Subject number {number}", assessments=dict(points),
                maxima={name: Decimal(most) for name, most in COLUMNS.items()}, total=sum(points.values(), Decimal(0)),
                grade="B", position=chance.randint(1, 40), out_of=40, class_average=Decimal("58.25"), class_highest=Decimal(95),
                class_lowest=Decimal(20), incomplete=False, teacher="", teacher_remark="Very good", earlier_totals={},
                cumulative=None,
            )
        )  # fmt: skip
    ratings = [
        [contract.Rating(name=trait, rating=chance.randint(2, 5)) for trait in traits] for traits in (CONDUCT, SKILLS)
    ]
    return contract.ReportCard(
        student=contract.CardStudent(id=UUID(int=seed), name=f"Ṣolá Ọ̀kọ́njọ́ {seed}", student_no=f"HA/{seed:04}", gender="Male", avatar_url=None, joined_on=None, **{"class": "JSS 2 Ruby"}),
        school=contract.CardSchool(name="Hillcrest Academy", logo=None, address="12 Unity Road", motto="Light", phone=None, email=None),
        session="2026/2027", term="First Term", term_id=UUID(int=3), subjects=subjects, not_taken=[],
        attendance=contract.CardAttendance(days_present=58, total_days=65, days_late=3, rate=Decimal("89.23")),
        overall_average=Decimal("64.21"), overall_grade="B", class_position=3, total_in_class=40, level_position=9,
        total_in_level=120, class_average=Decimal("58.31"), best_subject="Subject number 1", weakest_subject="Subject number 2",
        trend=[contract.TrendPoint(label=f"T{n} 2025/2026", average=Decimal(55 + seed % 7 + n)) for n in (1, 2, 3)],
        conduct=ratings[0], skills=ratings[1], cumulative=None, promotion=None, class_teacher_id=None, class_teacher="Mr Bode Akinlade",
        class_teacher_remark="A good term, with more to come in two subjects.", principal="Dr Halima Sanusi",
        principal_remark="Keep it up.", next_term_begins=date(2027, 1, 11),
        grading_key=[contract.KeyLine(grade=g, from_percent=Decimal(p), remark="") for g, p in (("A", 70), ("B", 60), ("F", 0))],
        pass_percent=Decimal(40), verification=contract.Verification(code="741Q-2MW6-MR6K", url=f"https://s.example/verify/hillcrest/{seed}"),
    )  # fmt: skip


def measure() -> Iterator[Measurement]:
    """One card by a warm printing process, a batch from the record to its archive, the same pages by a browser."""
    chosen = school_look()
    cards = [card(seed) for seed in range(1, SINGLE + 1)]
    size = f"{SUBJECTS} subjects, logo, signatures, fonts subset by {font_path()}"
    single = asyncio.run(_single(cards, chosen))
    yield from percentiles("a card's PDF by a warm process (aim 150 ms)", size, single, p95_at_most=3000)
    taken, weight = _processor_s(cards, chosen)
    yield Measurement(what="processor time of a card", size=size, value=taken * 1000, unit="ms")
    yield Measurement(what="a card's PDF", size=size, value=weight, unit="kB")
    browser = _chromium(cards[:CHROMIUM], chosen)
    if browser is not None:
        ours = sorted(single)[len(single) // 2]
        yield Measurement(
            what="the same page by a warm headless Chromium", size=f"{CHROMIUM} cards", value=browser * 1000, unit="ms"
        )
        yield Measurement(what="Chromium's time over ours", size="a card", value=browser / ours, unit="times")
    with demo_school():
        blobs.store.cache_clear()
        made = asyncio.run(_end_to_end())
    blobs.store.cache_clear()
    size = f"{made.cards} cards, {PROCESSES} processes"
    yield Measurement(
        what="a batch of the demo school, marks read, printed, kept, archived (aim 15 s)", size=size, value=made.seconds,
        unit="s", at_most=120,
    )  # fmt: skip
    yield Measurement(
        what="the most memory of a printing process",
        size=f"{made.cards // PROCESSES} cards",
        value=made.memory,
        unit="MB",
    )


def school_look() -> Look:
    """A school's look with a logo and both signatures, as a school prints it."""
    school = School(name="Hillcrest Academy", slug="hillcrest", colour="#1f4f8f", locale="en-NG", options={})
    logo, signature = data_uri(_picture(400, 400)), data_uri(_picture(480, 120))
    return replace(look(school, ReportOptions(), logo, signature), teacher_signature=signature)


def _picture(width: int, height: int) -> bytes:
    """An invented crest or signature: rings on a clear ground."""
    image = Image.new("RGBA", (width, height))
    draw = ImageDraw.Draw(image)
    for step in range(4, min(width, height) // 2, 12):
        draw.ellipse((step, step, width - step, height - step), outline=(31, 79, 143, 255), width=4)
    written = io.BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


async def _single(cards: Sequence[contract.ReportCard], chosen: Look) -> list[float]:
    press, times = Press(1), list[float]()
    for number, one in enumerate([cards[0], cards[1], *cards]):
        started = time.perf_counter()
        assert isinstance(await press.print(one, chosen), bytes)
        if number >= 2:
            times.append(time.perf_counter() - started)
    await press.close()
    return times


def _processor_s(cards: Sequence[contract.ReportCard], chosen: Look) -> tuple[float, float]:
    """Seconds of this process's processor a card, little moved by what else runs, and its kB."""
    pdf(cards[0], chosen)
    gc.collect()
    gc.freeze()
    gc.disable()
    started = time.process_time()
    weight = sum(len(pdf(one, chosen)) for one in cards)
    gc.enable()
    return (time.process_time() - started) / len(cards), weight / len(cards) / 1000


@dataclass(frozen=True, slots=True)
class _Made:
    cards: int
    seconds: float
    memory: float


async def _end_to_end() -> _Made:
    """The run of a batch as the worker does it: the cards from the record, the printing processes started, every card into the
    store and written down, the archive streamed after them."""
    from cli.identity import acting

    caller = await acting("admin@demo.school", None)
    async with transaction(caller) as tx:
        plan = _first(await report_batches.plan(tx, await calendar.current_term(tx)), BATCH)
        row = await report_batches.begin(tx, plan)
        row.status = "running"
        run = RunningRun(row.id, row.kind, row.payload, caller)
    watching = asyncio.create_task(_most_memory())
    started = time.perf_counter()
    result = await reports.generate(run)
    took = time.perf_counter() - started
    watching.cancel()
    memory = (await asyncio.gather(watching, return_exceptions=True))[0]
    assert (result["cards"], result["failed"]) == (plan.total, [])
    async with transaction(caller, read_only=True) as tx:
        assert (await tx.session.get_one(StoredFile, UUID(result["fileId"]))).size > plan.total * 10_000
    assert isinstance(memory, float)
    await redis.forget()
    await database.forget()
    return _Made(plan.total, took, memory)


def _first(plan: Plan, most: int) -> Plan:
    """A plan cut down to so many cards."""
    shares, left = list[Share](), most
    for share in plan.shares:
        shares.append(replace(share, student_ids=share.student_ids[:left]))
        left -= len(shares[-1].student_ids)
        if not left:
            break
    return replace(plan, shares=tuple(shares))


async def _most_memory() -> float:
    """The most MB one printing process held, looked at until cancelled."""
    most = 0.0
    try:
        while True:
            for child in psutil.Process().children():
                with suppress(psutil.Error):  # it ended while it was looked at
                    if "school.report_pdf" in child.cmdline():
                        most = max(most, child.memory_info().rss / 1e6)
            await asyncio.sleep(0.25)
    except asyncio.CancelledError:
        return most


def _chromium(cards: Sequence[contract.ReportCard], chosen: Look) -> float | None:
    """Seconds a page by one warm browser; None where there is none."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        return None
    from playwright.sync_api import sync_playwright

    styles = Path(__file__).parent.parent / "school" / "report_pdf" / "templates"
    css = "".join((styles / name).read_text() for name in ("page.css", f"{chosen.layout}.css")) + colours(chosen)
    pages = [html(one, chosen).replace("</head>", f"<style>{css}</style></head>") for one in cards]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.set_content(pages[0])
        page.pdf(format="A4", print_background=True)
        started = time.perf_counter()
        for source in pages:
            page.set_content(source, wait_until="load")
            page.pdf(format="A4", print_background=True)
        took = time.perf_counter() - started
        browser.close()
    return took / len(pages)
