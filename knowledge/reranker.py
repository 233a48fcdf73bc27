"""A second opinion on the order of what a search found: a cross-encoder reads question and passage together.

Off unless SCHOOLOS_RERANKER names one. It is loaded by the first search, in a worker thread that does nothing else.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import lru_cache

from cachetools import TTLCache

from knowledge.rank import MATCHING_SCOPE, Ranked
from runtime.settings import settings
from runtime.telemetry import log

READ = 20
"""Passages of the fused order that are read again; those behind keep their places."""
MAX_TOKENS = 384
LONGEST = 4.0
"""Seconds a search waits; while the model is still being loaded, searches keep the fused order."""
PAUSE = 300.0
"""Seconds a reranker that failed is left alone."""
_log = log("knowledge")
_worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reranker")
_failed: TTLCache[str, bool] = TTLCache(maxsize=8, ttl=PAUSE)

Scores = Callable[[str, Sequence[str]], list[float]]
"""A question and passages -> how well each answers it, higher is better."""


async def reranked(question: str, fused: Sequence[Ranked]) -> list[Ranked]:
    """The first passages in the cross-encoder's order; as they came when there is none, or it fails.

    The fused scores are dealt out again from the top, so that the first place is worth what it was: how sure an answer
    is stays a matter of the fused search.
    """
    name = settings().reranker
    if name is None or name in _failed or len(fused) < 2:
        return list(fused)
    head, tail = fused[:READ], fused[READ:]
    work = asyncio.get_running_loop().run_in_executor(_worker, _scored, name, question, head)
    try:
        scores = await asyncio.wait_for(work, LONGEST)
    except Exception as error:  # a search without a second opinion is better than none
        if not isinstance(error, TimeoutError):
            _failed[name] = True
        _log.warning("reranker_failed", reranker=name, error=f"{type(error).__name__}: {error}"[:300])
        return list(fused)
    order = sorted(range(len(head)), key=lambda at: -scores[at])
    return [*(_placed(head[at], place) for at, place in zip(order, head, strict=True)), *tail]


def _placed(one: Ranked, place: Ranked) -> Ranked:
    """A passage with the score of a place; what lifts the caller's own subjects goes with the passage."""
    scope = MATCHING_SCOPE * (one.passage.in_scope - place.passage.in_scope)
    return replace(one, score=place.score + scope)


def _scored(name: str, question: str, ranked: Sequence[Ranked]) -> list[float]:
    scores = load(name)(question, [f"{' > '.join(one.passage.path)}\n{one.passage.text}".strip() for one in ranked])
    if len(scores) != len(ranked) or any(score != score for score in scores):
        raise ValueError("the cross-encoder did not give a number for every passage")
    return scores


@lru_cache(maxsize=1)
def load(name: str) -> Scores:
    """The cross-encoder at a path, or of a name on the model hub; kept for the life of the process."""
    import torch  # imported here: a process without a reranker never loads them
    from sentence_transformers import CrossEncoder

    torch.set_num_threads(1)
    model = CrossEncoder(name, device="cpu", num_labels=1, max_length=MAX_TOKENS)

    def scores(question: str, passages: Sequence[str]) -> list[float]:
        given = model.predict([(question, passage) for passage in passages], show_progress_bar=False)
        return [float(score) for score in given]

    return scores
