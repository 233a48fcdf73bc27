"""`python -m evals.retrieval FOLDER [--split dev]`: load a BEIR folder, search it, print the scores.

Uses DATABASE_URL when it is set; otherwise an embedded PostgreSQL kept with the vectors in `.schoolos-evals/`.
"""

import argparse
import asyncio
import os
from pathlib import Path

from evals.retrieval.beir import Dataset, read
from evals.retrieval.load import embedded, load
from evals.retrieval.measure import measure
from knowledge.embedding import Vectors
from runtime import migrate
from runtime.embedded_postgres import APP_ROLE, OWNER_ROLE, EmbeddedPostgres

HOME = Path(".schoolos-evals")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.retrieval", description=__doc__)
    parser.add_argument("folder", type=Path, help="corpus.jsonl, queries.jsonl, qrels.tsv, maybe unanswerable.jsonl")
    parser.add_argument("--split", help="only queries of this split")
    chosen = parser.parse_args()
    dataset = read(chosen.folder, chosen.split)
    vectors = embedded(dataset.corpus, HOME / "vectors" / f"{chosen.folder.resolve().name}.npz")
    own = None if os.environ.get("DATABASE_URL") else _start()
    try:
        asyncio.run(_run(dataset, vectors, chosen.folder.resolve().name))
    finally:
        if own:
            own.stop()


def _start() -> EmbeddedPostgres:
    postgres = EmbeddedPostgres(HOME / "postgres", {"fsync": "off", "synchronous_commit": "off"})
    postgres.start()
    postgres.provision()
    migrate.upgrade(postgres.url(OWNER_ROLE))
    os.environ["DATABASE_URL"] = postgres.url(APP_ROLE)
    return postgres


async def _run(dataset: Dataset, vectors: Vectors, name: str) -> None:
    print("loading", flush=True)
    caller, places = await load(dataset.corpus, vectors, f"retrieval-{name}")
    print(f"{len(dataset.corpus)} passages, {len(dataset.queries)} questions\n")
    print((await measure(dataset, caller, places)).table())


main()
