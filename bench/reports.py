"""Report cards on paper: one card warm, a batch by the printing processes, the same pages printed by Chromium."""

import asyncio
import gc
import os
import random
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import psutil

from bench.measurement import Measurement, percentiles
from runtime import files as blobs
from runtime.settings import settings
from school import report_batches
from school import report_contract as contract
from school.report_batches import FinishedCard
from school.report_options import CONDUCT, SKILLS, ReportOptions
from school.report_pdf import Look, font_path, html, pdf
from school.report_pdf.look import look
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
    """One card by a warm printing process, a batch with its archive by as many as a worker has, the same by a browser."""
    chosen = plain_look()
    cards = [card(seed) for seed in range(1, BATCH + 1)]
    size = f"{SUBJECTS} subjects, fonts subset by {font_path()}"
    single = asyncio.run(_single(cards[:SINGLE], chosen))
    yield from percentiles("a card's PDF by a warm process (aim 150 ms)", size, single, p95_at_most=3000)
    yield Measurement(
        what="processor time of a card", size=size, value=_processor_s(cards[:SINGLE], chosen) * 1000, unit="ms"
    )
    took, weight, memory = asyncio.run(_batch(cards, chosen))
    yield Measurement(
        what="a batch printed and its ZIP streamed into the store, processes started (aim 15 s)",
        size=f"{len(cards)} cards, {PROCESSES} processes", value=took, unit="s", at_most=120,
    )  # fmt: skip
    yield Measurement(what="a card's PDF", size=size, value=weight, unit="kB")
    yield Measurement(
        what="memory of a printing process after its cards", size=f"{BATCH // PROCESSES} cards", value=memory, unit="MB"
    )
    browser = _chromium(cards[:CHROMIUM], chosen)
    if browser is not None:
        ours = sorted(single)[len(single) // 2]
        yield Measurement(
            what="the same page by a warm headless Chromium", size=f"{CHROMIUM} cards", value=browser * 1000, unit="ms"
        )
        yield Measurement(what="Chromium's time over ours", size="a card", value=browser / ours, unit="times")


def plain_look() -> Look:
    """A school's look without pictures."""
    return look(
        School(name="Hillcrest Academy", slug="hillcrest", colour="#1f4f8f", locale="en-NG", options={}),
        ReportOptions(),
    )


async def _single(cards: Sequence[contract.ReportCard], chosen: Look) -> list[float]:
    press, times = Press(1), list[float]()
    for number, one in enumerate([cards[0], cards[1], *cards]):
        started = time.perf_counter()
        assert isinstance(await press.print(one, chosen), bytes)
        if number >= 2:
            times.append(time.perf_counter() - started)
    await press.close()
    return times


def _processor_s(cards: Sequence[contract.ReportCard], chosen: Look) -> float:
    """Seconds of this process's processor a card: little moved by what else runs."""
    pdf(cards[0], chosen)
    gc.collect()
    gc.freeze()
    gc.disable()
    started = time.process_time()
    for one in cards:
        pdf(one, chosen)
    gc.enable()
    return (time.process_time() - started) / len(cards)


async def _batch(cards: Sequence[contract.ReportCard], chosen: Look) -> tuple[float, float, float]:
    """As the worker does it: print, put each card into the store, then stream the archive into it.

    Seconds, kB a card, and the most MB a printing process held.
    """
    with tempfile.TemporaryDirectory() as folder, _stored_in(Path(folder)):
        press, school_id = Press(), UUID(int=1)
        started = time.perf_counter()

        async def one(card: contract.ReportCard) -> FinishedCard:
            made = await press.print(card, chosen)
            assert isinstance(made, bytes), made
            written = await blobs.write_bytes(report_batches.new_key(school_id), made)
            return FinishedCard(
                student_id=card.student.id, name=report_batches.file_name(card), key=written.key, size=written.size
            )

        made = await asyncio.gather(*(one(each) for each in cards))
        memory = max(child.memory_info().rss for child in psutil.Process().children()) / 1e6
        await press.close()
        weight = sum(each.size for each in made)
        archived = await blobs.write(report_batches.new_key(school_id), report_batches.archive(made), weight * 2)
        took = time.perf_counter() - started
        assert archived.size > weight, "every card is in the archive"
        return took, weight / len(made) / 1000, memory


@contextmanager
def _stored_in(folder: Path) -> Iterator[None]:
    before = os.environ.get("SCHOOLOS_STORAGE_URL")
    os.environ["SCHOOLOS_STORAGE_URL"] = folder.as_uri()
    settings.cache_clear()
    blobs.store.cache_clear()
    try:
        yield
    finally:
        os.environ.pop("SCHOOLOS_STORAGE_URL")
        if before is not None:
            os.environ["SCHOOLOS_STORAGE_URL"] = before
        settings.cache_clear()
        blobs.store.cache_clear()


def _chromium(cards: Sequence[contract.ReportCard], chosen: Look) -> float | None:
    """Seconds a page by one warm browser; None where there is none."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        return None
    from playwright.sync_api import sync_playwright

    styles = Path(__file__).parent.parent / "school" / "report_pdf" / "templates"
    css = "".join((styles / name).read_text() for name in ("page.css", f"{chosen.layout}.css"))
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
