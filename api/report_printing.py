"""The printing process of the web application: a page that hangs or dies there is one refusal, never a stalled door."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from runtime.errors import InvalidInput
from school.report_contract import Broadsheet, ReportCard
from school.report_pdf import Look
from school.report_pdf.press import PROCESSES, Press

LONGEST_S = 20.0
_presses: list[Press] = []


class CardNotPrinted(InvalidInput):
    """A card that could not be laid out, most often for the school's own template or style."""

    code = "card_not_printed"


async def printed(paper: ReportCard | Broadsheet, look: Look, *, picture: bool = False) -> bytes:
    """A card or broadsheet as PDF, or its first page as PNG. Errors: card_not_printed."""
    if not _presses:
        _presses.append(Press(max(1, PROCESSES // 2), longest_s=LONGEST_S))
    made = await _presses[0].print(paper, look, picture=picture)
    if isinstance(made, str):
        what = "card" if isinstance(paper, ReportCard) else "broadsheet"
        raise CardNotPrinted(f"The {what} could not be printed. {made}")
    return made


async def close() -> None:
    """End the process; the next card starts another."""
    while _presses:
        await _presses.pop().close()


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
    """Keep the process while the application runs."""
    yield
    await close()
