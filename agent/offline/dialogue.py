"""From a message to one step: call a capability, ask one question, or say something. Never a guessed write."""

import re

from agent.deps import Call, Deps
from agent.offline import planner_file, talk, written
from agent.offline.completing import Completing, takes_one
from agent.offline.defaults import own_records
from agent.offline.filled import Filled, Value
from agent.offline.intents import Guess
from agent.offline.lexicon import content, plain
from agent.offline.mentions import CORE, PERSONS, index_for
from agent.offline.parts import ORDINAL, meant
from agent.offline.reading import ASK_BAR, is_bare, needed_kinds, takes_file
from agent.offline.slot_texts import POINTS, points
from agent.offline.slots import fill, is_list
from agent.offline.state import Option, Question
from agent.offline.step import Step
from agent.offline.understanding import Understanding
from agent.offline.words import OPENERS, STOP
from agent.turns import PHONE_DOORS
from runtime.errors import InvalidInput
from tools.declare import TOOLS, Effect, Tool
from tools.invoke import offered
from tools.naming import fold
from tools.refs import RESOLVERS, kind_named

FORBIDDEN_BAR = 0.45
LONGEST_BARE = 4
OWN_MESSAGES = "set_preference"
_OWN_MESSAGES = re.compile(
    r"\b(?:stop|dont|do not|never|no longer)\b(?: want| wish| like| send| sending| to| get| getting| receive| receiving| any| more| me| texting"
    r"| messaging| reminding| remind| text| message| telling| the| these| those| all)*? (?:me|any|more|get|getting|receive|receiving)\b"
    r".*?\b(?:reminders?|messages?|sms|texts?|emails?|notices?|alerts?|notifications?)\b"
)
"""A person who wants no more messages speaks of their own, whatever the messages are about."""
_WHETHER = re.compile(
    r"(?:can|may|must|should|is it (?:allowed|possible|compulsory)|are \w+ allowed|do \w+ have to|what happens (?:if|when))\b"
)
"""A question about what is allowed or done in general."""
_LAST_NAMED = re.compile(
    r"\b(?:on|about|covering|called|titled)\s+(?:the\s+)?(\w[\w'’-]*(?:\s+[\w'’-]+){0,3})\s*[.?!]*$", re.IGNORECASE
)
_FOLLOW = re.compile(
    r"^(?:and|what about|how about|what of|wot about|same for|same thing for|same with|the same for|do the same for|for|in|"
    r"only|also|then|but|ok and|okay and|next)\b"
)
_WHAT_ABOUT = re.compile(r"^(?:and )?(?:what|how) (?:about|of)\b")
_CORRECTION = re.compile(
    r"^(?:no|nope|not|sorry|i mean|i meant|rather|instead|actually|correction|wrong|make it|change it to|i said)\b"
)
_PICK = re.compile(r"^(?:the |number |no |option |i mean the |i want the )*(\w+)(?: (?:one|option|please))*$")
_DROP = re.compile(r"^(?:never ?mind|forget it|cancel|leave it|no|nope|none|none of them|neither|stop)$")
_YES = re.compile(r"^(?:yes|yeah|yep|ok|okay|sure|correct|right|exactly|please do|go ahead|do it|yes please)$")


