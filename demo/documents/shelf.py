"""Which documents the demo school has, and putting them on its shelf; the worker reads them afterwards."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from demo.ids import demo_id
from knowledge import documents
from knowledge.documents import Placing
from runtime.caller import Caller
from runtime.transaction import transaction
from school import files, media_types
from school.classes import Level, Subject
from school.documents import Audience, DocumentKind
from school.permissions import Permission

HERE = Path(__file__).parent


@dataclass(frozen=True)
class DemoDocument:
    """A built file; its source is `source/<stem>.md`."""

    file: str
    kind: DocumentKind
    audience: Audience
    subject: str | None = None
    level: str | None = None
    term_number: int | None = None
    columns: int = 1

    @property
    def path(self) -> Path:
        return HERE / self.file


K, A = DocumentKind, Audience
SHELF = (
    DemoDocument("policy-handbook.pdf", K.POLICY, A.PUBLIC),
    DemoDocument("mathematics-curriculum.pdf", K.CURRICULUM, A.PUBLIC, "Mathematics"),
    DemoDocument("basic-science-curriculum.docx", K.CURRICULUM, A.PUBLIC, "Basic Science"),
    DemoDocument("mathematics-notes.pdf", K.OTHER, A.PUBLIC, "Mathematics", columns=2),
    DemoDocument("basic-science-notes.docx", K.OTHER, A.PUBLIC, "Basic Science", "JSS 2"),
    DemoDocument("past-paper-mathematics-jss2.docx", K.EXAM_PAPER, A.STAFF, "Mathematics", "JSS 2", 2),
    DemoDocument("past-paper-basic-science-jss2.pdf", K.EXAM_PAPER, A.STAFF, "Basic Science", "JSS 2", 1),
    DemoDocument("notice-sports-day.docx", K.NOTICE, A.GUARDIANS),
)


async def load(slug: str) -> int:
    """Put on the shelf of a demo school what is not there yet. Returns how many documents were added."""
    caller = Caller.system(demo_id(slug), Permission.DOCUMENTS_READ, Permission.DOCUMENTS_WRITE)
    added = 0
    for one in SHELF:
        async with transaction(caller) as tx:
            stored = await files.save(tx, one.file, one.path.read_bytes(), _media_type(one.file), purpose="document")
            kind, _ = await documents.check(tx, stored)
            if await documents.same(tx, stored):
                stored.deleted_at = tx.now
                continue
            subject = await tx.session.scalar(select(Subject.id).where(Subject.name == one.subject))
            level = await tx.session.scalar(select(Level.id).where(Level.name == one.level))
            placing = Placing(one.kind, one.audience, "", subject, level, one.term_number)
            await documents.add(tx, stored, kind, placing)
            added += 1
    return added


def _media_type(name: str) -> str:
    return media_types.PDF if name.endswith(".pdf") else media_types.DOCX
