"""Words: how people in schools write, brought to the words the capabilities are declared in."""

import re
from functools import lru_cache

from agent.offline.words import STOP
from knowledge.embedding import weights_dir
from tools.naming import fold

# Light Pidgin, Nigerian English and chat spelling, as phrases in folded text; longer ones first.
_PHRASES: tuple[tuple[str, str], ...] = (
    ("wetin be", "what is"), ("wetin", "what"), ("who and who", "who"), ("which people", "who"),
    ("no dey come", "absent"), ("no come", "absent"), ("no dey school", "absent"), ("no dey", "is not"), ("no show", "absent"),
    ("did not come", "absent"), ("didnt come", "absent"), ("has not come", "absent"), ("not around", "absent"),
    ("not in school", "absent"), ("not here", "absent"), ("came in late", "came late"), ("come late", "came late"),
    ("how far with", "what is the status of"), ("how e dey do", "how is he doing"), ("how una", "how you"),
    ("dey do", "is doing"), ("dey teach", "teaches"), ("dey", "is"), ("una", "you"), ("make i", "let me"), ("make we", "let us"),
    ("show me who", "who"), ("let me know", "tell me"), ("make you", "please"), ("i wan", "i want to"), ("abeg", "please"),
    ("biko", "please"), ("jare", ""), ("oga", ""), ("ejoor", "please"), ("na who", "who"), ("na", "is"), ("pikin", "child"),
    ("pikins", "children"), ("wan", "want to"), ("don", "has"), ("dem", "them"), ("dis", "this"), ("dat", "that"), ("wey", "who"),
    ("pls", "please"), ("plz", "please"), ("kindly", "please"), ("u", "you"), ("ur", "your"), ("r", "are"), ("thx", "thanks"),
    ("abi", ""), ("sef", ""), ("o", ""), ("oo", ""), ("sha", ""), ("whats", "what is"), ("whos", "who is"), ("hows", "how is"),
    ("im", "i am"), ("ive", "i have"), ("id like", "i would like"), ("wats", "what is"), ("wat", "what"), ("wo", "who"), ("hw", "how"), ("wen", "when"), ("wich", "which"), ("teh", "the"), ("nd", "and"), ("gimme", "give me"),
    ("absentees", "who is absent"), ("absentee", "who is absent"), ("late comers", "who came late"), ("latecomers", "who came late"),
    ("mum", "mother"), ("mummy", "mother"), ("dad", "father"), ("daddy", "father"), ("kids", "children"), ("kid", "child"),
    ("ward", "child"), ("pupils", "students"), ("pupil", "student"), ("attendence", "attendance"), ("tmrw", "tomorrow"),
    ("2day", "today"), ("2moro", "tomorrow"), ("yday", "yesterday"), ("msg", "message"), ("msgs", "messages"),
    ("take down", "withdraw"), ("pull back", "withdraw"), ("take back", "undo"), ("roll back", "undo"), ("put back", "undo"),
    ("hand in", "submit"), ("hand over", "submit"), ("handed in", "submitted"), ("turn in", "submit"), ("sign off", "approve"),
    ("put out", "publish"), ("send out", "send"), ("no longer see", "withdraw from"), ("stop showing", "withdraw"),
    ("change back", "undo"), ("change it back", "undo it"), ("in charge of", "class teacher of"), ("form teacher", "class teacher"),
    ("form master", "class teacher"), ("form mistress", "class teacher"), ("roll call", "register"), ("look up", "find"),
    ("look for", "find"), ("search for", "find"), ("tell me about", "show"), ("tell me more about", "show"), ("let me see", "show"),
    ("let me look at", "show"), ("i want to see", "show"), ("i want to know", "show"), ("print out", "show"), ("pull up", "show"),
    ("give me", "show"), ("show me", "show"), ("tell me", "show"),
    ("once a week", "every week"), ("each week", "every week"), ("once a day", "every day"), ("each day", "every day"),
    ("once a month", "every month"), ("each month", "every month"), ("every morning", "every day"), ("no sabi", "not"),
    ("i need", "show"), ("weekly", "every week"), ("daily", "every day"), ("monthly", "every month"), ("comot", "remove"), ("help me", "help"), ("oya", "please"), ("oya now", "please"), ("got up to", "changed"), ("how many days", "how often"), ("report card", "report"),
    ("result sheet", "score sheet"), ("broad sheet", "broadsheet"), ("mark sheet", "score sheet"), ("marksheet", "score sheet"),
)  # fmt: skip
_PATTERNS = [(re.compile(rf"\b{said}\b"), meant) for said, meant in sorted(_PHRASES, key=lambda pair: -len(pair[0]))]

CHAT_WORDS = frozenset(word for said, _ in _PHRASES for word in said.split())

PRONOUNS = {
    "student": {"he", "she", "him", "her", "his", "hers", "they", "their", "them", "that student", "the student", "this student",
                "the boy", "the girl", "that boy", "that girl", "the child", "same student"},
    "class": {"that class", "the class", "this class", "same class", "there", "them", "they", "it", "their"},
    "other": {"it", "that", "this", "them", "these", "those", "the same", "same"},
}  # fmt: skip
COMMON_RANK = 99_000
FIRST_WORD = 1_996


_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_SHORT_THOUSANDS = re.compile(r"\b(\d+(?:\.\d+)?)k\b", re.IGNORECASE)
_NAIRA = re.compile(r"(?<![a-zA-Z])(?:[₦#]|NGN|N)(?=\d)|(?<=\d)(?=naira\b)", re.IGNORECASE)


