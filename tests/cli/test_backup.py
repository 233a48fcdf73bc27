"""A backup puts everything back: rows under row-level security, files, the signing key; and replaces nothing unasked."""

import os
import tarfile
from pathlib import Path

import psycopg
import pytest

from runtime.settings import settings
from tests import postgres
from tests.cli.conftest import Command
from tests.tiny_school import TinySchool


@pytest.fixture
def owner(school: TinySchool) -> str:
    """The owner's address of the test's database."""
    name = os.environ["DATABASE_URL"].split("/")[3].split("?")[0]
    return postgres.server().url("schoolos_owner", name)


def _state(owner: str) -> dict[str, int]:
    """Rows a table, over every table."""
    with psycopg.connect(owner) as connection:
        query = "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        names = [row[0] for row in connection.execute(query).fetchall()]
        counted = {name: connection.execute(f"SELECT count(*) FROM {name}".encode()).fetchone() for name in names}
    return {name: row[0] for name, row in counted.items() if row}


def test_a_backup_restores_rows_files_and_key(schoolos: Command, owner: str, tmp_path: Path) -> None:
    data, archive = tmp_path / "data", tmp_path / "school.tar.gz"
    (data / "files" / "a").mkdir(parents=True)
    (data / "files" / "a" / "report.pdf").write_bytes(b"as it was")
    (data / "secret-key").write_text("ab" * 32)
    as_owner = {"SCHOOLOS_MIGRATION_DATABASE_URL": owner}
    before = _state(owner)
    assert before["students"] > 0

    made = schoolos("backup", str(archive), **as_owner)
    assert made.returncode == 0, made.stderr
    assert archive.stat().st_mode & 0o077 == 0
    assert schoolos("backup", str(archive), **as_owner).returncode == 1, "an existing backup must not be overwritten"

    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("DELETE FROM scores")
    (data / "files" / "a" / "report.pdf").write_bytes(b"changed")
    (data / "files" / "new").touch()

    refused = schoolos("restore", str(archive), **as_owner)
    assert (refused.returncode, "--replace" in refused.stderr) == (1, True)
    assert _state(owner)["scores"] == 0
    restored = schoolos("restore", str(archive), "--replace", **as_owner)
    assert restored.returncode == 0, restored.stderr
    assert _state(owner) == before
    assert (data / "files" / "a" / "report.pdf").read_bytes() == b"as it was"
    assert not (data / "files" / "new").exists()
    listed = schoolos("users", "list", "--school", "hillcrest")
    assert "head@hillcrest.test" in listed.stdout, "the application's role must see what was restored"


def test_row_level_security_is_restored_too(schoolos: Command, owner: str, tmp_path: Path) -> None:
    as_owner = {"SCHOOLOS_MIGRATION_DATABASE_URL": owner}
    archive = tmp_path / "school.tar.gz"
    assert schoolos("backup", str(archive), **as_owner).returncode == 0
    assert schoolos("restore", str(archive), "--replace", **as_owner).returncode == 0
    checked = schoolos("doctor", "--servers")
    assert checked.returncode == 0, checked.stdout
    app_url = settings().database_url
    assert app_url is not None
    with psycopg.connect(app_url) as connection:
        assert connection.execute("SELECT count(*) FROM students").fetchone() == (0,), "no school named, no rows"


@pytest.mark.parametrize("content", [b"", b"not a backup", "cut"])
def test_a_broken_backup_is_refused_and_changes_nothing(
    schoolos: Command, owner: str, tmp_path: Path, content: bytes | str
) -> None:
    as_owner = {"SCHOOLOS_MIGRATION_DATABASE_URL": owner}
    archive = tmp_path / "broken.tar.gz"
    if content == "cut":
        whole = tmp_path / "whole.tar.gz"
        assert schoolos("backup", str(whole), **as_owner).returncode == 0
        archive.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    else:
        archive.write_bytes(bytes(content))
    before = _state(owner)
    refused = schoolos("restore", str(archive), "--replace", **as_owner)
    assert (refused.returncode, refused.stderr.split()[0]) == (1, "invalid_input")
    assert _state(owner) == before


def test_paths_that_lead_out_of_the_backup_are_refused(schoolos: Command, owner: str, tmp_path: Path) -> None:
    archive = tmp_path / "hostile.tar.gz"
    payload = tmp_path / "payload"
    payload.write_text("owned")
    with tarfile.open(archive, "w:gz") as made:
        made.add(payload, "../../outside")
    refused = schoolos("restore", str(archive), "--replace", SCHOOLOS_MIGRATION_DATABASE_URL=owner)
    assert (refused.returncode, refused.stderr.split()[0]) == (1, "invalid_input")
    assert not (tmp_path.parent / "outside").exists()
