"""Arguments out of a message, by their types alone: records, days, numbers, choices, lists, free text, files."""

import re
import types
import typing
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from itertools import pairwise
from typing import Any, Literal
from uuid import UUID

from agent.deps import Upload
from agent.offline import dates
from agent.offline.lexicon import content, in_digits, plain, stem
from agent.offline.mentions import PERSONS, Mention
from agent.offline.understanding import Understanding, fold_keeping_points
from agent.offline.words import STOP
from agent.schema import ref_kind
from tools.declare import Effect, Said, Tool, said_for, unwrap
from tools.naming import Candidate, fold

_FREE = ("text", "message", "body", "content", "note", "comment", "remark", "announcement")
_QUESTION = (
    "question",
    "query",
    "q",
    "topic",
    "about",
    "search",
    "instruction",
    "instructions",
    "request",
    "prompt",
    "subject_line",
)
_WHO_THAT = r"\bthat\b(?! (?:did|do|does|has|have|had|are|were|got|get|failed|owe|missed|never|need|went|came|will)\b)"
"""A "that" before words to pass on, not one that says which people are meant: "the parents that did not get it"."""
_THAT = re.compile(rf"(?:{_WHO_THAT}|\bsaying\b|\bsay\b|:|\bas follows\b|\babout\b)\s*(.+)$", re.IGNORECASE | re.DOTALL)
_PASSED_ON = re.compile(rf"(?:{_WHO_THAT}|\b(?:saying|say)\b)\s|:\s", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“”«»]([^\"“”«»]{2,})[\"“”«»]|'([^']{4,})'(?!\w)")
_REASON = re.compile(r"\b(?:because|reason(?: is|:)?|due to|since)\s+(.+)$", re.IGNORECASE | re.DOTALL)
_ADDRESS = re.compile(r"https?://[^\s,;]+", re.IGNORECASE)
_BESIDE = re.compile(r"\b(?:since|than|against|versus|vs|compar\w* (?:.* )?(?:to|with))(?: the| in| that of)? $")
_NAMED = re.compile(r"\b(?:called|named|name is|name of|titled)\s+[\"“']?(.+?)[\"”']?\s*[?.!]*$", re.IGNORECASE)


@dataclass
class Value:
    """One argument as the planner has it: what is passed on, and how people call it."""

    value: Any
    label: str
    kind: str = ""


@dataclass
class Filled:
    """The arguments found, those missing, and a choice to put when a name fits several records."""

    args: dict[str, Value] = field(default_factory=dict[str, Value])
    missing: list[str] = field(default_factory=list[str])
    unclear: tuple[str, str, list[Candidate]] | None = None

    def plain_args(self) -> dict[str, Any]:
        return {name: value.value for name, value in self.args.items()}


def fill(tool: Tool, said: Understanding, files: tuple[Upload, ...], hints: set[str]) -> Filled:
    """Arguments of one capability out of one message. `hints`: ids of records in focus, which settle a choice."""
    filled = Filled()
    used: set[int] = set()
    kinds = {kind for entry in tool.arguments.model_fields.values() if (kind := ref_kind(entry.annotation))}
    claimed = _claimed(tool, said)
    for name, entry in _records_first(tool):
        kind = ref_kind(entry.annotation)
        if kind and is_list(entry.annotation):
            continue
        if kind == "StoredFile" and files:
            filled.args[name] = Value(str(files[-1].id), files[-1].name, kind)
        elif kind:
            _record(filled, name, kind, said, used, hints, kinds, claimed)
    _lists(tool, filled, said, used, hints)
    for name, entry in tool.arguments.model_fields.items():
        if name not in filled.args and ref_kind(entry.annotation) is None:
            found = _value(tool, name, entry.annotation, entry.description or "", said, files, filled, used)
            if found is not None:
                filled.args[name] = found
    filled.missing = [
        name for name, entry in tool.arguments.model_fields.items() if entry.is_required() and name not in filled.args
    ]
    return filled


def _records_first(tool: Tool) -> list[tuple[str, Any]]:
    """Required records before optional ones, so that one name goes where it is needed."""
    fields = list(tool.arguments.model_fields.items())
    return sorted(fields, key=lambda pair: not pair[1].is_required())


def is_list(annotation: Any) -> bool:
    return typing.get_origin(unwrap(annotation)) in {list, tuple, set, frozenset}


def _claimed(tool: Tool, said: Understanding) -> dict[int, str]:
    """Which mention goes to an optional record because a word declared for it stands right before: "by Mr Bello"."""
    found: dict[int, str] = {}
    for name, entry in tool.arguments.model_fields.items():
        kind = ref_kind(entry.annotation)
        words = next((one.words for one in entry.metadata if isinstance(one, Said)), ())
        several = [at for at, mention in enumerate(said.mentions) if kind in mention.found]
        if is_list(entry.annotation) or entry.is_required() or not words or len(several) < 2:
            continue
        for at in several:
            if said.words[max(0, said.mentions[at].start - 1)] in words:
                found[at] = name
    return found


def _record(
    filled: Filled, name: str, kind: str, said: Understanding, used: set[int], hints: set[str], kinds: set[str],
    claimed: dict[int, str],
) -> None:  # fmt: skip
    if kind in {"Term", "AcademicSession"} and said.term:
        if (name == "since") is _compared_with(said.text):
            filled.args[name] = Value(said.term, said.term, kind)
        return
    for at, mention in enumerate(said.mentions):
        if at in used or kind not in mention.found:
            continue
        if mention.kind != kind and mention.kind in kinds:
            continue
        if claimed.get(at, name) != name:
            continue
        used.add(at)
        if kind == "ClassArm" and (arm := _unseen_arm(said, mention)):
            filled.args[name] = Value(arm, arm, kind)
        else:
            _take(filled, name, kind, mention, hints)
        return


def _unseen_arm(said: Understanding, mention: Mention) -> str | None:
    """ "JSS 2 Topaz" of a caller who sees no such class: it is that class all the same, never another of the level."""
    after = said.words[mention.end : mention.end + 1]
    arm = "Level" in mention.found and after and after[0] in said.unknown
    return " ".join([mention.text, *after]) if arm else None


def _compared_with(text: str) -> bool:
    """Whether the term a message names is the one to compare with, as in “since last term”."""
    before, _, _ = fold(text).partition(dates.term_text(text) or "")
    return _BESIDE.search(before) is not None


def narrowed(found: tuple[Candidate, ...], hints: set[str]) -> tuple[Candidate, ...]:
    """The candidates that belong with what is in focus, or are the caller's own, if that settles it."""
    for keep in (lambda c: c.id in hints, lambda c: bool(c.context & hints), lambda c: c.mine):
        if len(found) > 1:
            found = tuple(c for c in found if keep(c)) or found
    return found


def _take(filled: Filled, name: str, kind: str, mention: Mention, hints: set[str]) -> None:
    found = narrowed(mention.found[kind], hints)
    if len(found) == 1:
        filled.args[name] = Value(found[0].id, found[0].label, kind)
    elif filled.unclear is None:
        filled.unclear = (name, mention.text, list(found))


def _lists(tool: Tool, filled: Filled, said: Understanding, used: set[int], hints: set[str]) -> None:
    """People named in lists ("absent: A and B; C came late") go to the list whose cue stands nearest to them."""
    lists = {
        name: kind
        for name, entry in tool.arguments.model_fields.items()
        if (kind := ref_kind(entry.annotation)) and is_list(entry.annotation)
    }
    if not lists:
        return
    class_hint = {str(value.value) for value in filled.args.values()} | hints
    for at, mention in enumerate(said.mentions):
        fitting = [name for name, kind in lists.items() if kind in mention.found]
        if at in used or not fitting:
            continue
        fitting = [name for name in fitting if lists[name] == mention.kind] or fitting
        name = _nearest_cue({name: _said_for(tool, name) for name in fitting}, said, mention)
        used.add(at)
        found = narrowed(mention.found[lists[name]], class_hint)
        if len(found) == 1 or (lists[name] == "ClassArm" and "Level" in mention.found):
            held = filled.args.setdefault(name, Value([], "", lists[name]))
            for one in found:
                if one.id not in held.value:
                    held.value.append(one.id)
                    held.label = f"{held.label}, {one.label}" if held.label else one.label
        elif filled.unclear is None:
            filled.unclear = (name, mention.text, list(found))


def _said_for(tool: Tool, name: str) -> tuple[str, ...]:
    return said_for(name, tool.arguments.model_fields[name].metadata)


_APART = frozenset({"but", "except", "without", "not"})
"""Words that only set somebody apart, when what they did is said after their name: "all here but Ada came late"."""


def _nearest_cue(cues_of: dict[str, tuple[str, ...]], said: Understanding, mention: Mention) -> str:
    """The list a person belongs to, by the cue words around them: in their own clause, the word after them weighs most."""
    names = list(cues_of)
    if len(names) == 1:
        return names[0]
    everything = {stem(cue) for cues in cues_of.values() for cue in cues}
    start, end = _clause(said, mention, everything)
    told = bool(everything - _APART & {stem(word) for word in said.words[mention.end : end]})
    best, least = names[0], 99.0
    for name in names:
        cues = {stem(cue) for cue in cues_of[name]} | {stem(name)}
        for at in range(start, end):
            if stem(said.words[at]) not in cues or (told and at < mention.start and stem(said.words[at]) in _APART):
                continue
            away = (at - mention.end + 1) if at >= mention.end else (mention.start - at) + 0.5
            if away < least:
                best, least = name, away
    return best


def _clause(said: Understanding, mention: Mention, cues: set[str]) -> tuple[int, int]:
    """The words of the message's clause around a mention: between commas, semicolons and full stops."""
    position, bounds = 0, [0]
    for piece in re.split(r"[,;.]|(?=\bbut\b)|(?=\bwhile\b)", in_digits(said.text)):
        position += len(fold(piece).split())
        bounds.append(position)
    start = max((b for b in bounds if b <= mention.start), default=0)
    end = min((b for b in bounds if b >= mention.end), default=len(said.words))
    own = [stem(word) for word in said.words[start:end]]
    if cues & set(own):
        return start, end
    return 0, min(len(said.words), end + 3)


def _value(
    tool: Tool, name: str, annotation: Any, description: str, said: Understanding, files: tuple[Upload, ...],
    filled: Filled, used: set[int],
) -> Value | None:  # fmt: skip
    kind = unwrap(annotation)
    if kind is date or kind is datetime:
        return _day(name, said, kind, ahead=AHEAD in description)
    if kind is bool:
        return _flag(tool, name, said)
    if kind is time or (kind is str and "HH:MM" in description):
        return _time(name, said)
    if typing.get_origin(kind) is dict and int in {unwrap(part) for part in typing.get_args(kind)}:
        counted = unwrap(typing.get_args(kind)[0])
        if isinstance(counted, type) and issubclass(counted, Enum):
            return _counts([str(option.value) for option in counted], said)
        return _pairs(said, {word for mention in said.mentions for word in mention.text.split()} | STOP)
    if kind in {int, float, Decimal}:
        return _number(tool, name, kind, said)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _choice([str(option.value) for option in kind], said)
    if typing.get_origin(kind) is Literal:
        options = [str(option) for option in typing.get_args(kind)]
        return _switched_off(name, options, said) or _choice(options, said)
    if kind is UUID:
        return _file(name, files)
    if is_list(annotation):
        return _list(name, annotation, said, files)
    if kind is str or _may_be_text(kind):
        return _text(tool, name, description, said)
    return None


def _may_be_text(kind: Any) -> bool:
    return typing.get_origin(kind) in {typing.Union, types.UnionType} and str in typing.get_args(kind)


_LAST = ("last", "to", "until", "end", "finish", "ends_on", "to_on", "last_on", "through", "before")
_FIRST = ("first", "from", "since", "start", "starts_on", "from_on", "first_on", "after")


AHEAD = "a weekday means the next one"
"""Words in an argument's description: a bare "Monday" is the one to come, not the one that was."""


def _day(name: str, said: Understanding, kind: Any, ahead: bool = False) -> Value | None:
    if not said.days:
        return None
    span = said.days[0]
    key = name.rstrip("_")
    if len(said.days) > 1 and key in _LAST:
        span = said.days[1]
    chosen = span.last if key in _LAST else span.first
    if ahead and span.coming is not None:
        chosen = span.coming
    text = chosen.isoformat() if kind is date else datetime.combine(chosen, datetime.min.time()).isoformat()
    return Value(text, f"{chosen:%A %d %B %Y}", "Date")


_NEGATED = re.compile(
    r"\b(?:stop|no|not|dont|do not|off|never|without|unsubscribe|mute|disable|deactivate|hide|pause|cancel|remove|unlock|no more|except|any more)\b"
)


def _flag(tool: Tool, name: str, said: Understanding) -> Value | None:
    """A flag: set by one of its declared words, or by all words of its name, but never by words to be passed on.

    One that must be said either way, or may be left as it is, is unset by a "no", "hide", "stop" or "off".
    """
    if tool.arguments.model_fields[name].is_required():
        wanted = not _NEGATED.search(fold(said.text))
        return Value(wanted, str(wanted), "bool")
    asked = plain(head_of(said.text) if takes_text(tool) else said.text)
    stems = {stem(word) for word in asked.split()}
    entry = tool.arguments.model_fields[name]
    declared = said_for(name, entry.metadata)
    if entry.default is True:
        return Value(False, "False", "bool") if _NEGATED.search(fold(said.text)) else None
    if entry.default is None:
        switched = any(plain(cue) in asked if " " in cue else stem(cue) in stems for cue in declared)
        on = not _NEGATED.search(fold(said.text))
        return Value(on, str(on), "bool") if switched else None
    if declared == tuple(name.split("_")):
        return Value(True, "True", "bool") if {stem(word) for word in declared} <= stems else None
    said_so = any(plain(cue) in asked if " " in cue else stem(cue) in stems for cue in declared)
    return Value(True, "True", "bool") if said_so else None


_TIME = re.compile(
    r"\b(\d{1,2})(?:[:.](\d{2}))? ?(am|pm|a\.m\.|p\.m\.|o'?clock|in the (?:morning|evening|afternoon)|at night)?",
    re.IGNORECASE,
)


def _time(name: str, said: Understanding) -> Value | None:
    """A time of day: "9 pm", "21:00"; of two the second goes to the argument that ends something."""
    found: list[time] = []
    for match in _TIME.finditer(said.text):
        hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
        if hour > 23 or minute > 59 or not (match[2] or half or (found and len(found) == 1)):
            continue
        late = half.startswith("p") or half.endswith(("evening", "afternoon", "night"))
        found.append(
            time(
                (hour % 12) + 12 if late and hour <= 12 else 0 if half.startswith("a") and hour == 12 else hour, minute
            )
        )
    at = 1 if name in _LAST else 0
    return Value(f"{found[at]:%H:%M}", f"{found[at]:%H:%M}", "Time") if len(found) > at else None


_RATING = re.compile(
    r"(?:\b(\d+)(?: (?:for|in|on))+ ([a-z]+))|(?:\b([a-z]+)(?: (?:is|rating|to|at))* (\d+)\b(?! (?:for|in|on)\b))"
)


def _pairs(said: Understanding, taken: set[str]) -> Value | None:
    """Words with a number each: "punctuality 4 and neatness 3", "5 for honesty"."""
    found = {
        (match[2] or match[3]): int(match[1] or match[4]) for match in _RATING.finditer(fold(said.text))
        if (match[2] or match[3]) not in taken
    }  # fmt: skip
    label = ", ".join(f"{word} {number}" for word, number in found.items())
    return Value(found, label, "pairs") if found else None


def _counts(options: list[str], said: Understanding) -> Value | None:
    """How many of each kind: "5 multiple choice and 2 structured"; one kind alone: "multiple choice questions"."""
    words = plain(said.text)
    spoken = {option: re.escape(plain(option.replace("_", " "))) for option in options}
    counted = {option: re.search(rf"\b(\d+) (?:[a-z]+ )?{text}\b", words) for option, text in spoken.items()}
    found = {option: int(match[1]) for option, match in counted.items() if match}
    found = found or {option: 1 for option, text in spoken.items() if re.search(rf"\b{text} questions?\b", words)}
    label = ", ".join(f"{option.replace('_', ' ')} {number}" for option, number in found.items())
    return Value(found, label, "pairs") if found else None


NEAR_WORDS = 10
"""How far from a number the word that says what it counts may stand."""


def _numeric(tool: Tool) -> dict[str, tuple[str, ...]]:
    """The arguments of a capability that are numbers, with the words that stand for each."""
    return {
        name: _said_for(tool, name) for name, entry in tool.arguments.model_fields.items()
        if unwrap(entry.annotation) in {int, float, Decimal}
    }  # fmt: skip


_MOST = re.compile(r"\b(?:top|best|first|last|latest|newest|lowest|weakest|bottom|only|just|limit|most) (\d{1,3})\b")
"""How many of a list are wanted: "top 10"."""


def _number(tool: Tool, name: str, kind: Any, said: Understanding) -> Value | None:
    """The number of a message; of a capability that takes several, the one that stands beside this argument's words."""
    if not said.numbers:
        return None
    several = _numeric(tool)
    if name == "limit" and len(several) > 1:
        most = _MOST.search(fold(said.text))
        return Value(int(most[1]), most[1], "Number") if most else None
    found = _counted(said, several).get(name) if len(several) > 1 else said.numbers[0]
    if found is None and tool.arguments.model_fields[name].is_required():
        found = said.numbers[0]
    return None if found is None else _as_number(found, kind)


def _counted(said: Understanding, cues: dict[str, tuple[str, ...]]) -> dict[str, float]:
    """What each number of a message counts, by the nearest of the arguments' words; a word after it is nearer than one before."""
    words = [stem(word) for word in fold_keeping_points(re.sub(r"[,;]\s", " # ", in_digits(said.text))).split()]
    found: dict[str, tuple[float, float]] = {}
    start = 0
    for number in said.numbers:
        place = next((at for at in range(start, len(words)) if _same_number(words[at], number)), None)
        if place is None:
            continue
        start = place + 1
        away = {name: _away(words, place, {stem(word) for word in own}) for name, own in cues.items()}
        name = min(away, key=lambda one: away[one])
        if away[name] <= NEAR_WORDS and away[name] < found.get(name, (0.0, 99.0))[1]:
            found[name] = (number, away[name])
    return {name: number for name, (number, _) in found.items()}


def _same_number(word: str, number: float) -> bool:
    return word.replace(".", "", 1).isdigit() and float(word) == number


def _away(words: list[str], place: int, cues: set[str]) -> float:
    """How many words a cue stands from a place, with half a word more before it and much more across a comma."""
    return min(
        (
            abs(at - place) + (0.5 if at < place else 0.0)
            + NEAR_WORDS * words[min(at, place) : max(at, place)].count("#")
            for at, word in enumerate(words) if word in cues
        ),
        default=99.0,
    )  # fmt: skip


def _as_number(number: float, kind: Any) -> Value:
    if kind is int:
        return Value(int(number), str(int(number)), "Number")
    text = f"{number:f}".rstrip("0").rstrip(".")
    return Value(text if kind is Decimal else number, text, "Number")


_ANY_MESSAGE = {"message", "messages", "messaging"}
"""Words for what goes out on any channel: they choose none."""
_ALSO_CALLED = {"xlsx": ("excel", "spreadsheet", "workbook"), "in_app": ("app", "bell")}
"""What people call options that have a technical name."""
_NONE_OF_IT = ("off", "hidden", "none", "never")
"""Options that a "no", "stop" or "hide" chooses."""
_REFUSED = r"\b(?:not|no|dont|never|instead of|rather than)(?: \w+)? {}\b"


def _switched_off(name: str, options: list[str], said: Understanding) -> Value | None:
    """The option that means "none of it", when a message refuses what an argument or its capability is about."""
    off = next((option for option in _NONE_OF_IT if option in options), None)
    if off is None or not _NEGATED.search(fold(said.text)):
        return None
    own = {stem(word) for word in name.split("_")}
    return Value(off, off, "choice") if off in {"off", "never"} or own <= {stem(w) for w in said.words} else None


def _choice(options: list[str], said: Understanding) -> Value | None:
    words = plain(said.text).replace("e mail", "email")
    kept = [option for option in options if not re.search(_REFUSED.format(re.escape(plain(option))), words)]
    options = kept if any(re.search(rf"\b{re.escape(plain(option))}\b", words) for option in kept) else options
    stems = {stem(word) for word in words.split()}
    meant = set(content([word for word in words.split() if word not in _ANY_MESSAGE]))
    if also := next((option for option in options if set(_ALSO_CALLED.get(option, ())) & set(words.split())), None):
        return Value(also, also, "choice")
    spoken = {option: plain(option.replace("_", " ")) for option in options}
    for fitting in (
        lambda said: re.search(rf"\b{re.escape(said)}\b", words) or all(stem(word) in stems for word in said.split()),
        lambda said: bool(content(said.split())) and set(content(said.split())) <= meant,
    ):  # fmt: skip
        for option in options:
            if fitting(spoken[option]):
                return Value(option, option.replace("_", " "), "choice")
    return None


def _file(name: str, files: tuple[Upload, ...]) -> Value | None:
    if files and ("file" in name or "upload" in name or "sheet" in name or "document" in name):
        return Value(str(files[-1].id), files[-1].name, "file")
    return None


def _list(name: str, annotation: Any, said: Understanding, files: tuple[Upload, ...]) -> Value | None:
    inner = typing.get_args(unwrap(annotation))
    if inner and typing.get_origin(unwrap(inner[0])) is Literal:
        words = fold(re.split(r"\bnot\b|\binstead of\b", said.text)[0]).replace("e mail", "email").split()
        options = sorted((str(o) for o in typing.get_args(unwrap(inner[0])) if str(o) in words), key=words.index)
        return Value(options, ", ".join(options), "choice") if options else None
    if inner and unwrap(inner[0]) is UUID and files and "file" in name:
        return Value([str(file.id) for file in files], ", ".join(file.name for file in files), "file")
    if inner and unwrap(inner[0]) is str and name in POINTS and (said_that := _reported(said.text)):
        found = points(said_that)
        return Value(found, "; ".join(found), "text")
    return None


POINTS = ("points", "items")
_REPORTED = re.compile(
    r"(?:\b(?:saying|to say|telling them|tell them|informing them|say|stating|with the points|points are)(?: that)?\b|\bthat\b|:)\s*:?\s*(.+)$",
    re.IGNORECASE | re.DOTALL,
)
_BETWEEN_POINTS = re.compile(
    r"\s*(?:;|\n)\s*(?:and\s+)?|,?\s+and\s+(?:also\s+)?that\s+|,\s+(?:and\s+)?that\s+|(?<=\w\w[.!?])\s+(?=[A-Z])"
)
_AND = re.compile(
    r",?\s+and\s+(?=(?:the|all|each|every|no|children|students|parents|they|it|we|there|lunch|please)\b)", re.IGNORECASE
)
_MARKER = re.compile(r"^(?:\d+[.)]|[-•*])\s*")
SHORTEST_POINT = 3


def _reported(text: str) -> str:
    found = _REPORTED.search(text)
    return found[1].strip() if found else ""


def points(said: str) -> list[str]:
    """What somebody wants said, one thing an item: "it starts at 9 and that children bring water" is two."""
    pieces = [_MARKER.sub("", piece.strip(" ,.")) for piece in _BETWEEN_POINTS.split(said)]
    pieces = [part for piece in pieces for part in _AND.split(piece)]
    return [f"{piece[:1].upper()}{piece[1:]}" for piece in pieces if len(piece) >= SHORTEST_POINT]


_ON_WHAT = re.compile(
    r"\b(?:about|regarding|concerning|on the subject of)\s+(?:the\s+|our\s+)?(.+?)(?=,|;|:|\s+(?:saying|to say|say|telling|that says?|that|stating|and (?:tell|say))\b|[.?!]?\s*$)",
    re.IGNORECASE,
)
LONGEST_SUBJECT = 60


def _subject_of(text: str) -> Value | None:
    """What a letter is about: said after "about", else the first thing it is to say."""
    found = _ON_WHAT.search(text)
    said = found[1].strip() if found else next(iter(points(_reported(text))), "")
    said = said if len(said) <= LONGEST_SUBJECT else f"{said[:LONGEST_SUBJECT].rsplit(' ', 1)[0]}…"
    return Value(f"{said[:1].upper()}{said[1:]}", said, "text") if len(said) >= SHORTEST_POINT else None


_TOPIC = re.compile(
    r"\b(?:on|about|covering)\s+(?:the\s+topic\s+)?(\S.*?)(?=\s+(?:for|in|with|from)\s|[,;?!]|\.(?:\s|$)|$)",
    re.IGNORECASE,
)
"""What questions are to be about: "a quiz on laws of indices for JSS 2"."""


def _text(tool: Tool, name: str, description: str, said: Understanding) -> Value | None:
    if name in _FREE:
        return _spoken(said.text)
    if name == "reason":
        found = _REASON.search(said.text)
        return Value(found[1].strip(), found[1].strip(), "text") if found else None
    if name == "url":
        found = _ADDRESS.search(said.text)
        return Value(found[0], found[0], "text") if found else None
    if name == "subject":
        return _subject_of(said.text)
    if name == "topic" and (found := _TOPIC.search(said.text)):
        return Value(found[1], found[1], "text")
    if name in _QUESTION and name != "about":
        return Value(said.text.strip(), said.text.strip(), "text")
    if name == "title":
        titled = _NAMED.search(head_of(said.text))
        return Value(titled[1].strip(), titled[1].strip(), "text") if titled else None
    if not tool.arguments.model_fields[name].is_required() and tool.effect is not Effect.READ:
        return _labelled(name, description, said.text)
    if name in {"name", "who"} or "name" in description.lower().split():
        return _name(said)
    required = tool.arguments.model_fields[name].is_required()
    return _word(tool, name, description, said) if required else _shown(description, said.text)


_FORMS = {
    "email": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    "phone": re.compile(r"\+?\d[\d ()-]{5,}\d"),
    "colour": re.compile(r"#[0-9a-fA-F]{6}\b"),
    "time_zone": re.compile(r"\b[A-Z][a-z]+/[A-Z][A-Za-z_]+\b"),
    "currency": re.compile(r"\b[A-Z]{3}\b"),
    "url": _ADDRESS,
}
"""Values known by their form, wherever in a message they stand."""


_SUCH_AS = re.compile(r"\bsuch as ([\w ,-]+)")


def _shown(description: str, text: str) -> Value | None:
    """A value that the argument's description shows: "such as transfer or cash"."""
    found = _SUCH_AS.search(description)
    options = re.split(r", | or ", found[1]) if found else []
    word = next((one for one in options if re.search(rf"\b{re.escape(fold(one))}\b", fold(text))), None)
    return Value(word, word, "word") if word else None


def _labelled(name: str, description: str, text: str) -> Value | None:
    """A value known by its form, said after its argument's name ("change the motto to Light and truth"), or shown."""
    if form := _FORMS.get(name):
        found = form.search(text)
        return Value(found[0].strip(), found[0].strip(), "text") if found else None
    words = re.escape(name.replace("_", " "))
    named = re.search(
        rf"\b{words}\b[\w' ]*?(?:\b(?:to|is now|is|as|should be|should read|reads|will be)\b|:|=)\s*[\"“']?(.+?)[\"”']?\s*[.!]*$",
        text, re.IGNORECASE,
    )  # fmt: skip
    return Value(named[1].strip(), named[1].strip(), "text") if named else _shown(description, text)


def _word(tool: Tool, name: str, description: str, said: Understanding) -> Value | None:
    """One word of the message that the examples or the description have in this place: "exam", "CA".

    A word of the argument's own name is not its value, but the word before it is: "the books fee".
    """
    own = set(name.split("_"))
    others = {word for other in tool.arguments.model_fields for word in other.split("_")} - own
    told = set(fold(description).split())
    openers = {fold(example).split()[0] for example in tool.says}
    spoken = {word for example in tool.says for word in fold(example).split()} - openers
    kinds = {ref_kind(entry.annotation) for entry in tool.arguments.model_fields.values()}
    taken = [mention for mention in said.mentions if mention.kinds & kinds]
    covered = {at for mention in taken for at in range(mention.start, mention.end)}
    fitting = [
        word
        for at, word in enumerate(said.words)
        if at not in covered
        and word not in own | others
        and word in spoken | told
        and word not in STOP
        and not word.isdigit()
        and len(word) > 1
    ]
    before = [
        first
        for at, (first, then) in enumerate(pairwise(said.words))
        if set(content([then])) & set(content([*own]))
        and at not in covered
        and first not in STOP | own
        and not first.isdigit()
    ]
    chosen = [word for word in fitting if word in told] or before or fitting
    return Value(chosen[-1], chosen[-1], "word") if chosen else None


def _spoken(text: str) -> Value | None:
    """The words to pass on: after "that", after a colon, or in quotes."""
    quoted = _QUOTED.search(text)
    found = quoted or _THAT.search(text)
    if not found:
        return None
    said = next(group for group in found.groups() if group).strip()
    said = said[:1].upper() + said[1:]
    return Value(said, said, "text") if len(said.split()) > 1 else None


def head_of(text: str) -> str:
    """A message up to the words it wants passed on: "tell the parents that ..." asks before "that"."""
    found = _QUOTED.search(text) or _PASSED_ON.search(text)
    head = text[: found.start()].strip() if found else ""
    return head if len(head.split()) >= 2 else text


def takes_text(tool: Tool) -> bool:
    """Whether a capability passes free words on."""
    return any(name in _FREE for name in tool.arguments.model_fields)


def _name(said: Understanding) -> Value | None:
    found = _NAMED.search(said.text)
    if found:
        return Value(found[1].strip(), found[1].strip(), "text")
    people = [m.text for m in said.mentions if m.kind in PERSONS]
    named = people[0] if people else " ".join(said.unknown)
    return Value(named, named, "text") if named else None


__all__ = ["Filled", "Value", "content", "fill", "narrowed"]
