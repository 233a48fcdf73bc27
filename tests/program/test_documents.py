"""The generated documents say what the code does, and the check notices when they do not."""

import re
from pathlib import Path
from typing import Any

import pytest

from cli import docs
from runtime.settings import Settings
from tests.program.copy_of_program import ROOT

SAMPLES: dict[type, tuple[str, Any]] = {int: ("7", 7), float: ("7.5", 7.5), bool: ("flip", None)}


def _rows() -> list[tuple[str, str]]:
    """(variable, default) of every row of the settings page."""
    found = re.findall(r"^\| `(\w+)` \| (?:`(.*?)`)? *\|", docs.settings_page(), re.MULTILINE)
    return [(variable, default) for variable, default in found]


@pytest.mark.parametrize(("variable", "default"), _rows())
def test_a_documented_variable_sets_what_it_says(variable: str, default: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name = variable.removeprefix("SCHOOLOS_").lower()
    monkeypatch.delenv(variable, raising=False)
    before = getattr(Settings(), name)
    assert str(before).casefold() == (default or str(None if before is None else "")).casefold()
    given = {"true": "false", "false": "true"}.get(default) or ("7" if default.replace(".", "").isdigit() else "DEBUG")
    given = "http://127.0.0.1:9/" if default.startswith("http") else given
    monkeypatch.setenv(variable, given)
    after = getattr(Settings(), name)
    revealed = after.get_secret_value() if hasattr(after, "get_secret_value") else after
    assert revealed != before
    assert str(revealed).casefold().removesuffix(".0") == given.casefold()


def test_every_setting_is_documented() -> None:
    assert len(_rows()) == len(Settings.model_fields)
    assert all(field.description for field in Settings.model_fields.values())


def test_the_check_names_a_stale_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(docs, "DOCS", tmp_path)
    monkeypatch.setattr(docs, "PAGES", {"settings.md": docs.settings_page, "events.md": docs.events_page})
    assert docs.main(["--check"]) == 1
    assert docs.main([]) == 0
    assert docs.main(["--check"]) == 0
    (tmp_path / "events.md").write_text("old")
    capsys.readouterr()
    assert docs.main(["--check"]) == 1
    assert "docs/events.md" in (said := capsys.readouterr().err)
    assert "settings.md" not in said


def test_capabilities_page_shows_every_argument_and_error() -> None:
    from tools import load_all

    page = docs.capabilities_page()
    for tool in load_all().values():
        shown = f"### {tool.name}\n" in page
        assert shown is not tool.internal, tool.name
        if shown:
            section = page.split(f"### {tool.name}\n")[1].split("\n### ")[0]
            assert tool.rest in section
            for argument in tool.arguments.model_json_schema()["properties"] if tool.arguments.model_fields else ():
                assert f"| `{argument}` |" in section, (tool.name, argument)
            for error in tool.errors:
                assert f"`{error.code}`" in section


def test_every_direct_dependency_has_its_reason_and_its_pin() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split(r"[\[<>=;]", each)[0].strip().lower() for each in wanted}
    reasons = (ROOT / "docs" / "dependencies.md").read_text().lower()
    explained = {
        name.strip() for row in re.findall(r"^\| ([^|]+) \|", reasons, re.MULTILINE) for name in row.split(",")
    }
    explained |= {name for name in names if name.startswith("opentelemetry-") and "opentelemetry-*" in explained}
    assert names - explained == set()
    locks = "".join((ROOT / name).read_text() for name in ("requirements.lock", "requirements-dev.lock"))
    pinned = {line.split("==")[0].lower().replace("_", "-") for line in locks.splitlines() if "==" in line}
    assert {name.replace("_", "-") for name in names} - pinned == set()
    assert all("==" in line for line in locks.splitlines() if line and not line.startswith("#"))
