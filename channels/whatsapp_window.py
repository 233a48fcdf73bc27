"""WhatsApp's 24-hour window: free text within a day of the person's last message, an approved template outside it.

An account's options name its templates: `template` has one variable, the whole message on one line; `document_template` also
has a document as its header, and is used for a message that carries a file.
"""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlparse

from sqlalchemy import func, select

from channels.providers import Outgoing, Refused
from runtime.caller import Caller
from runtime.transaction import transaction
from school.inbox import InboundMessage
from school.notifications import Channel

WINDOW = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Template:
    """An approved template: the message on one line is its first variable; `document` (link, filename) its header."""

    name: str
    language: str
    text: str
    document: dict[str, str] | None = None

    def variables_json(self) -> str:
        """As Twilio takes them: a template's file has a fixed host, its path is the second variable."""
        path = {"2": urlparse(self.document["link"]).path.lstrip("/")} if self.document else {}
        return json.dumps({"1": self.text, **path})


async def check_window(message: Outgoing, options: dict[str, Any]) -> Template | None:
    """Null inside the window; outside it the account's template, or Refused when it has none."""
    if await is_open(message):
        return None
    document: dict[str, str] | None = message.extra.get("document")
    with_file = options.get("document_template") if document else None
    template = with_file or options.get("template")
    if not template:
        raise Refused(
            "they have not written to the school on WhatsApp in the last 24 hours, and the school has no approved template"
        )
    if not with_file or not document:
        return Template(template["name"], template.get("language", "en"), " ".join(message.text.split())[:1024])
    file = {name: document[name] for name in ("link", "filename")}
    return Template(
        template["name"], template.get("language", "en"), " ".join(document["caption"].split())[:1024], file
    )


async def is_open(message: Outgoing) -> bool:
    """Whether this person wrote to the school on WhatsApp within the last day."""
    async with transaction(Caller.system(message.school_id), read_only=True) as tx:
        last = await tx.session.scalar(
            select(func.max(InboundMessage.created_at)).where(
                InboundMessage.school_id == message.school_id, InboundMessage.channel == Channel.WHATSAPP.value,
                InboundMessage.sender == message.address,
            )
        )  # fmt: skip
        return last is not None and last > tx.now - WINDOW
