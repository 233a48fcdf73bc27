"""What the phone doors say by themselves, in the languages guardians speak, and what they understand without the assistant."""

import re

from school.folding import fold
from school.phrase_book import SAID

LANGUAGES = {
    "en": "English", "ha": "Hausa", "ig": "Igbo", "yo": "Yoruba", "pcm": "Pidgin", "fr": "French",
}  # fmt: skip
"""Code -> the name people use."""

_PERSON = re.compile(
    r"^(?:person|agent|human|operator|real person|somebody)$"
    r"|\b(?:talk|speak|chat|spk|tok) (?:to|with|wit) (?:a |an |the |some )?(?:real |human |actual )?(?:person|human|somebody|someone|body|staff|teacher|principal|head|office|school office|secretary|admin\w*|bursar|agent|people)\b"
    r"|\b(?:call me|ring me|phone me)(?: back)?\b|\b(?:real|human) (?:person|being|agent)\b|\b(?:want|need) (?:a |to see a )?(?:human|person)\b|\bnot (?:a )?(?:robot|machine|bot)\b"
    r"|\b(?:yi|son) magana da (?:mutum|wani|malami|shugaba\w*)\b|\bba (?:eniyan|enikan|oluko) soro\b|\b(?:gwa|soro) (?:mmadu|onye)\b|\b(?:kwuo|kwurita|ikwu) okwu\b.*\b(?:mmadu|onye)\b|\bmmadu kwurita okwu\b"
    r"|\bparler (?:a|avec) (?:une personne|quelqu ?un|un humain|le directeur|la directrice|l ?ecole|un responsable)\b|\brappel\w*(?: |-)moi\b"
)


def person_wanted(text: str) -> bool:
    """Whether somebody asks for a person instead of the assistant."""
    return len(text) <= 300 and bool(_PERSON.search(fold(text)))


def say(what: str, language: str, **facts: str) -> str:
    """A fixed sentence in a language, in English where there is no other."""
    said = SAID[what]
    return said.get(language, said["en"]).format(**facts)
