"""Domain events: what happened, in the past tense, with the payload other parts may rely on.

An event is written to the outbox in the transaction that caused it and reaches its subscribers at least
once, so a subscriber is idempotent on the event's id. Schemas are versioned and listed in docs/events.md.
"""

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

EVENTS: dict[str, type["Event"]] = {}


class Event(BaseModel):
    """One kind of event. Subclasses set `name` (dotted, past tense) and, after a change, `version`."""

    model_config = ConfigDict(frozen=True, alias_generator=to_camel, populate_by_name=True, extra="forbid")

    name: ClassVar[str]
    version: ClassVar[int] = 1
    public: ClassVar[bool] = False
    """Whether programs outside may subscribe to it by webhook."""

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        if "name" in cls.__dict__:
            EVENTS[cls.name] = cls

    def payload(self) -> dict[str, Any]:
        """The JSON object subscribers read, in camelCase."""
        return self.model_dump(mode="json", by_alias=True)
