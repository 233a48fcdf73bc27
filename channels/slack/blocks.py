"""The blocks every result says itself in, as Slack's Block Kit. Knows the shapes, never a capability."""

import csv
import io
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from pydantic import TypeAdapter

from channels.slack.text import cut, mrkdwn, safe
from runtime.settings import settings
from tools.present import (
    Block,
    Chart,
    Choices,
    Citations,
    Errors,
    Facts,
    FileLink,
    Notice,
    People,
    Progress,
    Table,
    Text,
    cell,
    to_markdown,
)

Kit = dict[str, Any]
_BLOCKS: TypeAdapter[list[Block]] = TypeAdapter(list[Block])
NUMERIC = {"number", "percent", "money"}
SECTION, FIELD, MARKDOWN, BUTTON, VALUE = 3000, 2000, 11_000, 75, 2000
ROWS, COLUMNS, LISTED = 99, 20, 15
MARKS = {"info": "ℹ️", "warning": "⚠️", "success": "✅", "danger": "⛔"}


@dataclass(slots=True)
class Rendered:
    """What one answer shows: its own blocks, tables that need a message each, files that follow it."""

    blocks: list[Kit] = field(default_factory=list[Kit])
    tables: list[Kit] = field(default_factory=list[Kit])
    charts: list[Chart] = field(default_factory=list[Chart])
    sheets: list[tuple[str, bytes]] = field(default_factory=list[tuple[str, bytes]])
    files: list[FileLink] = field(default_factory=list[FileLink])


def rendered(blocks: list[dict[str, Any]]) -> Rendered:
    """Blocks of an answer as Slack shows them. A message takes one table, so the others follow."""
    out = Rendered()
    for block in _BLOCKS.validate_python(blocks):
        match block:
            case Table() if block.rows:
                _table(out, block)
            case Chart():
                out.charts.append(block)
            case FileLink():
                out.files.append(block)
            case _:
                out.blocks.extend(_simple(block))
    return out


def _simple(block: Block) -> list[Kit]:
    match block:
        case Text():
            return markdown(block.markdown)
        case Facts():
            return _facts(block)
        case People():
            return _people(block)
        case Citations():
            return [
                context(f"> {mrkdwn(cut(c.quote, 700))}\n{link(_where(c.title, c.page), c.url)}")
                for c in block.items[:6]
            ]
        case Choices():
            return [section(mrkdwn(block.question)), buttons([(o.label, o.send) for o in block.options])]
        case Errors():
            lines = [f"• *{mrkdwn(f.where)}*: {mrkdwn(f.what)} {mrkdwn(f.fix or '')}".rstrip() for f in block.items]
            more = [f"_and {len(lines) - LISTED} more_"] if len(lines) > LISTED else []
            return [section("\n".join([f"*{mrkdwn(block.title)}*", *lines[:LISTED], *more]))]
        case Notice():
            return [context(f"{MARKS[block.tone]} {mrkdwn(block.text)}")]
        case Progress():
            return [context(f"⏳ {mrkdwn(block.title)}: under way. It is on the app's Home tab.")]
        case _:
            return markdown(to_markdown(block))


def _where(title: str, page: int | None) -> str:
    return f"{title}, page {page}" if page else title


def _facts(block: Facts) -> list[Kit]:
    head = [section(f"*{mrkdwn(block.title)}*")] if block.title else []
    fields = [
        {"type": "mrkdwn", "text": cut(f"*{mrkdwn(i.label)}*\n{mrkdwn(cell(i.value))}", FIELD)} for i in block.items
    ]
    return head + [{"type": "section", "fields": fields[at : at + 10]} for at in range(0, len(fields), 10)]


def _people(block: People) -> list[Kit]:
    lines = [f"• *{mrkdwn(p.name)}*{f' – {mrkdwn(p.subtitle)}' if p.subtitle else ''}" for p in block.items]
    more = [f"_and {len(lines) - 40} more_"] if len(lines) > 40 else []
    return [section("\n".join([*lines[:40], *more]))] if lines else []


def _table(out: Rendered, table: Table) -> None:
    """Slack's own table; one that is longer or wider than it takes follows whole as a CSV file."""
    columns = table.columns[:COLUMNS]
    head = [_raw(column.label) for column in columns]
    rows = [[_raw(cell(row.get(column.key))) for column in columns] for row in table.rows[:ROWS]]
    settings_ = [{"align": "right" if c.kind in NUMERIC else "left", "is_wrapped": c.kind == "text"} for c in columns]
    out.tables.append({"type": "table", "rows": [head, *rows], "column_settings": settings_})
    if table.title:
        out.blocks.append(section(f"*{mrkdwn(table.title)}*"))
    if len(table.rows) > ROWS or len(table.columns) > COLUMNS:
        out.sheets.append((f"{table.title or 'table'}.csv", _csv(table)))
        out.blocks.append(context(f"The first {len(rows)} of {len(table.rows)} rows; all of them are in the file."))


def _raw(text: str) -> Kit:
    return {"type": "raw_text", "text": cut(text.replace("\\|", "|"), 300) or "–"}


def _csv(table: Table) -> bytes:
    """A cell that a spreadsheet would take for a formula is quoted as text."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([column.label for column in table.columns])
    for row in table.rows:
        values = ["" if row.get(c.key) is None else str(row.get(c.key)) for c in table.columns]
        writer.writerow(
            [f"'{v}" if v[:1] in "=+@\t\r" or (v[:1] == "-" and not v[1:2].isdigit()) else v for v in values]
        )
    return file.getvalue().encode("utf-8-sig")


def section(text: str) -> Kit:
    return {"type": "section", "text": {"type": "mrkdwn", "text": cut(text, SECTION) or " "}, "expand": True}


def context(text: str) -> Kit:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": cut(text, SECTION)}]}


def markdown(text: str) -> list[Kit]:
    """Standard Markdown; Slack takes 12,000 characters of it in one message."""
    return [{"type": "markdown", "text": cut(safe(text), MARKDOWN)}] if text.strip() else []


def link(label: str, url: str) -> str:
    """A link to a page of ours, or the label alone where there is no address people can open."""
    full = urljoin(f"{(settings().public_url or '').rstrip('/')}/", url) if settings().public_url else url
    return (
        f"<{full.replace('>', '%3E').replace('|', '%7C')}|{mrkdwn(label)}>"
        if full.startswith("http")
        else mrkdwn(label)
    )


def buttons(options: list[tuple[str, str]]) -> Kit:
    """Buttons that say something on the person's behalf when pressed."""
    elements = [
        {"type": "button", "action_id": f"say:{n}", "value": cut(send, VALUE),
         "text": {"type": "plain_text", "text": cut(label, BUTTON), "emoji": False}}
        for n, (label, send) in enumerate(options[:25])
    ]  # fmt: skip
    return {"type": "actions", "elements": elements}


def feedback(conversation_id: str, turn_id: str) -> Kit:
    """Thumbs under an answer."""

    def thumb(rating: str, label: str) -> Kit:
        return {"text": {"type": "plain_text", "text": label}, "value": f"{rating}:{conversation_id}:{turn_id}",
                "accessibility_label": f"{label}: rate this answer"}  # fmt: skip

    element = {"type": "feedback_buttons", "action_id": "feedback", "positive_button": thumb("up", "Helpful"),
               "negative_button": thumb("down", "Not helpful")}  # fmt: skip
    return {"type": "context_actions", "elements": [element]}
