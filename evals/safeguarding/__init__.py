"""How many messages that suggest harm to a child are found, and how many others are taken for one."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from knowledge import safeguarding

MESSAGES = Path(__file__).with_name("messages.txt")


@dataclass(frozen=True, slots=True)
class Said:
    language: str
    harm: bool
    text: str


@dataclass(slots=True)
class Counts:
    """Of one language: found and missed concerns, false alarms and rightly quiet."""

    found: int = 0
    missed: int = 0
    alarms: int = 0
    quiet: int = 0

    @property
    def recall(self) -> float:
        return 100 * self.found / max(1, self.found + self.missed)

    @property
    def false_alarms(self) -> float:
        return 100 * self.alarms / max(1, self.alarms + self.quiet)


def load() -> list[Said]:
    lines = [line for line in MESSAGES.read_text().splitlines() if line and not line.startswith("#")]
    parts = [line.split("|", 2) for line in lines]
    return [Said(language, label == "harm", text) for language, label, text in parts]


def measure(wrong: list[tuple[Said, str]] | None = None) -> dict[str, Counts]:
    """Counts per language and for `all`; what went wrong is added to `wrong`."""
    counts: dict[str, Counts] = defaultdict(Counts)
    for said in load():
        signal = safeguarding.signal(said.text)
        for key in (said.language, "all"):
            one = counts[key]
            one.found += said.harm and signal is not None
            one.missed += said.harm and signal is None
            one.alarms += not said.harm and signal is not None
            one.quiet += not said.harm and signal is None
        if wrong is not None and said.harm != (signal is not None):
            wrong.append((said, f"{signal}" if signal else f"p={safeguarding.probability(said.text):.2f}"))
    return dict(counts)
