"""How often the check of figures and names stops an answer that is true: faithful wordings of many real results."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from agent.deps import Call, Deps
from agent.grounding import Evidence, lists, unsupported
from evals import cases, routing
from evals.cast import Cast
from runtime.caller import Caller
from runtime.errors import SchoolOSError
from runtime.transaction import transaction
from tools.declare import TOOLS, Effect
from tools.invoke import invoke, shown

EACH = 4
"""Leaves of one kind that are worded, of one result."""


@dataclass
class Alarms:
    """What was worded, and what of it was stopped though it is true."""

    turns: int = 0
    sentences: int = 0
    stopped: list[tuple[str, list[str]]] = field(default_factory=list[tuple[str, list[str]]])
    turns_stopped: int = 0

    @property
    def rate(self) -> float:
        """Share of true sentences that are stopped, in percent."""
        return 100 * len(self.stopped) / max(1, self.sentences)


async def measure(cast: Cast, most: int = 200) -> Alarms:
    """Ask the questions of the tuning split, word their results in ways a model would, and count the alarms."""
    found, per_tool = Alarms(), Counter[str]()
    for utterance in (u for u in cases.load() if not u.held and u.tool != "-" and not u.files):
        if found.turns >= most or per_tool[utterance.tool] >= 3 or TOOLS[utterance.tool].effect is not Effect.READ:
            continue
        got = await routing.dialogue_step(cast, utterance)
        if got.tool is None or TOOLS[got.tool].effect is not Effect.READ:
            continue
        try:
            outcome = await invoke(TOOLS[got.tool], cast[utterance.who], got.call_args())
        except SchoolOSError:
            continue
        per_tool[utterance.tool] += 1
        await _count(found, cast[utterance.who], utterance.said, got.tool, shown(outcome.result))
    return found


async def _count(found: Alarms, caller: Caller, said: str, tool: str, result: dict[str, Any]) -> None:
    async with transaction(caller, read_only=True) as tx:
        today = tx.today
    deps = Deps(caller=caller, conversation_id=uuid4(), turn_id=uuid4(), today=today, said=said)
    deps.calls["a"] = Call(tool, {}, shown=result)
    evidence = Evidence(deps)
    before = len(found.stopped)
    for sentence in wordings(result, today):
        found.sentences += 1
        if wrong := unsupported(sentence, evidence):
            found.stopped.append((sentence, wrong))
    found.turns += 1
    found.turns_stopped += len(found.stopped) > before


def wordings(result: dict[str, Any], today: date) -> Iterator[str]:
    """True sentences about a result: its own headline, its figures rounded, its lists counted, its days and names retold."""
    yield str(result["headline"])
    yield f"I looked it up for you. {result['headline']} Let me know if you need anything else."
    leaves = list(_leaves(result.get("result", {})))
    for number in [
        leaf for _, leaf in leaves if isinstance(leaf, int | float | Decimal) and not isinstance(leaf, bool)
    ][:EACH]:
        yield f"The figure is {number}, about {round(float(number))}."
        yield f"That is {float(number):.1f} when rounded, or {float(number):,.2f}."
        if 0 < float(number) < 1:
            yield f"In other words {float(number):.0%}."
    for size in [len(rows) for rows in lists(result.get("result", {})) if rows][:EACH]:
        yield f"There are {size} in all."
    for day in [d for _, leaf in leaves if (d := _day(leaf)) is not None][:EACH]:
        yield f"It was on {day:%A}, {day.day} {day:%B %Y}."
        yield f"The day is {day:%B} {day.day}, {'today' if day == today else 'yesterday' if day == today - timedelta(days=1) else day.year}."
    for name in [leaf for key, leaf in leaves if isinstance(leaf, str) and _named(key) and 1 < len(leaf.split()) < 5][
        :EACH
    ]:
        yield f"{name} is the one you asked about."
        yield f"According to the records, {' '.join(reversed(name.split()))}'s entry is complete."


def _named(key: str) -> bool:
    return any(part in key for part in ("name", "student", "teacher", "guardian", "label"))


def _day(leaf: Any) -> date | None:
    if isinstance(leaf, datetime):
        return leaf.date()
    if isinstance(leaf, date):
        return leaf
    if isinstance(leaf, str) and len(leaf) == 10:
        try:
            return date.fromisoformat(leaf)
        except ValueError:
            return None
    return None


def _leaves(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(inner, str(name).lower())
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _leaves(inner, key)
    elif value is not None and not isinstance(value, UUID):
        yield key, value
