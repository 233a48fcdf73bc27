"""Free text out of a message: words to pass on, titles, reasons, addresses, names."""

import re
from itertools import pairwise

from agent.offline.filled import Value
from agent.offline.lexicon import content
from agent.offline.mentions import PERSONS
from agent.offline.understanding import Understanding
from agent.offline.words import STOP
from tools.declare import Effect, Tool
from tools.naming import fold
from tools.refs import kind_named

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
_NAMED = re.compile(r"\b(?:called|named|name is|name of|titled)\s+[\"“']?(.+?)[\"”']?\s*[?.!]*$", re.IGNORECASE)
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


def reported(text: str) -> str:
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
    said = found[1].strip() if found else next(iter(points(reported(text))), "")
    said = said if len(said) <= LONGEST_SUBJECT else f"{said[:LONGEST_SUBJECT].rsplit(' ', 1)[0]}…"
    return Value(f"{said[:1].upper()}{said[1:]}", said, "text") if len(said) >= SHORTEST_POINT else None


_TOPIC = re.compile(
    r"\b(?:on|about|covering)\s+(?:the\s+topic\s+)?(\S.*?)(?=\s+(?:for|in|with|from)\s|[,;?!]|\.(?:\s|$)|$)",
    re.IGNORECASE,
)
"""What questions are to be about: "a quiz on laws of indices for JSS 2"."""


def read_text(tool: Tool, name: str, description: str, said: Understanding) -> Value | None:
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
    kinds = {kind_named(entry.annotation) for entry in tool.arguments.model_fields.values()}
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
