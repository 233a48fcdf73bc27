"""Words: how people in schools write, brought to the words the capabilities are declared in."""

import re
from functools import lru_cache

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
    ("im", "i am"), ("ive", "i have"), ("id like", "i would like"), ("wats", "what is"), ("wat", "what"), ("gimme", "give me"),
    ("absentees", "who is absent"), ("absentee", "who is absent"), ("late comers", "who came late"), ("latecomers", "who came late"),
    ("mum", "mother"), ("mummy", "mother"), ("dad", "father"), ("daddy", "father"), ("kids", "children"), ("kid", "child"),
    ("ward", "child"), ("pupils", "students"), ("pupil", "student"), ("attendence", "attendance"), ("tmrw", "tomorrow"),
    ("2day", "today"), ("2moro", "tomorrow"), ("yday", "yesterday"), ("msg", "message"), ("msgs", "messages"),
    ("result sheet", "score sheet"), ("broadsheet", "score sheet"), ("mark sheet", "score sheet"), ("marksheet", "score sheet"),
)  # fmt: skip
_PATTERNS = [(re.compile(rf"\b{said}\b"), meant) for said, meant in sorted(_PHRASES, key=lambda pair: -len(pair[0]))]

CHAT_WORDS = frozenset(word for said, _ in _PHRASES for word in said.split())

STOP = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "at",
        "for",
        "to",
        "from",
        "by",
        "with",
        "and",
        "or",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "am",
        "do",
        "does",
        "did",
        "has",
        "have",
        "had",
        "i",
        "me",
        "my",
        "we",
        "our",
        "you",
        "your",
        "it",
        "its",
        "this",
        "that",
        "these",
        "those",
        "please",
        "can",
        "could",
        "would",
        "will",
        "shall",
        "should",
        "just",
        "so",
        "as",
        "about",
        "into",
        "there",
        "here",
        "let",
        "us",
        "give",
        "get",
        "want",
        "need",
        "like",
    ]
)
PRONOUNS = {
    "student": {"he", "she", "him", "her", "his", "hers", "they", "their", "them", "that student", "the student", "this student",
                "the boy", "the girl", "that boy", "that girl", "the child", "same student"},
    "class": {"that class", "the class", "this class", "same class", "there", "them", "they", "it", "their"},
    "other": {"it", "that", "this", "them", "these", "those", "the same", "same"},
}  # fmt: skip
COMMON_RANK = 9_000
FIRST_WORD = 1_996


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """Folded text in the words of the declarations: Pidgin and chat spelling translated."""
    said = fold(text)
    for pattern, meant in _PATTERNS:
        said = pattern.sub(meant, said)
    return " ".join(said.split())


@lru_cache(maxsize=1)
def _ranks() -> dict[str, int]:
    """Words of the embedder's vocabulary by frequency rank: it lists them most frequent first."""
    lines = (weights_dir() / "vocab.txt").read_text(encoding="utf-8").splitlines()
    return {word: at for at, word in enumerate(lines) if at >= FIRST_WORD and word.isalpha()}


def common(word: str) -> bool:
    """Whether a folded word is an everyday English one, and so unlikely to be a name."""
    return word in STOP or _ranks().get(word, COMMON_RANK) < COMMON_RANK or word.isdigit()


def content(words: list[str]) -> list[str]:
    """The words that carry meaning, shortened to a stem."""
    return [stem(word) for word in words if word not in STOP and len(word) > 1]


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
