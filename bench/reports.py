"""Report cards on paper: one card warm, a batch by the printing processes, the same pages printed by Chromium."""

import asyncio
import random
import resource
import shutil
import time
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from bench.measurement import Measurement, percentiles
from school import report_contract as contract
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
    """In this process, then in the printing processes a worker has, then in a browser."""
    school = School(name="Hillcrest Academy", slug="hillcrest", colour="#1f4f8f", locale="en-NG", options={})
    chosen = look(school, ReportOptions())
    cards = [card(seed) for seed in range(1, BATCH + 1)]
    pdf(cards[0], chosen)
    single: list[float] = []
    for one in cards[:SINGLE]:
        started = time.perf_counter()
        pdf(one, chosen)
        single.append(time.perf_counter() - started)
    size = f"{SUBJECTS} subjects, fonts by {font_path()}"
    yield from percentiles("a card's PDF, warm", size, single, p95_at_most=3000)
    took, weight = asyncio.run(_batch(cards, chosen))
    yield Measurement(
        what="a batch printed, processes started",
        size=f"{len(cards)} cards, {PROCESSES} processes",
        value=took,
        unit="s",
        at_most=120,
    )
    yield Measurement(what="a card's PDF", size=size, value=weight, unit="kB")
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    yield Measurement(
        what="peak memory of a printing process", size=f"{BATCH // PROCESSES} cards", value=memory, unit="MB"
    )
    browser = _chromium(cards[:CHROMIUM], chosen)
    if browser is not None:
        ours = sorted(single)[len(single) // 2]
        yield Measurement(
            what="the same page by a warm headless Chromium", size=f"{CHROMIUM} cards", value=browser * 1000, unit="ms"
        )
        yield Measurement(what="Chromium's time over ours", size="a card", value=browser / ours, unit="times")


async def _batch(cards: Sequence[contract.ReportCard], chosen: Look) -> tuple[float, float]:
    press = Press()
    started = time.perf_counter()
    made = await asyncio.gather(*(press.print(one, chosen) for one in cards))
    took = time.perf_counter() - started
    await press.close()
    sizes = [len(one) for one in made if isinstance(one, bytes)]
    assert len(sizes) == len(cards), "every card was printed"
    return took, sum(sizes) / len(sizes) / 1000


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
