"""`python -m evals.answers [FOLDER]`: read a folder of documents, ask its questions, print how they were answered.

FOLDER has documents and `questions.jsonl`: {"text", "file": [names], "says"?: words of the right quote}; an empty `file`
means that the documents do not say. Default: the demo school's documents with the questions beside this module.
Uses DATABASE_URL when it is set, an embedded PostgreSQL in `.schoolos-evals/` otherwise.
"""

import argparse
import asyncio
import time
from pathlib import Path

from demo.documents import shelf
from evals.answers.measure import QUESTIONS, measure, questions, read
from evals.retrieval.__main__ import own_database
from evals.retrieval.load import school
from runtime.caller import Caller
from school.permissions import Permission


async def _run(paths: list[Path], asked: Path) -> None:
    caller = Caller.system(await school("answers"), Permission.DOCUMENTS_READ, Permission.DOCUMENTS_WRITE)
    begun = time.perf_counter()
    names, passages = await read(caller, paths)
    print(f"{len(paths)} documents, {passages} passages, read in {time.perf_counter() - begun:.1f} s\n")
    for line in (await measure(caller, names, questions(asked))).lines():
        print(line)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.answers", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="documents and questions.jsonl; default the demo school's")
    folder: Path | None = parser.parse_args().folder
    paths = (
        sorted(path for path in folder.iterdir() if path.suffix in (".pdf", ".docx"))
        if folder
        else [one.path for one in shelf.SHELF]
    )
    with own_database():
        asyncio.run(_run(paths, folder / "questions.jsonl" if folder else QUESTIONS))


if __name__ == "__main__":
    main()
