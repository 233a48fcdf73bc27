"""What one turn of the assistant carries: who asks, in which conversation, with which files and what went before."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from pydantic_ai.messages import ModelResponse

from knowledge.scope import Searches
from runtime.caller import Caller
from runtime.errors import SchoolOSError


@dataclass(frozen=True)
class Upload:
    """A file that came with a message."""

    id: UUID
    name: str
    media_type: str


@dataclass
class Call:
    """One tool call of the turn, as it went: for the panel that opens an answer, and for the dialogue state."""

    tool: str
    arguments: dict[str, Any]
    ms: float = 0
    shown: dict[str, Any] | None = None
    error: SchoolOSError | None = None
    approval: dict[str, Any] | None = None


@dataclass
class Deps:
    """The dependencies of one agent run. Rights come from `caller` alone."""

    caller: Caller
    conversation_id: UUID
    turn_id: UUID
    today: date
    said: str = ""
    files: tuple[Upload, ...] = ()
    focus: dict[str, Any] = field(default_factory=dict[str, Any])
    calls: dict[str, Call] = field(default_factory=dict[str, Call])
    suggestions: list[str] = field(default_factory=list[str])
    blocks: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    labels: dict[str, str] = field(default_factory=dict[str, str])
    replaces: bool = False
    school_name: str = ""
    language: str = "en"
    earlier: list[str] = field(default_factory=list[str])
    by_planner: bool = False
    ungrounded: list[str] = field(default_factory=list[str])
    replacement: str = ""
    given: list[ModelResponse] = field(default_factory=list[ModelResponse])
    """What hosted models gave in this turn, whether or not it became the answer."""

    searches: Searches = field(default_factory=dict)
    """Searches of the documents in this turn: to see whether they answer, and to answer."""

    near: frozenset[str] | None = None
    """The capabilities nearest to what was said, once they were looked for (`agent.nearest`)."""
