"""`schoolos up`: starts, stops in order, survives kill -9, runs beside another copy, refuses a second on one directory."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from runtime.instance import read
from tests.program.copy_of_program import ROOT, Copy, eventually, running, status

pytestmark = [pytest.mark.program, pytest.mark.xdist_group("program"), pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("program") / "data"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_everything(data_dir: Path, number: signal.Signals) -> None:
    with running(data_dir) as copy:
        assert status(f"{copy.address}/health/ready") == 200
        assert len(copy.processes()) >= 3
        assert copy.end(number) == 0
        assert copy.processes() == []
        assert copy.printed.rstrip().endswith("Stopped")
        assert read(data_dir) is None


def test_after_kill_9_the_next_start_works_and_nothing_is_lost(data_dir: Path) -> None:
    with running(data_dir) as copy:
        with psycopg.connect(_owner_url(data_dir), autocommit=True) as owner:
            owner.execute("CREATE TABLE kept (at timestamptz)")
            owner.execute("INSERT INTO kept VALUES (now())")
        children = copy.processes()
        assert copy.end(signal.SIGKILL) == -signal.SIGKILL
        if sys.platform == "linux":
            assert eventually(lambda: not any(child.is_running() for child in children)), "a child outlived its parent"
    with running(data_dir) as again:
        with psycopg.connect(_owner_url(data_dir), autocommit=True) as owner:
            assert owner.execute("SELECT count(*) FROM kept").fetchone() == (1,)
            owner.execute("DROP TABLE kept")
        assert status(f"{again.address}/health/ready") == 200


def test_processes_that_outlived_a_copy_are_cleared_away(data_dir: Path) -> None:
    left = subprocess.Popen(
        [sys.executable, "-c", "import time; time.sleep(600)"],
        env=os.environ | {"SCHOOLOS_SUPERVISED_IN": str(data_dir.resolve())},
    )
    with running(data_dir) as copy:
        assert "cleared 1 of its processes away" in copy.printed
        assert left.wait(5) == -signal.SIGTERM


def test_a_service_that_dies_is_started_again(data_dir: Path) -> None:
    with running(data_dir) as copy:
        api = next(process for process in copy.processes() if process.cmdline()[-1] == "api")
        api.kill()
        copy.until(lambda printed: "api ended (killed by SIGKILL); starting it again" in printed)
        assert eventually(lambda: _answers(copy)), "the api did not come back"


def test_a_server_that_dies_is_started_again(data_dir: Path) -> None:
    with running(data_dir) as copy:
        postgres = next(process for process in copy.processes() if process.name() == "postgres")
        postgres.kill()
        copy.until(lambda printed: "PostgreSQL ended (killed by SIGKILL); starting it again" in printed)
        assert eventually(lambda: _answers(copy)), "the database did not come back"


def test_two_copies_run_side_by_side(data_dir: Path, tmp_path: Path) -> None:
    with running(data_dir) as one, running(tmp_path / "other") as other:
        assert one.address != other.address
        assert status(f"{one.address}/health/ready") == status(f"{other.address}/health/ready") == 200
        assert other.end() == 0
        assert status(f"{one.address}/health/ready") == 200


def test_a_second_copy_and_a_taken_port_are_refused_with_a_reason(data_dir: Path) -> None:
    with running(data_dir) as copy:
        second = Copy(data_dir)
        assert second.end(signal.SIGCONT) == 1
        assert "already_running" in second.printed
        assert copy.address in second.printed
        assert "SCHOOLOS_DATA_DIR" in second.printed

        port = copy.address.rsplit(":", 1)[1]
        third = Copy(data_dir.with_name("third"), SCHOOLOS_PORT=port)
        assert third.end(signal.SIGCONT) == 1
        assert f"Port {port} on 127.0.0.1 cannot be used" in third.printed
        assert status(f"{copy.address}/health/ready") == 200


def test_secrets_are_private_and_the_command_line_finds_the_running_copy(data_dir: Path) -> None:
    with running(data_dir):
        for name in ("running.json", "valkey/valkey.conf", "postgres"):
            assert (data_dir / name).stat().st_mode & 0o077 == 0, name
        done = subprocess.run(
            [sys.executable, "-m", "cli", "doctor", "--servers"],
            env=os.environ | {"SCHOOLOS_DATA_DIR": str(data_dir), "NO_COLOR": "1"},
            cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        assert "schoolos_app cannot bypass row-level security and owns nothing" in done.stdout


def _owner_url(data_dir: Path) -> str:
    found = read(data_dir)
    assert found is not None
    assert found.servers.migration_database_url is not None
    return found.servers.migration_database_url


def _answers(copy: Copy) -> bool:
    try:
        return status(f"{copy.address}/health/ready") == 200
    except OSError:
        return False
