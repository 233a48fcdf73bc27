"""The TypeScript client reaches a running copy. The Python one is generated and tried by CI (`deploy/clients/smoke`)."""

import json
import shutil
import subprocess
from pathlib import Path

import httpx2
import pytest

from tests.api.served import served
from tests.tiny_school import PASSWORD

ROOT = Path(__file__).parents[2]
CLIENTS = ROOT / "deploy" / "clients"
INSTALLED = ROOT / "web" / "node_modules"


def _token(address: str, email: str) -> str:
    return httpx2.post(f"{address}/api/auth/token", data={"username": email, "password": PASSWORD}).json()[
        "accessToken"
    ]


@pytest.mark.skipif(not (shutil.which("node") and INSTALLED.exists()), reason="the web files are not installed")
def test_the_typescript_client_reads_a_class_and_its_refusal(application, school, tmp_path: Path):
    for name in ("client.js", "smoke.mjs", "package.json"):
        shutil.copy(CLIENTS / name, tmp_path)
    (tmp_path / "node_modules").symlink_to(INSTALLED, target_is_directory=True)
    with served(application) as address:
        given = ["node", str(tmp_path / "smoke.mjs"), address, _token(address, f"teacher@{school.slug}.test")]
        done = subprocess.run(given, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "typescript: JSS 2 Ruby has 6 students; a wrong name is not_visible"


def test_the_clients_lock_holds_the_version_the_web_files_are_tried_with():
    own = json.loads((CLIENTS / "package-lock.json").read_text())["packages"]["node_modules/openapi-fetch"]
    web = json.loads((ROOT / "web" / "package-lock.json").read_text())["packages"]["node_modules/openapi-fetch"]
    assert own["version"] == web["version"]
