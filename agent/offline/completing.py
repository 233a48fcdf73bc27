"""Arguments of a chosen capability: out of the message, the focus, what the caller has one of; else one question."""

import re
from typing import Any

from agent.offline import talk
from agent.offline.defaults import conversation_change, own_records, spoken_of
from agent.offline.filled import Filled, Value
from agent.offline.lexicon import PRONOUNS
from agent.offline.mentions import CORE, PERSONS, find
from agent.offline.parts import takes_class
from agent.offline.phrases import accepted
from agent.offline.reading import Reading
from agent.offline.slot_texts import head_of, takes_text
from agent.offline.slots import fill, is_list, nearest_list
from agent.offline.state import Option, Question
from agent.offline.step import Step
from agent.offline.understanding import Understanding
from runtime.caller import Role
from tools.declare import Effect, Tool
from tools.naming import Candidate, fold
from tools.refs import kind_named

FEW = 6
COUNTABLE = {"Timetable", "WebhookEndpoint", "Document"}
"""Kinds of record a school may have few of: asked which, people want to see them all."""
COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_THESE = re.compile(rf"\b(?:these|those)(?: ({'|'.join(COUNTS)}|\d+))?\b|\bthe ({'|'.join(COUNTS)})\b|\bthem\b")


class Completing(Reading):
    """The arguments of a chosen capability: from the message, from what is in focus, by one question at a time."""

    async def _request(self, name: str, said: Understanding) -> Step:
        """A capability was chosen: fill its arguments from the message, then from what is known."""
        tool = self.tools[name]
        kinds = CORE | set(accepted(tool))
        if any(not mention.kinds & kinds for mention in said.mentions):
            said = self._apart(said.text, kinds)
        return await self._complete(tool, fill(tool, said, self.deps.files, self.focus.hints()), said)

    async def _complete(self, tool: Tool, filled: Filled, said: Understanding) -> Step:
        """Ask for what is unclear or missing, one thing at a time; otherwise the call."""
        if filled.unclear:
            return self._unclear(tool, filled, said)
        self._unseen(tool, filled, said)
        self._pronouns(tool, filled, said)
        await conversation_change(self.deps, tool, filled, said, self.trained)
        for name, entry in tool.arguments.model_fields.items():
            kind = kind_named(entry.annotation)
            if name in filled.args or kind is None:
                continue
            if not (entry.is_required() or self._own(kind)):
                if spoken := await spoken_of(self.deps.caller, kind, head_of(said.text)):
                    value = spoken.id if takes_one(entry.annotation) else [spoken.id]
                    filled.args[name] = Value(value, spoken.label, kind)
                continue
            if entry.is_required() and kind in self.focus.entities and self._settled(tool, kind):
                filled.args[name] = self.focus.entities[kind]
                continue
            own = await own_records(self.deps.caller, kind, self.index, filled, said.text)
            if len(own) == 1:
                filled.args[name] = Value(own[0].id, own[0].label, kind)
            elif own and (entry.is_required() or not self._other_record(tool, filled)):
                return self._unclear(tool, Filled(filled.args, filled.missing, (name, "", own)), said)
        left = [name for name in filled.missing if name not in filled.args]
        if left:
            self.focus.question = Question(tool.name, filled.args, left[0], [], said.text)
            kind = kind_named(tool.arguments.model_fields[left[0]].annotation)
            if few := self._few(kind):
                return self._unclear(tool, Filled(filled.args, filled.missing, (left[0], "", few)), said)
            return Step(say=talk.missing(tool, left[0], kind))
        self.focus.remember(tool.name, filled.args, said.text)
        return Step(tool=tool.name, args=filled.args)

    def _few(self, kind: str | None) -> list[Candidate]:
        """The records to choose from, when they are so few that all can be named."""
        names = self.index.get(kind or "")
        return list(names.candidates) if names and kind in COUNTABLE and 0 < len(names.candidates) <= FEW else []

    def noticed(self, headline: str) -> None:
        """A result names records nobody asked for by name, such as the class of a file: they are in focus now."""
        said = {value.kind for value in self.focus.args.values()}
        mentions = find(headline, self.index, self.trained.words)
        for kind in {"ClassArm", "Subject"} - said:
            named = [mention.found[kind] for mention in mentions if mention.kind == kind]
            if len(named) == 1 and len(named[0]) == 1:
                self.focus.entities[kind] = Value(named[0][0].id, named[0][0].label, kind)

    def _with(self, tool: Tool, args: dict[str, Value], name: str, value: Value) -> Step:
        args = {**args, name: value}
        self.focus.remember(tool.name, args, self.focus.said)
        return Step(tool=tool.name, args=args)

    def _settled(self, tool: Tool, kind: str) -> bool:
        """Whether the record in focus is the one meant: of several that were listed, no change takes the first unasked."""
        listed = self.focus.listed.get(kind, [])
        named = any(value.kind == kind for value in self.focus.args.values())
        first = len(listed) > 1 and self.focus.entities[kind].value == listed[0].value
        return tool.effect is Effect.READ or named or not first

    def _own(self, kind: str) -> bool:
        """Guardians and students speak of their own: an optional student is theirs too."""
        return kind == "Student" and self.deps.caller.role in {Role.GUARDIAN, Role.STUDENT}

    def _other_record(self, tool: Tool, filled: Filled) -> bool:
        """Whether another kind of record already says whom the request is about."""
        return any(kind_named(entry.annotation) in {"ClassArm", *PERSONS} and name in filled.args
                   for name, entry in tool.arguments.model_fields.items())  # fmt: skip

    def _unclear(self, tool: Tool, filled: Filled, said: Understanding) -> Step:
        name, text, found = filled.unclear or ("", "", [])
        kind = kind_named(tool.arguments.model_fields[name].annotation) or ""
        words, labels = talk.which(text, kind, found)
        options = [Option(label, c.id) for label, c in zip(labels, found, strict=False)]
        self.focus.question = Question(tool.name, filled.args, name, options, said.text)
        return Step(say=words, suggestions=[option.label for option in options][:6])

    def _unseen(self, tool: Tool, filled: Filled, said: Understanding) -> None:
        """A name nobody here bears is passed on as it is, so that the answer is "not found", never somebody else."""
        if not said.unknown:
            return
        if any(m.kinds & set(PERSONS) for m in said.mentions):
            self._unseen_beside(tool, filled, said)
            return
        for name, entry in tool.arguments.model_fields.items():
            kind = kind_named(entry.annotation)
            if kind in PERSONS and name not in filled.args and takes_one(entry.annotation):
                text = _as_typed(said)
                filled.args[name] = Value(text, text, kind)
                return
        self._unseen_beside(tool, filled, said)

    def _unseen_beside(self, tool: Tool, filled: Filled, said: Understanding) -> None:
        """A name nobody bears in a list of people: a register is never taken as if it had not been said."""
        if tool.effect is Effect.READ or takes_text(tool):
            return
        lists = [
            name for name, entry in tool.arguments.model_fields.items()
            if kind_named(entry.annotation) in PERSONS and is_list(entry.annotation)
        ]  # fmt: skip
        if not lists:
            return
        first = said.words.index(said.unknown[0])
        name = nearest_list(tool, lists, said, first)
        kind, text = kind_named(tool.arguments.model_fields[name].annotation) or "", _as_typed(said)
        held = filled.args.get(name, Value([], "", kind))
        label = f"{held.label}, {text}" if held.label else text
        filled.args[name] = Value([*held.value, text], label, kind)

    def _pronouns(self, tool: Tool, filled: Filled, said: Understanding) -> None:
        """ "him", "that class": one argument each, as "arrange cover for him" does not mean cover by him as well."""
        text = f" {' '.join(said.words)} "
        stood_for: set[str] = set()
        for name, entry in tool.arguments.model_fields.items():
            kind = kind_named(entry.annotation)
            if kind is None or kind in stood_for or name in filled.args or kind not in self.focus.entities:
                continue
            if not takes_one(entry.annotation):
                self._listed(tool, name, kind, filled, said.text)
                continue
            words = PRONOUNS["student" if kind in PERSONS else "class" if kind == "ClassArm" else "other"]
            if any(f" {word} " in text for word in words):
                filled.args[name] = self.focus.entities[kind]
                stood_for.add(kind)
        if stood_for:
            self._same_day(tool, filled)

    def _same_day(self, tool: Tool, filled: Filled) -> None:
        """What was said of somebody was of a day: "arrange cover for him" means that day, not today."""
        for name, value in self.focus.args.items():
            if value.kind == "Date" and name in tool.arguments.model_fields and name not in filled.args:
                filled.args[name] = value

    def _listed(self, tool: Tool, name: str, kind: str, filled: Filled, text: str) -> None:
        """ "these three": the first three of those the last result listed; "them": all of them."""
        meant = _THESE.search(fold(text))
        found = self.focus.listed.get(kind, []) if kind in PERSONS else []
        fields = tool.arguments.model_fields.values()
        lists = [entry for entry in fields if kind_named(entry.annotation) in PERSONS and is_list(entry.annotation)]
        if meant is None or not found or len(lists) != 1:
            return
        said = meant[1] or meant[2] or ""
        several = found[: int(said) if said.isdigit() else COUNTS.get(said, len(found))]
        filled.args[name] = Value([one.value for one in several], ", ".join(one.label for one in several), kind)

    async def _one_class(self, tool: Tool, arm: Candidate, said: Understanding) -> Step | None:
        """The last request, which was about a level, for one of its classes."""
        if not (taken := takes_class(tool, arm)):
            return None
        kept = {name: value for name, value in self.focus.args.items() if value.kind != "Level"}
        return await self._complete(tool, Filled({**kept, **taken}), said)

    async def _spoken(self, tool: Tool, filled: Filled, said: Understanding) -> None:
        """ "and my daughter?": the caller's own, in words."""
        for name, entry in tool.arguments.model_fields.items():
            kind = kind_named(entry.annotation)
            if kind is None or name in filled.args or not takes_one(entry.annotation):
                continue
            if spoken := await spoken_of(self.deps.caller, kind, said.text):
                filled.args[name] = Value(spoken.id, spoken.label, kind)

    def _own_classes(self) -> set[str]:
        names = self.index.get("ClassArm")
        return {c.id for c in names.candidates if c.mine} if names else set()

    def _arm_hints(self, said: Understanding) -> set[str]:
        """ "JSS 3" after "JSS 2 Ruby" is JSS 3 Ruby: the arm of the same name settles it."""
        before = self.focus.entities.get("ClassArm")
        if before is None:
            return self.focus.hints()
        arm = fold(before.label).split()[-1]
        found = [c for mention in said.of_kind("ClassArm") for c in mention.found["ClassArm"]]
        own = [c for c in found if c.mine] if before.value in self._own_classes() else []
        same = [c.id for c in own or found if fold(c.label).split()[-1] == arm] or [c.id for c in own]
        return set(same) if same else self.focus.hints()


def _as_typed(said: Understanding) -> str:
    """The unknown name with the letters the person typed."""
    unknown = set(said.unknown)
    typed = [raw.strip('.,;:?!"“”()') for raw in said.text.split()]
    return " ".join(raw for raw in typed if set(fold(raw).split()) & unknown) or " ".join(said.unknown)


def takes_one(annotation: Any) -> bool:
    return not is_list(annotation)
