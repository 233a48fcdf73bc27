"""A thousand report cards by the printing processes of a worker: does it grow in a straight line?"""

import asyncio
import time
from collections.abc import Iterator

from bench.measurement import Measurement
from bench.reports import card, school_look
from school.report_pdf import font_path
from school.report_pdf.press import PROCESSES, Press

TITLE = "A thousand report cards"
CARDS, QUARTERS = 1000, 4


def measure() -> Iterator[Measurement]:
    """The time of each quarter: a straight line has four equal ones."""
    times = asyncio.run(_quarters())
    size = f"{CARDS} cards, {PROCESSES} processes, fonts subset by {font_path()}"
    yield Measurement(what="a thousand cards", size=size, value=times[-1], unit="s")
    spans = [after - before for before, after in zip([0.0, *times], times, strict=False)]
    for number, span in enumerate(spans, start=1):
        yield Measurement(what=f"quarter {number}", size=f"{CARDS // QUARTERS} cards", value=span, unit="s")
    yield Measurement(
        what="the last quarter over the first", size=size, value=spans[-1] / spans[0], unit="times", at_most=1.25
    )


async def _quarters() -> list[float]:
    press, chosen, times = Press(), school_look(), list[float]()
    await asyncio.gather(*(press.print(card(seed), chosen) for seed in range(1, PROCESSES * 2 + 1)))
    started = time.perf_counter()
    for quarter in range(QUARTERS):
        first = 1 + quarter * CARDS // QUARTERS
        made = await asyncio.gather(
            *(press.print(card(seed), chosen) for seed in range(first, first + CARDS // QUARTERS))
        )
        assert all(isinstance(one, bytes) for one in made), "every card was printed"
        times.append(time.perf_counter() - started)
    await press.close()
    return times
