"""Results and previews: Pydantic models that can say themselves in chat, in SMS and in JSON."""

import hashlib
import json
from abc import ABC, abstractmethod
from typing import Any, ClassVar

from pydantic import Field

from tools.present import Block, Facts, Notice, Shown, Text, to_markdown, to_plain


class Concern(Shown):
    """A record a result is about, by the name of its kind (ClassArm, Student, …)."""

    kind: str
    id: str
    label: str


class Result(Shown, ABC):
    """What a capability returns. Subclasses override `headline` and `blocks`; the doors do the rest."""

    suggestions: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def headline(self) -> str:
        """One sentence: what was found or done."""

    def blocks(self) -> list[Block]:
        """The body, in blocks, without repeating the headline."""
        return []

    def next_questions(self) -> list[str]:
        """What people often ask next, ready to send."""
        return list(self.suggestions)

    def concerns(self) -> list[Concern]:
        """Records the conversation is about from here on, when the arguments do not name them already."""
        return []

    def markdown(self) -> str:
        """For chat and Slack."""
        return "\n\n".join([self.headline(), *(to_markdown(block) for block in self.blocks())]).strip()

    def plain(self) -> str:
        """For SMS: the headline and what fits in a segment or two."""
        body = " ".join(text for text in (to_plain(block) for block in self.blocks()) if text)
        return f"{self.headline()} {body}".replace("**", "").strip()


class Excluded(Shown):
    """Somebody or something left out, and why."""

    who: str
    reason: str


class MessageSample(Shown):
    """The words that will go out on one channel."""

    channel: str
    text: str
    segments: int = 1
    recipients: int = 0
    cost: float = 0


class Cost(Shown):
    amount: float
    currency: str


class Preview(Shown):
    """Exactly what will happen, before it does. `state` is what it rests on: it moves, the approval goes stale."""

    title: str
    summary: str
    blocks: list[Block] = Field(default_factory=list[Block])
    included: int = 0
    excluded: list[Excluded] = Field(default_factory=list[Excluded])
    messages: list[MessageSample] = Field(default_factory=list[MessageSample])
    cost: Cost | None = None
    warnings: list[str] = Field(default_factory=list[str])
    state: dict[str, Any] = Field(default_factory=dict[str, Any], exclude=True)

    def fingerprint(self) -> str:
        """A hash of the state and of what the person was shown."""
        shown = self.model_dump(mode="json") | {"state": self.state}
        return hashlib.sha256(json.dumps(shown, sort_keys=True, default=str).encode()).hexdigest()

    def markdown(self) -> str:
        """The card in words, for doors without cards."""
        parts = [f"**{self.title}**", self.summary, *(to_markdown(block) for block in self.blocks)]
        if self.excluded:
            parts.append("\n".join(["Left out:", *(f"- {item.who}: {item.reason}" for item in self.excluded)]))
        parts.extend(
            f"{m.channel.upper()} to {m.recipients} ({m.segments} segment{'s'[: m.segments != 1]}): {m.text}"
            for m in self.messages
        )
        if self.cost:
            parts.append(f"Cost: {self.cost.currency} {self.cost.amount:,.2f}")
        parts.extend(f"⚠ {warning}" for warning in self.warnings)
        return "\n\n".join(parts)


class Done(Result):
    """A change that needs no more than a sentence."""

    message: str
    details: list[Block] = Field(default_factory=list[Block])

    def headline(self) -> str:
        return self.message

    def blocks(self) -> list[Block]:
        return self.details


__all__ = [
    "Block",
    "Concern",
    "Cost",
    "Done",
    "Excluded",
    "Facts",
    "MessageSample",
    "Notice",
    "Preview",
    "Result",
    "Text",
]
