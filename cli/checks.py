"""What a check of the doctor finds."""

from collections.abc import Callable
from enum import StrEnum

from pydantic import BaseModel


class State(StrEnum):
    FINE = "fine"
    WARNING = "warning"
    WRONG = "wrong"


class Finding(BaseModel, frozen=True):
    """One thing looked at: what was found, and how to mend it when that is not fine."""

    name: str
    state: State
    found: str
    mend: str | None = None

    @classmethod
    def fine(cls, name: str, found: str) -> "Finding":
        return cls(name=name, state=State.FINE, found=found)

    @classmethod
    def warning(cls, name: str, found: str, mend: str) -> "Finding":
        return cls(name=name, state=State.WARNING, found=found, mend=mend)

    @classmethod
    def wrong(cls, name: str, found: str, mend: str | None) -> "Finding":
        return cls(name=name, state=State.WRONG, found=found, mend=mend)


Check = Callable[[], Finding]
