"""School words a capability's example may hold, found without any school's records: for training only."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from agent.offline.lexicon import in_digits
from agent.offline.words import NO_NAMES
from tools.declare import Tool
from tools.naming import fold
from tools.refs import kind_named

PERSONS = ("Student", "Staff", "Guardian")
PLACEHOLDER = {
    "ClassArm": "class", "Level": "level", "Subject": "subject", "Student": "student", "Staff": "teacher",
    "Guardian": "guardian", "Term": "term", "AcademicSession": "session", "Date": "day", "Number": "number",
}  # fmt: skip
_STONES = "ruby|pearl|opal|jade|topaz|emerald|gold|silver|diamond|sapphire|coral|amber|onyx"
_LEVEL = r"(?i:jss|sss|ss|js|primary|basic|year|grade) ?\d"
_ARM = re.compile(rf"\b{_LEVEL} ?(?:(?i:{_STONES})|[A-C])\b")
_ANY_LEVEL = re.compile(rf"\b{_LEVEL}\b")
_SUBJECTS = (
    "further mathematics|english language|mathematics|maths|math|english|physics|chemistry|biology|basic science|"
    "basic technology|agricultural science|agric|civic education|civic|geography|history|economics|commerce|accounting|"
    "government|literature|french|yoruba|igbo|hausa|computer studies|computer science|computer|ict|home economics|"
    "fine arts|music|physical education|social studies|religious studies|crk|irk|data processing"
)
_SUBJECT = re.compile(rf"\b(?:{_SUBJECTS})\b", re.IGNORECASE)
_TERM = re.compile(
    r"\b(?:this|last|previous|current|next|first|second|third|1st|2nd|3rd) (?:term|session)\b", re.IGNORECASE
)
_DATE = re.compile(
    r"\b(?:today|yesterday|tomorrow|this week|last week|next week|this month|last month|(?:on |last |next |this )?"
    r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)|\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{1,2}|\d{4}-\d\d-\d\d)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\b\d+(?:\.\d+)?\b")
_CHOICE = re.compile(r"\(([^()]*\|[^()]*)\)")
_CODE = re.compile(r"\b[A-Z]{2,4}/\d{2,4}/\d{2,6}\b")
_TITLE = re.compile(r"\b(?:mr|mrs|miss|ms|dr|mallam|chief)\.? [A-Z][\w'’]+(?: [A-Z][\w'’]+)?", re.IGNORECASE)
_NAME = re.compile(
    r"(?<=\w )(?:[A-Z][a-zà-ÿ'’]+)(?: [A-Z][a-zà-ÿ'’]+)*|^[A-Z][a-z]+(?= (?:and [A-Z]|is |was |came |has |did ))"
)


_TONGUE = re.compile(
    r"(?:\b(?:(?:writ\w*|repl\w+|answer\w*|talk|text|message|respond|yarn|dey yarn|dey write)(?: to| with)?"
    r"(?: me| us| back| them| (?:mr|mrs|miss|ms|dr|mallam|chief)\.? [\w'’]+(?: [A-Z][\w'’]+)?| \{guardian\})?(?: in| for)"
    r"|(?:speak|speaks|use|reads?|sabi)|(?:change|go|back|switch)(?: back)? to|(?:(?:my|our|the|their) )?messages? in"
    r"|languages?(?: of \{guardian\})?(?: to| is| in|:)?|(?:ecrivez|parlez|repondez)(?:[ -]moi)?(?: en)?|yare|speak|talk)"
    r" )(english|hausa|igbo|yoruba|pidgin|french)\b",
    re.IGNORECASE,
)
TONGUE = "xxlanguage"
ADDRESS = "xxaddress"
ADDRESSED = re.compile(r"https?://[^\s,;]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
"""A web or e-mail address: it says where to, never what is asked."""


def tongue_at(text: str) -> re.Match[str] | None:
    """The language a message wants to be spoken or written in. Elsewhere such a word is a subject, as in “results in French”."""
    return _TONGUE.search(text)


@dataclass(frozen=True)
class Typed:
    """A text with its records and values replaced by what they are, and the kinds found."""

    text: str
    kinds: frozenset[str]
    rest: str = ""
    """The words that are neither record nor value: what is asked, not about whom."""


_ANY = "xx"
MARK = {kind: f"{_ANY}{kind.lower()}" for kind in PLACEHOLDER}
_MARKED = {mark: PLACEHOLDER[kind] for kind, mark in MARK.items()}


def typed(marked: str, kinds: set[str]) -> Typed:
    """A folded text whose records stand as marks, in its two readings."""
    words = marked.split()
    text = " ".join(_MARKED.get(word, word.removeprefix(_ANY)) for word in words)
    return Typed(text, frozenset(kinds), " ".join(word for word in words if not word.startswith(_ANY)))


def accepted(tool: Tool) -> tuple[str, ...]:
    """The kinds of record a capability takes."""
    found = (kind_named(field.annotation) for field in tool.arguments.model_fields.values())
    return tuple(dict.fromkeys(kind for kind in found if kind))


PLACEHOLDERS = {
    **{f"{{{word}}}": kind for kind, word in PLACEHOLDER.items()},
    "{staff}": "Staff", "{document}": "Document", "{timetable}": "Timetable", "{topic}": "CurriculumItem",
}  # fmt: skip
"""How an example says "a class", "a student", … without naming one."""
FOLDER = Path(__file__).parent / "phrasings"


@lru_cache(maxsize=1)
def lines() -> dict[str, tuple[tuple[str, ...], ...]]:
    """More ways people ask for a capability than its declaration shows, by capability: each line with all its ways."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for path in sorted(FOLDER.glob("*.txt")):
        rows = found.setdefault("", [])
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("# "):
                rows = found.setdefault(line[2:].strip(), [])
            elif line.strip():
                rows.append(tuple(alternatives(line.strip())))
    return {tool: tuple(dict.fromkeys(rows)) for tool, rows in found.items() if tool}


