"""A command line that works on the test's own school, in a process of its own as people run it."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import postgres
from tests.tiny_school import TinySchool

ROOT = Path(__file__).parent.parent.parent
Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def schoolos(school: TinySchool, tmp_path: Path) -> Command:
    """`schoolos("users", "list")`: what it printed and its exit code."""
    variables = {
        "REDIS_URL": postgres.valkey_url(),
        "SCHOOLOS_DATA_DIR": str(tmp_path / "data"),
        "NO_COLOR": "1",
        "COLUMNS": "200",
    }

    def run(*arguments: str, stdin: int = subprocess.DEVNULL, **more: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "cli", *arguments],
            env=os.environ | variables | more, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
            stdin=stdin,
        )  # fmt: skip

    return run
