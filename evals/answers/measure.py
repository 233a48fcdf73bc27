"""What is answered, and how: the right document first, quotes with the right words, silence where nothing is said."""

import json
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from demo.documents import shelf
from knowledge import documents
from knowledge.answer import Answer, answer
from knowledge.documents import Placing
from knowledge.scope import search_in_scope
from knowledge.search import Found
from runtime.caller import Caller
from runtime.transaction import transaction
from school import files
from school.documents import Audience, DocumentKind

QUESTIONS = Path(__file__).parent / "questions.jsonl"
KINDS = {one.file: one.kind for one in shelf.SHELF}


@dataclass
class Scores:
    """One entry a question asked; `missed` says in words what went wrong."""

    first: list[bool] = field(default_factory=list[bool])
    cited: list[bool] = field(default_factory=list[bool])
    refused: list[bool] = field(default_factory=list[bool])
    silent: list[bool] = field(default_factory=list[bool])
    milliseconds: list[float] = field(default_factory=list[float])
    missed: list[str] = field(default_factory=list[str])

    def lines(self) -> Iterator[str]:
        yield from self.missed
        yield f"\nright document first: {statistics.mean(self.first):.1%} of {len(self.first)}"
        yield f"answers that quote the right words of the right document: {statistics.mean(self.cited):.1%} of {len(self.cited)}"
        yield f"wrongly refused: {statistics.mean(self.refused):.1%}"
        if self.silent:
            yield f"does not say, when it does not: {statistics.mean(self.silent):.1%} of {len(self.silent)}"
        p95 = statistics.quantiles(self.milliseconds, n=20)[-1]
        yield f"search and answer: p50 {statistics.median(self.milliseconds):.0f} ms, p95 {p95:.0f} ms"


def questions(path: Path = QUESTIONS) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


async def read(caller: Caller, paths: Sequence[Path]) -> tuple[dict[UUID, str], int]:
    """Take the files in, as the worker would; their names by document, and the passages in all."""
    names: dict[UUID, str] = {}
    passages = 0
    for path in paths:
        async with transaction(caller) as tx:
            stored = await files.save(tx, path.name, path.read_bytes(), "application/octet-stream")
            media, _ = await documents.check(tx, stored)
            placing = Placing(KINDS.get(path.name, DocumentKind.OTHER), Audience.STAFF)
            document, run = await documents.add(tx, stored, media, placing)
        passages += (await documents.read(caller, UUID(run.payload["version_id"]), True))["passages"]
        names[document.id] = path.name
    return names, passages


async def measure(caller: Caller, names: dict[UUID, str], asked: Sequence[dict[str, Any]]) -> Scores:
    """Every question once, each in a transaction of its own."""
    scores = Scores()
    for one in asked:
        begun = time.perf_counter()
        async with transaction(caller, read_only=True) as tx:
            found = await search_in_scope(tx, one["text"])
            given = await answer(found)
        scores.milliseconds.append(1000 * (time.perf_counter() - begun))
        _score(scores, one, found, given, names)
    return scores


def _score(scores: Scores, one: dict[str, Any], found: Found, given: Answer, names: dict[UUID, str]) -> None:
    said = f"{given.quotes[0].text[:90]} ({given.evidence:.2f})" if given.says else f"nothing ({given.evidence:.2f})"
    if not one["file"]:
        scores.silent.append(not given.says)
        scores.missed += [f"answered what is not there: {one['text']}  <-  {said}"] if given.says else []
        return
    words = one.get("says", "").casefold()
    right = bool(found.passages) and names[found.passages[0].passage.document_id] in one["file"]
    cited = any(names[quote.document_id] in one["file"] and words in quote.text.casefold() for quote in given.quotes)
    scores.first.append(right)
    scores.refused.append(not given.says)
    scores.cited += [cited] if given.says else []
    scores.missed += [] if right and cited else [f"missed: {one['text']}  <-  {said}"]
