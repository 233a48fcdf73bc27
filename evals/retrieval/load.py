"""Put a corpus into a school of its own, through the product's own index, as the application role."""

import hashlib
from itertools import groupby
from pathlib import Path
from uuid import UUID

import numpy as np
from sqlalchemy import select, text

from evals.retrieval.beir import Text
from knowledge import index
from knowledge.chunk import Chunk
from knowledge.embedding import DIMENSIONS, Vectors, embed
from runtime.caller import Caller
from runtime.ids import new_id
from runtime.transaction import across_schools, transaction
from school.documents import Audience, Document, DocumentKind, DocumentStatus, DocumentVersion
from school.files import StoredFile
from school.permissions import Permission
from school.schools import School

KEPT = 1024
"""Passages embedded between two savings of the vectors."""


def embedded(corpus: list[Text], cache: Path) -> Vectors:
    """A vector for every passage; those of an earlier run are kept in `cache`."""
    said = [index.embedded_text(*_named(one)) for one in corpus]
    keys = [hashlib.sha256(one.encode()).hexdigest() for one in said]
    known: dict[str, Vectors] = {}
    if cache.exists():
        kept = np.load(cache)
        known = dict(zip(kept["keys"].tolist(), kept["vectors"], strict=True))
    missing = [at for at, key in enumerate(keys) if key not in known]
    for start in range(0, len(missing), KEPT):
        batch = missing[start : start + KEPT]
        known |= zip((keys[at] for at in batch), embed([said[at] for at in batch]), strict=True)
        cache.parent.mkdir(parents=True, exist_ok=True)
        part = cache.with_suffix(".part.npz")  # a run that is stopped goes on from here, and never finds half a file
        np.savez(part, keys=np.array(list(known)), vectors=np.stack(list(known.values())))
        part.replace(cache)
        print(f"embedded {start + len(batch)} of {len(missing)}", flush=True)
    return np.stack([known[key] for key in keys]) if keys else np.zeros((0, DIMENSIONS), np.float32)


async def load(corpus: list[Text], vectors: Vectors, slug: str) -> tuple[Caller, dict[tuple[UUID, int], str]]:
    """The school as a caller, and the corpus id at each (version, position)."""
    school_id = await school(slug)
    caller = Caller.system(school_id, Permission.DOCUMENTS_READ, Permission.DOCUMENTS_WRITE)
    places: dict[tuple[UUID, int], str] = {}
    order = sorted(range(len(corpus)), key=lambda at: corpus[at].group)  # stable: passages keep their order
    for group, members in groupby(order, key=lambda at: corpus[at].group):
        rows = list(members)
        async with transaction(caller) as tx:
            named = [_named(corpus[at]) for at in rows]
            stored = StoredFile(id=new_id(), school_id=school_id, name=group, media_type="text/plain", size=0,
                                sha256=hashlib.sha256(group.encode()).hexdigest(), key=str(new_id()))  # fmt: skip
            document = Document(id=new_id(), school_id=school_id, title=named[0][0], kind=DocumentKind.OTHER.value,
                                audience=Audience.STAFF.value, updated_at=tx.now)  # fmt: skip
            tx.session.add_all([stored, document])
            await tx.session.flush()
            version = DocumentVersion(
                id=new_id(), school_id=school_id, document_id=document.id, number=1, audience=document.audience,
                file_id=stored.id, name=group, media="txt", size=0, sha256=stored.sha256,
                status=DocumentStatus.READY.value, passages=len(rows),
            )  # fmt: skip
            tx.session.add(version)
            await tx.session.flush()
            chunks = [chunk for _, chunk in named]
            await index.add_passages(tx, version, chunks, vectors[rows], 0)
            document.terms = version.terms = await index.write_postings(tx, version, chunks)
            document.version_id, document.passages = version.id, len(rows)
            places |= {(version.id, position): corpus[at].id for position, at in enumerate(rows)}
    return caller, places


def _named(one: Text) -> tuple[str, Chunk]:
    title, *path = one.title.split(" > ")
    return title, Chunk(path=tuple(path), text=one.text)


async def school(slug: str) -> UUID:
    """An empty school of this name; one of an earlier run goes first."""
    async with across_schools() as session:
        found = await session.scalar(select(School.id).where(School.slug == slug))
        if found is not None:
            await session.execute(text("SELECT set_config('app.school_id', :id, true)"), {"id": str(found)})
            await session.execute(text("DELETE FROM schools WHERE id = :id"), {"id": found})
        made = new_id()
        await session.execute(text("SELECT set_config('app.school_id', :id, true)"), {"id": str(made)})
        session.add(School(id=made, name=slug, slug=slug, options={}))
    return made
