"""The main job through the real doors: first words of an answer, and a publication until its last message is accepted."""

import json
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx2
import psycopg

from bench.measurement import Measurement, percentiles
from runtime.instance import read
from tests.program.copy_of_program import ROOT, Copy

TITLE = "The scenario"
SHEET = ROOT / "demo" / "scores-jss2-ruby-mathematics.xlsx"
PASSWORD = "schoolos-demo"
ROUNDS = 4
QUESTIONS = (
    "who teaches mathematics in JSS 2 Ruby?",
    "show me the class list of JSS 2 Ruby",
    "how is JSS 2 Ruby doing in mathematics?",
    "what can you do?",
    "attendance of JSS 2 Ruby this week",
    "which classes do I teach?",
    "hello",
    "what changed today?",
    "who teaches english in JSS 1?",
    "show my day",
)
WAITING = "SELECT count(*) FROM deliveries WHERE state IN ('queued', 'sending') AND created_at >= %s"
ACCEPTED = "SELECT count(*) FROM deliveries WHERE state IN ('sent', 'delivered', 'read') AND created_at >= %s"


def measure() -> Iterator[Measurement]:
    """On the demo school, one person at a time, everything warm."""
    with TemporaryDirectory() as scratch:
        data_dir = Path(scratch) / "data"
        copy = Copy(data_dir, SCHOOLOS_DEMO="true").until_ready()
        try:
            with httpx2.Client(base_url=copy.address, timeout=60) as door:
                signed_in = door.post("/api/auth/token", data={"username": "teacher@demo.school", "password": PASSWORD})
                door.headers["Authorization"] = f"Bearer {signed_in.raise_for_status().json()['accessToken']}"
                yield from _first_words(door)
                yield from _publication(door, data_dir)
        finally:
            copy.end(signal.SIGTERM)


def _first_words(door: httpx2.Client) -> list[Measurement]:
    for question in QUESTIONS[:3]:
        _ask(door, question)
    timed = [_ask(door, question) for _ in range(ROUNDS) for question in QUESTIONS]
    size = f"{len(timed)} questions, offline planner, over SSE"
    return [
        *percentiles("first words of an answer", size, [first for first, _ in timed], p50_at_most=150, p95_at_most=400),
        *percentiles("whole answer", size, [whole for _, whole in timed]),
    ]


def _ask(door: httpx2.Client, question: str) -> tuple[float, float]:
    """Seconds to the first text and to the end."""
    started, first = time.perf_counter(), 0.0
    with door.stream(
        "POST", "/api/ai/chat", json={"message": question}, headers={"Accept": "text/event-stream"}
    ) as answer:
        answer.raise_for_status()
        for line in answer.iter_lines():
            if not first and line.startswith("data:") and '"text-delta"' in line:
                first = time.perf_counter() - started
    whole = time.perf_counter() - started
    if not first:
        raise RuntimeError(f"No words came for {question!r}")
    return first, whole


def _publication(door: httpx2.Client, data_dir: Path) -> Iterator[Measurement]:
    uploaded = door.post("/api/uploads", files={"file": (SHEET.name, SHEET.read_bytes())}).raise_for_status().json()
    started = time.perf_counter()
    where = {"classArm": "JSS 2 Ruby", "subject": "Mathematics"}
    _done(door.post("/api/v1/score-imports", json={"file": uploaded["fileId"], **where}))
    yield Measurement(
        what="a sheet of 40 rows read, checked and saved",
        size="38 saved, 2 refused",
        value=(time.perf_counter() - started) * 1000,
        unit="ms",
    )
    running = read(data_dir)
    assert running is not None
    assert running.servers.migration_database_url is not None
    with psycopg.connect(running.servers.migration_database_url, autocommit=True) as owner:
        row = owner.execute("SELECT now()").fetchone()
        assert row is not None
        started = time.perf_counter()
        _done(door.post("/api/v1/score-sheets/JSS 2 Ruby/Mathematics/publication", json={}))
        answered = time.perf_counter() - started
        messages = 0
        while time.perf_counter() - started < 60:
            count = owner.execute(ACCEPTED, (row[0],)).fetchone()
            left = owner.execute(WAITING, (row[0],)).fetchone()
            messages = count[0] if count else 0
            if messages and left == (0,):
                break
            time.sleep(0.02)
        took = time.perf_counter() - started
    size = f"38 scores, {messages} messages, sandbox"
    yield Measurement(what="publish: answered", size=size, value=answered * 1000, unit="ms")
    yield Measurement(what="publish to the last message accepted", size=size, value=took, unit="s", at_most=2)


def _done(answer: httpx2.Response) -> None:
    if answer.is_error:
        raise RuntimeError(json.dumps(answer.json())[:500])