def phrasings() -> dict[str, tuple[str, ...]]:
    """The ways of all lines, by capability; placeholders for records."""
    return {tool: tuple(dict.fromkeys(way for line in rows for way in line)) for tool, rows in lines().items()}


def alternatives(line: str) -> list[str]:
    """ "(lift|remove) the hold (on|from) her card": as many ways as the longest choice has, each choice shown at least once."""
    choices = [choice[1].split("|") for choice in _CHOICE.finditer(line)]
    found: list[str] = []
    for turn in range(max(map(len, choices), default=1)):
        picks = iter(
            [choice[(turn + place * (turn // len(choice))) % len(choice)] for place, choice in enumerate(choices)]
        )
        found.append(" ".join(_CHOICE.sub(lambda _, picks=picks: next(picks), line).split()))
    return found


def typed_example(text: str, takes: tuple[str, ...]) -> Typed:
    """An example of a capability with class, subject, person, date and number replaced by their kind."""
    kinds: set[str] = set()
    person = next((kind for kind in PERSONS if kind in takes), "Student")

    def put(kind: str) -> str:
        kinds.add(kind)
        return f" {MARK.get(kind, f'{_ANY}{kind.lower()}')} "

    text = in_digits(text)
    if ADDRESSED.search(text):
        text, _ = ADDRESSED.sub(f" {ADDRESS} ", text), kinds.add("Address")
    if tongue := tongue_at(text):
        text = f"{text[: tongue.start(1)]} {TONGUE} {text[tongue.end(1) :]}"
    for placeholder, kind in PLACEHOLDERS.items():
        if placeholder in text:
            text = text.replace(placeholder, put(kind))
    text = _CODE.sub(lambda _: put("Student"), text)
    text = _ARM.sub(lambda _: put("ClassArm"), text)
    text = _ANY_LEVEL.sub(lambda _: put("Level"), text)
    text = _SUBJECT.sub(lambda _: put("Subject"), text)
    text = _TERM.sub(lambda _: put("Term"), text)
    text = _DATE.sub(lambda _: put("Date"), text)
    guardian = bool({"Guardian", "Handover"} & set(takes)) and "Staff" not in takes
    text = _TITLE.sub(lambda _: put("Guardian" if guardian else "Staff"), text)
    text = _NAME.sub(lambda m: m[0] if m[0].split()[0] in NO_NAMES else put(person), text)
    text = _NUMBER.sub(lambda _: put("Number"), text)
    return typed(fold(text), kinds)
