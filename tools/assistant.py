"""The assistant itself, for those who run the school: how much it is used, and what people thought of its answers."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import BigInteger, cast, func, select

from runtime.transaction import Tx
from school.conversations import Conversation, Turn
from school.permissions import Permission
from school.users import User
from tools.declare import Effect, tool
from tools.present import Block, Column, Shown, Table
from tools.results import Result

Days = Annotated[int, Field(ge=1, le=366, description="Days back from today.")]


class UsageLine(Shown):
    who: str
    answers: int
    hosted: int
    tokens: int
    calls: int


class AssistantUsage(Result):
    """How much each person used the assistant."""

    days: int
    lines: list[UsageLine]

    def headline(self) -> str:
        answers = sum(line.answers for line in self.lines)
        tokens = sum(line.tokens for line in self.lines)
        hosted = sum(line.hosted for line in self.lines)
        return f"{answers} answers in the last {self.days} days, {hosted} by a hosted model ({tokens} tokens)."

    def blocks(self) -> list[Block]:
        columns = [
            Column(key="who", label="Who", kind="person"),
            Column(key="answers", label="Answers", kind="number"),
            Column(key="hosted", label="By a hosted model", kind="number"),
            Column(key="tokens", label="Tokens", kind="number"),
            Column(key="calls", label="Tool calls", kind="number"),
        ]
        rows = [line.model_dump(mode="json", by_alias=True) for line in self.lines]
        return [Table(columns=columns, rows=rows)] if rows else []


@tool(
    permission=Permission.AUDIT_READ,
    effect=Effect.READ,
    rest="GET /api/v1/assistant/usage",
    says=(
        "How much is the assistant used?",
        "How many tokens did we use this month?",
        "Who uses the language model most?",
        "Assistant usage of the last 7 days",
    ),
)
async def show_assistant_usage(tx: Tx, *, days: Days = 30) -> AssistantUsage:
    """Show how much the assistant was used, by person: answers, tokens, tool calls.

    Use when somebody asks about the assistant's usage or its tokens.

    Shape:  days back -> one line a person, most tokens first.
    Units:  tokens in and out together; answers in turns.
    Errors: those of any read.
    Source: table turns.
    """
    tokens = func.coalesce(cast(Turn.usage["input"].astext, BigInteger), 0) + func.coalesce(
        cast(Turn.usage["output"].astext, BigInteger), 0
    )
    by_model = Turn.model.not_in(("offline-planner", "approval"))
    query = (
        select(
            func.coalesce(User.name, "By phone"),
            func.count(),
            func.count().filter(by_model),
            func.coalesce(func.sum(tokens).filter(by_model), 0),
            func.coalesce(func.sum(cast(Turn.usage["calls"].astext, BigInteger)), 0),
        )
        .select_from(Turn)
        .join(Conversation, Conversation.id == Turn.conversation_id)
        .outerjoin(User, User.id == Conversation.user_id)
        .where(Turn.created_at >= tx.now - timedelta(days=days))
        .group_by(User.name)
        .order_by(func.coalesce(func.sum(tokens), 0).desc())
        .limit(200)
    )
    rows = (await tx.session.execute(query)).all()
    lines = [UsageLine(who=w, answers=a, hosted=h, tokens=int(t), calls=int(c)) for w, a, h, t, c in rows]
    return AssistantUsage(days=days, lines=lines)


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
