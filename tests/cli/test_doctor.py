"""The doctor tells a misspelt setting, and says once that a server is away."""

from pathlib import Path

import pytest

from cli import checks_machine, doctor
from cli.checks import State
from runtime.settings import settings


def test_a_setting_nothing_reads_is_told_with_the_one_that_was_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCHOOLOS_PUBLIC_ULR", "https://school.example")
    found = checks_machine.setting_names()
    assert (found.state, "SCHOOLOS_PUBLIC_ULR (is it SCHOOLOS_PUBLIC_URL?)" in found.found) == (State.WARNING, True)
    monkeypatch.delenv("SCHOOLOS_PUBLIC_ULR")
    assert "SCHOOLOS_PUBLIC" not in checks_machine.setting_names().found


def test_a_server_that_is_away_is_told_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SCHOOLOS_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://nobody@127.0.0.1:1/none")
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
    settings.cache_clear()
    found = doctor.examine(servers_only=True)
    settings.cache_clear()
    assert [(one.name, one.state) for one in found] == [("PostgreSQL", State.WRONG), ("Redis", State.WRONG)]
    assert all(one.mend for one in found)
