"""Dialogues of several turns over the demo school: follow-ups, corrections, choices, approvals, undo, and the end state."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import yaml
from pydantic import BaseModel, ConfigDict
from pydantic_evals import Case, Dataset
from pydantic_evals.evaluators import EvaluationReason, Evaluator, EvaluatorContext
from sqlalchemy import text

from agent import chat
from evals.cast import ROOT, Cast, demo_school
from runtime import redis
from runtime.caller import Caller
from runtime.transaction import transaction
from school import files
from school.conversations import Turn
from tools.naming import fold

FOLDER = Path(__file__).parent / "dialogues"


class Line(BaseModel):
    """One message, and what its answer must be like. Only what is written is checked."""

    model_config = ConfigDict(extra="forbid")

    say: str
    file: str | None = None
    calls: list[str] | None = None
    status: str | None = None
    has: list[str] = []
    hasnt: list[str] = []
    cards: int | None = None


class End(BaseModel):
    """A query on the school's rows after the dialogue, and what it must give."""

    model_config = ConfigDict(extra="forbid")

    sql: str
    gives: Any


class Script(BaseModel):
    """A whole dialogue of one person."""

    model_config = ConfigDict(extra="forbid")

    name: str
    who: str
    kind: str
    lines: list[Line]
    end: list[End] = []


@dataclass
class Played:
    """What went wrong in a dialogue, line by line; empty when all was right."""

    wrong: list[str] = field(default_factory=list[str])


def load(folder: Path = FOLDER) -> list[Script]:
    """Every dialogue of every file."""
    found: list[Script] = []
    for path in sorted(folder.glob("*.yaml")):
        found += [Script.model_validate(one) for one in yaml.safe_load(path.read_text(encoding="utf-8"))]
    return found


async def play_afresh(script: Script) -> Played:
    """Hold one dialogue in a demo school of its own: nothing another dialogue did is there."""
    async with demo_school() as cast:
        await redis.redis_client().flushdb()
        return await play(cast, script)


async def play(cast: Cast, script: Script) -> Played:
    """Hold the dialogue for real, then look at the school's rows."""
    caller, conversation_id, played = cast[script.who], uuid4(), Played()
    for number, line in enumerate(script.lines, 1):
        file_ids = [await _upload(caller, line.file)] if line.file else []
        answer = await chat.answer(caller, line.say, conversation_id=conversation_id, file_ids=file_ids)
        said = "\n".join([answer.text, *(f"{c['title']} {c['preview']['summary']}" for c in answer.approvals)])
        calls = await _calls(caller, answer.turn_id)
        checks = {
            f"calls {calls}": line.calls is None or calls == line.calls,
            f"status {answer.status}": line.status is None or answer.status == line.status,
            f"cards {len(answer.approvals)}": line.cards is None or len(answer.approvals) == line.cards,
            **{f"no {part!r}": fold(part) in fold(said) for part in line.has},
            **{f"has {part!r}": fold(part) not in fold(said) for part in line.hasnt},
        }
        played.wrong += [
            f"{number} “{line.say}”: {what} in “{said[:160]}”" for what, right in checks.items() if not right
        ]
    for end in script.end:
        async with transaction(caller, read_only=True) as tx:
            got = await tx.session.scalar(text(end.sql), {"conversation": conversation_id, "user": caller.user_id})
        if got != end.gives:
            played.wrong.append(f"end: {end.sql} gives {got!r}, not {end.gives!r}")
    return played


async def _calls(caller: Caller, turn_id: UUID) -> list[str]:
    async with transaction(caller, read_only=True) as tx:
        turn = await tx.session.get_one(Turn, turn_id)
        return [part["toolName"] for part in turn.parts if str(part["type"]).startswith("tool-")]


async def _upload(caller: Caller, path: str) -> str:
    file = ROOT / path
    content = file.read_bytes()

    async def chunks() -> AsyncIterator[bytes]:
        yield content

    received = await files.receive(caller.school_id, file.name, chunks())
    async with transaction(caller) as tx:
        return str((await files.keep(tx, received)).id)


@dataclass
class AsWritten(Evaluator[Script, Played, Any]):
    """Every line was answered as written, and the rows are as they must be."""

    def evaluate(self, ctx: EvaluatorContext[Script, Played, Any]) -> EvaluationReason:
        return EvaluationReason(not ctx.output.wrong, "\n   ".join(ctx.output.wrong) or None)


def dataset(scripts: list[Script]) -> Dataset[Script, Played, Any]:
    """The dialogues as a pydantic-evals dataset."""
    cases = [Case(name=f"{script.kind}: {script.name}", inputs=script) for script in scripts]
    return Dataset[Script, Played, Any](name="dialogues", cases=cases, evaluators=[AsWritten()])
