"""From a message to one step: call a capability, ask one question, or say something. Never a guessed write."""

import re
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from agent.deps import Call, Deps
from agent.offline import intents, talk, written
from agent.offline.defaults import conversation_change, own_records, spoken_of
from agent.offline.features import Heard
from agent.offline.intents import Guess, Intents
from agent.offline.lexicon import CHAT_WORDS, PRONOUNS, mood, plain
from agent.offline.mentions import CORE, PERSONS, Index, find, index_for
from agent.offline.parts import ORDINAL, meant, takes_class
from agent.offline.phrases import accepted
from agent.offline.segments import segments
from agent.offline.slots import POINTS, Filled, Value, fill, head_of, is_list, points, takes_text
from agent.offline.state import Focus, Option, Question
from agent.offline.understanding import Understanding, understand
from agent.offline.words import STOP
from agent.schema import ref_kind
from runtime.caller import Role
from runtime.errors import InvalidInput
from tools.declare import TOOLS, Effect, Tool
from tools.invoke import offered
from tools.naming import Candidate, fold
from tools.refs import RESOLVERS

OURS_BAR = 0.35
PLAIN_OURS_BAR, PLAIN_SHARE = 0.15, 0.90
READ_BAR = 0.20
WRITE_BARS = {"told": 0.55, "named": 0.65, "asked": 0.80}
NEAR_READ = {"told": 0.30, "named": 0.20, "asked": 0.15}
ANOTHER_BAR = 0.55
ASK_BAR = 0.05
FORBIDDEN_BAR = 0.45
SECOND_SHARE = 0.10
LEAD = 1.05
WRITE_LEAD = 2.0
NEAR_FOCUS = 0.5
LONGEST_BARE = 4
SHOW_BAR = 0.2
_LAST_NAMED = re.compile(
    r"\b(?:on|about|covering|called|titled)\s+(?:the\s+)?(\w[\w'’-]*(?:\s+[\w'’-]+){0,3})\s*[.?!]*$", re.IGNORECASE
)
_ALL = re.compile(r"\b(?:all|across|every|each|whole|overall|school|classes|arms|general)\b")
_FOLLOW = re.compile(
    r"^(?:and|what about|how about|what of|wot about|same for|same thing for|same with|the same for|do the same for|for|in|"
    r"only|also|then|but|ok and|okay and|next)\b"
)
COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_THESE = re.compile(rf"\b(?:these|those)(?: ({'|'.join(COUNTS)}|\d+))?\b|\bthe ({'|'.join(COUNTS)})\b|\bthem\b")
_CORRECTION = re.compile(
    r"^(?:no|nope|not|sorry|i mean|i meant|rather|instead|actually|correction|wrong|make it|change it to|i said)\b"
)
_PICK = re.compile(r"^(?:the |number |no |option |i mean the |i want the )*(\w+)(?: (?:one|option|please))*$")
ASKING = ("who", "what", "when", "where", "which", "why", "how", "show", "list", "find", "give", "tell", "send", "mark")
_DROP = re.compile(r"^(?:never ?mind|forget it|cancel|leave it|no|nope|none|none of them|neither|stop)$")
_YES = re.compile(r"^(?:yes|yeah|yep|ok|okay|sure|correct|right|exactly|please do|go ahead|do it|yes please)$")


@dataclass
class Step:
    """What the planner does next: a call, or words with things to pick from."""

    tool: str | None = None
    args: dict[str, Value] = field(default_factory=dict[str, Value])
    say: str = ""
    suggestions: list[str] = field(default_factory=list[str])
    replaces: bool = False

    def call_args(self) -> dict[str, Any]:
        return {name: value.value for name, value in self.args.items()}


