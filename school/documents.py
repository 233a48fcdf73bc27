"""Documents of the school: what was uploaded, its versions, and the passages people are answered from.

Who may see a document is its `audience`, and row-level security applies it to the document, its passages and its
index (see `runtime/security.py`), so that a search ranks only what its caller may read.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from pgvector.sqlalchemy import Vector
from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, Text, UniqueConstraint, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, aliased, mapped_column

from runtime.errors import NotVisible
from runtime.table import Base, SchoolRow
from runtime.transaction import Tx
from school.classes import Level, Subject
from school.permissions import WHOLE_SCHOOL, Permission


class DocumentKind(StrEnum):
    CURRICULUM = "curriculum"
    SCHEME_OF_WORK = "scheme_of_work"
    POLICY = "policy"
    EXAM_PAPER = "exam_paper"
    NOTICE = "notice"
    OTHER = "other"


class Audience(StrEnum):
    """Who may read: the staff; guardians too; everybody of the school."""

    STAFF = "staff"
    GUARDIANS = "guardians"
    PUBLIC = "public"


class DocumentStatus(StrEnum):
    QUEUED = "queued"
    READING = "reading"
    READY = "ready"
    FAILED = "failed"


AUDIENCES = "audience IN ('staff', 'guardians', 'public')"
STATUSES = "status IN ('queued', 'reading', 'ready', 'failed')"


class Document(SchoolRow, Base):
    """What people name and cite. `version_id` is the version searched now; none until the first is read."""

    __tablename__ = "documents"

    title: Mapped[str]
    kind: Mapped[str]
    audience: Mapped[str]
    subject_id: Mapped[UUID | None] = mapped_column(ForeignKey("subjects.id", ondelete="SET NULL"))
    level_id: Mapped[UUID | None] = mapped_column(ForeignKey("levels.id", ondelete="SET NULL"))
    term_number: Mapped[int | None] = mapped_column(SmallInteger)
    version_id: Mapped[UUID | None]
    passages: Mapped[int] = mapped_column(default=0)
    """Of the version searched now; 0 when it is not searched."""
    terms: Mapped[int] = mapped_column(default=0)
    """Index terms in those passages together: the length BM25 compares with."""
    uploaded_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    uploader_person_id: Mapped[UUID | None]
    updated_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint(AUDIENCES, name="audience"),
        Index("ix_documents_searched", "school_id", "kind", postgresql_where="deleted_at IS NULL"),
    )


class DocumentVersion(SchoolRow, Base):
    """One file of a document. A version is never changed once it is ready, so an old citation still resolves."""

    __tablename__ = "document_versions"

    document_id: Mapped[UUID] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    number: Mapped[int] = mapped_column(SmallInteger)
    audience: Mapped[str]
    file_id: Mapped[UUID] = mapped_column(ForeignKey("files.id"))
    name: Mapped[str]
    media: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    status: Mapped[str] = mapped_column(default=DocumentStatus.QUEUED.value)
    error: Mapped[dict[str, Any] | None]
    pages: Mapped[int | None]
    passages: Mapped[int] = mapped_column(default=0)
    terms: Mapped[int] = mapped_column(default=0)
    warnings: Mapped[list[str]] = mapped_column(default=list)

    __table_args__ = (
        UniqueConstraint("document_id", "number"),
        CheckConstraint(STATUSES, name="status"),
        Index("ix_document_versions_same_file", "school_id", "sha256"),
    )


class Passage(SchoolRow, Base):
    """A chunk under one heading: `path` its headings, `marks` the [offset, page] pairs where pages begin in it."""

    __tablename__ = "passages"

    document_id: Mapped[UUID] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("document_versions.id", ondelete="CASCADE"))
    position: Mapped[int]
    audience: Mapped[str]
    path: Mapped[list[str]]
    text: Mapped[str] = mapped_column(Text)
    marks: Mapped[list[Any]]
    is_table: Mapped[bool] = mapped_column(default=False)
    embedding: Mapped[list[float]] = mapped_column(Vector(384))

    __table_args__ = (
        UniqueConstraint("version_id", "position"),
        Index(
            "ix_passages_embedding", "embedding", postgresql_using="hnsw",
            postgresql_ops={"embedding": "vector_cosine_ops"}, postgresql_with={"m": 16, "ef_construction": 64},
        ),
    )  # fmt: skip


class Posting(SchoolRow, Base):
    """Where a term stands in one version: the passages, how often in each, and how long each is, in parallel."""

    __tablename__ = "postings"

    version_id: Mapped[UUID] = mapped_column(ForeignKey("document_versions.id", ondelete="CASCADE"), index=True)
    audience: Mapped[str]
    term: Mapped[str]
    positions: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger))
    counts: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger))
    lengths: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger))

    __table_args__ = (Index("ix_postings_term", "school_id", "term"),)


async def access_document(tx: Tx, document_id: UUID, *, change: bool = False, deleted: bool = False) -> Document:
    """Fetch a document the caller may read; to change it, one they uploaded, or any for the head and the admin.

    Errors: not_visible, not_allowed.
    """
    found = await tx.session.get(Document, document_id, with_for_update=change)
    if found is None or (found.deleted_at is not None and not deleted):
        raise NotVisible("There is no such document.")
    if change:
        own = tx.caller.role in WHOLE_SCHOOL or found.uploader_person_id == tx.caller.person_id
        tx.require(Permission.DOCUMENTS_WRITE, own, "Only who uploaded a document, or the head, may change it.")
    return found


async def access_version(tx: Tx, document: Document, number: int | None = None) -> DocumentVersion:
    """One version of a document: the numbered one, else the one searched now, else the newest."""
    query = select(DocumentVersion).where(DocumentVersion.document_id == document.id)
    if number is not None:
        query = query.where(DocumentVersion.number == number)
    elif document.version_id is not None:
        query = query.where(DocumentVersion.id == document.version_id)
    found = await tx.session.scalar(query.order_by(DocumentVersion.number.desc()).limit(1))
    if found is None:
        raise NotVisible("There is no such version of this document.")
    return found


async def listed(
    tx: Tx, *, kind: str | None = None, subject_id: UUID | None = None, level_id: UUID | None = None
) -> list[tuple[Document, DocumentVersion, str | None, str | None]]:
    """The documents the caller may read with their newest version, subject and level names; newest change first."""
    other = aliased(DocumentVersion)
    newest = select(func.max(other.number)).where(other.document_id == Document.id).scalar_subquery()
    query = (
        select(Document, DocumentVersion, Subject.name, Level.name)
        .select_from(Document)
        .join(DocumentVersion, (DocumentVersion.document_id == Document.id) & (DocumentVersion.number == newest))
        .outerjoin(Subject, Subject.id == Document.subject_id)
        .outerjoin(Level, Level.id == Document.level_id)
        .where(Document.deleted_at.is_(None))
        .order_by(Document.updated_at.desc(), Document.title)
    )
    for column, value in ((Document.kind, kind), (Document.subject_id, subject_id), (Document.level_id, level_id)):
        if value is not None:
            query = query.where(column == value)
    return [
        (document, version, subject, level) for document, version, subject, level in await tx.session.execute(query)
    ]
