"""How long a text message is: GSM-7 or UCS-2, units, segments; and making it fit GSM-7 by transliteration.

Source: 3GPP TS 23.038 (the alphabet) and TS 23.040 (concatenation: 6 octets of header in every part).
"""

import re
from typing import Literal, NamedTuple

from anyascii import anyascii

GSM_7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_7_EXTENDED = frozenset("\f^{}\\[~]|€")
_TYPOGRAPHY = str.maketrans({"₦": "N", "…": "...", "–": "-", "—": "-", "\u00a0": " ", "\u202f": " "})


class Length(NamedTuple):
    """`units` are septets (GSM-7) or UTF-16 units (UCS-2); `odd` lists the characters that force UCS-2."""

    encoding: Literal["GSM-7", "UCS-2"]
    units: int
    segments: int
    odd: tuple[str, ...] = ()


def measure(text: str) -> Length:
    """The length of a message as the network counts it; a character is never cut in two."""
    odd = tuple(dict.fromkeys(c for c in text if c not in GSM_7 and c not in GSM_7_EXTENDED))
    if odd:
        widths = [2 if ord(c) > 0xFFFF else 1 for c in text]
        return Length("UCS-2", sum(widths), _parts(widths, 70, 67), odd)
    widths = [2 if c in GSM_7_EXTENDED else 1 for c in text]
    return Length("GSM-7", sum(widths), _parts(widths, 160, 153))


def _parts(widths: list[int], single: int, part: int) -> int:
    if sum(widths) <= single:
        return 1
    parts, used = 1, 0
    for width in widths:
        if used + width > part:
            parts, used = parts + 1, 0
        used += width
    return parts


def transliterate(text: str) -> str:
    """The same text in GSM-7: characters outside it are written the nearest plain way."""
    plain = text.translate(_TYPOGRAPHY)
    kept = "".join(c if c in GSM_7 or c in GSM_7_EXTENDED else anyascii(c) for c in plain).replace("`", "'")
    return re.sub(r" {2,}", " ", "".join(c for c in kept if c in GSM_7 or c in GSM_7_EXTENDED)).strip()


def fit(text: str, segments: int) -> str:
    """The text in at most so many segments as it would go out, cut at a word and marked when it was longer."""
    if measure(transliterate(text)).segments <= segments:
        return text
    kept = text[: 160 * segments]
    while kept and measure(transliterate(f"{kept}...")).segments > segments:
        kept = kept[:-1].rsplit(" ", 1)[0] if " " in kept[:-1] else kept[:-1]
    return f"{kept.rstrip(' ,;:')}..."
