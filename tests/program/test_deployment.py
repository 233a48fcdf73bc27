"""What compose, Kubernetes and the image name exists in the program: variables, modules, health addresses, ports."""

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml
from starlette.testclient import TestClient

from api.app import app
from runtime.settings import Settings
from tests.program.copy_of_program import ROOT

KUBERNETES = sorted((ROOT / "deploy" / "k8s").glob("*.yaml"))
FILES = [ROOT / "compose.yaml", ROOT / "deploy" / "Dockerfile", *KUBERNETES]
COMPOSE_ONLY = {"SCHOOLOS_APP_PASSWORD", "SCHOOLOS_OWNER_PASSWORD"}
COMMAND_LINE = {"SCHOOLOS_ADMIN_DATABASE_URL"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_variable_is_a_setting(path: Path) -> None:
    settings = {f"SCHOOLOS_{name.upper()}" for name in Settings.model_fields}
    assert set(re.findall(r"SCHOOLOS_[A-Z_]+", path.read_text())) <= settings | COMPOSE_ONLY | COMMAND_LINE


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_module_that_is_run_exists(path: Path) -> None:
    for module in re.findall(r'"-m", "([\w.]+)"', path.read_text()):
        assert find_spec(module) is not None, module


@pytest.mark.parametrize("path", KUBERNETES, ids=lambda path: path.name)
def test_probes_name_addresses_of_the_api(path: Path) -> None:
    door = TestClient(app)
    for probed in _values(list(yaml.safe_load_all(path.read_text())), "httpGet"):
        answer = door.get(probed["path"])
        assert answer.status_code in (200, 503)
        assert "status" in answer.json()


def test_containers_run_as_nobody_in_particular_and_change_nothing_of_themselves() -> None:
    pods = [
        document
        for path in KUBERNETES
        for document in yaml.safe_load_all(path.read_text())
        if document["kind"] == "Deployment"
    ]
    assert len(pods) == 3
    for pod in pods:
        spec = pod["spec"]["template"]["spec"]
        assert spec["securityContext"]["runAsNonRoot"] is True
        for container in [*spec["containers"], *spec.get("initContainers", [])]:
            assert container["securityContext"]["readOnlyRootFilesystem"] is True
            assert container["securityContext"]["allowPrivilegeEscalation"] is False
        names = {
            each["secretRef"]["name"]
            for each in _values(spec["containers"], "envFrom")
            for each in each
            if "secretRef" in each
        }
        assert "schoolos-migration" not in names, "only the migration may know the owner's password"


def test_kustomization_lists_every_file_but_the_example() -> None:
    listed = set(yaml.safe_load((ROOT / "deploy" / "k8s" / "kustomization.yaml").read_text())["resources"])
    assert listed == {path.name for path in KUBERNETES} - {"kustomization.yaml", "secret.example.yaml"}


def test_compose_starts_what_the_supervisor_starts() -> None:
    from runtime.supervisor import SERVICES

    services = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    for service in SERVICES:
        assert services[service.name]["command"] == ["python", "-m", service.module]
        assert "healthcheck" in services[service.name]


def _values(of: Any, key: str) -> Iterator[Any]:
    """Every value under a key, however deep."""
    if isinstance(of, dict):
        for name, value in of.items():
            if name == key:
                yield value
            yield from _values(value, key)
    elif isinstance(of, list):
        for each in of:
            yield from _values(each, key)
