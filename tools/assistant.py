"""The assistant itself, for those who run the school: how much it is used, and what people thought of its answers."""

from dataclasses import asdict
from datetime import timedelta
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import select

from runtime.errors import InvalidInput
from runtime.transaction import Tx
from school import model_uses
from school.conversations import Conversation, Turn
from school.model_uses import Allowance
from school.permissions import Permission
from school.users import User
from tools.declare import Effect, Said, tool
from tools.present import Block, Column, Fact, Facts, Shown, Table
from tools.results import Done, Preview, Result

Days = Annotated[int, Field(ge=1, le=366, description="Days back from today.")]


class UsageLine(Shown):
    who: str
    answers: int
    calls: int
    hosted: int
    tokens: int
    dollars: Decimal


class AssistantUsage(Result):
    """How much each person used the assistant, and how much of the models' allowance is used up."""

    days: int
    lines: list[UsageLine]
    allowed: Allowance
    tokens_today: int
    dollars_this_month: Decimal

    def headline(self) -> str:
        answers = sum(line.answers for line in self.lines)
        hosted = sum(line.hosted for line in self.lines)
        tokens = sum(line.tokens for line in self.lines)
        dollars = sum((line.dollars for line in self.lines), Decimal(0))
        used = f"{tokens:,} tokens, ${dollars:,.2f}"
        return f"{answers} answers in the last {self.days} days; hosted models were asked {hosted} times ({used})."

    def blocks(self) -> list[Block]:
        columns = [
            Column(key="who", label="Who", kind="person"), Column(key="answers", label="Answers", kind="number"),
            Column(key="calls", label="Tool calls", kind="number"), Column(key="hosted", label="Hosted model", kind="number"),
            Column(key="tokens", label="Tokens", kind="number"), Column(key="dollars", label="US dollars", kind="number"),
        ]  # fmt: skip
        rows = [line.model_dump(mode="json", by_alias=True) for line in self.lines]
        most = self.allowed.dollars_per_month
        tokens, limit = self.allowed.tokens_per_school, "no limit" if most is None else f"{most:,.2f}"
        facts = Facts(
            items=[
                Fact(label="Tokens today", value=f"{self.tokens_today:,} of {tokens:,}"),
                Fact(label="Tokens a person a day", value=f"{self.allowed.tokens_per_person:,}"),
                Fact(label="US dollars this month", value=f"{self.dollars_this_month:,.2f} of {limit}"),
            ]
        )
        return [facts, *([Table(columns=columns, rows=rows)] if rows else [])]


@tool(
    permission=Permission.AUDIT_READ,
    effect=Effect.READ,
    rest="GET /api/v1/assistant/usage",
    says=(
        "How much is the assistant used?",
        "How many tokens did we use this month?",
        "Who uses the language model most?",
        "Assistant usage of the last 7 days",
        "What did the language model cost us?",
    ),
)
async def show_assistant_usage(tx: Tx, *, days: Days = 30) -> AssistantUsage:
    """Show how much the assistant was used, by person: answers, tokens, price.

    Use when somebody asks about the assistant's usage, its tokens or its price.

    Shape:  days back -> one line a person, most tokens first, and the allowance.
    Units:  tokens in and out together; answers in turns; US dollars at the providers' listed prices.
    Errors: those of any read.
    Source: tables turns and model_uses.
    """
    since = tx.now - timedelta(days=days)
    lines = [UsageLine(who=who, **asdict(line)) for who, line in (await model_uses.by_person(tx, since)).items()]
    used = await model_uses.used(tx)
    return AssistantUsage(
        days=days, lines=lines, allowed=await model_uses.allowance(tx), tokens_today=used.school_today,
        dollars_this_month=used.dollars_this_month,
    )  # fmt: skip


_TOKENS = Field(ge=0, le=1_000_000_000, description="Tokens a day, in and out together; default as it is.")
PersonTokens = Annotated[int | None, _TOKENS, Said("each", "person", "teacher", "user", "everyone", "staff", "people")]
SchoolTokens = Annotated[int | None, _TOKENS, Said("school", "together", "all")]
Dollars = Annotated[
    Decimal | None,
    Field(ge=0, le=1_000_000, decimal_places=2, description="US dollars a month; default as it is."),
    Said("dollar", "dollars", "usd", "money", "budget"),
]
NoLimit = Annotated[
    bool,
    Field(description="Take the limit of dollars away."),
    Said("no limit", "unlimited", "without limit", "remove the limit"),
]


async def _preview_allowance(
    tx: Tx,
    *,
    tokens_per_person: PersonTokens = None,
    tokens_per_school: SchoolTokens = None,
    dollars_per_month: Dollars = None,
    no_dollar_limit: NoLimit = False,
) -> Preview:
    tx.require(Permission.SCHOOL_WRITE)
    before, used = await model_uses.allowance(tx), await model_uses.used(tx)
    wanted = _changed(before, tokens_per_person, tokens_per_school, dollars_per_month, no_dollar_limit)
    rows = [
        {"what": what, "before": _said(getattr(before, name)), "after": _said(getattr(wanted, name))}
        for name, what in (
            ("tokens_per_person", "Tokens a person a day"), ("tokens_per_school", "Tokens of the school a day"),
            ("dollars_per_month", "US dollars a month"),
        )
    ]  # fmt: skip
    columns = [
        Column(key="what", label="What"),
        Column(key="before", label="Before"),
        Column(key="after", label="After"),
    ]
    over = [] if used.within(wanted) else ["That much is used up already: the built-in planner answers from now on."]
    return Preview(
        title="Allowance of the language models", included=1, blocks=[Table(columns=columns, rows=rows)], warnings=over,
        summary="Past it the built-in planner answers, until midnight or the end of the month.",
        state={"before": before.model_dump(mode="json")},
    )  # fmt: skip


