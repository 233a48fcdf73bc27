"""What people also type that no capability answers: the planner learns from these what "none of them" looks like."""

from pathlib import Path

SAID = tuple(Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines())
