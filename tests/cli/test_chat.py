"""The assistant in the terminal: answers from the record, and changes nothing before a yes."""

import json
import os
import pty
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from runtime.transaction import transaction
from school.registers import AttendanceMark
from tests.cli.conftest import Command
from tests.tiny_school import TinySchool, school_today

MODELS = {"SCHOOLOS_MODEL_CACHE": str(Path(__file__).parents[2] / ".schoolos-test" / "cache")}
DAY = next(day for back in range(1, 4) if (day := school_today() - timedelta(days=back)).weekday() < 5)
MARK = ("chat", f"mark everybody in JSS 2 Ruby present on {DAY}", "--as", "teacher@hillcrest.test")


async def _marks(school: TinySchool) -> int:
    async with transaction(school.callers["head"], read_only=True) as tx:
        return await tx.session.scalar(select(func.count()).select_from(AttendanceMark)) or 0


def test_an_answer_as_json(schoolos: Command) -> None:
    asked = ("chat", "who teaches mathematics in JSS 2 Ruby?", "--as", "head@hillcrest.test", "--json")
    answer = json.loads(schoolos(*asked, **MODELS).stdout)
    assert "Akinlade" in answer["text"] + json.dumps(answer["blocks"])


async def test_without_a_terminal_a_change_is_shown_and_waits(school: TinySchool, schoolos: Command) -> None:
    before = await _marks(school)
    done = schoolos(*MARK, **MODELS)
    assert "JSS 2 Ruby" in done.stdout
    assert "Waits for approval" in done.stderr
    assert await _marks(school) == before


@pytest.mark.parametrize(("answer", "changed"), [("n", False), ("y", True)])
async def test_only_a_yes_changes_the_record(school: TinySchool, schoolos: Command, answer: str, changed: bool) -> None:
    before = await _marks(school)
    keyboard, terminal = pty.openpty()
    os.write(keyboard, f"{answer}\n".encode())
    try:
        done = schoolos(*MARK, stdin=terminal, **MODELS)
    finally:
        os.close(keyboard)
        os.close(terminal)
    assert done.returncode == 0, done.stderr
    assert ("Declined" in done.stdout) is not changed
    assert (await _marks(school) > before) is changed


def test_a_file_that_cannot_be_read_is_named(schoolos: Command, tmp_path: Path) -> None:
    answer = schoolos(
        "chat", "save these scores", "--file", str(tmp_path / "none.xlsx"), "--as", "teacher@hillcrest.test"
    )
    assert answer.returncode == 2
    assert "none.xlsx" in answer.stderr
