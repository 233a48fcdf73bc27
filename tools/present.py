"""Blocks: the few shapes every result says itself in, so that no door knows a capability."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

ColumnKind = Literal["text", "number", "percent", "date", "datetime", "money", "person", "status", "grade"]


class Shown(BaseModel):
    """A camelCase model made for people and programs to read."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True)


class Text(Shown):
    type: Literal["text"] = "text"
    markdown: str


class Fact(Shown):
    label: str
    value: str | float | int | None
    kind: ColumnKind = "text"


class Facts(Shown):
    type: Literal["facts"] = "facts"
    title: str | None = None
    items: list[Fact]


class Column(Shown):
    key: str
    label: str
    kind: ColumnKind = "text"


class Table(Shown):
    type: Literal["table"] = "table"
    title: str | None = None
    columns: list[Column]
    rows: list[dict[str, Any]]
    total: int | None = None


class PersonItem(Shown):
    id: str
    name: str
    subtitle: str = ""
    photo_url: str | None = None
    kind: str = "student"


class People(Shown):
    type: Literal["people"] = "people"
    items: list[PersonItem]


class Axis(Shown):
    label: str


class ChartPoint(Shown):
    x: str | float
    y: float | None


class Series(Shown):
    name: str
    points: list[ChartPoint]


class Chart(Shown):
    type: Literal["chart"] = "chart"
    chart: Literal["line", "bar", "histogram", "pie"]
    title: str
    x: Axis
    y: Axis
    series: list[Series]


class FileLink(Shown):
    type: Literal["file"] = "file"
    name: str
    url: str
    media_type: str
    size: int | None = None


class Progress(Shown):
    type: Literal["progress"] = "progress"
    run_id: str
    title: str


class Citation(Shown):
    document_id: str
    title: str
    page: int | None = None
    quote: str
    url: str


class Citations(Shown):
    type: Literal["citations"] = "citations"
    items: list[Citation]


class Choice(Shown):
    label: str
    send: str


class Choices(Shown):
    type: Literal["choices"] = "choices"
    question: str
    options: list[Choice]


class Fault(Shown):
    where: str
    what: str
    fix: str | None = None


class Errors(Shown):
    type: Literal["errors"] = "errors"
    title: str
    items: list[Fault]


class Notice(Shown):
    type: Literal["notice"] = "notice"
    tone: Literal["info", "warning", "success", "danger"] = "info"
    text: str


Block = Annotated[
    Text | Facts | Table | People | Chart | FileLink | Progress | Citations | Choices | Errors | Notice,
    Field(discriminator="type"),
]


def cell(value: Any) -> str:
    """One value the way people write it: no trailing zeros, a dash for nothing."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.2f}".rstrip("0").rstrip(".")
    return str(value).replace("|", "\\|").replace("\n", " ")


def to_markdown(block: Any, limit: int = 50) -> str:
    """One block as Markdown, tables cut after `limit` rows."""
    match block:
        case Text():
            return block.markdown
        case Facts():
            head = f"**{block.title}**\n\n" if block.title else ""
            return head + "\n".join(f"- {item.label}: {cell(item.value)}" for item in block.items)
        case Table():
            return _table(block, limit)
        case People():
            return "\n".join(f"- **{p.name}**{f' ({p.subtitle})' if p.subtitle else ''}" for p in block.items)
        case Chart():
            lines = [f"- {s.name}: " + ", ".join(f"{p.x} {cell(p.y)}" for p in s.points) for s in block.series]
            return "\n".join([f"**{block.title}**", "", *lines])
        case FileLink():
            return f"[{block.name}]({block.url})"
        case Progress():
            return f"_{block.title}: under way._"
        case Citations():
            pages = (f", page {c.page}" if c.page else "" for c in block.items)
            return "\n".join(
                f'> "{c.quote}" ([{c.title}{page}]({c.url}))' for c, page in zip(block.items, pages, strict=True)
            )
        case Choices():
            return "\n".join([block.question, "", *(f"{n}. {o.label}" for n, o in enumerate(block.options, 1))])
        case Errors():
            lines = [f"- **{p.where}**: {p.what}{f' {p.fix}' if p.fix else ''}" for p in block.items]
            return "\n".join([f"**{block.title}**", "", *lines])
        case Notice():
            return block.text
        case _:
            raise TypeError(f"not a block: {block!r}")


def _table(table: Table, limit: int) -> str:
    head = "| " + " | ".join(column.label for column in table.columns) + " |"
    numeric = {"number", "percent", "money"}
    rule = "|" + "|".join(" ---: " if c.kind in numeric else " --- " for c in table.columns) + "|"
    rows = ["| " + " | ".join(cell(row.get(c.key)) for c in table.columns) + " |" for row in table.rows[:limit]]
    more = [f"\n_and {len(table.rows) - limit} more_"] if len(table.rows) > limit else []
    title = [f"**{table.title}**", ""] if table.title else []
    return "\n".join([*title, head, rule, *rows, *more])


def to_plain(block: Any) -> str:
    """One block as short text for a phone: no Markdown, few rows."""
    match block:
        case Text():
            return block.markdown.replace("**", "").replace("_", "").replace("`", "")
        case Facts():
            return "; ".join(f"{item.label} {cell(item.value)}" for item in block.items)
        case Table():
            rows = [
                ": ".join([cell(row.get(block.columns[0].key)), ", ".join(_pairs(block, row))])
                for row in block.rows[:8]
            ]
            more = [f"and {len(block.rows) - 8} more"] if len(block.rows) > 8 else []
            return "; ".join([*rows, *more])
        case People():
            return ", ".join(p.name for p in block.items[:8])
        case FileLink():
            return f"{block.name}: {block.url}"
        case Chart():
            return ""
        case Citations():
            return " ".join(f'"{c.quote}" ({c.title}{f", p. {c.page}" if c.page else ""})' for c in block.items[:2])
        case Errors():
            return "; ".join(f"{p.where}: {p.what}" for p in block.items[:5])
        case _:
            return to_markdown(block)


def _pairs(table: Table, row: dict[str, Any]) -> list[str]:
    return [f"{c.label} {cell(row.get(c.key))}" for c in table.columns[1:] if row.get(c.key) not in (None, "")]


def number(value: Any) -> float | None:
    """A decimal for a cell: JSON has no decimals, and two places survive a float."""
    return None if value is None else float(value)