class Dialogue:
    """One caller's dialogue, for one turn."""

    def __init__(self, deps: Deps, trained: Intents, index: Index) -> None:
        self.deps = deps
        self.trained = trained
        self.index = index
        self.tools = {tool.name: tool for tool in offered(deps.caller)}
        self.focus = Focus.load(deps.focus)

    @classmethod
    async def open(cls, deps: Deps) -> "Dialogue":
        """Load what is known: the trained planner, and the names this caller may see."""
        trained = intents.load()
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
        understood = self._understood(text)
        guesses = self._rank(understood)
        if self.focus.question and self._another_request(understood, guesses):
            self.focus.question = None
        if self.focus.question and (answered := await self._answer(understood)):
            return answered
        if followed := await self._follow(understood, guesses):
            return followed
        return await self._choose(understood, guesses)

    def nearest(self, text: str, count: int) -> list[str]:
        """The capabilities nearest to the requests of a message, and those the conversation is at."""
        ranked = [self._rank(self._understood(part)) for part in segments(text)]
        turns = [
            name for row in zip_longest(*([g.tool for g in one[:count]] for one in ranked)) for name in row if name
        ]
        asked = self.focus.question
        held = [name for name in (self.focus.tool, asked.tool if asked else None) if name and name in self.tools]
        return list(dict.fromkeys([*held, *turns]))[:count]

    def _another_request(self, said: Understanding, guesses: list[Guess]) -> bool:
        """Whether a message, though a question is open, asks for something else: a sentence that surely means it."""
        asked = self.focus.question
        if asked is None or not guesses or len(said.words) < 4 or _bare(said):
            return False
        if guesses[0].probability < ANOTHER_BAR:
            return False
        if guesses[0].tool != asked.tool:
            return True
        said_whole = fill(self.tools[guesses[0].tool], said, self.deps.files, self.focus.hints())
        return asked.missing in said_whole.args and len(said_whole.args) > 1

    def _understood(self, text: str) -> Understanding:
        found = self._apart(text)
        corrected = self._spelled(found)
        return self._apart(corrected) if corrected != text else found

    def _apart(self, text: str, kinds: frozenset[str] | set[str] | None = None) -> Understanding:
        """`kinds`: the only ones that are looked for."""
        speaks_of_own = self.deps.caller.role in {Role.GUARDIAN, Role.STUDENT}
        spoken_of = frozenset({"Student"}) if speaks_of_own or "Student" in self.focus.entities else frozenset[str]()
        index = self.index if kinds is None else {kind: names for kind, names in self.index.items() if kind in kinds}
        return understand(text, index, self.deps.today, self.trained.words, spoken_of)

    def _at_hand(self) -> frozenset[str]:
        """Kinds that need not be said: what is in focus, and what the caller has one of."""
        own = {"Student"} if self.deps.caller.role in {Role.GUARDIAN, Role.STUDENT} else set[str]()
        own |= {"ClassArm"} if self.deps.caller.role is Role.TEACHER else set()
        return frozenset(own | set(self.focus.entities))

    def _spelled(self, said: Understanding) -> str:
        """The message with misspelt request words put right; names stay as they are."""
        text = _opened(said.text, self.trained.words)
        for word in said.unknown:
            if len(word) < 4 or not word.isalpha():
                continue
            slips = 1 if len(word) < 7 else 2
            near = process.extractOne(word, self.trained.words, scorer=OSA.distance, score_cutoff=slips)
            if near and near[0][0] == word[0] and len(near[0]) > 2 and _slip(word, near[0]):
                text = re.sub(rf"\b{re.escape(word)}\b", near[0], text, flags=re.IGNORECASE)
        return text

    def _rank(self, said: Understanding) -> list[Guess]:
        allowed = set(self.tools)
        if self.deps.files:
            taking = {name for name, tool in self.tools.items() if _takes_file(tool)}
            allowed = taking or allowed
            if not said.text.strip():
                named = fold(" ".join(file.name.rsplit(".", 1)[0] for file in self.deps.files))
                said = self._apart(f"import these {named}")
        return self._ranked(said, allowed)

    def _ranked(self, said: Understanding, allowed: set[str]) -> list[Guess]:
        """Ranked by the whole message; by the part before the words to pass on, when it is for passing words on."""
        head = head_of(said.text)
        if head != said.text:
            if plain(said.typed.text) in self.trained.plainly:
                return self._rank_one(said, allowed)
            before = self._rank_one(self._apart(head), allowed)
            if before and takes_text(TOOLS[before[0].tool]) and before[0].probability >= ASK_BAR:
                return self._rank_rather(said, before, allowed)
        return self._rank_one(said, allowed)

    def _rank_rather(self, said: Understanding, before: list[Guess], allowed: set[str]) -> list[Guess]:
        """By the part before the words to pass on, unless all of it surely asks for the next likeliest.

        "remind them" is a notice, "remind them that tuition of 5000 is due" a fee reminder.
        """
        if len(before) < 2 or before[1].share < SECOND_SHARE:
            return before
        whole = self._rank_one(said, allowed)
        return whole if whole[0].tool == before[1].tool and whole[0].share >= PLAIN_SHARE else before

    def _rank_one(self, said: Understanding, allowed: set[str]) -> list[Guess]:
        heard = Heard.of(said.typed, said.text, self.trained.orders, self._at_hand())
        return self.trained.rank(heard, said.text, allowed)

    async def _choose(self, said: Understanding, guesses: list[Guess]) -> Step:
        """Take the likeliest capability when it is sure enough, ask when it is near, decline otherwise."""
        if not guesses:
            return Step(say="There is nothing I may do for you here. Ask the school office for access.")
        if refused := self._forbidden(said, guesses[0]):
            return refused
        guesses = self._at_focus(said, guesses)
        best = guesses[0]
        if named := self._only_named(said, guesses):
            return await self._request(named, said)
        only_file = bool(self.deps.files) and _takes_file(self.tools[best.tool])
        if (
            self._sure(said, guesses)
            or (only_file and best.probability >= ASK_BAR)
            or (only_file and len(guesses) == 1)
        ):
            return await self._request(best.tool, said)
        near = [guess for guess in guesses[:3] if guess.probability >= ASK_BAR]
        if not near and (named := self._about_named(said, guesses)):
            return self._ask_which(named, said.text)
        if not near:
            if unheard := self._unheard(said, best):
                return unheard
            if await self._documents(said):
                return await self._request(written.ASKS_DOCUMENTS, said)
            text, options = talk.cannot(guesses, self.tools)
            return Step(say=text, suggestions=options)
        return self._ask_which(near, said.text)

    def _at_focus(self, said: Understanding, guesses: list[Guess]) -> list[Guess]:
        """The near capability that is about the class in focus before one that looks at all classes, which nobody named."""
        if "ClassArm" not in self.focus.entities or {"ClassArm", "Level"} & said.kinds or _ALL.search(fold(said.text)):
            return guesses
        known = {"ClassArm", *said.kinds}
        needs = {guess.tool: set(_needed(self.tools[guess.tool])) for guess in guesses[:3]}
        if "ClassArm" in needs[guesses[0].tool] or self.tools[guesses[0].tool].effect is not Effect.READ:
            return guesses
        for guess in guesses[1:3]:
            fits = "ClassArm" in needs[guess.tool] <= known and said.kinds & needs[guess.tool]
            if fits and self.tools[guess.tool].effect is Effect.READ and guess.share >= NEAR_FOCUS * guesses[0].share:
                sure = guess._replace(share=guess.share + guesses[0].share)
                return [sure, *(one for one in guesses[1:] if one is not guess)]
        return guesses

    def _about_named(self, said: Understanding, guesses: list[Guess]) -> list[Guess]:
        """What could be shown of the records a message names when it names them and nothing else ("and English?")."""
        if not (_bare(said) and said.mentions):
            return []
        kinds = {kind for mention in said.mentions for kind in mention.kinds}
        takes = [guess for guess in guesses if set(accepted(self.tools[guess.tool])) & kinds]
        return [guess for guess in takes if self.tools[guess.tool].effect is Effect.READ][:3]

    def _only_named(self, said: Understanding, guesses: list[Guess]) -> str | None:
        """What shows a record when a message is its name and nothing else."""
        if len(said.mentions) != 1 or said.mentions[0].end - said.mentions[0].start != len(said.words):
            return None
        mention = said.mentions[0]
        for guess in guesses[:3]:
            tool, needed = self.tools[guess.tool], _needed(self.tools[guess.tool])
            one = len(needed) == 1 and len(mention.found.get(needed[0], ())) == 1
            if one and tool.effect is Effect.READ and tool.name.startswith("show_") and guess.share >= SHOW_BAR:
                return tool.name
        return None

    def _unheard(self, said: Understanding, best: Guess) -> Step | None:
        """A request for one record by a name nobody here knows: asked for by that name, so that the answer says so."""
        tool, needed = self.tools[best.tool], _needed(self.tools[best.tool])
        named = _LAST_NAMED.search(said.text)
        if named is None or len(needed) != 1 or needed[0] in CORE or tool.effect is not Effect.READ:
            return None
        noun = RESOLVERS[needed[0]].noun
        again = self._rank(self._apart(f"{said.text[: named.start(1)]}{noun}"))
        if again[0].tool != best.tool or not self._sure(said, again):
            return None
        name = next(n for n, e in tool.arguments.model_fields.items() if ref_kind(e.annotation) == needed[0])
        args = {name: Value(named[1], named[1], needed[0])}
        self.focus.remember(tool.name, args, said.text)
        return Step(tool=tool.name, args=args)

    async def _documents(self, said: Understanding) -> bool:
        """Whether a question that asks for nothing else here is one for the school's documents."""
        asks = mood(said.text, self.trained.orders) == 1.0
        return asks and written.ASKS_DOCUMENTS in self.tools and await written.may_answer(self.deps, said.text)

    def _sure(self, said: Understanding, guesses: list[Guess]) -> bool:
        """Whether the likeliest capability is the one meant: for a change, nearly certainly and for two reasons.

        A change is told ("publish them"), named ("publication of ...") or asked about ("can they be published?"): the
        less it is told, the surer it must be, and the less may a capability that only shows something be meant.
        """
        best, second = guesses[0], guesses[1].share if len(guesses) > 1 else 0.0
        if best.ours < (PLAIN_OURS_BAR if best.share >= PLAIN_SHARE else OURS_BAR):
            return False
        if self.tools[best.tool].effect is Effect.READ:
            return best.share >= max(READ_BAR, LEAD * second)
        asks = mood(said.text, self.trained.orders)
        told = "told" if asks == 0.0 else "named" if asks < 1.0 else "asked"
        shows = [g.share for g in guesses[1:4] if self.tools[g.tool].effect is Effect.READ]
        near = max(shows, default=0.0) > NEAR_READ[told]
        return best.agreed and not near and best.share >= max(WRITE_BARS[told], WRITE_LEAD * second)

    def _forbidden(self, said: Understanding, best: Guess) -> Step | None:
        """A request for something only other roles may do is refused as that, not answered with something near it."""
        if self.deps.files:
            return None
        first = self._ranked(said, set(self.trained.tools))[0]
        if first.tool in self.tools or first.probability < max(FORBIDDEN_BAR, 0.8 * best.probability):
            return None
        what = TOOLS[first.tool].title.lower()
        return Step(
            say=f"Your role does not include “{what}”, so I cannot do that for you. The school office can help."
        )

    def _ask_which(self, near: list[Guess], text: str) -> Step:
        said, options = talk.did_you_mean(near, self.tools)
        picks = [Option(self.tools[guess.tool].summary.rstrip("."), text, guess.tool) for guess in near]
        self.focus.question = Question(None, {}, None, picks, text)
        return Step(say=said, suggestions=options)

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
            kind = ref_kind(entry.annotation)
            if name in filled.args or kind is None:
                continue
            if not (entry.is_required() or self._own(kind)):
                if spoken := await spoken_of(self.deps.caller, kind, head_of(said.text)):
                    value = spoken.id if _single(entry.annotation) else [spoken.id]
                    filled.args[name] = Value(value, spoken.label, kind)
                continue
            if entry.is_required() and kind in self.focus.entities:
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
            kind = ref_kind(tool.arguments.model_fields[left[0]].annotation)
            return Step(say=talk.missing(tool, left[0], kind))
        self.focus.remember(tool.name, filled.args, said.text)
        return Step(tool=tool.name, args=filled.args)

    def noticed(self, headline: str) -> None:
        """A result names records nobody asked for by name, such as the class of a file: they are in focus now."""
        said = {value.kind for value in self.focus.args.values()}
        mentions = find(headline, self.index, self.trained.words)
        for kind in {"ClassArm", "Subject"} - said:
            named = [mention.found[kind] for mention in mentions if mention.kind == kind]
            if len(named) == 1 and len(named[0]) == 1:
                self.focus.entities[kind] = Value(named[0][0].id, named[0][0].label, kind)

    async def again(self, call: Call, error: InvalidInput) -> Step | None:
        """A request that named no record, again with the one in focus or the caller's own; None when there is none."""
        tool = self.tools.get(call.tool)
        if tool is None or tool.effect is not Effect.READ:
            return None
        records = {n: k for n, e in tool.arguments.model_fields.items() if (k := ref_kind(e.annotation))}
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

    def _with(self, tool: Tool, args: dict[str, Value], name: str, value: Value) -> Step:
        args = {**args, name: value}
        self.focus.remember(tool.name, args, self.focus.said)
        return Step(tool=tool.name, args=args)

    def _own(self, kind: str) -> bool:
        """Guardians and students speak of their own: an optional student is theirs too."""
        return kind == "Student" and self.deps.caller.role in {Role.GUARDIAN, Role.STUDENT}

    def _other_record(self, tool: Tool, filled: Filled) -> bool:
        """Whether another kind of record already says whom the request is about."""
        return any(ref_kind(entry.annotation) in {"ClassArm", *PERSONS} and name in filled.args
                   for name, entry in tool.arguments.model_fields.items())  # fmt: skip

    def _unclear(self, tool: Tool, filled: Filled, said: Understanding) -> Step:
        name, text, found = filled.unclear or ("", "", [])
        kind = ref_kind(tool.arguments.model_fields[name].annotation) or ""
        words, labels = talk.which(text, kind, found)
        options = [Option(label, c.id) for label, c in zip(labels, found, strict=False)]
        self.focus.question = Question(tool.name, filled.args, name, options, said.text)
        return Step(say=words, suggestions=[option.label for option in options][:6])

    def _unseen(self, tool: Tool, filled: Filled, said: Understanding) -> None:
        """A name nobody here bears is passed on as it is, so that the answer is "not found", never somebody else."""
        if not said.unknown or any(m.kinds & set(PERSONS) for m in said.mentions):
            return
        for name, entry in tool.arguments.model_fields.items():
            kind = ref_kind(entry.annotation)
            if kind in PERSONS and name not in filled.args and _single(entry.annotation):
                text = _as_typed(said)
                filled.args[name] = Value(text, text, kind)
                return

    def _pronouns(self, tool: Tool, filled: Filled, said: Understanding) -> None:
        text = f" {' '.join(said.words)} "
        for name, entry in tool.arguments.model_fields.items():
            kind = ref_kind(entry.annotation)
            if kind is None or name in filled.args or kind not in self.focus.entities:
                continue
            if not _single(entry.annotation):
                self._listed(tool, name, kind, filled, said.text)
                continue
            words = PRONOUNS["student" if kind in PERSONS else "class" if kind == "ClassArm" else "other"]
            if any(f" {word} " in text for word in words):
                filled.args[name] = self.focus.entities[kind]

    def _listed(self, tool: Tool, name: str, kind: str, filled: Filled, text: str) -> None:
        """ "these three": the first three of those the last result listed; "them": all of them."""
        meant = _THESE.search(fold(text))
        found = self.focus.listed.get(kind, []) if kind in PERSONS else []
        fields = tool.arguments.model_fields.values()
        lists = [entry for entry in fields if ref_kind(entry.annotation) in PERSONS and is_list(entry.annotation)]
        if meant is None or not found or len(lists) != 1:
            return
        said = meant[1] or meant[2] or ""
        several = found[: int(said) if said.isdigit() else COUNTS.get(said, len(found))]
        filled.args[name] = Value([one.value for one in several], ", ".join(one.label for one in several), kind)

    async def _follow(self, said: Understanding, guesses: list[Guess]) -> Step | None:
        """A follow-up or a correction: the last request again, with what this message changes."""
        if self.focus.tool not in self.tools or self.deps.files:
            return None
        tool = self.tools[self.focus.tool]
        words = plain(said.text)
        corrects, follows = bool(_CORRECTION.match(words)), bool(_FOLLOW.match(words))
        bare = _bare(said) or bool(re.match(r"^(?:and )?(?:what|how) (?:about|of)\b", words) and said.kinds)
        if arm := meant(said, self.focus.args, self.index, bare):
            return await self._one_class(tool, arm, said)
        if not (corrects or follows or bare):
            return None
        anew = bool(guesses) and guesses[0].probability >= 0.8 and guesses[0].tool != tool.name
        if anew and not corrects and (not bare or len(said.words) > LONGEST_BARE):
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

    async def _one_class(self, tool: Tool, arm: Candidate, said: Understanding) -> Step | None:
        """The last request, which was about a level, for one of its classes."""
        if not (taken := takes_class(tool, arm)):
            return None
        kept = {name: value for name, value in self.focus.args.items() if value.kind != "Level"}
        return await self._complete(tool, Filled({**kept, **taken}), said)

    async def _spoken(self, tool: Tool, filled: Filled, said: Understanding) -> None:
        """ "and my daughter?": the caller's own, in words."""
        for name, entry in tool.arguments.model_fields.items():
            kind = ref_kind(entry.annotation)
            if kind is None or name in filled.args or not _single(entry.annotation):
                continue
            if spoken := await spoken_of(self.deps.caller, kind, said.text):
                filled.args[name] = Value(spoken.id, spoken.label, kind)

    def _arm_hints(self, said: Understanding) -> set[str]:
        """ "JSS 3" after "JSS 2 Ruby" is JSS 3 Ruby: the arm of the same name settles it."""
        before = self.focus.entities.get("ClassArm")
        if before is None:
            return self.focus.hints()
        arm = fold(before.label).split()[-1]
        same = [c.id for m in said.of_kind("ClassArm") for c in m.found["ClassArm"] if fold(c.label).split()[-1] == arm]
        return set(same) if same else self.focus.hints()

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
                ref_kind(tool.arguments.model_fields[asked.missing].annotation) or "choice",
            )
            return await self._answered(tool, asked, {asked.missing: value}, said)
        filled = fill(tool, said, self.deps.files, self.focus.hints())
        if not _bare(said) and len(said.words) > 3 and self._elsewhere(said):
            self.focus.question = None
            return None
        if asked.missing in POINTS and is_list(tool.arguments.model_fields[asked.missing].annotation):
            told = points(said.text)
            return await self._answered(tool, asked, {asked.missing: Value(told, "; ".join(told), "text")}, said)
        if asked.missing in filled.args:
            return await self._answered(tool, asked, filled.args, said)
        return await self._free_answer(tool, asked, filled, said)

    def _elsewhere(self, said: Understanding) -> bool:
        """Whether a message is a request of its own rather than an answer."""
        guesses = self._rank(said)
        return bool(guesses) and guesses[0].probability >= 0.6

    async def _free_answer(self, tool: Tool, asked: Question, filled: Filled, said: Understanding) -> Step | None:
        entry = tool.arguments.model_fields[asked.missing or ""]
        kind = ref_kind(entry.annotation)
        if kind and filled.unclear and filled.unclear[0] == asked.missing:
            return self._unclear(tool, Filled({**asked.args, **filled.args}, [], filled.unclear), said)
        if self._elsewhere(said) or (kind is None and "str" not in str(entry.annotation)):
            self.focus.question = None
            return None
        value = Value(said.text.strip(), said.text.strip(), kind or "text")
        if kind and len(said.words) > 4:
            self.focus.question = None
            return None
        return await self._answered(tool, asked, {asked.missing or "": value}, said)

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
                many = not _single(tool.arguments.model_fields[missing_now].annotation)
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
        if len(by_id) == 1 and (_bare(said) or len(said.words) <= 4):
            return by_id[0]
        tokens = set(text.split()) - STOP - {"one", "in"}
        scored = [(len(tokens & set(fold(option.label).split())), option) for option in asked.options]
        top = max(score for score, _ in scored)
        best = [option for score, option in scored if score == top]
        return best[0] if top and len(best) == 1 and len(text.split()) <= 6 else None


