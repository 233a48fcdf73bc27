"""The vectors of everything the planner learns from, kept by text: after a change to the registry only new texts are embedded."""

from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from pathlib import Path

import numpy as np

from agent.offline.features import Floats
from knowledge.embedding import embed, model_path

AT_ONCE = 512
"""How many texts are embedded at a time; the model itself keeps to one core."""


def kept() -> Path:
    """Where they are kept: beside the embedder."""
    return model_path().parent / "planner-vectors.npz"


def remembered(texts: list[str]) -> Floats:
    """The vectors of texts, from the store where it has them; the store then holds these texts."""
    store = _read(kept())
    missing = [text for text in dict.fromkeys(texts) if text not in store]
    if missing:
        with ThreadPoolExecutor(cpu_count()) as several:
            found = several.map(embed, (missing[at : at + AT_ONCE] for at in range(0, len(missing), AT_ONCE)))
            store |= dict(zip(missing, np.vstack(list(found)), strict=True))
        _write(kept(), store)
    return np.stack([store[text] for text in texts])


def _read(path: Path) -> dict[str, Floats]:
    if not path.exists():
        return {}
    try:
        with np.load(path) as found:
            return dict(zip(found["texts"].tolist(), found["vectors"].astype(np.float32), strict=True))
    except (OSError, ValueError, KeyError):
        return {}


def _write(path: Path, store: dict[str, Floats]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".writing.npz")
    np.savez(temporary, texts=np.array(list(store)), vectors=np.stack(list(store.values())).astype(np.float32))
    temporary.replace(path)
