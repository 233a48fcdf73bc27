"""The planner alone: how long it trains, how long it takes to understand a message, first words and whole answer in-process."""

import asyncio
import time
from collections.abc import Iterator
from uuid import uuid4

from agent import chat
from agent.offline import learning
from bench.measurement import Measurement, percentiles
from evals import cases, routing
from evals.cast import Cast, demo_school
from tools import load_all

TITLE = "The assistant"
MESSAGES = 60
QUESTIONS = (
    "who teaches physics in SS 1?",
    "how is JSS 2 Ruby doing in mathematics last term?",
    "who was absent in SS 2 Topaz yesterday?",
    "tell me about SS 1 Topaz",
)
ROUNDS = 6


def measure() -> Iterator[Measurement]:
    """Train, understand, answer."""
    tools = dict(load_all())
    made = learning.build(tools)
    size = f"{len(made.tools)} capabilities, {len(made.examples)} examples"
    yield Measurement(what="planner trained", size=size, value=made.trained_s, unit="s", at_most=30)
    understood, first, whole = asyncio.run(_time())
    yield from percentiles("message understood", f"{len(understood)} utterances, 799 students", understood)
    size = f"{len(first)} questions, in one process"
    yield from percentiles("first words", size, first, p50_at_most=150, p95_at_most=400)
    yield from percentiles("whole answer", size, whole)


async def _time() -> tuple[list[float], list[float], list[float]]:
    async with demo_school() as cast:
        understood: list[float] = []
        for utterance in [u for u in cases.load() if not u.files][:MESSAGES]:
            started = time.perf_counter()
            await routing.route(cast, utterance)
            understood.append(time.perf_counter() - started)
        timed = [await _ask(cast, question) for _ in range(ROUNDS) for question in QUESTIONS]
    return understood, [first for first, _ in timed], [whole for _, whole in timed]


async def _ask(cast: Cast, question: str) -> tuple[float, float]:
    """Seconds to the first words and to the end of one answer."""
    started, first = time.perf_counter(), 0.0
    begun = await chat.start_turn(cast["head"], uuid4(), question)
    async for _, data in chat.stream(cast["head"], begun.conversation_id, begun.turn_id):
        if not first and '"text-delta"' in data:
            first = time.perf_counter() - started
    return first, time.perf_counter() - started
