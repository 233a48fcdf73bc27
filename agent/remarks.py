"""Remarks drafted by a hosted model from a student's own figures. The student's name never leaves the school."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, Field
from pydantic_ai import Agent
from pydantic_ai.exceptions import AgentRunError, FallbackExceptionGroup
from pydantic_ai.messages import ModelResponse
from pydantic_ai.models.fallback import FallbackModel

from agent import allowance
from agent.models import hosted_models, metered_models, run_settings
from runtime.caller import Caller
from runtime.telemetry import log
from school import remark_drafts
from school.model_uses import Purpose
from school.report_contract import ReportCard

NAME = "[NAME]"
AT_ONCE = 4
GIVE_UP_AFTER = 3
"""Failures in a row after which the rest is composed by rule: the provider is away."""
_log = log("remarks")
INSTRUCTIONS = f"""
You write two remarks for a school report card from the figures given. Write {NAME} where the student's name belongs, and
the pronoun given. class_teacher: two or three sentences, warm, concrete, at most 280 characters. principal: one sentence,
at most 140 characters. Use only what the figures say: no figure, subject, event or cause that is not there; write numbers
as digits. Say what went well and one thing to work at. An average below the pass mark is not praised.
""".strip()


class Drafted(BaseModel):
    """The two remarks."""

    class_teacher: str = Field(max_length=400)
    principal: str = Field(max_length=300)


@dataclass(frozen=True)
class Draft:
    """What came back for one card; null where the model did not answer."""

    card: ReportCard
    words: Drafted | None


def available() -> bool:
    """Whether a hosted model is set up here."""
    return bool(hosted_models())


def prompt(card: ReportCard) -> str:
    """A card's figures in lines, without a name, a number of the register, or a place."""
    they, _, their = remark_drafts.pronouns(card.student.gender, NAME)
    moved = remark_drafts.change(card)
    days = card.attendance
    lines = [
        f"pronouns: {they}, {their}", f"average: {card.overall_average}, grade {card.overall_grade}, pass mark {card.pass_percent}",
        f"class average: {card.class_average}",
        f"change since last term: {moved if moved is not None else 'unknown'}",
        f"attendance: {days.days_present} of {days.total_days} days",
        *(f"{s.name}: {s.total if s.total is not None else 'no score'}, class average {s.class_average}" for s in card.subjects),
    ]  # fmt: skip
    if card.class_position:
        lines.append(f"position: {card.class_position} of {card.total_in_class}")
    if card.promotion:
        lines.append(f"decision: {card.promotion.decision}")
    return "\n".join(lines)


async def draft(caller: Caller, cards: Sequence[ReportCard]) -> AsyncIterator[Draft]:
    """Drafts as they come, a few cards at a time. The model is not asked any more after failures in a row, or when the
    school's allowance is used up."""
    given: list[ModelResponse] = []
    models = metered_models(given)
    agent = Agent(FallbackModel(*models), output_type=Drafted, instructions=INSTRUCTIONS, retries=1)
    failures = 0
    for start in range(0, len(cards), AT_ONCE):
        lot = cards[start : start + AT_ONCE]
        if failures >= GIVE_UP_AFTER or not await allowance.left(caller):
            for card in lot:
                yield Draft(card, None)
            continue
        found = await asyncio.gather(*(_ask(agent, card) for card in lot))
        await allowance.spend(caller, Purpose.REMARKS, given)
        given.clear()
        for card, words in zip(lot, found, strict=True):
            failures = failures + 1 if words is None else 0
            yield Draft(card, words)


async def _ask(agent: Agent[None, Drafted], card: ReportCard) -> Drafted | None:
    try:
        async with agent.run_stream(prompt(card), model_settings=run_settings()) as answer:
            found = await answer.get_output()
    except (AgentRunError, FallbackExceptionGroup, OSError) as error:
        _log.warning("draft_failed", reason=type(error).__name__)
        return None
    given = remark_drafts.given_name(card)
    return Drafted(
        class_teacher=found.class_teacher.replace(NAME, given), principal=found.principal.replace(NAME, given)
    )
