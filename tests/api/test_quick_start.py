"""The REST quick start works as pasted, and the OpenAPI document is fit for client generators."""

import json
import os
import re
import subprocess
from pathlib import Path

from tests.api.served import served
from tests.tiny_school import PASSWORD

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "rest.md").read_text()


def test_the_quick_start_works_as_pasted(application, school):
    blocks = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
    assert len(blocks) >= 7
    script = "set -eu\n" + "\necho ----\n".join(blocks)
    with served(application) as address:
        variables = {"SCHOOLOS": address, "WHO": f"teacher@{school.slug}.test", "PASSWORD": PASSWORD}
        done = subprocess.run(
            ["sh", "-c", script], env=os.environ | variables, capture_output=True, text=True, timeout=60, check=False
        )
    assert done.returncode == 0, done.stderr
    _, read, page, key, change, error, again, words = [part.strip() for part in done.stdout.split("----")]
    assert read == "JSS 2 Ruby 6"
    assert page == '</api/v1/students?limit=2&sort=-name&cursor=Mg>; rel="next"'
    assert "JSS 1 Pearl" in key
    assert change.splitlines()[0] == "Do not send me results messages by SMS"
    assert len(change.splitlines()) == 2
    assert error.startswith("404 not_visible I cannot find a class")
    assert again == "304"
    assert words == "You have 2 classes."


def test_names_in_the_document_are_fit_for_generated_clients():
    document = json.loads((ROOT / "docs" / "openapi.json").read_text())
    names = document["components"]["schemas"]
    assert [name for name in names if "__" in name or name.endswith(("-Input", "-Output"))] == []
    operations = [operation["operationId"] for path in document["paths"].values() for operation in path.values()]
    assert len(operations) == len(set(operations))
