"""Text folded for comparison: the same name however it is typed."""

import re
import unicodedata
from functools import lru_cache


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """Lower case, no diacritics, apostrophes closed up, other punctuation as spaces, letters apart from digits."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    plain = re.sub(r"['’ʼ`]", "", plain)
    plain = re.sub(r"[^\w]+|_", " ", plain)
    plain = re.sub(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])", " ", plain)
    return " ".join(plain.split())
