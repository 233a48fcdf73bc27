"""One utterance at a time: which capability, with which arguments after resolution, or a question, or a refusal."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from pydantic_evals import Case, Dataset
from pydantic_evals.evaluators import EvaluationReason, Evaluator, EvaluatorContext

from agent.deps import Deps, Upload
from agent.offline.dialogue import Dialogue
from agent.offline.state import Question
from agent.offline.step import Step
from demo.school import LAGOS
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
    asks: str | None = None
    """The argument it asks for, of a capability it is sure of."""
    offers: tuple[str, ...] = ()
    """The capabilities it asks to choose from."""
    called: bool = False

    @property
    def changes(self) -> bool:
        return self.called and self.tool is not None and TOOLS[self.tool].effect is not Effect.READ


async def route(cast: Cast, utterance: Utterance) -> Routed:
    """Run one utterance through a fresh dialogue of its speaker. Nothing is executed."""
    dialogue = await _dialogue(cast, utterance)
    return _routed(await dialogue.step(utterance.said), dialogue.focus.question)


async def dialogue_step(cast: Cast, utterance: Utterance) -> Step:
    """What the planner does next with an utterance, its arguments ready to call with."""
    return await (await _dialogue(cast, utterance)).step(utterance.said)


async def _dialogue(cast: Cast, utterance: Utterance) -> Dialogue:
    caller = cast[utterance.who]
    async with transaction(caller, read_only=True) as tx:
        today = tx.today
    files = tuple(Upload(uuid4(), name, "application/octet-stream") for name in utterance.files)
    deps = Deps(
        caller=caller, conversation_id=uuid4(), turn_id=uuid4(), today=today, said=utterance.said, files=files
    )  # fmt: skip
    return await Dialogue.open(deps)


def _routed(step: Step, asked: Question | None) -> Routed:
    """A call; or a question for one argument of a capability, whose other arguments are known; or one between several."""
    if step.tool is None and asked and asked.tool:
        known = {name: value.label for name, value in asked.args.items()}
        return Routed(asked.tool, known, step.say, asks=asked.missing)
    offers = tuple(option.tool for option in asked.options if option.tool) if asked else ()
    args = {name: value.label for name, value in step.args.items()}
    return Routed(step.tool, args, step.say, offers=offers, called=step.tool is not None)


@dataclass
class RightTool(Evaluator[Utterance, Routed, Any]):
    """The capability is the one asked for; for "-" none was called."""

    def evaluate(self, ctx: EvaluatorContext[Utterance, Routed, Any]) -> EvaluationReason:
        return EvaluationReason(right_tool(ctx.inputs, ctx.output), f"{ctx.output.tool or ctx.output.said[:80]!r}")


@dataclass
class RightArguments(Evaluator[Utterance, Routed, Any]):
    """Every expected argument is there, and a change has no flag that nobody asked for."""

    def evaluate(self, ctx: EvaluatorContext[Utterance, Routed, Any]) -> EvaluationReason:
        if ctx.inputs.tool == "-":
            return EvaluationReason(not ctx.output.called)
        wrong = wrong_arguments(ctx.inputs, ctx.output)
        return EvaluationReason(right_tool(ctx.inputs, ctx.output) and not wrong, "; ".join(wrong) or None)


@dataclass
class NoWrongChange(Evaluator[Utterance, Routed, Any]):
    """Nothing that changes records or reaches people was proposed unless it was asked for."""

    def evaluate(self, ctx: EvaluatorContext[Utterance, Routed, Any]) -> bool:
        return not ctx.output.changes or right_tool(ctx.inputs, ctx.output)


def right_tool(asked: Utterance, got: Routed) -> bool:
    """Whether the capability called is one that answers the utterance; for "-" none may be called."""
    return not got.called if asked.tool == "-" else got.tool in {asked.tool, *asked.also}


def wrong_arguments(asked: Utterance, got: Routed) -> list[str]:
    """The arguments that are not as written. "?": it cannot be told from the words, so it is there or asked for."""
    missing = TOOLS[got.tool].arguments.model_fields if got.tool else {}
    wrong: list[str] = []
    for name, wanted in asked.args.items():
        value = got.args.get(name)
        if wanted == "?":
            left = name in missing and missing[name].is_required()
            fine = value is not None or not left or (not got.called and got.asks is not None)
        else:
            fine = fits(wanted, value)
        if not fine:
            wrong.append(f"{name}={value!r}")
    if got.changes:
        wrong += [f"{name}={value!r}" for name, value in got.args.items() if value == "True" and name not in asked.args]
    if got.asks and asked.args.get(got.asks) != "?":
        wrong.append(f"asks for {got.asks}")
    return wrong


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
    today = datetime.now(LAGOS).date()
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
