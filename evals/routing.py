"""One utterance at a time: which capability, with which arguments after resolution, or a question, or a refusal."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from pydantic_evals import Case, Dataset
from pydantic_evals.evaluators import EvaluationReason, Evaluator, EvaluatorContext

from agent.deps import Deps, Upload
from agent.offline.dialogue import Dialogue, Step
from evals.cases import Utterance
from evals.cast import Cast
from runtime.transaction import transaction
from tools.declare import TOOLS, Effect
from tools.naming import fold


@dataclass
class Routed:
    """What the planner did with an utterance."""

    tool: str | None
    args: dict[str, str]
    said: str

    @property
    def changes(self) -> bool:
        return self.tool is not None and TOOLS[self.tool].effect is not Effect.READ


async def route(cast: Cast, utterance: Utterance) -> Routed:
    """Run one utterance through a fresh dialogue of its speaker. Nothing is executed."""
    caller = cast[utterance.who]
    async with transaction(caller, read_only=True) as tx:
        today = tx.today
    files = tuple(Upload(uuid4(), name, "application/octet-stream") for name in utterance.files)
    deps = Deps(
        caller=caller, conversation_id=uuid4(), turn_id=uuid4(), today=today, said=utterance.said, files=files
    )  # fmt: skip
    dialogue = await Dialogue.open(deps)
    return _routed(await dialogue.step(utterance.said))


def _routed(step: Step) -> Routed:
    return Routed(step.tool, {name: value.label for name, value in step.args.items()}, step.say)


@dataclass
class RightTool(Evaluator[Utterance, Routed, Any]):
    """The capability is the one asked for; for "-" none was called."""

    def evaluate(self, ctx: EvaluatorContext[Utterance, Routed, Any]) -> EvaluationReason:
        return EvaluationReason(right_tool(ctx.inputs, ctx.output), f"{ctx.output.tool or ctx.output.said[:80]!r}")


@dataclass
class RightArguments(Evaluator[Utterance, Routed, Any]):
    """Every expected argument is there, and no other record was put in."""

    def evaluate(self, ctx: EvaluatorContext[Utterance, Routed, Any]) -> EvaluationReason:
        if ctx.inputs.tool == "-":
            return EvaluationReason(ctx.output.tool is None)
        wrong = [
            f"{n}={ctx.output.args.get(n)!r}" for n, w in ctx.inputs.args.items() if not fits(w, ctx.output.args.get(n))
        ]
        return EvaluationReason(right_tool(ctx.inputs, ctx.output) and not wrong, "; ".join(wrong) or None)


@dataclass
class NoWrongChange(Evaluator[Utterance, Routed, Any]):
    """Nothing that changes records or reaches people was proposed unless it was asked for."""

    def evaluate(self, ctx: EvaluatorContext[Utterance, Routed, Any]) -> bool:
        return not ctx.output.changes or right_tool(ctx.inputs, ctx.output)


def right_tool(asked: Utterance, got: Routed) -> bool:
    """Whether the capability called is one that answers the utterance; for "-" none may be called."""
    return got.tool is None if asked.tool == "-" else got.tool in {asked.tool, *asked.also}


def fits(wanted: str, got: str | None) -> bool:
    """Whether an argument is what was meant: exactly, as a part (~), or as a day said in words."""
    if got is None:
        return False
    if wanted.startswith("~"):
        return fold(wanted[1:]) in fold(got)
    if (day := spoken_day(wanted)) is not None:
        return f"{day:%d %B %Y}" in got
    return sorted(fold(part) for part in wanted.split(", ")) == sorted(fold(part) for part in got.split(", "))


def spoken_day(words: str) -> date | None:
    """The first day a case's words mean, worked out apart from the planner."""
    today = date.today()  # noqa: DTZ011  # the demo school is made around today
    monday = today - timedelta(days=today.weekday())
    fixed = {"today": today, "yesterday": today - timedelta(days=1), "tomorrow": today + timedelta(days=1),
             "this week": monday, "last week": monday - timedelta(days=7), "monday": monday}  # fmt: skip
    return fixed.get(words)


def dataset(utterances: list[Utterance]) -> Dataset[Utterance, Routed, Any]:
    """The utterances as a pydantic-evals dataset."""
    cases = [Case(name=f"{u.tool}: {u.who}: {u.said}"[:120], inputs=u) for u in utterances]
    return Dataset[Utterance, Routed, Any](
        name="routing", cases=cases, evaluators=[RightTool(), RightArguments(), NoWrongChange()]
    )
