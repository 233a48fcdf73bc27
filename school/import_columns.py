"""Columns of a roster: which heading is which field, and what its cells say."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

import dateparser
import phonenumbers
from email_validator import EmailNotValidError, validate_email
from rapidfuzz import fuzz

from runtime.errors import InvalidInput
from school.folding import fold
from school.row_faults import RowFault
from school.spreadsheets import Cell, Grid, Uncomputed, text_of

HEADER_WITHIN: Final = 30


class NoColumns(InvalidInput):
    """No row of the file names the columns this import needs."""

    code = "no_columns"


class Unreadable(ValueError):
    """A cell that does not say what its field needs; the message says what to type."""


@dataclass(frozen=True, slots=True)
class Context:
    """What reading a cell depends on."""

    country: str
    today: date


Parser = Callable[[Cell, Context], Any]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a row. `headings` are folded; the first is what the field is called in errors."""

    key: str
    headings: tuple[str, ...]
    parse: Parser
    required: bool = False

    @property
    def label(self) -> str:
        return self.headings[0].capitalize()


@dataclass(slots=True)
class Record:
    """One row, read: values by field, and what could not be read."""

    line: int
    values: dict[str, Any]
    faults: list[RowFault] = field(default_factory=list[RowFault])

    def __getitem__(self, key: str) -> Any:
        return self.values.get(key)

    @property
    def who(self) -> str:
        name = self.values.get("name") or " ".join(
            str(self.values[key]) for key in ("family_name", "given_name") if self.values.get(key)
        )
        return str(name or self.values.get("admission_no") or "")

    def fault(self, what: str, fix: str = "") -> None:
        self.faults.append(RowFault(line=self.line, who=self.who, what=what, fix=fix))


@dataclass(slots=True)
class Sheet:
    """A grid whose header was found: positions of fields, headings that fit none, and the rows under it."""

    grid: Grid
    header: int
    fields: dict[str, int]
    unknown: dict[int, Cell]


def find(grids: Sequence[Grid], fields: Sequence[Field]) -> Sheet:
    """The sheet and header row that hold the most fields, all required ones among them. Errors: no_columns."""
    required = {each.key for each in fields if each.required}
    found: list[tuple[int, int, Sheet]] = []
    best_missing = required
    for order, grid in enumerate(grids):
        for number, row in enumerate(grid.rows[:HEADER_WITHIN]):
            sheet = _match(grid, number, row, fields)
            missing = required - sheet.fields.keys()
            if not missing:
                found.append((len(sheet.fields), -order * HEADER_WITHIN - number, sheet))
            elif sheet.fields and len(missing) < len(best_missing):
                best_missing = missing
    if not found:
        absent = ", ".join(each.label for each in fields if each.key in best_missing)
        known = ", ".join(each.label for each in fields)
        raise NoColumns(f"No header row was found with a column for: {absent}. Columns that are read: {known}.")
    return max(found, key=lambda item: item[:2])[2]


def _match(grid: Grid, number: int, row: Sequence[Cell], fields: Sequence[Field]) -> Sheet:
    sheet = Sheet(grid, number, {}, {})
    for place, cell in enumerate(row):
        heading = fold(re.sub(r"\(.*?\)|\*", " ", text_of(cell)))
        if not heading:
            continue
        key = next((f.key for f in fields if heading in f.headings), None) or _close(heading, fields)
        if key is not None and key not in sheet.fields:
            sheet.fields[key] = place
        else:
            sheet.unknown[place] = cell
    return sheet


def _close(heading: str, fields: Sequence[Field]) -> str | None:
    if len(heading) < 5:
        return None
    scored = [(max(fuzz.ratio(heading, h) for h in each.headings), each.key) for each in fields]
    best, key = max(scored)
    return key if best >= 88 else None


