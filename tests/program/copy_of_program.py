"""A whole copy of the program, started the way people start it."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import psutil

ROOT = Path(__file__).parent.parent.parent
READY = re.compile(r"SchoolOS is ready\S* at (\S+)")
MODELS = ROOT / ".schoolos-test" / "cache"
"""Where tests keep the exported and trained models, so that each copy need not make its own."""

OURS = ("DATABASE_URL", "REDIS_URL", "SCHOOLOS_")


class Copy:
    """`schoolos up` on a data directory, on a free port."""

    def __init__(self, data_dir: Path, **settings: str) -> None:
        self.data_dir = data_dir
        self.address = ""
        self.printed = ""
        variables = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        mine = {
            "SCHOOLOS_DATA_DIR": str(data_dir),
            "SCHOOLOS_PORT": "0",
            "SCHOOLOS_DEMO": "false",
            "SCHOOLOS_WORKER_NICENESS": "0",
            "NO_COLOR": "1",
            "SCHOOLOS_MODEL_CACHE": str(MODELS),
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "cli", "up"], cwd=ROOT, env=variables | mine | {"COLUMNS": "300"} | settings,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip

    def until_ready(self) -> "Copy":
        """Wait for the line that says so."""
        return self.until(lambda printed: READY.search(printed) is not None)

    def until(self, said: Callable[[str], bool]) -> "Copy":
        """Read what it prints until that satisfies the condition; fail when it ends first."""
        assert self.process.stdout is not None
        while not said(self.printed):
            line = self.process.stdout.readline()
            if not line:
                raise AssertionError(f"It ended before that:\n{self.printed}")
            self.printed += line
        if found := READY.search(self.printed):
            self.address = found[1]
        return self

    def end(self, with_signal: signal.Signals = signal.SIGTERM) -> int:
        """Send the signal, read the rest, and return the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(with_signal)
        rest, _ = self.process.communicate(timeout=60)
        self.printed += rest
        return self.process.returncode

    def processes(self) -> list[psutil.Process]:
        """Every process that works for this copy, whoever its parent is now."""
        return list(self._processes())

    def _processes(self) -> Iterator[psutil.Process]:
        for process in psutil.process_iter():
            try:
                mine = process.environ().get("SCHOOLOS_SUPERVISED_IN") == str(self.data_dir)
                if mine or any(str(self.data_dir) in part for part in process.cmdline()):
                    yield process
            except psutil.Error:
                continue


@contextmanager
def running(data_dir: Path, **settings: str) -> Iterator[Copy]:
    """A copy that is ready, and is ended however the block leaves it."""
    copy = Copy(data_dir, **settings)
    try:
        yield copy.until_ready()
    finally:
        if copy.process.poll() is None:
            copy.end(signal.SIGTERM)
        assert copy.process.stdout is not None
        copy.process.stdout.close()


def eventually(condition: Callable[[], bool], within_s: float = 90) -> bool:
    """Whether the condition becomes true in time."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.1)
    return condition()


def status(address: str) -> int:
    """The status of a GET."""
    try:
        with urlopen(address, timeout=10) as answer:
            return answer.status
    except HTTPError as error:
        return error.code
