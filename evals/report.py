"""`python -m evals report`: every suite once, and its tables into docs/assistant.md."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from agent.offline import planner_file
from evals import cases, dialogues, routing
from evals.cast import Cast
from tools import load_all

PAGE = Path(__file__).parents[1] / "docs" / "assistant.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


@dataclass(frozen=True)
class Score:
    """What a group of utterances came to."""

    cases: int
    tool: float
    arguments: float
    wrong_changes: int

    @classmethod
    def of(cls, rows: list[tuple[bool, bool, bool]]) -> "Score":
        count = max(1, len(rows))
        return cls(
            len(rows), 100 * sum(r[0] for r in rows) / count, 100 * sum(r[1] for r in rows) / count,
            sum(not r[2] for r in rows),
        )  # fmt: skip


@dataclass(frozen=True)
class Run:
    """One run of every suite."""

    by_tool: dict[str, dict[str, Score]]
    by_kind: dict[str, tuple[int, int]]
    first_ms: tuple[float, float]


async def run(cast: Cast) -> Run:
    """Score routing on both splits."""
    load_all()
    rows: dict[str, dict[str, list[tuple[bool, bool, bool]]]] = defaultdict(lambda: defaultdict(list))
    times: list[float] = []
    for utterance in cases.load():
        started = perf_counter()
        got = await routing.route(cast, utterance)
        times.append((perf_counter() - started) * 1000)
        wrong = routing.wrong_arguments(utterance, got) if utterance.tool != "-" else []
        tool = routing.right_tool(utterance, got)
        row = (tool, tool and not wrong, not got.changes or tool)
        split = "held" if utterance.held else "tuning"
        groups = {utterance.tool, "asked"} if utterance.tool != "-" else {"-"}
        for name in groups | ({"fresh"} if utterance.fresh and utterance.tool != "-" else set[str]()):
            rows[split][name].append(row)
    times.sort()
    return Run(
        {split: {name: Score.of(found) for name, found in tools.items()} for split, tools in rows.items()},
        {},
        (times[len(times) // 2], times[int(len(times) * 0.95)]),
    )


async def hold() -> dict[str, tuple[int, int]]:
    """How many dialogues of each kind were right: each in a demo school of its own."""
    kinds: dict[str, list[bool]] = defaultdict(list)
    for script in dialogues.load():
        kinds[script.kind].append(not (await dialogues.play_afresh(script)).wrong)
    return {kind: (sum(right), len(right)) for kind, right in kinds.items()}


def page(done: Run) -> str:
    """The tables as Markdown."""
    trained = planner_file.load()
    lines = [
        f"{len(trained.tools)} capabilities, {len(trained.examples)} examples learnt from, trained in {trained.trained_s} s. "
        f"Understanding one message: p50 {done.first_ms[0]:.0f} ms, p95 {done.first_ms[1]:.0f} ms.",
        "",
        "| | tuning: cases | tool % | tool and arguments % | wrong changes | held: cases | tool % | tool and arguments % | wrong changes |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    names = sorted({name for scores in done.by_tool.values() for name in scores} - {"asked", "fresh", "-"})
    for name, label in [
        ("asked", "**everything asked for**"),
        ("fresh", "of these, written for the held split alone"),
        ("-", "**must be declined**"),
        *((n, f"`{n}`") for n in names),
    ]:
        lines.append(
            f"| {label} | {_cells(done.by_tool.get('tuning', {}).get(name))} | {_cells(done.by_tool.get('held', {}).get(name))} |"
        )
    lines += ["", "| dialogues | right | of |", "| --- | ---: | ---: |"]
    lines += [f"| {kind} | {right} | {count} |" for kind, (right, count) in sorted(done.by_kind.items())]
    right, count = (sum(pair[at] for pair in done.by_kind.values()) for at in (0, 1))
    return "\n".join([*lines, f"| **all** | {right} | {count} |"])


def _cells(score: Score | None) -> str:
    if score is None:
        return "| | |"
    return f"{score.cases} | {score.tool:.1f} | {score.arguments:.1f} | {score.wrong_changes}"


def write(done: Run) -> None:
    """Put the tables between the marks of the page."""
    text: Any = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n{page(done)}\n{END}{after}", encoding="utf-8")
