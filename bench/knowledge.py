"""Documents: reading pages and embedding passages. Search is measured by `knowledge_search` and `knowledge_large`."""

import os
import resource
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from weasyprint import HTML

from bench.measurement import Measurement
from knowledge import pdf
from knowledge.chunk import chunks
from knowledge.embedding import embed
from runtime.settings import settings

TITLE = "Documents: reading"
STYLE = "@page { margin: 20mm } body { font: 10pt 'DejaVu Sans' } div { columns: 2 }"


def measure() -> Iterator[Measurement]:
    """Reading and embedding in this process, on one thread."""
    os.environ.setdefault("SCHOOLOS_MODEL_CACHE", str(Path(".schoolos-evals").absolute()))
    settings.cache_clear()
    yield from _reading()


def _words(random: Random) -> list[str]:
    letters = ("ba", "ke", "li", "mo", "nu", "ra", "si", "to", "wu", "ya", "fe", "go")
    return ["".join(random.choice(letters) for _ in range(random.randint(2, 4))) for _ in range(20_000)]


def _sentence(random: Random, words: list[str], length: int) -> str:
    """Words as often as in prose: the n-th most frequent one time in n."""
    return " ".join(words[min(int(random.paretovariate(0.6)) - 1, len(words) - 1)] for _ in range(length))


def _reading() -> Iterator[Measurement]:
    random = Random(1)
    words = _words(random)
    body = "".join(
        f"<h2>Section {n}</h2>" + "".join(f"<p>{_sentence(random, words, 80).capitalize()}.</p>" for _ in range(6))
        for n in range(50)
    )
    made = HTML(string=f"<style>{STYLE}</style><h1>Notes</h1><div>{body}</div>").write_pdf()
    assert made is not None
    begun = time.process_time()
    parsed = pdf.parse("notes.pdf", made)
    spent = time.process_time() - begun
    size = f"{parsed.pages} pages in two columns"
    yield Measurement(what="read a PDF", size=size, value=(parsed.pages or 0) / spent, unit="pages/s of CPU")
    pieces = chunks("Notes", parsed.elements)[:64]
    embed(["load the model"])
    begun = time.process_time()
    embed([piece.text for piece in pieces])
    rate = len(pieces) / (time.process_time() - begun)
    yield Measurement(
        what="embed passages", size=f"{len(pieces)} of 900 characters, 1 thread", value=rate, unit="passages/s of CPU"
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield Measurement(what="memory after reading and embedding", size=size, value=peak, unit="MB")
