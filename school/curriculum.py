"""The curriculum as a tree: subject, level, term, topic, objective; each item may name the passage it came from."""

from collections.abc import Sequence
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, select
from sqlalchemy.orm import Mapped, mapped_column

from runtime.errors import NotVisible
from runtime.ids import new_id
from runtime.table import Base, SchoolRow
from runtime.transaction import Tx
from school.documents import Document
from school.permissions import WHOLE_SCHOOL, Permission


class ItemKind(StrEnum):
    TOPIC = "topic"
    OBJECTIVE = "objective"


class CurriculumItem(SchoolRow, Base):
    """A topic of a subject, level and term, or an objective under a topic.

    `identifier` never changes: it is the item's CASE identifier. `code` is what people write, such as MTH.JSS2.1.3.
    """

    __tablename__ = "curriculum_items"

    identifier: Mapped[UUID]
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("curriculum_items.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    code: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    subject_id: Mapped[UUID] = mapped_column(ForeignKey("subjects.id", ondelete="CASCADE"))
    level_id: Mapped[UUID] = mapped_column(ForeignKey("levels.id", ondelete="CASCADE"))
    term_number: Mapped[int] = mapped_column(SmallInteger)
    week: Mapped[str] = mapped_column(default="")
    position: Mapped[int]
    audience: Mapped[str]
    document_id: Mapped[UUID | None] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    version_id: Mapped[UUID | None] = mapped_column(ForeignKey("document_versions.id", ondelete="CASCADE"))
    page: Mapped[int | None]
    edited: Mapped[bool] = mapped_column(default=False)
    read_as: Mapped[str | None]
    """The words the document has, when the item was read from one: `text` is what people corrected them to."""
    removed: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        CheckConstraint("kind IN ('topic', 'objective')", name="kind"),
        Index("ix_curriculum_items_place", "school_id", "subject_id", "level_id", "term_number", "position"),
    )


async def items(
    tx: Tx, subject_id: UUID, level_id: UUID | None = None, term_number: int | None = None
) -> list[CurriculumItem]:
    """Topics and objectives of a subject, in teaching order; only those of documents in use."""

    query = (
        select(CurriculumItem)
        .outerjoin(Document, Document.id == CurriculumItem.document_id)
        .where(CurriculumItem.subject_id == subject_id, ~CurriculumItem.removed)
        .where(CurriculumItem.document_id.is_(None) | Document.deleted_at.is_(None))
        .where(CurriculumItem.version_id.is_(None) | (CurriculumItem.version_id == Document.version_id))
        .order_by(CurriculumItem.level_id, CurriculumItem.term_number, CurriculumItem.position)
    )
    if level_id is not None:
        query = query.where(CurriculumItem.level_id == level_id)
    if term_number is not None:
        query = query.where(CurriculumItem.term_number == term_number)
    return list(await tx.session.scalars(query))


async def subjects(tx: Tx) -> list[UUID]:
    """The subjects that have topics the caller may read."""
    query = select(CurriculumItem.subject_id).where(~CurriculumItem.removed).distinct()
    return list(await tx.session.scalars(query.order_by(CurriculumItem.subject_id)))


async def objectives(tx: Tx, topic: CurriculumItem) -> list[CurriculumItem]:
    """The objectives under a topic, in order."""
    query = select(CurriculumItem).where(CurriculumItem.parent_id == topic.id, ~CurriculumItem.removed)
    return list(await tx.session.scalars(query.order_by(CurriculumItem.position, CurriculumItem.id)))


async def set_objectives(tx: Tx, topic: CurriculumItem, texts: Sequence[str]) -> None:
    """Make these the objectives of a topic, where the topic is taught; one with the same words keeps its identifier."""
    rows = await tx.session.scalars(
        select(CurriculumItem).where(CurriculumItem.parent_id == topic.id).order_by(CurriculumItem.removed)
    )
    there = list(rows)
    place = {"term_number": topic.term_number, "week": topic.week}
    for at, text in enumerate(texts, start=1):
        one = next((row for row in there if row.text == text), None)
        if one is None:
            one = CurriculumItem(
                id=new_id(), identifier=new_id(), school_id=topic.school_id, kind=ItemKind.OBJECTIVE.value, text=text,
                parent_id=topic.id, subject_id=topic.subject_id, level_id=topic.level_id, audience=topic.audience,
                document_id=topic.document_id, version_id=topic.version_id, page=topic.page, edited=True,
                position=topic.position + at, **place,
            )  # fmt: skip
            tx.session.add(one)
        else:
            there.remove(one)
        one.position, one.removed = topic.position + at, False
        one.term_number, one.week = topic.term_number, topic.week
    for left in there:
        left.removed = True
    await tx.session.flush()


async def access_item(tx: Tx, item_id: UUID, *, change: bool = False) -> CurriculumItem:
    """Fetch one item; the head and the admin may change any, a teacher those of what they upload.

    Errors: not_visible, not_allowed.
    """

    found = await tx.session.get(CurriculumItem, item_id, with_for_update=change)
    if found is None:
        raise NotVisible("There is no such curriculum item.")
    if change:
        document = await tx.session.get(Document, found.document_id) if found.document_id else None
        own = document is not None and document.uploader_person_id == tx.caller.person_id
        allowed = own or tx.caller.role in WHOLE_SCHOOL
        tx.require(Permission.DOCUMENTS_WRITE, allowed, "Only the head, or who uploaded the scheme, may edit it.")
    return found
