"""The one copy of the program that may work on a data directory: its lock, and where others find its servers."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import psutil
from filelock import FileLock, Timeout
from pydantic import BaseModel

from runtime.errors import Conflict


class AlreadyRunning(Conflict):
    """Another copy works on the same data directory."""

    code = "already_running"


class Servers(BaseModel, frozen=True):
    """Addresses of the servers a copy runs on. Without `migration_database_url` we know the application's role only."""

    database_url: str
    migration_database_url: str | None
    redis_url: str


class Running(BaseModel, frozen=True):
    """What a running copy writes into its data directory for the command line beside it."""

    pid: int
    address: str
    servers: Servers


@contextmanager
def only_copy(data_dir: Path) -> Generator[None]:
    """Hold the data directory, or say who does. The lock is the kernel's: a killed copy does not keep it."""
    data_dir.mkdir(parents=True, exist_ok=True)
    lock = FileLock(data_dir / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        other = read(data_dir)
        who = f"process {other.pid}, {other.address}" if other else "still starting or stopping"
        raise AlreadyRunning(
            f"Another copy is using {data_dir} ({who}). Stop it, or give this one its own"
            " SCHOOLOS_DATA_DIR and SCHOOLOS_PORT."
        ) from None
    try:
        yield
    finally:
        _state(data_dir).unlink(missing_ok=True)
        lock.release()


def write(data_dir: Path, running: Running) -> None:
    """Tell others where this copy is. The file holds passwords: only we may read it."""
    _write_private(_state(data_dir), running.model_dump_json())


def read(data_dir: Path) -> Running | None:
    """The copy that runs on this directory, if it is alive and has said so."""
    try:
        running = Running.model_validate_json(_state(data_dir).read_text())
    except (FileNotFoundError, ValueError):
        return None
    return running if psutil.pid_exists(running.pid) else None


def _state(data_dir: Path) -> Path:
    return data_dir / "running.json"


def _write_private(path: Path, content: str) -> None:
    """Write a file that only we may read, whole or not at all."""
    made = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(content)
    made.replace(path)