_TYPED = frozenset(
    [
        "class",
        "level",
        "subject",
        "student",
        "teacher",
        "guardian",
        "term",
        "session",
        "day",
        "number",
        "please",
        "no",
        "not",
        "sorry",
        "mean",
        "meant",
        "same",
        "what",
        "about",
        "also",
        "only",
        "then",
        "but",
        "rather",
        "instead",
        "actually",
    ]
)


def _opened(text: str, known: frozenset[str]) -> str:
    """A text whose first word is a question word with a letter left out or two swapped ("wo teaches ..."), put right."""
    first = re.match(r"\W*([A-Za-z]{2,5})\b", text)
    word = first[1].lower() if first else ""
    if first is None or word in STOP or word in known or word in CHAT_WORDS:
        return text
    near = [one for one in ASKING if one[0] == word[0] and OSA.distance(word, one) == 1 and len(word) <= len(one)]
    near = [one for one in near if len(word) < len(one) or sorted(word) == sorted(one)]
    return text[: first.start(1)] + near[0] + text[first.end(1) :] if len(near) == 1 else text


def _slip(typed: str, meant: str) -> bool:
    """Whether a short word is a slip of another: letters swapped, missing or doubled, not one letter for another."""
    return len(typed) > 6 or len(typed) != len(meant) or sorted(typed) == sorted(meant)


