"""A look on paper: what a page needs beside what it says, and colours that can be read on each other."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """What a page needs beside the card. Pictures are data URIs; `on_accent` is legible on `accent`."""

    layout: str
    accent: str
    ink: str
    on_accent: str
    tint: str
    font: str
    logo: str | None
    signature: str | None
    teacher_signature: str | None
    photo: str | None
    principal_title: str
    grading_key: str
    show_trend: bool
    show_verification: bool
    custom_css: str
    template: str
    locale: str


def colours(look: Look) -> str:
    """The style sheet of a look's colours: it counts for more than those of its layout."""
    return f"""
html body .accent.accent {{ background: {look.accent}; color: {look.on_accent}; }}
html body .ink.ink {{ color: {look.ink}; }}
html body .tint.tint {{ background: {look.tint}; }}
html body .rule.rule {{ border-color: {look.ink}; }}
html body .ratings .meter {{ border-left-color: {look.ink}; }}
html body .subjects thead tr {{ background: {look.accent}; color: {look.on_accent}; }}
"""


def _channels(colour: str) -> tuple[float, float, float]:
    return tuple(int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))  # type: ignore[return-value]


def mixed(colour: str, other: str, share: float) -> str:
    """`share` of `other` in `colour`."""
    mixed = (
        round(255 * (a * (1 - share) + b * share))
        for a, b in zip(_channels(colour), _channels(other), strict=True)
    )  # fmt: skip
    return "#" + "".join(f"{value:02x}" for value in mixed)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG has it, 0..1."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    lighter, darker = sorted((luminance(a), luminance(b)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable(colour: str) -> str:
    """The colour, darkened until it can be read on white (contrast 4.5)."""
    for step in range(20):
        darker = mixed(colour, "#000000", step * 0.05)
        if contrast(darker, "#ffffff") >= 4.5:
            return darker
    return "#000000"
