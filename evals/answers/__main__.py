"""`python -m evals.answers [FOLDER]`: read a folder of documents, ask its questions, print how they were answered.

FOLDER has documents and `questions.jsonl`: {"text", "file": [names], "says"?: words of the right quote}; an empty `file`
means that the documents do not say. Default: the demo school's documents with the questions beside this module.
Uses DATABASE_URL when it is set, an embedded PostgreSQL in `.schoolos-evals/` otherwise.
"""

import argparse
import asyncio
import json
import statistics
import time
from pathlib import Path
from typing import Any
from uuid import UUID

from demo.documents import shelf
from evals.retrieval.__main__ import own_database
from evals.retrieval.load import school
from knowledge import documents
from knowledge.answer import answer
from knowledge.documents import Placing
from knowledge.scope import search_in_scope
from runtime.caller import Caller
from runtime.transaction import transaction
from school import files
from school.documents import Audience, DocumentKind
from school.permissions import Permission

HERE = Path(__file__).parent


async def _read(caller: Caller, paths: list[Path]) -> tuple[dict[UUID, str], int]:
    names: dict[UUID, str] = {}
    passages = 0
    for path in paths:
        async with transaction(caller) as tx:
            stored = await files.save(tx, path.name, path.read_bytes(), "application/octet-stream")
            kind, _ = await documents.check(tx, stored)
            placing = Placing(DocumentKind.OTHER, Audience.STAFF)
            document, run = await documents.add(tx, stored, kind, placing)
        passages += (await documents.read(caller, UUID(run.payload["version_id"]), True))["passages"]
        names[document.id] = path.name
    return names, passages


async def _measure(paths: list[Path], questions: list[dict[str, Any]]) -> None:
    caller = Caller.system(await school("answers"), Permission.DOCUMENTS_READ, Permission.DOCUMENTS_WRITE)
    begun = time.perf_counter()
    names, passages = await _read(caller, paths)
    print(f"{len(paths)} documents, {passages} passages, read in {time.perf_counter() - begun:.1f} s\n")
    first: list[bool] = []
    strengths: dict[bool, list[float]] = {True: [], False: []}
    cited: list[bool] = []
    refused: list[bool] = []
    silent: list[bool] = []
    taken: list[float] = []
    for one in questions:
        begun = time.perf_counter()
        async with transaction(caller, read_only=True) as tx:
            found = await search_in_scope(tx, one["text"])
            given = await answer(found)
        taken.append(1000 * (time.perf_counter() - begun))
        strengths[bool(one["file"])].append(given.evidence)
        if not one["file"]:
            silent.append(not given.says)
            if given.says:
                print(f"answered what is not there: {one['text']}  <-  {given.quotes[0].text[:90]}")
            continue
        right = bool(found.passages) and names[found.passages[0].passage.document_id] in one["file"]
        first.append(right)
        refused.append(not given.says)
        if given.says:
            words = one.get("says", "").casefold()
            cited.append(
                any(
                    names[quote.document_id] in one["file"] and words in quote.text.casefold() for quote in given.quotes
                )
            )
        if not right or not given.says or not cited[-1]:
            print(
                f"missed: {one['text']}  <-  {given.quotes[0].text[:90] if given.says else 'the documents do not say'}"
            )
    print(f"\nright document first: {statistics.mean(first):.1%} of {len(first)}")
    print(
        f"answers whose quotes hold the right words of the right document: {statistics.mean(cited):.1%} of {len(cited)}"
    )
    for said, name in ((True, "an answer"), (False, "none")):
        if strengths[said]:
            cuts = ", ".join(f"{value:.2f}" for value in sorted(strengths[said]))
            print(f"strength of evidence where there is {name}: {cuts}")
    print(f"wrongly refused: {statistics.mean(refused):.1%}")
    if silent:
        print(f"does not say, when it does not: {statistics.mean(silent):.1%} of {len(silent)}")
    print(
        f"search and answer: p50 {statistics.median(taken):.0f} ms, p95 {statistics.quantiles(taken, n=20)[-1]:.0f} ms"
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.answers", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="documents and questions.jsonl; default the demo school's")
    folder = parser.parse_args().folder
    paths = (
        sorted(path for path in folder.iterdir() if path.suffix in (".pdf", ".docx"))
        if folder
        else [one.path for one in shelf.SHELF]
    )
    lines = ((folder or HERE) / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    with own_database():
        asyncio.run(_measure(paths, [json.loads(line) for line in lines]))


if __name__ == "__main__":
    main()