def in_digits(text: str) -> str:
    """A text with its sums as plain digits: "₦120,000", "N5000" and "45k"."""
    whole = _NAIRA.sub(" ", _THOUSANDS.sub("", text))
    return _SHORT_THOUSANDS.sub(lambda found: f"{float(found[1]) * 1000:.0f}", whole)


_POLITE = re.compile(
    r"^(?:(?:please|pls|abeg|oya|hello|hi|hey|ok|okay|so|now|good (?:morning|afternoon|evening)|sir|ma)[ ,]+)*"
    r"(?:(?:can|could|would|will) you |can i |may i |i want to |i wan |i would like to |id like to |let me |i need to |make i |help me (?=\w+ ))?"
)


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """Folded text in the words of the declarations: Pidgin and chat spelling translated, polite openings dropped."""
    folded = fold(text)
    said = _POLITE.sub("", folded) or folded
    for pattern, meant in _PATTERNS:
        said = pattern.sub(meant, said)
    return " ".join(said.split())


_ASKING = re.compile(
    r"^(?:please |hello |hi |now |ok |so |and )*(?:what|who|whom|whose|which|when|where|why|how|is|are|was|were|does|did|do"
    r"|has|have|any|show|list|find|display|open|see|view|check|compare|explain|count|search)\b"
)


_STATES = re.compile(r"\b(?:is|are|was|were|came|got|scored|has|have|did|should|must|will|no|absent)\b")


def mood(raw: str, orders: frozenset[str]) -> float:
    """1 when a message asks to know or see, 0 when it orders or states, between when it only names something.

    `orders`: the words that open requests for a change.
    """
    said = re.sub(r"^(?:please |hello |hi |now |ok |so |and )+", "", plain(raw))
    if raw.rstrip().endswith("?") or _ASKING.match(said):
        return 1.0
    first = said.split()[0] if said else ""
    return 0.0 if first in orders or _STATES.search(said) else 0.7


@lru_cache(maxsize=1)
def _ranks() -> dict[str, int]:
    """Words of the embedder's vocabulary by frequency rank: it lists them most frequent first."""
    lines = (weights_dir() / "vocab.txt").read_text(encoding="utf-8").splitlines()
    return {word: at for at, word in enumerate(lines) if at >= FIRST_WORD and word.isalpha()}


def common(word: str, rank: int = COMMON_RANK) -> bool:
    """Whether a folded word is an everyday English one, and so unlikely to be a name."""
    return word in STOP or _ranks().get(word, COMMON_RANK) < rank or word.isdigit()


_ALIKE = (
    "show display view open see reveal", "find search locate", "guardian parent mother father family",
    "staff worker employee colleague personnel", "class arm form classroom", "register roll", "absent missing away",
    "publish release visible", "withdraw unpublish hide retract recall", "approve accept endorse okay correct",
    "submit forward finished complete done", "score mark grade", "result report performance", "average mean",
    "notice announcement circular memo", "print printable", "verify validate test check", "tell inform notify announce alert let know", "message text sms msg",
    "change edit modify update alter", "history trail log audit action recent latest lately",
    "undo reverse revert restore mistake error", "profile detail card record information info biodata overview summary about",
    "phone number contact telephone email", "teach take handle", "save enter put upload import load store add",
    "file spreadsheet excel attachment attached", "best top highest first", "weakest bottom lowest last worst",
    "make create generate produce prepare build construct", "draft compose word", "cancel call", "explain why reason",
    "fee payment bill money debt owe levy", "late tardy", "excuse permission sick unwell ill", "document handbook policy",
    "timetable schedule", "swap exchange interchange switch trade", "move shift reschedule relocate", "wording words", "delete remove erase discard bin trash", "stop halt abort quit interrupt end", "compare versus difference", "export download", "many count total big size",
    "everybody everyone everything all every whole full entire", "name called named",
    "risk danger struggling failing", "trend progress improvement", "free available", "question quiz test",
    "offer study subject do", "help can able possible fit command function use", "perform doing pass passed well",
    "me i my mine myself own account profile",
    "exam examination", "gave give award",
)  # fmt: skip


@lru_cache(maxsize=1)
def _canon() -> dict[str, str]:
    """Words that mean the same in a school office, by stem; the first group that has a word keeps it."""
    found: dict[str, str] = {}
    for group in _ALIKE:
        words = group.split()
        for word in words:
            found.setdefault(stem(word), stem(words[0]))
    return found


def known(word: str) -> bool:
    """Whether a word is one the planner has a meaning for, in any form."""
    return stem(word) in _canon() or (word.endswith("s") and common(word[:-1]))


def content(words: list[str]) -> list[str]:
    """The words that carry meaning, shortened to a stem, like ones as one."""
    canon = _canon()
    return [canon.get(stem(word), stem(word)) for word in words if word not in STOP and (len(word) > 1 or word == "i")]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A light stem: plurals, -ing, -ed and -er away, so that "publishing" meets "publish"."""
    for ending, least in (
        ("ations", 4),
        ("ation", 4),
        ("ing", 4),
        ("ers", 4),
        ("er", 5),
        ("ies", 3),
        ("es", 4),
        ("ed", 4),
        ("s", 3),
    ):
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return word[: -len(ending)]
    return word[:-1] if word.endswith("e") and len(word) > 4 else word
