"""The trained planner of this registry: from the cache, or trained now and kept beside the embedder."""

import hashlib
import json
import pickle
from functools import lru_cache
from pathlib import Path

from filelock import FileLock

from agent.offline import elsewhere
from agent.offline.examples import in_order, ways_of
from agent.offline.intents import Intents
from agent.offline.phrases import accepted
from runtime.telemetry import log
from tools.declare import Tool, load_all

VERSION = 39
_log = log("agent")


def registry_hash(tools: dict[str, Tool]) -> str:
    """The state of what is learnt from: names, examples, arguments, and this code's version."""
    told = [
        [
            tool.name,
            ways_of(tool),
            tool.doc,
            sorted(tool.arguments.model_fields),
            tool.effect.value,
            list(accepted(tool)),
        ]
        for tool in in_order(tools).values()
    ]
    return hashlib.sha256(json.dumps([VERSION, elsewhere.SAID, told], default=str).encode()).hexdigest()[:16]


def cache_path(key: str) -> Path:
    """Where a trained planner is kept: beside the embedder."""
    from knowledge.embedding import model_path

    return model_path().parent / f"planner-{key}.pickle"


def is_kept() -> bool:
    """Whether the planner of this registry is in the cache."""
    return cache_path(registry_hash(dict(load_all()))).exists()


@lru_cache(maxsize=1)
def load() -> Intents:
    """The planner of this registry: from the cache, or trained now and kept."""
    tools = dict(load_all())
    path = cache_path(registry_hash(tools))
    if found := _read(path):
        return found
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{path}.lock"):
        if found := _read(path):
            return found
        from agent.offline.learning import build  # loads SciPy's optimizers: only to train

        made = build(tools)
        _log.info("planner_trained", tools=len(made.tools), examples=len(made.examples), seconds=made.trained_s)
        temporary = path.with_suffix(".writing")
        temporary.write_bytes(pickle.dumps(made))
        temporary.replace(path)
    return made


def _read(path: Path) -> Intents | None:
    """A kept planner. The file is our own, in the data directory that also holds the secrets."""
    if not path.exists():
        return None
    return pickle.loads(path.read_bytes())  # noqa: S301  # written by this program into its own data directory
