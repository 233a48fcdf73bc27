"""Search and answers over 100,000 passages: a school with a hundred textbooks."""

from collections.abc import Iterator

from bench.knowledge_search import measured
from bench.measurement import Measurement

TITLE = "Documents: search in 100,000 passages"


def measure() -> Iterator[Measurement]:
    """100,000 passages in documents of 1,000."""
    yield from measured(100_000, 1000, exact=False)