def records(sheet: Sheet, fields: Sequence[Field], context: Context) -> Iterator[Record]:
    """The rows under the header, read field by field; empty rows are skipped."""
    placed = [(each, sheet.fields[each.key]) for each in fields if each.key in sheet.fields]
    for line, row in enumerate(sheet.grid.rows[sheet.header + 1 :], start=sheet.header + 2):
        if all(cell == "" for cell in row):
            continue
        record = Record(line, {})
        unread: list[tuple[Field, str]] = []
        for each, place in placed:
            cell = row[place] if place < len(row) else ""
            try:
                blank = cell == "" or (isinstance(cell, str) and not cell.strip())
                record.values[each.key] = None if blank else each.parse(cell, context)
            except Unreadable as error:
                unread.append((each, str(error)))
        for each, what in unread:
            record.fault(f"{each.label}: {what}.")
        for each, _ in placed:
            if each.required and record.values.get(each.key) is None and not any(f is each for f, _ in unread):
                record.fault(f"{each.label} is missing.")
        yield record


def text(limit: int = 120) -> Parser:
    """Any text, without control characters; a guard put before = + - @ by an export is taken off."""

    def parse(cell: Cell, context: Context) -> str:
        if isinstance(cell, Uncomputed):
            raise Unreadable("a formula without a saved result")
        shown = text_of(cell)
        if shown[:1] == "'" and shown[1:2] in ("=", "+", "-", "@"):
            shown = shown[1:]
        if not shown.isprintable():
            shown = "".join(char for char in shown if char.isprintable())
        if len(shown) > limit:
            raise Unreadable(f"longer than {limit} letters")
        return shown

    return parse


def day(cell: Cell, context: Context) -> date:
    """A date cell, or a date as people write it, day first."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    shown = text_of(cell)
    for pattern, order in (
        (r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T].*)?", (0, 1, 2)),
        (r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", (2, 1, 0)),
    ):
        found = re.fullmatch(pattern, shown)
        if found:
            try:
                return date(*(int(found.groups()[n]) for n in order))
            except ValueError:
                raise Unreadable(f"“{shown}” is no date; write it as 2013-05-31") from None
    parsed = None
    if re.search(r"[A-Za-z]{3}", shown) and re.search(r"\d{4}", shown):
        parsed = dateparser.parse(shown, languages=["en"], settings={"DATE_ORDER": "DMY"})
    if parsed is None:
        raise Unreadable(f"“{shown[:30]}” is no date; write it as 2013-05-31")
    return parsed.date()


def phone(cell: Cell, context: Context) -> str:
    """A phone number in E.164; the school's country when none is given."""
    shown = text()(cell, context)
    plain = re.sub(r"[\s().-]", "", shown)
    if re.fullmatch(r"\+234[789]\d{9}", plain):
        return plain
    try:
        number = phonenumbers.parse(plain, context.country)
    except phonenumbers.NumberParseException:
        raise Unreadable(f"“{shown[:30]}” is no phone number; write it as +2348012345678") from None
    if not phonenumbers.is_valid_number(number):
        raise Unreadable(f"“{shown[:30]}” is no working phone number; write it as +2348012345678")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def email(cell: Cell, context: Context) -> str:
    shown = text(254)(cell, context)
    try:
        return validate_email(shown, check_deliverability=False).normalized
    except EmailNotValidError:
        raise Unreadable(f"“{shown[:60]}” is no e-mail address") from None


def one_of(**choices: str) -> Parser:
    """A word out of a few, each with the other ways to write it."""
    meaning = {word: key for key, words in choices.items() for word in (key, *words.split("|"))}

    def parse(cell: Cell, context: Context) -> str:
        found = meaning.get(fold(text_of(cell)))
        if found is None:
            raise Unreadable(f"“{text_of(cell)[:30]}” is not one of {', '.join(choices)}")
        return found

    return parse


def whole_number(cell: Cell, context: Context) -> int:
    shown = text_of(cell)
    if not re.fullmatch(r"\d{1,4}", shown):
        raise Unreadable(f"“{shown[:30]}” is not a whole number")
    return int(shown)