def _as_typed(said: Understanding) -> str:
    """The unknown name with the letters the person typed."""
    unknown = set(said.unknown)
    typed = [raw.strip('.,;:?!"“”()') for raw in said.text.split()]
    return " ".join(raw for raw in typed if set(fold(raw).split()) & unknown) or " ".join(said.unknown)


def _bare(said: Understanding) -> bool:
    """Whether a message is nothing but names, days and numbers."""
    return bool(said.kinds) and not [w for w in plain(said.typed.rest).split() if w not in STOP and w not in _TYPED]


def _needed(tool: Tool) -> list[str]:
    """The kinds of record a capability cannot do without."""
    fields = tool.arguments.model_fields.values()
    return [kind for entry in fields if entry.is_required() and (kind := ref_kind(entry.annotation))]


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


def _single(annotation: Any) -> bool:
    return not is_list(annotation)


def _takes_file(tool: Tool) -> bool:
    return any(
        ref_kind(entry.annotation) == "StoredFile" or ("file" in name and ref_kind(entry.annotation) is None)
        for name, entry in tool.arguments.model_fields.items()
    )


def _compatible(tool: Tool, kept: dict[str, Value], new: dict[str, Value]) -> dict[str, Value]:
    """What stays of the last request: a new class drops the student of the old one, and the other way round."""
    kinds = {value.kind for value in new.values()}
    if "ClassArm" in kinds:
        return {name: value for name, value in kept.items() if value.kind not in {*PERSONS, "Level"}}
    if kinds & set(PERSONS):
        optional = {n for n, e in tool.arguments.model_fields.items() if not e.is_required()}
        return {name: value for name, value in kept.items() if value.kind != "ClassArm" or name not in optional}
    return kept
