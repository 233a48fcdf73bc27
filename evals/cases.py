"""The written utterances: who says what, and which capability with which arguments it asks for."""

import hashlib
from dataclasses import dataclass, field, replace
from pathlib import Path

FOLDER = Path(__file__).parent / "utterances"
HELD_SHARE = 4  # of ten


@dataclass(frozen=True)
class Utterance:
    """One line of a file. `tool` "-" means: nothing here does that, decline or ask."""

    tool: str
    who: str
    said: str
    args: dict[str, str] = field(default_factory=dict[str, str])
    files: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    """Capabilities that answer it as well."""
    fresh: bool = False
    """Whether it was written for the held split alone, before the tuning that was measured on it."""
    tuned: bool = False
    """Whether it was written to tune on: it was looked at, whatever its hash."""

    @property
    def held(self) -> bool:
        """Whether it belongs to the split that is never looked at while tuning: fixed by its own text or its folder."""
        return self.fresh or (not self.tuned and self._hashed)

    @property
    def _hashed(self) -> bool:
        return int(hashlib.sha256(f"{self.who}|{self.said}".encode()).hexdigest(), 16) % 10 < HELD_SHARE


def load(folder: Path = FOLDER) -> list[Utterance]:
    """Every utterance of every file."""
    found: list[Utterance] = []
    for path in sorted(folder.rglob("*.txt")):
        tool = ""
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.startswith("# "):
                tool = line[2:].strip()
            elif line.strip():
                utterance = _parsed(tool, line, f"{path.name}:{number}")
                found.append(replace(utterance, fresh=path.parent.name == "held", tuned=path.parent.name == "tuning"))
    return found


def _parsed(tool: str, line: str, where: str) -> Utterance:
    parts = [part.strip() for part in line.split("|")]
    if len(parts) not in {3, 4} or not tool:
        raise ValueError(
            f"{where}: expected `who | what is said | arguments [| or other_capability]` under a `# capability`"
        )
    also = tuple(parts[3].removeprefix("or ").split()) if len(parts) == 4 else ()
    who, _, attached = parts[0].partition("+")
    args = dict(pair.strip().split("=", 1) for pair in parts[2].split(";") if pair.strip())
    return Utterance(tool, who, parts[1], args, tuple(filter(None, [attached])), also)
