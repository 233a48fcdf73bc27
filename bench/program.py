"""Starting, stopping and the memory of the whole program."""

import signal
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from bench.measurement import Measurement
from tests.program.copy_of_program import Copy

TITLE = "The program"
SERVICES = ("api", "jobs.worker", "jobs.scheduler")


def measure() -> Iterator[Measurement]:
    """A first start with the demo school, a second start, what its processes hold, and a stop."""
    with TemporaryDirectory() as scratch:
        data_dir = Path(scratch) / "data"
        size = "800 students, 20 classes"
        yield Measurement(
            what="first start: database made, demo loaded, ready", size=size, value=_start(data_dir), unit="s"
        )
        started = time.monotonic()
        copy = Copy(data_dir, SCHOOLOS_DEMO="true").until_ready()
        yield Measurement(what="start to ready", size=size, value=time.monotonic() - started, unit="s", at_most=15)
        try:
            yield from _memory(copy, size)
        finally:
            stopping = time.monotonic()
            copy.end(signal.SIGTERM)
        yield Measurement(what="Ctrl-C to stopped", size=size, value=time.monotonic() - stopping, unit="s")


def _start(data_dir: Path) -> float:
    started = time.monotonic()
    copy = Copy(data_dir, SCHOOLOS_DEMO="true").until_ready()
    took = time.monotonic() - started
    copy.end(signal.SIGTERM)
    return took


def _memory(copy: Copy, size: str) -> Iterator[Measurement]:
    """Resident memory, each process with its share of what several share."""
    time.sleep(5)
    held: dict[str, float] = {}
    for process in copy.processes():
        line = process.cmdline()
        name = next((service for service in SERVICES if service in line), None)
        if name is None and process.parents():
            name = next((s for p in process.parents() for s in SERVICES if s in p.cmdline()), None)
        if name is not None:
            held[name] = held.get(name, 0) + _resident(process) / 1e6
    for name, megabytes in held.items():
        yield Measurement(what=f"memory of {name}", size=size, value=megabytes, unit="MB")
    yield Measurement(
        what="memory of api, worker and scheduler", size=size, value=sum(held.values()), unit="MB", at_most=1500
    )


def _resident(process: psutil.Process) -> int:
    information = process.memory_full_info()
    return getattr(information, "pss", information.rss)
