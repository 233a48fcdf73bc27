"""`python -m evals.retrieval FOLDER [--split dev]`: load a BEIR folder, search it, print the scores.

Uses DATABASE_URL when it is set; otherwise an embedded PostgreSQL kept with the vectors in `.schoolos-evals/`.
"""

import argparse
import asyncio
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from evals.retrieval.beir import Dataset, read
from evals.retrieval.load import embedded, load
from evals.retrieval.measure import measure
from knowledge.embedding import Vectors
from runtime import migrate
from runtime.embedded_postgres import APP_ROLE, OWNER_ROLE, EmbeddedPostgres
from runtime.settings import settings

HOME = Path(".schoolos-evals")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.retrieval", description=__doc__)
    parser.add_argument("folder", type=Path, help="corpus.jsonl, queries.jsonl, qrels.tsv, maybe unanswerable.jsonl")
    parser.add_argument("--split", help="only queries of this split")
    chosen = parser.parse_args()
    dataset = read(chosen.folder, chosen.split)
    vectors = embedded(dataset.corpus, HOME / "vectors" / f"{chosen.folder.resolve().name}.npz")
    with own_database():
        asyncio.run(_run(dataset, vectors, chosen.folder.resolve().name))


@contextmanager
def own_database() -> Generator[None]:
    """The database of the environment, or an embedded one that runs as long as the block; files beside it."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    os.environ["SCHOOLOS_MODEL_CACHE"] = os.environ.get("SCHOOLOS_MODEL_CACHE") or str(settings().data_dir)
    os.environ["SCHOOLOS_DATA_DIR"] = str(HOME)
    settings.cache_clear()
    postgres = EmbeddedPostgres(HOME / "postgres", {"fsync": "off", "synchronous_commit": "off"})
    postgres.start()
    try:
        postgres.provision()
        migrate.upgrade(postgres.url(OWNER_ROLE))
        os.environ["DATABASE_URL"] = postgres.url(APP_ROLE)
        settings.cache_clear()
        yield
    finally:
        postgres.stop()


async def _run(dataset: Dataset, vectors: Vectors, name: str) -> None:
    print("loading", flush=True)
    caller, places = await load(dataset.corpus, vectors, f"retrieval-{name}")
    print(f"{len(dataset.corpus)} passages, {len(dataset.queries)} questions\n")
    print((await measure(dataset, caller, places)).table())


if __name__ == "__main__":
    main()
