"""What every parser makes: a flat list of elements in reading order, each with its kind and page."""

from enum import StrEnum

from pydantic import BaseModel


class Kind(StrEnum):
    TITLE = "title"
    TEXT = "text"
    ITEM = "item"
    TABLE = "table"


class Element(BaseModel, frozen=True):
    """One heading, paragraph, list item or table. The rows of a table are lines, its cells split by ` | `."""

    kind: Kind
    text: str
    page: int | None = None
    """1-based page, slide or sheet; null where the format has none."""
    depth: int = 0
    """Of a heading: 1 for the outermost."""


class Parsed(BaseModel, frozen=True):
    """A whole document as elements, and how many pages it has where pages exist."""

    title: str
    elements: list[Element]
    pages: int | None = None
    scanned_pages: list[int] = []
    """Pages that hold an image and no text, when other pages do have text."""


def as_table(rows: list[list[str]]) -> str:
    """Rows of cells as lines; empty columns and rows are left out."""
    width = max((len(row) for row in rows), default=0)
    padded = [[cell.strip().replace("\n", " ") for cell in row] + [""] * (width - len(row)) for row in rows]
    kept = [at for at in range(width) if any(row[at] for row in padded)]
    return "\n".join(" | ".join(row[at] for at in kept) for row in padded if any(row))
