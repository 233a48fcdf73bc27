"""nDCG@10, recall@5 and time of each way to rank, and what is refused, by the product's own search."""

import math
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from evals.retrieval.beir import Dataset
from evals.retrieval.refusal import Refusals
from knowledge.evidence import read
from knowledge.rank import Ranked
from knowledge.search import POOL, Found, search
from runtime.caller import Caller
from runtime.transaction import transaction

ORDERS: dict[str, Callable[[Ranked], float]] = {
    "text (BM25)": lambda one: -one.passage.bm25,
    "vector": lambda one: -one.passage.cosine,
    "hybrid": lambda one: -one.score,
}


@dataclass(frozen=True)
class Scores:
    ndcg: dict[str, float]
    recall: dict[str, float]
    milliseconds: list[float]
    answered: list[float]
    refusals: Refusals

    def table(self) -> str:
        """For the terminal and for docs/knowledge.md."""
        lines = ["| ranking | nDCG@10 | recall@5 |", "| --- | --- | --- |"]
        lines += [f"| {name} | {self.ndcg[name]:.3f} | {self.recall[name]:.3f} |" for name in ORDERS]
        for what, taken in (("search", self.milliseconds), ("search and read the evidence", self.answered)):
            p95 = statistics.quantiles(taken, n=20)[-1]
            lines += ["", f"{what}: p50 {statistics.median(taken):.0f} ms, p95 {p95:.0f} ms, one at a time"]
        lines += ["", *self.refusals.lines()]
        return "\n".join(lines)


async def measure(dataset: Dataset, caller: Caller, places: dict[tuple[UUID, int], str]) -> Scores:
    """Every query once, each in a transaction of its own, as the application role."""
    ndcg: dict[str, list[float]] = {name: [] for name in ORDERS}
    recall: dict[str, list[float]] = {name: [] for name in ORDERS}
    taken: list[float] = []
    answered: list[float] = []
    refusals = Refusals()
    for key, question in dataset.queries.items():
        begun = time.perf_counter()
        found = await _search(caller, question)
        taken.append(1000 * (time.perf_counter() - begun))
        refusals.answerable[question] = (await read(found)).strength
        answered.append(1000 * (time.perf_counter() - begun))
        for name, order in ORDERS.items():
            ids = [places[one.passage.version_id, one.passage.position] for one in sorted(found.passages, key=order)]
            grades = _grades(dataset.relevant[key], ids)
            ndcg[name].append(_ndcg(grades, sorted(dataset.relevant[key].values(), reverse=True)))
            recall[name].append(sum(grade > 0 for grade in grades[:5]) / len(dataset.relevant[key]))
    for question in dataset.unanswerable:
        refusals.unanswerable[question] = (await read(await _search(caller, question))).strength
    return Scores(
        {name: statistics.mean(values) for name, values in ndcg.items()},
        {name: statistics.mean(values) for name, values in recall.items()},
        taken, answered, refusals,
    )  # fmt: skip


async def _search(caller: Caller, question: str) -> Found:
    async with transaction(caller, read_only=True) as tx:
        return await search(tx, question, limit=2 * POOL)


def _grades(relevant: dict[str, int], ids: Sequence[str]) -> list[int]:
    """The grade of each result; where documents were judged, each counts once, at its best passage."""
    by_document = not any(name in relevant for name in ids) and any(one.rpartition(":")[0] in relevant for one in ids)
    by_document = by_document or all(name.count(":") < ids[0].count(":") for name in relevant) if ids else False
    names = [one.rpartition(":")[0] for one in ids] if by_document else list(ids)
    return [relevant.get(name, 0) for name in dict.fromkeys(names)]


def _ndcg(grades: list[int], best: list[int], depth: int = 10) -> float:
    def gain(values: list[int]) -> float:
        return sum(value / math.log2(rank + 2) for rank, value in enumerate(values[:depth]))

    return gain(grades) / gain(best)
