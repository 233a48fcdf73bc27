"""Words as the lexical index knows them: folded, cut, stemmed. One function for documents and for questions."""

import re
import unicodedata
from functools import lru_cache

from snowballstemmer import stemmer

STOP_WORDS = frozenset(
    [
        "a",
        "about",
        "above",
        "after",
        "again",
        "all",
        "also",
        "am",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "because",
        "been",
        "before",
        "being",
        "below",
        "between",
        "both",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "doing",
        "done",
        "down",
        "during",
        "each",
        "else",
        "ever",
        "few",
        "for",
        "from",
        "further",
        "had",
        "has",
        "have",
        "having",
        "he",
        "her",
        "here",
        "hers",
        "him",
        "his",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "itself",
        "just",
        "let",
        "like",
        "me",
        "more",
        "most",
        "my",
        "no",
        "nor",
        "not",
        "now",
        "of",
        "off",
        "on",
        "once",
        "only",
        "or",
        "other",
        "our",
        "out",
        "over",
        "own",
        "please",
        "same",
        "shall",
        "she",
        "should",
        "so",
        "some",
        "such",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "through",
        "to",
        "too",
        "under",
        "until",
        "up",
        "us",
        "very",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "who",
        "whom",
        "whose",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
        "yours",
    ]
)
LETTERS = str.maketrans(
    {"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ɓ": "b", "ɗ": "d"}
    | {"ƙ": "k", "ƴ": "y", "ŋ": "n", "ɛ": "e", "ɔ": "o", "’": "'", "‘": "'", "ʼ": "'", "−": "-", "–": "-", "‑": "-"}
    | {"\u00ad": None, "\u200b": None, "\ufeff": None}
)
CODE = re.compile(r"(?=[a-z0-9./_-]*[0-9])(?=[a-z0-9./_-]*[a-z])[a-z0-9]+(?:[./_-][a-z0-9]+)+")
DOTTED = re.compile(r"(?<![\w./-])\d+(?:\.\d+)+(?![\w/-])")
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
LONGEST = 40  # a longer "word" is a base64 blob or a broken page, and would only fill the index

_english = stemmer("english")


def fold(text: str) -> str:
    """Lower case without diacritics: `Ọjọ́` and `ojo` become the same word, in the index and in a question."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.translate(LETTERS).casefold().translate(LETTERS))
    return "".join(mark for mark in plain if not unicodedata.combining(mark))


def terms(text: str) -> list[str]:
    """Index terms in reading order, stop words left out; a curriculum code is one term beside its parts."""
    folded = fold(text)
    found = [stem(word) for word in WORD.findall(folded) if word not in STOP_WORDS and len(word) <= LONGEST]
    return found + codes(folded)


def codes(text: str) -> list[str]:
    """Curriculum codes and section numbers: letters and digits joined by `. - _ /`, written without the joints."""
    folded = fold(text)
    joined = CODE.findall(folded) + DOTTED.findall(folded)
    return list(dict.fromkeys("#" + re.sub(r"[./_-]+", ".", code) for code in joined if len(code) <= LONGEST))


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The English stem; a word with a digit, or of another script, is left as it is."""
    return _english.stemWord(word.split("'")[0]) if word.replace("'", "").isalpha() else word


EQUIVALENT = {
    "phone": ("telephon",), "telephon": ("phone",), "exam": ("examin",), "examin": ("exam",), "math": ("mathemat",),
    "mathemat": ("math",), "pupil": ("student", "learner"), "student": ("pupil", "learner"), "parent": ("guardian",),
    "guardian": ("parent",), "kid": ("child", "children"), "mark": ("score",), "score": ("mark",), "holiday": ("vacat",),
    "vacat": ("holiday",), "absent": ("absenc",), "absenc": ("absent",), "timet": ("schedul",), "drug": ("medicin",),
}  # fmt: skip
"""Terms that a school's documents may have in place of one that stands nowhere in them."""
