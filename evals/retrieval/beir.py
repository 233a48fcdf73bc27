"""A corpus, its queries and its judgements, read from BEIR's JSON lines (plain or gzipped)."""

import gzip
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Text:
    """One passage of the corpus. `group` is the document it is of: its id up to the last colon, if it has one."""

    id: str
    group: str
    title: str
    text: str


@dataclass(frozen=True)
class Dataset:
    """`relevant` gives a grade to passages, or to whole documents by their group."""

    corpus: list[Text]
    queries: dict[str, str]
    relevant: dict[str, dict[str, int]]
    unanswerable: list[str]


def read(folder: Path, split: str | None = None) -> Dataset:
    """corpus.jsonl, queries.jsonl, qrels.tsv (or qrels/test.tsv) and, where there is one, unanswerable.jsonl."""
    queries = {row["_id"]: row["text"] for row in _rows(folder, "queries") if split in (None, row.get("split"))}
    relevant: dict[str, dict[str, int]] = defaultdict(dict)
    judgements = next(path for path in (folder / "qrels.tsv", folder / "qrels" / "test.tsv") if path.exists())
    for line in judgements.read_text().splitlines()[1:]:
        query, found, grade = line.split("\t")
        if query in queries and int(grade) > 0:
            relevant[query][found] = int(grade)
    corpus = [
        Text(row["_id"], row["_id"].rpartition(":")[0] or row["_id"], row.get("title", ""), row["text"])
        for row in _rows(folder, "corpus")
    ]
    unanswerable = [row["text"] for row in _rows(folder, "unanswerable", missing=True)]
    return Dataset(corpus, {key: text for key, text in queries.items() if key in relevant}, relevant, unanswerable)


def _rows(folder: Path, name: str, missing: bool = False) -> Iterator[dict[str, Any]]:
    for path, opened in ((folder / f"{name}.jsonl", open), (folder / f"{name}.jsonl.gz", gzip.open)):
        if path.exists():
            with opened(path, "rt", encoding="utf-8") as lines:
                yield from (json.loads(line) for line in lines if line.strip())
            return
    if not missing:
        raise SystemExit(f"{folder} has no {name}.jsonl or {name}.jsonl.gz")
