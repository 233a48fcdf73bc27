"""Real schools: FET's example files (Debian's `fet-data`), solved by us and by FET. `python -m bench.timetable_real_schools [N] [SECONDS]`.

Of each folder one file is taken. Those with a constraint we have no rule for are listed with it, and not solved.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from bench import fet
from school.timetabling.checker import check
from school.timetabling.fet_import import Imported, UnreadableFet, from_fet, timetable_of
from school.timetabling.portfolio import solve
from school.timetabling.validation import mistakes
from school.timetabling.warm import warm

FILES = Path("/usr/share/doc/fet-data/examples/FET-5-official")


def schools() -> Iterator[tuple[str, str, Imported]]:
    """One file of each folder: its name, its text, and what was understood."""
    seen: set[Path] = set()
    for file in sorted(FILES.rglob("*.fet")):
        if file.parent in seen or "older" in file.parts or "old" in file.parts:
            continue
        text = file.read_text(encoding="utf-8-sig")
        try:
            found = from_fet(text, file.stem)
        except UnreadableFet:
            continue
        seen.add(file.parent)
        yield str(file.relative_to(FILES)), text, found


def main(most: int, seconds: float) -> None:
    """Print a Markdown table of the first schools, and the list of those with rules that are missing."""
    warm()
    print("| school | lessons | ours: s to valid | hard | soft | FET: s | soft of FET's |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    without: list[str] = []
    done = 0
    for name, text, found in schools():
        if not found.complete or any(mistakes(found.instance)):
            why = ", ".join(found.missing) or next(iter(mistakes(found.instance)))[1]
            without.append(f"- {name}: {why}")
            continue
        if done >= most:
            continue
        done += 1
        outcome = solve(found.instance, seconds=seconds, seed=1)
        first = next((f"{s.elapsed_s:.1f}" for s in outcome.improvements if s.valid), "–")
        report = outcome.report
        hard, soft = (str(report.hard), f"{report.soft:g}") if report else ("–", outcome.status)
        took, written = fet.run(text, seconds)
        theirs = check(found.instance, timetable_of(written, found.instance)) if written else None
        other = (
            "–"
            if theirs is None
            else f"{theirs.soft:g}" + (f" ({theirs.hard} hard by our reading)" if theirs.hard else "")
        )
        proof = " (proven)" if outcome.status == "optimal" else ""
        row = (name, len(found.instance.lessons), first, hard, soft + proof, f"{took:.1f}" if written else "–", other)
        print("| " + " | ".join(map(str, row)) + " |", flush=True)
    print(f"\nNot solved, for the rule named ({len(without)}):\n")
    print("\n".join(without))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000, float(sys.argv[2]) if len(sys.argv) > 2 else 30)
