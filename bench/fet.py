"""The peer for timetables: FET's command line (Debian's `fet`), on our problems, its timetables priced by our checker."""

import shutil
import subprocess
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from school.timetabling.checker import check
from school.timetabling.fet_export import to_fet
from school.timetabling.fet_import import from_fet, timetable_of
from school.timetabling.instance import Assignments, Instance

VARIANTS: dict[str, tuple[float | None, frozenset[str]]] = {
    "hard rules only": (None, frozenset()),
    "wishes at 95 %": (95, frozenset()),
    "wishes at 95 %, gaps as a hard rule": (95, frozenset({"teacher_max_gaps_week"})),
}
"""Ways to tell FET of wishes it has no prices for; its best is what counts."""


@dataclass(frozen=True)
class FetAnswer:
    variant: str
    seconds: float
    hard: int | None
    soft: float | None


def available() -> bool:
    return shutil.which("fet-cl") is not None


def run(text: str, seconds: float) -> tuple[float, str | None]:
    """FET's time to a complete timetable, and the timetable it wrote; None when it did not finish."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "problem.fet")
        file.write_text(text, encoding="utf-8")
        began = time.monotonic()
        command = ["fet-cl", f"--inputfile={file}", f"--outputdir={folder}", f"--timelimitseconds={int(seconds)}",
                   "--randomseeds10=1", "--randomseeds11=1", "--randomseeds12=1", "--randomseeds20=1", "--randomseeds21=1",
                   "--randomseeds22=1", "--htmllevel=0"]  # fmt: skip
        with suppress(subprocess.TimeoutExpired):  # its own limit begins only after it has prepared
            subprocess.run(command, capture_output=True, timeout=seconds + 20, check=False)
        took = time.monotonic() - began
        written = sorted(Path(folder, "timetables").glob("problem*/*_activities.xml"))
        done = [p for p in written if "highest" not in str(p) and "current" not in str(p)]
        return took, done[0].read_text(encoding="utf-8") if done else None


def solve(instance: Instance, variant: str, seconds: float) -> FetAnswer:
    """FET on our problem, priced by our checker."""
    percent, harden = VARIANTS[variant]
    text = to_fet(instance, soft_percent=percent, harden=harden)
    took, written = run(text, seconds)
    if written is None:
        return FetAnswer(variant, took, None, None)
    found = timetable_of(written, from_fet(text).instance)
    keys = {str(n + 1): lesson.id for n, lesson in enumerate(instance.lessons)}
    assignments: Assignments = {keys[number]: place for number, place in found.items()}
    report = check(instance, assignments)
    return FetAnswer(variant, took, report.hard, report.soft)
