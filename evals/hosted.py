"""One utterance at a time on a hosted model: the first capability it calls, as the turn's record has it."""

import json
from typing import Any
from uuid import uuid4

from agent import chat
from evals.cases import Utterance
from evals.cast import Cast
from evals.routing import Routed
from runtime.settings import settings
from runtime.transaction import transaction
from school.conversations import Turn


def configured() -> bool:
    """Whether the settings name a model other than the planner."""
    return settings().model not in {"", "offline"}


async def route(cast: Cast, utterance: Utterance) -> Routed:
    """Hold one whole turn. Changes stop at their preview, so nothing is carried out."""
    caller = cast[utterance.who]
    answer = await chat.answer(caller, utterance.said or "Here is a file.", conversation_id=uuid4())
    async with transaction(caller, read_only=True) as tx:
        parts = (await tx.session.get_one(Turn, answer.turn_id)).parts
    called = next((part for part in parts if str(part["type"]).startswith("tool-")), None)
    if called is None:
        return Routed(None, {}, answer.text)
    given: dict[str, Any] = called.get("input") or {}
    return Routed(called["toolName"], {name: _said(value) for name, value in given.items()}, answer.text, called=True)


def _said(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]  # JSON
    return value if isinstance(value, str) else json.dumps(value) if isinstance(value, dict) else str(value)
