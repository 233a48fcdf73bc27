"""Every capability as a command: the same answers and the same refusals as at any door."""

import json
from typing import Any

import click
import pytest

from cli.call import command
from tests.cli.conftest import Command
from tests.tiny_school import TinySchool
from tools import TOOLS, load_all

load_all()


def test_help_lists_every_capability_people_may_call(schoolos: Command) -> None:
    shown = schoolos("call", "--help").stdout
    for name, tool in TOOLS.items():
        assert (f"  {name} " in shown) is not tool.internal, name


@pytest.mark.parametrize("name", sorted(name for name, tool in TOOLS.items() if not tool.internal))
def test_every_argument_is_a_typed_option(name: str) -> None:
    tool = TOOLS[name]
    options = {str(option.name): option for option in command(tool).params}
    required = set(tool.arguments.model_json_schema(by_alias=False).get("required", ()))
    for argument in tool.arguments.model_fields:
        assert options[argument].required == (argument in required)


def test_result_as_json_and_as_text(school: TinySchool, schoolos: Command) -> None:
    asked = ("call", "show_student", "--student", "Ada Okonjo", "--as", "head@hillcrest.test")
    answer: dict[str, Any] = json.loads(schoolos(*asked, "--json").stdout)
    assert school.admission_nos["Ada"] in json.dumps(answer)
    assert "Ada" in schoolos(*asked).stdout


def test_refusals_are_sentences_with_exit_code_one(school: TinySchool, schoolos: Command) -> None:
    asked = ("call", "show_student", "--student", str(school.students["Ada"]))
    stranger = schoolos(*asked, "--as", "admin@lakeside.test")
    assert (stranger.returncode, stranger.stderr.split()[0]) == (1, "not_visible")
    nobody = schoolos(*asked, "--as", "nobody@hillcrest.test")
    assert (nobody.returncode, nobody.stderr.split()[0]) == (1, "not_visible")
    assert "Traceback" not in stranger.stderr + nobody.stderr
    assert schoolos(*asked, "--as", "head@hillcrest.test").returncode == 0


def test_a_missing_argument_is_named(schoolos: Command) -> None:
    answer = schoolos("call", "show_student", "--as", "head@hillcrest.test")
    assert answer.returncode == 2
    assert "--student" in answer.stderr


def test_json_options_refuse_what_is_not_json() -> None:
    from cli.call import Json

    assert Json().convert('{"a": 1}', None, None) == {"a": 1}
    with pytest.raises(click.BadParameter, match="not JSON"):
        Json().convert("{a", None, None)
