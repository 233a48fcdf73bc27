"""Yes and no by word: only a person's own fresh message decides, never text inside a file, a document or a result."""

import re
from enum import StrEnum

from tools.naming import fold


class Decision(StrEnum):
    APPROVE = "approve"
    DECLINE = "decline"


_YES = r"(?:yes|yea|yeah|yep|yup|ok|okay|oya|sure|fine|alright|correct|confirmed?|approved?|i approve|agreed?|proceed|go ahead|send it|send them|save it|save them|publish it|publish them|do it|do am|run it|carry on|go on|e correct|continue)"
_NO = r"(?:no|nope|nah|cancel|decline|declined|stop|dont|do not|never ?mind|leave it|abort|reject|forget it|forget am|not now)"
_POLITE = r"(?:please|pls|abeg|thanks|thank you|sir|ma|now|it|that|this|them|all|the preview|the change)"
_ASKED = r"(?:send|save|publish|approve|proceed|go ahead|do)"
_APPROVE = re.compile(rf"^{_YES}(?: (?:{_YES}|{_POLITE}|{_ASKED}))*$")
_DECLINE = re.compile(rf"^{_NO}(?: (?:{_NO}|{_POLITE}|{_ASKED}))*$")
_EXPLICIT = re.compile(r"\b(?:approved?|publish|send|save|confirm|cancel|decline|reject)\b")
LONGEST = 60


def read(said: str) -> Decision | None:
    """What a message decides about the one pending preview: approve, decline, or nothing."""
    text = fold(said) if len(said) <= LONGEST else ""
    if not text:
        return None
    if _DECLINE.match(text):
        return Decision.DECLINE
    return Decision.APPROVE if _APPROVE.match(text) else None


def explicit(said: str) -> bool:
    """Whether a decision names the act ("approve", "cancel it"), so that it cannot answer some other question."""
    return bool(_EXPLICIT.search(fold(said)))