class Dialogue(Completing):
    """One caller's dialogue, for one turn."""

    @classmethod
    async def open(cls, deps: Deps) -> "Dialogue":
        """Load what is known: the trained planner, and the names this caller may see."""
        trained = planner_file.load()
        kinds = {
            kind
            for tool in offered(deps.caller)
            for kind in (trained.traits[tool.name].takes if tool.name in trained.traits else ())
        }
        return cls(
            deps, trained, await index_for(deps.caller, frozenset(kinds - {"Term", "AcademicSession", "StoredFile"}))
        )

    async def step(self, text: str) -> Step:
        """Decide about one request."""
        if not self.deps.files and (said := talk.small(text, self.deps.caller)):
            return Step(say=said)
        if talk.dropped(text):
            self.focus.question = None
            return Step(say="All right, I left it.")
        understood = self._understood(text)
        guesses = self._rank(understood)
        if self.focus.question and self._another_request(understood, guesses):
            self.focus.question = None
        if self.focus.question and (answered := await self._answer(understood)):
            return answered
        if followed := await self._follow(understood, guesses):
            return followed
        return await self._choose(understood, guesses)

    async def _choose(self, said: Understanding, guesses: list[Guess]) -> Step:
        """Take the likeliest capability when it is sure enough, ask when it is near, decline otherwise."""
        if not guesses:
            return Step(say="There is nothing I may do for you here. Ask the school office for access.")
        if _OWN_MESSAGES.search(plain(said.text)) and OWN_MESSAGES in self.tools:
            return await self._request(OWN_MESSAGES, said)
        if refused := self._forbidden(said, guesses[0]):
            return Step(say=f"{refused} {await talk.office(self.deps.caller)}")
        guesses = self._at_focus(said, guesses)
        best = guesses[0]
        if named := self._only_named(said, guesses):
            return await self._request(named, said)
        only_file = bool(self.deps.files) and takes_file(self.tools[best.tool])
        if (
            self._sure(said, guesses)
            or (only_file and best.probability >= ASK_BAR)
            or (only_file and len(guesses) == 1)
        ):
            return await self._request(best.tool, said)
        near = [guess for guess in guesses[:3] if guess.probability >= ASK_BAR]
        if suggested := self._suggested(said):
            return await self._request(suggested, said)
        if near and self._general(said, near) and await written.may_answer(self.deps, said.text):
            return await self._request(written.ASKS_DOCUMENTS, said)
        if not near and (named := self._about_named(said, guesses)):
            return self._ask_which(named, said.text)
        if not near:
            if unheard := self._unheard(said, best):
                return unheard
            if await self._documents(said):
                return await self._request(written.ASKS_DOCUMENTS, said)
            text, options = talk.cannot(guesses, self.tools)
            if self.deps.caller.door in PHONE_DOORS:
                text = f"{text}\n\nOr write PERSON to talk to somebody at the school."
            return Step(say=text, suggestions=options)
        return self._ask_which(near, said.text)

    def _unheard(self, said: Understanding, best: Guess) -> Step | None:
        """A request for one record by a name nobody here knows: asked for by that name, so that the answer says so."""
        tool, needed = self.tools[best.tool], needed_kinds(self.tools[best.tool])
        named = _LAST_NAMED.search(said.text)
        if named is None or len(needed) != 1 or needed[0] in CORE or tool.effect is not Effect.READ:
            return None
        noun = RESOLVERS[needed[0]].noun
        again = self._rank(self._apart(f"{said.text[: named.start(1)]}{noun}"))
        if again[0].tool != best.tool or not self._sure(said, again):
            return None
        name = next(n for n, e in tool.arguments.model_fields.items() if kind_named(e.annotation) == needed[0])
        args = {name: Value(named[1], named[1], needed[0])}
        self.focus.remember(tool.name, args, said.text)
        return Step(tool=tool.name, args=args)

    def _suggested(self, said: Understanding) -> str | None:
        """What the last result suggested, when a message says it in its own short way: "remind them"."""
        meant = set(content(plain(said.text).split())) - {"show"}
        for offer in self.focus.offered:
            if meant and meant <= set(content(plain(offer).split())):
                guesses, verb = self._rank(self._understood(offer)), fold(offer).split()[0]
                return next((guess.tool for guess in guesses[:5] if guess.tool.split("_")[0] == verb), None)
        return None

    def _general(self, said: Understanding, near: list[Guess]) -> bool:
        """Whether a message asks how something is in general, naming nobody, and only what shows something is near."""
        shows = all(self.tools[guess.tool].effect is Effect.READ for guess in near)
        return (
            shows
            and bool(_WHETHER.match(fold(said.text)))
            and not said.kinds & {"ClassArm", *PERSONS}
            and written.ASKS_DOCUMENTS in self.tools
        )

    def _forbidden(self, said: Understanding, best: Guess) -> str | None:
        """A request for something only other roles may do is refused as that, not answered with something near it."""
        if self.deps.files:
            return None
        first = self._ranked(said, set(self.trained.tools))[0]
        if first.tool in self.tools or first.probability < max(FORBIDDEN_BAR, 0.8 * best.probability):
            return None
        what = TOOLS[first.tool].title.lower()
        return f"Your role does not include “{what}”, so I cannot do that for you."

    def _ask_which(self, near: list[Guess], text: str) -> Step:
        said, options = talk.did_you_mean(near, self.tools)
        picks = [Option(self.tools[guess.tool].summary.rstrip("."), text, guess.tool) for guess in near]
        self.focus.question = Question(None, {}, None, picks, text)
        return Step(say=said, suggestions=options)

    async def again(self, call: Call, error: InvalidInput) -> Step | None:
        """A request that named no record, again with the one in focus or the caller's own; None when there is none."""
        tool = self.tools.get(call.tool)
        if tool is None or tool.effect is not Effect.READ:
            return None
        records = {n: k for n, e in tool.arguments.model_fields.items() if (k := kind_named(e.annotation))}
        if not records or any(name in call.arguments for name in records):
            return None
        args = {name: value for name, value in self.focus.args.items() if name in call.arguments}
        for name, kind in records.items():
            if kind in self.focus.entities:
                return self._with(tool, args, name, self.focus.entities[kind])
        for name, kind in records.items():
            own = await own_records(self.deps.caller, kind, self.index, Filled(args))
            if len(own) == 1:
                return self._with(tool, args, name, Value(own[0].id, own[0].label, kind))
            if own:
                step = self._unclear(tool, Filled(args, [], (name, "", own)), self._apart(self.focus.said))
                return Step(say=step.say, suggestions=step.suggestions)
        return None

    async def _follow(self, said: Understanding, guesses: list[Guess]) -> Step | None:
        """A follow-up or a correction: the last request again, with what this message changes."""
        if self.focus.tool not in self.tools or self.deps.files:
            return None
        tool = self.tools[self.focus.tool]
        words = plain(said.text)
        corrects, follows = bool(_CORRECTION.match(words)), bool(_FOLLOW.match(words))
        lead = _WHAT_ABOUT.match(words)
        bare = is_bare(said) or bool(lead and said.kinds)
        if arm := meant(said, self.focus.args, self.index, bare):
            return await self._one_class(tool, arm, said)
        if not (corrects or follows or bare):
            return None
        if lead and self._means_another(words[lead.end() :], tool):
            return None
        anew = bool(guesses) and guesses[0].probability >= 0.8 and guesses[0].tool != tool.name
        length = len(said.words) - (len(lead[0].split()) if lead else 0)
        if anew and not corrects and (not bare or length > LONGEST_BARE):
            return None
        filled = fill(tool, said, (), self._arm_hints(said))
        filled = Filled({n: v for n, v in filled.args.items() if v.kind != "text"}, [], filled.unclear)
        await self._spoken(tool, filled, said)
        if not filled.args and not filled.unclear:
            return None
        kept = {name: value for name, value in self.focus.args.items() if name not in filled.args}
        filled.args = {**_compatible(tool, kept, filled.args), **filled.args}
        filled.missing = [n for n, e in tool.arguments.model_fields.items() if e.is_required() and n not in filled.args]
        step = await self._complete(tool, filled, said)
        step.replaces = corrects
        return step

    def _means_another(self, rest: str, tool: Tool) -> bool:
        """Whether what follows "how about" asks, by itself, for something else to be shown."""
        said = self._apart(rest.strip())
        guesses = [] if is_bare(said) or not said.words else self._rank(said)
        other = bool(guesses) and guesses[0].tool != tool.name and self._sure(said, guesses)
        return other and self.tools[guesses[0].tool].effect is Effect.READ

    async def _answer(self, said: Understanding) -> Step | None:
        """The answer to the open question, or None when the message is about something else."""
        asked = self.focus.question
        assert asked is not None
        words = plain(said.text)
        if _DROP.match(words):
            self.focus.question = None
            return Step(say="All right, I left it.")
        option = self._picked(asked, said, words)
        if asked.tool is None:
            return await self._tool_picked(asked, option, words)
        tool = self.tools.get(asked.tool)
        if tool is None or asked.missing is None:
            return None
        if option is not None:
            value = Value(
                option.value,
                option.label.split(" (")[0],
                kind_named(tool.arguments.model_fields[asked.missing].annotation) or "choice",
            )
            return await self._answered(tool, asked, {asked.missing: value}, said)
        filled = fill(tool, said, self.deps.files, self.focus.hints())
        if not is_bare(said) and len(said.words) > 3 and self._elsewhere(said):
            self.focus.question = None
            return None
        if asked.missing in POINTS and is_list(tool.arguments.model_fields[asked.missing].annotation):
            told = points(said.text)
            return await self._answered(tool, asked, {asked.missing: Value(told, "; ".join(told), "text")}, said)
        if asked.missing in filled.args:
            return await self._answered(tool, asked, filled.args, said)
        return await self._free_answer(tool, asked, filled, said)

    async def _free_answer(self, tool: Tool, asked: Question, filled: Filled, said: Understanding) -> Step | None:
        entry = tool.arguments.model_fields[asked.missing or ""]
        kind = kind_named(entry.annotation)
        if kind and filled.unclear and filled.unclear[0] == asked.missing:
            return self._unclear(tool, Filled({**asked.args, **filled.args}, [], filled.unclear), said)
        if self._elsewhere(said) or (kind is None and "str" not in str(entry.annotation)):
            self.focus.question = None
            return None
        value = Value(said.text.strip(), said.text.strip(), kind or "text")
        if kind and (len(said.words) > 4 or (not said.mentions and self._no_name(said))):
            self.focus.question = None
            return None
        return await self._answered(tool, asked, {asked.missing or "": value}, said)

    def _no_name(self, said: Understanding) -> bool:
        """Whether words that name no record open like a request or a correction: "send them a reminder", "no, 35000"."""
        first = plain(said.text).split()[:1]
        return bool(set(first) & (self.trained.orders | OPENERS) or _CORRECTION.match(plain(said.text)))

    async def _answered(self, tool: Tool, asked: Question, found: dict[str, Value], said: Understanding) -> Step:
        self.focus.question = None
        args = {**found, **asked.args}
        missing_now = asked.missing or ""
        if missing_now in found:
            held = asked.args.get(missing_now)
            if held is not None and isinstance(held.value, list):
                extra = found[missing_now]
                ids = extra.value if isinstance(extra.value, list) else [extra.value]
                args[missing_now] = Value([*held.value, *ids], f"{held.label}, {extra.label}", held.kind)
            else:
                value = found[missing_now]
                many = not takes_one(tool.arguments.model_fields[missing_now].annotation)
                args[missing_now] = (
                    Value([value.value], value.label, value.kind)
                    if many and not isinstance(value.value, list)
                    else value
                )
        missing = [n for n, e in tool.arguments.model_fields.items() if e.is_required() and n not in args]
        again = self._apart(asked.said)
        rest = fill(
            tool,
            again,
            self.deps.files,
            self.focus.hints() | {str(v.value) for v in args.values() if isinstance(v.value, str)},
        )
        unclear = (
            rest.unclear if rest.unclear and rest.unclear[0] != missing_now and rest.unclear[0] not in args else None
        )
        args = {**{n: v for n, v in rest.args.items() if n not in args}, **args}
        return await self._complete(tool, Filled(args, missing, unclear), _with_text(said, asked.said))

    async def _tool_picked(self, asked: Question, option: Option | None, words: str) -> Step | None:
        if option is None and len(asked.options) == 1 and _YES.match(words):
            option = asked.options[0]
        self.focus.question = None
        if option is None or option.tool not in self.tools:
            return None
        return await self._request(option.tool, self._understood(option.value))

    def _picked(self, asked: Question, said: Understanding, words: str) -> Option | None:
        """Which option a message picks: by number, by order, by its label or a clear part of it."""
        if not asked.options:
            return None
        match = _PICK.match(words)
        if match and match[1] in ORDINAL and abs(ORDINAL[match[1]]) < len(asked.options):
            return asked.options[ORDINAL[match[1]]]
        text = fold(said.text)
        exact = [option for option in asked.options if fold(option.label) == text]
        if exact:
            return exact[0]
        named = {c.id for m in said.mentions for found in m.found.values() for c in found}
        by_id = [option for option in asked.options if option.value in named]
        if len(by_id) == 1 and (is_bare(said) or len(said.words) <= 4):
            return by_id[0]
        tokens = set(text.split()) - STOP - {"one", "in"}
        scored = [(len(tokens & set(fold(option.label).split())), option) for option in asked.options]
        top = max(score for score, _ in scored)
        best = [option for score, option in scored if score == top]
        clear = top and len(best) == 1 and len(text.split()) <= 6 and 2 * top >= len(tokens)
        return best[0] if clear else None


def _with_text(said: Understanding, text: str) -> Understanding:
    return Understanding(
        text,
        tuple(fold(text).split()),
        said.mentions,
        said.days,
        said.term,
        said.numbers,
        (),
        said.typed,
        said.capitals,
    )


def _compatible(tool: Tool, kept: dict[str, Value], new: dict[str, Value]) -> dict[str, Value]:
    """What stays of the last request: a new class drops the student of the old one, and the other way round."""
    kinds = {value.kind for value in new.values()}
    if kinds & {"ClassArm", "Level", *PERSONS}:
        kept = {name: value for name, value in kept.items() if not name.startswith("whole_")}
    if "ClassArm" in kinds:
        return {name: value for name, value in kept.items() if value.kind not in {*PERSONS, "Level"}}
    if kinds & set(PERSONS):
        optional = {n for n, e in tool.arguments.model_fields.items() if not e.is_required()}
        return {name: value for name, value in kept.items() if value.kind != "ClassArm" or name not in optional}
    return kept
