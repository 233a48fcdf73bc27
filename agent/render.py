"""A turn's parts as words, for doors without cards and for export."""

from typing import Any

from pydantic import TypeAdapter

from tools.present import Block, to_markdown, to_plain

_BLOCKS: TypeAdapter[list[Block]] = TypeAdapter(list[Block])


def blocks_of(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every block the turn showed, in order."""
    found: list[dict[str, Any]] = []
    for part in parts:
        if part.get("state") == "output-available":
            found.extend(part["output"]["blocks"])
    return found


def approvals_of(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The approval cards the turn ended with."""
    return [part["data"] for part in parts if part["type"] == "data-preview"]


def suggestions_of(parts: list[dict[str, Any]]) -> list[str]:
    """What the turn offered to say next."""
    offered = [part["data"] for part in parts if part["type"] == "data-suggestions"]
    return [str(prompt) for prompt in offered[-1]] if offered else []


def text_of(parts: list[dict[str, Any]]) -> str:
    """What was said in words."""
    return "\n\n".join(part["text"] for part in parts if part["type"] == "text" and part["text"].strip())


def markdown_of(parts: list[dict[str, Any]]) -> str:
    """Words, then results, then cards, as Markdown."""
    said = [text_of(parts), *(to_markdown(block) for block in _BLOCKS.validate_python(blocks_of(parts)))]
    said += [card_markdown(card) for card in approvals_of(parts)]
    return "\n\n".join(part for part in said if part)


def plain_of(parts: list[dict[str, Any]], longest: int = 600) -> str:
    """Words and results for a phone: no Markdown, cut at a word."""
    words, said = text_of(parts), list[str]()
    for output in (part["output"] for part in parts if part.get("state") == "output-available"):
        short = output.get("plain")
        if short and output["headline"] in words:
            words = words.replace(
                output["headline"], short, 1
            )  # a result's own words for a phone, and nothing else of it
        else:
            said += [to_plain(block) for block in _BLOCKS.validate_python(output["blocks"])]
    said = [words, *said]
    said += [f"{card['preview']['summary']} Reply YES to go ahead or NO to cancel." for card in approvals_of(parts)]
    text = " ".join(part for part in said if part).replace("**", "").replace("`", "")
    text = " ".join(text.split())
    return text if len(text) <= longest else f"{text[: longest - 1].rsplit(' ', 1)[0]}…"


def card_markdown(card: dict[str, Any]) -> str:
    """An approval card in words."""
    preview = card["preview"]
    left_out = [f"- {item['who']}: {item['reason']}" for item in preview.get("excluded", [])]
    lines = [f"**{preview['title']}** ({card['status']})", preview["summary"], *left_out]
    return "\n".join(line for line in lines if line)
