"""Arguments out of a message, by their types alone: records, days, numbers, choices, lists, free text, files."""

import re
import types
import typing
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any, Literal
from uuid import UUID

from agent.deps import Upload
from agent.offline import dates
from agent.offline.filled import Filled, Value
from agent.offline.lexicon import in_digits, stem
from agent.offline.mentions import Mention
from agent.offline.slot_texts import POINTS, points, read_text, reported
from agent.offline.slot_values import (
    AHEAD,
    read_choice,
    read_counts,
    read_day,
    read_flag,
    read_number,
    read_pairs,
    read_refusal,
    read_time,
    words_for,
)
from agent.offline.understanding import Understanding
from agent.offline.words import STOP
from tools.declare import Said, Tool, unwrap
from tools.naming import Candidate, fold
from tools.refs import kind_named

_BESIDE = re.compile(r"\b(?:since|than|against|versus|vs|compar\w* (?:.* )?(?:to|with))(?: the| in| that of)? $")


def fill(tool: Tool, said: Understanding, files: tuple[Upload, ...], hints: set[str]) -> Filled:
    """Arguments of one capability out of one message. `hints`: ids of records in focus, which settle a choice."""
    filled = Filled()
    used: set[int] = set()
    kinds = {kind for entry in tool.arguments.model_fields.values() if (kind := kind_named(entry.annotation))}
    claimed = _claimed(tool, said)
    for name, entry in _records_first(tool):
        kind = kind_named(entry.annotation)
        if kind and is_list(entry.annotation):
            continue
        if kind == "StoredFile" and files:
            filled.args[name] = Value(str(files[-1].id), files[-1].name, kind)
        elif kind:
            _record(filled, name, kind, said, used, hints, kinds, claimed)
    _lists(tool, filled, said, used, hints)
    for name, entry in tool.arguments.model_fields.items():
        if name not in filled.args and kind_named(entry.annotation) is None:
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
        kind = kind_named(entry.annotation)
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
        if (kind := kind_named(entry.annotation)) and is_list(entry.annotation)
    }
    if not lists:
        return
    class_hint = {str(value.value) for value in filled.args.values()} | hints
    for at, mention in enumerate(said.mentions):
        fitting = [name for name, kind in lists.items() if kind in mention.found]
        if at in used or not fitting:
            continue
        fitting = [name for name in fitting if lists[name] == mention.kind] or fitting
        name = _nearest_cue({name: words_for(tool, name) for name in fitting}, said, mention)
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


def nearest_list(tool: Tool, names: list[str], said: Understanding, at: int) -> str:
    """The list of people that the word at a place belongs to."""
    word = Mention(at, at + 1, said.words[at], {})
    return _nearest_cue({name: words_for(tool, name) for name in names}, said, word)


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
        return read_day(name, said, kind, ahead=AHEAD in description)
    if kind is bool:
        return read_flag(tool, name, said)
    if kind is time or (kind is str and "HH:MM" in description):
        return read_time(name, said)
    if typing.get_origin(kind) is dict and int in {unwrap(part) for part in typing.get_args(kind)}:
        counted = unwrap(typing.get_args(kind)[0])
        if isinstance(counted, type) and issubclass(counted, Enum):
            return read_counts([str(option.value) for option in counted], said)
        return read_pairs(said, {word for mention in said.mentions for word in mention.text.split()} | STOP)
    if kind in {int, float, Decimal}:
        return read_number(tool, name, kind, said)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return read_choice([str(option.value) for option in kind], said)
    if typing.get_origin(kind) is Literal:
        options = [str(option) for option in typing.get_args(kind)]
        return read_refusal(name, options, said) or read_choice(options, said)
    if kind is UUID:
        return _file(name, files)
    if is_list(annotation):
        return _list(name, annotation, said, files)
    if kind is str or _may_be_text(kind):
        return read_text(tool, name, description, said)
    return None


def _may_be_text(kind: Any) -> bool:
    return typing.get_origin(kind) in {typing.Union, types.UnionType} and str in typing.get_args(kind)


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
    if inner and unwrap(inner[0]) is str and name in POINTS and (said_that := reported(said.text)):
        found = points(said_that)
        return Value(found, "; ".join(found), "text")
    return None
