"""The OpenAPI document shows an example of every change and of every error it names."""

import json
from pathlib import Path
from typing import Any

import pytest

from api.openapi_examples import example
from tests.tools.examples import smallest
from tools import Effect, load_all

DOCUMENT: dict[str, Any] = json.loads((Path(__file__).parents[2] / "docs" / "openapi.json").read_text())
CHANGES = [tool for tool in load_all().values() if not tool.internal and tool.effect is not Effect.READ]


@pytest.mark.parametrize("tool", CHANGES, ids=lambda tool: tool.name)
def test_an_example_of_a_body_fits(tool):
    in_path = {name: value for name, value in smallest(tool).items() if name not in (example(tool) or {})}
    assert tool.arguments.model_validate({**in_path, **(example(tool) or {})})


def test_every_body_of_a_change_has_its_example():
    missing = [
        operation["operationId"]
        for operations in DOCUMENT["paths"].values()
        for operation in operations.values()
        if operation["operationId"] in {tool.name for tool in CHANGES}
        and "example" not in operation.get("requestBody", {}).get("content", {}).get("application/json", {"example": 1})
    ]
    assert missing == []


def test_every_error_of_a_capability_has_its_example():
    named = set(load_all())
    for operations in DOCUMENT["paths"].values():
        for operation in operations.values():
            if operation["operationId"] not in named:
                continue
            for status, answer in operation["responses"].items():
                if not status.startswith("4"):
                    continue
                shown = answer["content"]["application/problem+json"]["examples"]
                assert sorted(shown) == sorted(answer["description"].split(", ")), operation["operationId"]
                for code in shown:
                    value = DOCUMENT["components"]["examples"][code]["value"]
                    assert (value["code"], str(value["status"])) == (code, status)
