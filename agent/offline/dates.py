"""Days and spans of days in a message: "last Friday", "from Monday to today", "3rd of October", "last two weeks"."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import dateparser

from tools.naming import fold

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT = {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6}
_WEEKDAY = {name: at for at, name in enumerate(_DAYS)} | _SHORT
_MONTH = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
_COUNT = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}
_DAY = (
    rf"(?:day before yesterday|day after tomorrow|today|this morning|this afternoon|tonight|yesterday|tomorrow"
    rf"|(?:(?:on|last|next|this|past|coming) )?(?:{'|'.join(_WEEKDAY)})\b"
    rf"|(?:the )?\d{{1,2}} ?(?:st|nd|rd|th)? (?:of )?(?:{_MONTH})(?: \d{{4}})?|(?:{_MONTH}) \d{{1,2}}(?: ?(?:st|nd|rd|th))?(?: \d{{4}})?\b"
    r"|\d{4} \d{2} \d{2}|\d{1,2} \d{1,2} \d{4})"
)
_RANGE = re.compile(rf"\b(?:from |between |since )?({_DAY}) (?:to|till|until|and|through) ({_DAY}|now)")
_SINCE = re.compile(rf"\b(?:since|from) ({_DAY})")
_ONE = re.compile(rf"\b({_DAY})")
_SPAN = re.compile(
    r"\b(?:(this|last|next|past|previous) (week|month)|(?:in |for |over )?(?:the )?(?:last|past) (\d+|a|one|two|three|four|five|six|seven|ten) (days?|weeks?|months?))\b"
)
_TERM = re.compile(
    r"\b((?:(?:this|last|previous|current|past) (?:term|session))|(?:(?:first|second|third|1 ?st|2 ?nd|3 ?rd) term)|term [123])(?: (?:of |in )?(\d{4} \d{4}))?\b"
)


@dataclass(frozen=True)
class Span:
    """First and last day, and the words that said so."""

    first: date
    last: date
    text: str
    open_end: bool = False
    coming: date | None = None
    """Of a bare weekday, which is taken as the last one: the next one, today included."""

    @property
    def one_day(self) -> bool:
        return self.first == self.last


def spans(text: str, today: date) -> list[Span]:
    """The days a message names, in order, without overlaps."""
    said = fold(text)
    found: list[tuple[int, Span]] = []
    for pattern, read in ((_RANGE, _range), (_SPAN, _span), (_SINCE, _since), (_ONE, _day_span)):
        for match in pattern.finditer(said):
            span = read(match, today)
            if span is None:
                continue
            found.append((match.start(), span))
            said = said[: match.start()] + "#" * (match.end() - match.start()) + said[match.end() :]
    return [span for _, span in sorted(found, key=lambda pair: pair[0])]


def term_words(text: str) -> str | None:
    """The term or session a message names, as the resolver reads it."""
    match = _TERM.search(fold(text))
    if match is None:
        return None
    name = match[1].replace("1 st", "first").replace("2 nd", "second").replace("3 rd", "third")
    return f"{name} {match[2].replace(' ', '/')}" if match[2] else name


def term_text(text: str) -> str | None:
    """The words themselves, to take them out of the message."""
    match = _TERM.search(fold(text))
    return match[0] if match else None


def _range(match: re.Match[str], today: date) -> Span | None:
    first = day(match[1], today)
    last = today if match[2] == "now" else day(match[2], today)
    if first is None or last is None:
        return None
    if first > last and not match[1].startswith(("next", "coming")):
        first -= timedelta(days=7)
    return Span(min(first, last), max(first, last), match[0])


def _since(match: re.Match[str], today: date) -> Span | None:
    first = day(match[1], today)
    return None if first is None or first > today else Span(first, today, match[0], open_end=True)


def _day_span(match: re.Match[str], today: date) -> Span | None:
    found = day(match[1], today)
    if found is None:
        return None
    wanted = _WEEKDAY.get(match[1].removeprefix("on ").strip())
    coming = None if wanted is None else today + timedelta(days=(wanted - today.weekday()) % 7)
    return Span(found, found, match[0], coming=coming)


def _span(match: re.Match[str], today: date) -> Span | None:
    if match[3]:
        count = _COUNT.get(match[3]) or int(match[3])
        days = count * (1 if match[4].startswith("day") else 7 if match[4].startswith("week") else 30)
        return Span(today - timedelta(days=min(days, 3650)), today, match[0])
    which, unit = match[1], match[2]
    if unit == "week":
        monday = today - timedelta(days=today.weekday())
        move = {"this": 0, "next": 7}.get(which, -7)
        start = monday + timedelta(days=move)
        return Span(start, today if move == 0 else start + timedelta(days=6), match[0])
    first = today.replace(day=1)
    if which == "this":
        return Span(first, today, match[0])
    other = (
        (first + timedelta(days=32)).replace(day=1) if which == "next" else (first - timedelta(days=1)).replace(day=1)
    )
    after = (other + timedelta(days=32)).replace(day=1)
    return Span(other, after - timedelta(days=1), match[0])


def day(text: str, today: date) -> date | None:
    """One day. A bare weekday is the last one that was, a "next" one is to come; a date without year is the nearest."""
    said = text.removeprefix("on ").removeprefix("the ").strip()
    fixed = {"today": 0, "this morning": 0, "this afternoon": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1,
             "day before yesterday": -2, "day after tomorrow": 2}.get(said)  # fmt: skip
    if fixed is not None:
        return today + timedelta(days=fixed)
    words = said.split()
    if words[-1] in _WEEKDAY:
        return _weekday(_WEEKDAY[words[-1]], words[0] if len(words) > 1 else "", today)
    return _parsed(said, today)


def _weekday(wanted: int, how: str, today: date) -> date:
    back = (today.weekday() - wanted) % 7
    if how in {"next", "coming"}:
        return today + timedelta(days=(wanted - today.weekday()) % 7 or 7)
    if how in {"last", "past"}:
        return today - timedelta(days=back or 7)
    if how == "this":
        return today - timedelta(days=today.weekday() - wanted)
    return today - timedelta(days=back)


def _parsed(said: str, today: date) -> date | None:
    numbers = re.fullmatch(r"(\d{4}) (\d{2}) (\d{2})|(\d{1,2}) (\d{1,2}) (\d{4})", said)
    if numbers:
        year, month, number = (
            (numbers[1], numbers[2], numbers[3]) if numbers[1] else (numbers[6], numbers[5], numbers[4])
        )
        try:
            return date(int(year), int(month), int(number))
        except ValueError:
            return None
    said = re.sub(r"(\d) (st|nd|rd|th)\b", r"\1", said).replace(" of ", " ")
    base = datetime.combine(today, datetime.min.time())
    has_year = bool(re.search(r"\d{4}", said))
    found = dateparser.parse(
        said, languages=["en"], settings={"RELATIVE_BASE": base, "PREFER_DATES_FROM": "current_period"}
    )
    if found is None:
        return None
    near = found.date()
    if not has_year:
        options = [near.replace(year=near.year + move) for move in (-1, 0, 1) if (near.month, near.day) != (2, 29)] or [
            near
        ]
        near = min(options, key=lambda option: abs((option - today).days))
    return near
