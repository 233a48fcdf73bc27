"""A school's own style sheet, read before it is kept: what would be passed over in silence is said."""

from collections.abc import Iterable, Iterator
from typing import Any

import tinycss2

from runtime.errors import InvalidInput


class StyleFault(InvalidInput):
    """The school's own style sheet cannot be read, or reaches out of the page."""

    code = "style_fault"


def check_css(source: str) -> None:
    """Raise on the first thing in a style sheet that would not work. Errors: style_fault.

    Printing is sandboxed whatever stands here; this is for the person who writes it.
    """
    for node in _nodes(source):
        line = getattr(node, "source_line", 0)
        if node.type == "error":
            raise StyleFault(f"Line {line} of the style sheet: {node.message}.", line=line)
        if node.type == "at-rule" and node.lower_at_keyword in {"import", "font-face"}:
            raise StyleFault(
                f"Line {line} of the style sheet: @{node.lower_at_keyword} is not for cards. Choose a font in the options.",
                line=line,
            )
        address = _address(node)
        if address is not None and not address.strip().lower().startswith("data:"):
            raise StyleFault(
                f"Line {line} of the style sheet: “{address[:60]}” is outside the page. Nothing is fetched for a card: "
                "upload the logo or signature in the options instead.",
                line=line,
            )  # fmt: skip


def _nodes(source: str) -> list[Any]:
    try:
        return list(_walk(tinycss2.parse_stylesheet(source, skip_comments=True, skip_whitespace=True)))
    except (ValueError, RecursionError):  # a number of thousands of digits, brackets thousands deep
        raise StyleFault(
            "The style sheet has a number too long, or brackets too deep, to be read. Shorten it."
        ) from None


def _address(node: Any) -> str | None:
    if node.type == "url":
        return node.value
    if node.type == "function" and node.lower_name == "url":
        return "".join(part.value for part in node.arguments if part.type == "string")
    return None


def _walk(nodes: Iterable[Any]) -> Iterator[Any]:
    for node in nodes:
        yield node
        if node.type == "qualified-rule":
            yield from _walk(tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True))
        elif node.type == "at-rule" and node.content is not None:
            parse = tinycss2.parse_blocks_contents if node.lower_at_keyword == "page" else tinycss2.parse_rule_list
            yield from _walk(parse(node.content, skip_comments=True, skip_whitespace=True))
        elif node.type == "declaration":
            yield from _walk(node.value)
        elif node.type == "function" and node.lower_name != "url":
            yield from _walk(node.arguments)
