"""The sentence model: shape, scale, meaning, and that padding and batching change nothing."""

import asyncio
import subprocess
import sys

import numpy as np

from knowledge.embedding import BATCH, DIMENSIONS, embed, embed_async


def test_rows_are_unit_vectors_of_the_declared_size():
    vectors = embed(["photosynthesis", "", "uniform policy " * 400])
    assert vectors.shape == (3, DIMENSIONS) and vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert embed([]).shape == (0, DIMENSIONS)


def test_nearer_in_meaning_is_nearer_in_cosine():
    question, answer, other = embed(
        [
            "How do plants make food?",
            "Photosynthesis turns light into sugar in a leaf.",
            "School fees are due in May.",
        ]
    )
    assert question @ answer > question @ other + 0.2


def test_order_and_batch_do_not_change_a_vector():
    texts = [f"Topic {n}: " + "fractions and decimals " * (n % 9) for n in range(BATCH * 2 + 3)]
    together = embed(texts)
    assert np.allclose(together[7], embed([texts[7]])[0], atol=1e-4)
    assert np.allclose(together[::-1], embed(texts[::-1]), atol=1e-4)


async def _ticks_while_embedding() -> int:
    ticks = 0
    work = asyncio.create_task(embed_async(["a long passage " * 200] * 64))
    while not work.done():
        await asyncio.sleep(0.005)
        ticks += 1
    assert (await work).shape == (64, DIMENSIONS)
    return ticks


def test_the_event_loop_runs_on_while_the_model_works():
    embed(["load the model first"])
    assert asyncio.run(_ticks_while_embedding()) > 5


def test_embedding_needs_no_torch():
    embed(["the file is there now"])
    code = "import sys; from knowledge.embedding import embed; embed(['x']); print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
