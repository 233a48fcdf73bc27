"""A whole copy of the program for browser tests: its own port and data directory, the demo school loaded."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from runtime import instance
from tests.api.served import free_port

ROOT = Path(__file__).parent.parent.parent
READY_S = 240


@dataclass
class Copy:
    """A running copy, and REST over it as any of the demo's people."""

    address: str
    data: Path
    tokens: dict[str, str] = field(default_factory=dict)

    def rest(self, who: str, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        """(status, JSON) of one request as `who`@demo.school."""
        if who not in self.tokens:
            form = urlencode({"username": f"{who}@demo.school", "password": "schoolos-demo"}).encode()
            with urlopen(f"{self.address}/api/auth/token", data=form, timeout=30) as answer:
                self.tokens[who] = json.load(answer)["accessToken"]
        data = json.dumps(body).encode() if body is not None else None
        request = Request(f"{self.address}{path}", data=data, method=method, headers={
            "Authorization": f"Bearer {self.tokens[who]}", "Content-Type": "application/json", **headers,
        })  # fmt: skip
        try:
            with urlopen(request, timeout=60) as answer:
                text = answer.read()
                return answer.status, json.loads(text) if text else None
        except URLError as error:
            if hasattr(error, "code"):
                return error.code, json.loads(error.read() or b"null")
            raise

    def get(self, who: str, path: str) -> Any:
        status, body = self.rest(who, "GET", path)
        assert status == 200, (path, status, body)
        return body


@contextmanager
def running(data: Path, **settings: str) -> Iterator[Copy]:
    """Start a copy in `data`, wait until it is ready, and stop it with SIGTERM at the end."""
    port = free_port()
    log = data.parent / f"{data.name}.log"
    environment = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL"}} | {
        "SCHOOLOS_PORT": str(port), "SCHOOLOS_DATA_DIR": str(data), **settings,
    }  # fmt: skip
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "cli", "up"], cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT
        )
    copy = Copy(f"http://127.0.0.1:{port}", data)
    try:
        _wait(copy.address, process, log)
        yield copy
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()


@contextmanager
def beside(copy: Copy, **settings: str) -> Iterator[Copy]:
    """A second api of a running copy, on its database and files, with settings of its own."""
    port, running_copy = free_port(), instance.read(copy.data)
    assert running_copy is not None
    log = copy.data.parent / f"beside-{port}.log"
    environment = dict(os.environ) | {
        "SCHOOLOS_PORT": str(port), "SCHOOLOS_DATA_DIR": str(copy.data),
        "DATABASE_URL": running_copy.servers.database_url, "REDIS_URL": running_copy.servers.redis_url, **settings,
    }  # fmt: skip
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "api"], cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT
        )
    try:
        _wait(f"http://127.0.0.1:{port}", process, log)
        yield Copy(f"http://127.0.0.1:{port}", copy.data)
    finally:
        process.terminate()
        process.wait(60)


def _wait(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + READY_S
    while time.monotonic() < deadline:
        assert process.poll() is None, f"the copy ended while starting:\n{log.read_text()[-3000:]}"
        try:
            with urlopen(f"{address}/api/demo/sign-ins", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.5)
    raise AssertionError(f"not ready after {READY_S} s:\n{log.read_text()[-3000:]}")
