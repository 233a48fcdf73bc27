"""What the planner learns from: every way to ask for a capability, and what each takes, changes and is about."""

import re
from collections import Counter

from rapidfuzz import process
from rapidfuzz.distance import OSA

from agent.offline.features import Example, Traits
from agent.offline.lexicon import common, content, plain, stem
from agent.offline.phrases import PERSONS, accepted, lines, typed_example
from agent.offline.slot_texts import head_of, takes_text
from agent.offline.understanding import proper_words
from agent.offline.words import NO_ORDERS
from tools.declare import Effect, Tool, unwrap
from tools.naming import fold
from tools.refs import kind_named

OFTEN, SLIPS = 8, 6
"""How often a word is said that is surely one, and how many times oftener than a slip of it."""
ORDERS = 2.5
"""How many more capabilities that change something than others a word must open to be an order."""


def in_order(tools: dict[str, Tool]) -> dict[str, Tool]:
    """Capabilities as they stand in their files: the same in every process, whichever module it imported first."""
    return dict(sorted(tools.items(), key=lambda one: (one[1].module, one[1].run.__code__.co_firstlineno)))


def orders_of(examples: list[Example], traits: dict[str, Traits]) -> frozenset[str]:
    """The words that open requests for a change, and hardly ever those that only want to see something."""
    opened = {(plain(example.typed.text).split()[0], example.tool) for example in examples}
    found = Counter((word, traits[tool].reads) for word, tool in opened)
    words = {word for word, _ in found} - NO_ORDERS
    return frozenset(word for word in words if found[word, False] > ORDERS * found[word, True])


def nouns_of(tools: dict[str, Tool]) -> frozenset[str]:
    """What capabilities are about, by their names: "remarks ..." names something, "write ..." orders it."""
    nouns = {word for name in tools for word in name.split("_")[1:]}
    return frozenset(nouns | {word[:-1] for word in nouns if word.endswith("s")} | {f"{word}s" for word in nouns})


def ways_of(tool: Tool) -> list[tuple[str, ...]]:
    """The ways to ask for a capability, line by line: those its declaration shows, then the others."""
    return [*((said,) for said in tool.says), *lines().get(tool.name, ())]


def examples_of(offered: dict[str, Tool], traits: dict[str, Traits]) -> list[Example]:
    """Every way of every capability once; ways that differ in nothing the planner hears belong to one line."""
    found: list[Example] = []
    line = 0
    for name, tool in offered.items():
        heard: set[str] = set()
        for ways in ways_of(tool):
            line += 1
            heads = tuple(head_of(said) for said in ways) if takes_text(tool) else ()
            for said in dict.fromkeys((*ways, *heads)):
                typed = typed_example(said, traits[name].takes)
                if plain(typed.text) in heard:
                    continue
                heard.add(plain(typed.text))
                found.append(Example(name, said, typed, tuple(dict.fromkeys(content(plain(typed.rest).split()))), line))
    return found


def traits_of(tool: Tool) -> Traits:
    return Traits(
        accepted(tool) + _named_people(tool), _needs(tool), _values(tool), tool.effect is Effect.READ, _told(tool)
    )


def _needs(tool: Tool) -> tuple[str, ...]:
    found = (kind_named(f.annotation) for f in tool.arguments.model_fields.values() if f.is_required())
    return tuple(kind for kind in found if kind)


def _named_people(tool: Tool) -> tuple[str, ...]:
    """A name as free text ("who", "name") may be anybody's."""
    return PERSONS if {"name", "who"} & set(tool.arguments.model_fields) else ()


def _values(tool: Tool) -> frozenset[str]:
    """Which of date, number and term the capability takes."""
    found: set[str] = set()
    for name, entry in tool.arguments.model_fields.items():
        said = f"{unwrap(entry.annotation)}"
        found |= {"Date"} if "date" in said else set()
        found |= {"Number"} if any(kind in said for kind in ("int", "Decimal", "float")) else set()
        found |= {"Address"} if {"url", "email", "webhook"} & set(name.split("_")) else set()
        found |= {"Term"} if "Term" in said or "Session" in said or name == "term" else set()
    return frozenset(found)


def _told(tool: Tool) -> frozenset[str]:
    """The words of a capability's name and of what its docstring says first, and of when to use it."""
    use = re.search(r"Use when (.+?)(?:\. |\.$|$)", tool.doc, re.DOTALL)
    return frozenset(content(plain(f"{tool.name.replace('_', ' ')} {tool.summary} {use[1] if use else ''}").split()))


def words_of(examples: list[Example], tools: dict[str, Tool]) -> frozenset[str]:
    """The words of requests, rightly spelt, without the names in them."""
    counts = Counter(word for example in examples for word in set(example.typed.rest.split()))
    return frozenset(counts) - names_of(tools, counts) - _slips(counts)


def names_of(tools: dict[str, Tool], counts: Counter[str]) -> frozenset[str]:
    """People's names in the declarations: said by somebody else, they are a name, not a word of a request.

    What many examples say (`counts`) is a word, though it is written with a capital, as WhatsApp is.
    """
    found: set[str] = set()
    for said in (said for tool in tools.values() for said in tool.says):
        words, proper = fold(said).split(), proper_words(said)
        capitals = {fold(word) for word in said.split() if word.isupper()}
        found |= {words[at] for at in proper if at < len(words) and words[at] not in capitals and not common(words[at])}
    return frozenset(word for word in found if counts[word] < OFTEN)


def _slips(counts: Counter[str]) -> frozenset[str]:
    """Rare words that are a frequent one with a letter left out, doubled or swapped: examples have slips of the pen too."""
    frequent = [word for word, count in counts.items() if count >= OFTEN and len(word) > 3]
    found: set[str] = set()
    for word in (word for word, count in counts.items() if count < OFTEN and len(word) > 3 and word.isalpha()):
        near = process.extract(word, frequent, scorer=OSA.distance, score_cutoff=1, limit=5)
        if any(counts[one] >= SLIPS * counts[word] and _is_slip(word, one) for one, _, _ in near):
            found.add(word)
    return frozenset(found)


def _is_slip(typed: str, meant: str) -> bool:
    """Whether a word is another with two letters swapped, one doubled, or (a vowel, or any of a long word) left out."""
    if typed[0] != meant[0] or stem(typed) == stem(meant) or typed in {f"{meant}s", meant[:-1]}:
        return False
    if sorted(typed) == sorted(meant):
        return True
    at = next((n for n, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), min(len(typed), len(meant)))
    if len(meant) == len(typed) + 1:
        return len(typed) > 5 or meant[at] in "aeiou" or meant[at] == meant[at - 1]
    return len(typed) == len(meant) + 1 and typed[at] == typed[at - 1]
