"""Text for Slack: records and people's words never become a mention, a link or markup of Slack's."""

import re

_MENTION = re.compile(r"<[@!#][^>]*>")
INVISIBLE = "\u200b"


def safe(text: str) -> str:
    """Markdown in which `<!channel>` and the like stay words."""
    return text.replace("<", "<" + INVISIBLE)


def mrkdwn(text: str) -> str:
    """Text for Slack's own markup, escaped the way Slack asks for."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def said(text: str) -> str:
    """What a person wrote, without the mention of the app and with Slack's escapes undone."""
    plain = _MENTION.sub(" ", text)
    plain = re.sub(r"<(?:https?|mailto|tel):[^|>]*\|([^>]*)>", r"\1", plain)
    plain = re.sub(r"<((?:https?|mailto|tel):[^>]*)>", r"\1", plain)
    return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()


def cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
