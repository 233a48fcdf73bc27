"""Days, flags, times, numbers and choices out of a message, for arguments of those types."""

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from agent.offline.filled import Value
from agent.offline.lexicon import content, in_digits, plain, stem
from agent.offline.slot_texts import head_of, takes_text
from agent.offline.understanding import Understanding, fold_keeping_points
from tools.declare import Tool, said_for, unwrap
from tools.naming import fold


def words_for(tool: Tool, name: str) -> tuple[str, ...]:
    return said_for(name, tool.arguments.model_fields[name].metadata)


_LAST = ("last", "to", "until", "end", "finish", "ends_on", "to_on", "last_on", "through", "before")
_FIRST = ("first", "from", "since", "start", "starts_on", "from_on", "first_on", "after")
AHEAD = "a weekday means the next one"
"""Words in an argument's description: a bare "Monday" is the one to come, not the one that was."""


def read_day(name: str, said: Understanding, kind: Any, ahead: bool = False) -> Value | None:
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


_RATHER = re.compile(r"\b(?:stop|no|not|dont|do not|no more)\b.+?(?<!dont)(?<!not)(?<!to) (?:use|prefer|but)\b")
"""What is wanted in place of what is refused: "stop texting me, use e-mail"."""


def read_flag(tool: Tool, name: str, said: Understanding) -> Value | None:
    """A flag: set by one of its declared words, or by all words of its name, but never by words to be passed on.

    One that must be said either way, or may be left as it is, is unset by a "no", "hide", "stop" or "off".
    """
    if tool.arguments.model_fields[name].is_required():
        wanted = not _NEGATED.search(fold(said.text)) or bool(_RATHER.search(fold(said.text)))
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


def read_time(name: str, said: Understanding) -> Value | None:
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


def read_pairs(said: Understanding, taken: set[str]) -> Value | None:
    """Words with a number each: "punctuality 4 and neatness 3", "5 for honesty"."""
    found = {
        (match[2] or match[3]): int(match[1] or match[4]) for match in _RATING.finditer(fold(said.text))
        if (match[2] or match[3]) not in taken
    }  # fmt: skip
    label = ", ".join(f"{word} {number}" for word, number in found.items())
    return Value(found, label, "pairs") if found else None


def read_counts(options: list[str], said: Understanding) -> Value | None:
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
        name: words_for(tool, name) for name, entry in tool.arguments.model_fields.items()
        if unwrap(entry.annotation) in {int, float, Decimal}
    }  # fmt: skip


_MOST = re.compile(r"\b(?:top|best|first|last|latest|newest|lowest|weakest|bottom|only|just|limit|most) (\d{1,3})\b")
"""How many of a list are wanted: "top 10"."""


def read_number(tool: Tool, name: str, kind: Any, said: Understanding) -> Value | None:
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


def read_refusal(name: str, options: list[str], said: Understanding) -> Value | None:
    """The option that means "none of it", when a message refuses what an argument or its capability is about."""
    off = next((option for option in _NONE_OF_IT if option in options), None)
    if off is None or not _NEGATED.search(fold(said.text)):
        return None
    own = {stem(word) for word in name.split("_")}
    return Value(off, off, "choice") if off in {"off", "never"} or own <= {stem(w) for w in said.words} else None


def read_choice(options: list[str], said: Understanding) -> Value | None:
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