def _changed(
    before: Allowance, person: int | None, school: int | None, dollars: Decimal | None, no_limit: bool
) -> Allowance:
    """The allowance with what was given."""
    if no_limit and dollars is not None:
        raise InvalidInput("Give a limit in dollars, or take the limit away: not both.")
    given = {"tokens_per_person": person, "tokens_per_school": school, "dollars_per_month": dollars}
    changes: dict[str, int | Decimal | None] = {name: value for name, value in given.items() if value is not None}
    return before.model_copy(update=changes | ({"dollars_per_month": None} if no_limit else {}))


def _said(amount: int | Decimal | None) -> str:
    return "no limit" if amount is None else f"{amount:,}"


@tool(
    permission=Permission.SCHOOL_WRITE,
    effect=Effect.WRITE,
    rest="PUT /api/v1/assistant/allowance",
    says=(
        "Limit the language model to 20 dollars a month",
        "Each teacher may use 100000 tokens a day",
        "Set the allowance of the assistant's language model",
    ),
    preview=_preview_allowance,
)
async def set_assistant_allowance(
    tx: Tx,
    *,
    tokens_per_person: PersonTokens = None,
    tokens_per_school: SchoolTokens = None,
    dollars_per_month: Dollars = None,
    no_dollar_limit: NoLimit = False,
) -> Done:
    """Set how much of hosted language models the school allows.

    Use when tokens or money for the assistant's language model are to be limited. To see what was used: `show_assistant_usage`.

    Shape:  three limits -> one allowance.
    Units:  tokens a day; US dollars a month.
    Errors: those of any change.
    Source: table schools.
    """
    now = await model_uses.allowance(tx)
    wanted = _changed(now, tokens_per_person, tokens_per_school, dollars_per_month, no_dollar_limit)
    before = await model_uses.set_allowance(tx, wanted)
    limit = before.dollars_per_month is None
    tx.undo_with("set_assistant_allowance", **before.model_dump(mode="json"), no_dollar_limit=limit)
    return Done(message="The allowance of the language models is set.")


class FeedbackLine(Shown):
    at: str
    who: str
    rating: str
    said: str
    answer: str
    reason: str | None


class FeedbackList(Result):
    """What people thought of the assistant's answers."""

    lines: list[FeedbackLine]

    def headline(self) -> str:
        down = sum(line.rating == "down" for line in self.lines)
        return f"{len(self.lines)} rated answers, {down} of them thumbs down." if self.lines else "No answer was rated."

    def blocks(self) -> list[Block]:
        columns = [
            Column(key="at", label="When", kind="datetime"),
            Column(key="who", label="Who", kind="person"),
            Column(key="rating", label="Thumb", kind="status"),
            Column(key="said", label="Asked"),
            Column(key="reason", label="Reason"),
        ]
        rows = [line.model_dump(mode="json", by_alias=True) for line in self.lines]
        return [Table(columns=columns, rows=rows)] if rows else []


@tool(
    permission=Permission.AUDIT_READ,
    effect=Effect.READ,
    rest="GET /api/v1/assistant/feedback",
    says=(
        "Which answers got a thumbs down?",
        "Show the feedback on the assistant",
        "What did people complain about in the answers?",
        "List the rated answers",
    ),
)
async def find_answer_feedback(
    tx: Tx,
    *,
    rating: Annotated[Literal["up", "down"] | None, Field(description="Only this thumb.")] = None,
    limit: Annotated[int, Field(ge=1, le=500, description="At most this many.")] = 50,
) -> FeedbackList:
    """List answers of the assistant that people rated, with their reasons.

    Use when somebody asks how people like the assistant's answers.

    Shape:  a thumb or nothing -> rated answers, newest first.
    Units:  one row an answer.
    Errors: those of any read.
    Source: table turns.
    """
    query = (
        select(Turn, User.name)
        .join(Conversation, Conversation.id == Turn.conversation_id)
        .outerjoin(User, User.id == Conversation.user_id)
        .where(Turn.rating.is_not(None))
        .order_by(Turn.created_at.desc())
        .limit(limit)
    )
    if rating is not None:
        query = query.where(Turn.rating == rating)
    lines = [
        FeedbackLine(
            at=turn.created_at.isoformat(), who=name or "By phone", rating=str(turn.rating), said=turn.said[:300],
            answer=turn.reply[:300], reason=turn.rating_reason,
        )
        for turn, name in (await tx.session.execute(query)).all()
    ]  # fmt: skip
    return FeedbackList(lines=lines)
