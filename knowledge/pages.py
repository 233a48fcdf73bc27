"""A version opened at a page: the passages that stand there, as they were read from the file."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from runtime.transaction import Tx
from school.documents import DocumentVersion, Passage

PART = 8
"""Passages shown together where a file has no pages of its own, as in Word and Markdown."""


@dataclass(frozen=True)
class Opened:
    """`page` counts from 1; of a file without pages it is a part of `PART` passages."""

    page: int | None
    last: int
    paged: bool
    passages: list[Passage]


async def opening(tx: Tx, version: DocumentVersion, page: int | None, cited: Passage | None) -> Opened:
    """The passages of a page, or of the page where the cited passage begins; none when neither is asked for."""
    rows = await tx.session.execute(
        select(Passage.position, Passage.marks).where(Passage.version_id == version.id).order_by(Passage.position)
    )
    places = [(position, _pages(marks)) for position, marks in rows.all()]
    paged = any(pages for _, pages in places)
    numbers = {position: pages if paged else [position // PART + 1] for position, pages in places}
    last = max((number for pages in numbers.values() for number in pages), default=1)
    last = max(last, version.pages or 1) if paged else last
    if cited is not None and (page is None or page not in numbers[cited.position]):
        page = next(iter(numbers[cited.position]), 1)
    if page is None:
        return Opened(None, last, paged, [])
    wanted = [position for position, pages in numbers.items() if page in pages]
    found = await tx.session.scalars(
        select(Passage).where(Passage.version_id == version.id, Passage.position.in_(wanted)).order_by(Passage.position)
    )
    return Opened(page, last, paged, list(found))


def _pages(marks: Sequence[Sequence[int]]) -> list[int]:
    return [page for _, page in marks]
