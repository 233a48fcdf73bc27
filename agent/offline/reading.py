"""What a message says and which capability it means: spelling, names, ranking, and how sure that is."""

import re
from itertools import zip_longest

from rapidfuzz import process
from rapidfuzz.distance import OSA

from agent.deps import Deps
from agent.offline import written
from agent.offline.features import Heard
from agent.offline.intents import Guess, Intents
from agent.offline.lexicon import CHAT_WORDS, mood, plain
from agent.offline.mentions import Index
from agent.offline.phrases import accepted
from agent.offline.segments import segments
from agent.offline.slot_texts import head_of, takes_text
from agent.offline.slots import fill
from agent.offline.state import Focus
from agent.offline.talk import small
from agent.offline.understanding import Understanding, understand
from agent.offline.words import OPENERS, STOP
from runtime.caller import Role
from tools.declare import TOOLS, Effect, Tool
from tools.invoke import offered
from tools.naming import fold
from tools.refs import kind_named

OURS_BAR = 0.40
PLAIN_OURS_BAR, PLAIN_SHARE = 0.20, 0.90
READ_BAR = 0.20
WRITE_BARS = {"told": 0.80, "named": 0.85, "asked": 0.90}
NEAR_READ = {"told": 0.30, "named": 0.12, "asked": 0.12}
ANOTHER_BAR = 0.55
ASK_BAR = 0.05
SECOND_SHARE = 0.10
LEAD = 1.05
WRITE_LEAD = 2.0
NEAR_FOCUS = 0.5
SHOW_BAR = 0.2
_ALL = re.compile(r"\b(?:all|across|every|each|whole|overall|school|classes|arms|general)\b")
ASKING = ("who", "what", "when", "where", "which", "why", "how", "show", "list", "find", "give", "tell", "send", "mark")
_TYPED = frozenset({
    "class", "level", "subject", "student", "teacher", "guardian", "term", "session", "day", "number", "please", "no", "not",
    "sorry", "mean", "meant", "same", "what", "about", "also", "only", "then", "but", "rather", "instead", "actually",
})  # fmt: skip


class Reading:
    """One caller's message, read: what it names, which capabilities it may mean, and how surely."""

    def __init__(self, deps: Deps, trained: Intents, index: Index) -> None:
        self.deps = deps
        self.trained = trained
        self.index = index
        self.tools = {tool.name: tool for tool in offered(deps.caller)}
        self.focus = Focus.load(deps.focus)

    def nearest(self, text: str, count: int) -> list[str]:
        """The capabilities nearest to the requests of a message, and those the conversation is at."""
        ranked = [self._rank(self._understood(part)) for part in segments(text)]
        turns = [
            name for row in zip_longest(*([g.tool for g in one[:count]] for one in ranked)) for name in row if name
        ]
        asked = self.focus.question
        held = [name for name in (self.focus.tool, asked.tool if asked else None) if name and name in self.tools]
        return list(dict.fromkeys([*held, *turns]))[:count]

    def requests(self, text: str) -> list[str]:
        """The requests of a message, in order. A statement that asks for nothing belongs to the question after it."""
        found: list[str] = []
        for piece in segments(text):
            if found and self._leads_to(found[-1], piece):
                whole = f"{found.pop()} {piece}"
                found.append(whole if self._meant(whole) or not self._meant(piece) else piece)
            else:
                found.append(piece)
        return found

    def _leads_to(self, before: str, piece: str) -> bool:
        orders = self.trained.orders
        opens = plain(before).split()[:1]
        if mood(piece, orders) != 1.0 or mood(before, orders) == 1.0 or set(opens) & (orders | OPENERS):
            return False
        return small(before, self.deps.caller) is None and not self._meant(before)

    def _meant(self, text: str) -> bool:
        """Whether a text surely asks for one capability."""
        said = self._understood(text)
        guesses = self._rank(said)
        return bool(guesses) and self._sure(said, guesses)

    def _another_request(self, said: Understanding, guesses: list[Guess]) -> bool:
        """Whether a message, though a question is open, asks for something else: a sentence that surely means it."""
        asked = self.focus.question
        if asked is None or not guesses or len(said.words) < 4 or is_bare(said):
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
        text = opened(said.text, self.trained.words)
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
            taking = {name for name, tool in self.tools.items() if takes_file(tool)}
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

    def _at_focus(self, said: Understanding, guesses: list[Guess]) -> list[Guess]:
        """The near capability that is about the class in focus before one that looks at all classes, which nobody named."""
        if "ClassArm" not in self.focus.entities or {"ClassArm", "Level"} & said.kinds or _ALL.search(fold(said.text)):
            return guesses
        known = {"ClassArm", *said.kinds}
        needs = {guess.tool: set(needed_kinds(self.tools[guess.tool])) for guess in guesses[:3]}
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
        if not (is_bare(said) and said.mentions):
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
            tool, needed = self.tools[guess.tool], needed_kinds(self.tools[guess.tool])
            one = len(needed) == 1 and len(mention.found.get(needed[0], ())) == 1
            if one and tool.effect is Effect.READ and tool.name.startswith("show_") and guess.share >= SHOW_BAR:
                return tool.name
        return None

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

    def _elsewhere(self, said: Understanding) -> bool:
        """Whether a message is a request of its own rather than an answer."""
        guesses = self._rank(said)
        return bool(guesses) and guesses[0].probability >= 0.6


def opened(text: str, known: frozenset[str]) -> str:
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


def is_bare(said: Understanding) -> bool:
    """Whether a message is nothing but names, days and numbers."""
    return bool(said.kinds) and not [w for w in plain(said.typed.rest).split() if w not in STOP and w not in _TYPED]


def needed_kinds(tool: Tool) -> list[str]:
    """The kinds of record a capability cannot do without."""
    fields = tool.arguments.model_fields.values()
    return [kind for entry in fields if entry.is_required() and (kind := kind_named(entry.annotation))]


def takes_file(tool: Tool) -> bool:
    return any(
        kind_named(entry.annotation) == "StoredFile" or ("file" in name and kind_named(entry.annotation) is None)
        for name, entry in tool.arguments.model_fields.items()
    )
