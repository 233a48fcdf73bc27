"""The curriculum items of a version written; what people corrected in the version before is kept."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from knowledge import outline
from knowledge.elements import Parsed
from knowledge.outline import Topic
from knowledge.words import fold
from runtime.ids import new_id
from runtime.transaction import Tx
from school.classes import Level
from school.curriculum import CurriculumItem, ItemKind
from school.documents import Document, DocumentKind, DocumentVersion

KINDS = frozenset({DocumentKind.CURRICULUM.value, DocumentKind.SCHEME_OF_WORK.value})


async def write(tx: Tx, document: Document, version: DocumentVersion, parsed: Parsed, before: UUID | None) -> int:
    """Topics and objectives of a scheme of work with a subject; returns the number of topics.

    An item that stood in version `before` keeps its identifier, stays left out where somebody left it out, and keeps
    its corrected words as long as the document still has the words that were corrected.
    """
    if document.kind not in KINDS or document.subject_id is None:
        return 0
    levels = {row.name: row.id for row in await tx.session.scalars(select(Level))}
    own = next((name for name, key in levels.items() if key == document.level_id), None)
    found = outline.topics(parsed.elements, list(levels), own, document.term_number)
    await tx.session.execute(delete(CurriculumItem).where(CurriculumItem.version_id == version.id))
    kept = await _kept(tx, before) if before and before != version.id else _Kept([], {})
    for position, topic in enumerate(found):
        place: dict[str, Any] = {
            "school_id": tx.school_id, "subject_id": document.subject_id, "level_id": levels[topic.level],
            "term_number": topic.term, "week": topic.week, "audience": document.audience, "document_id": document.id,
            "version_id": version.id, "page": topic.page,
        }  # fmt: skip
        old = kept.topic(topic, levels[topic.level])
        item = _item(ItemKind.TOPIC, topic.text, topic.code, position * 100, place, old)
        tx.session.add(item)
        await tx.session.flush()
        for row in _objectives(topic, item, position * 100, place, kept.under(old)):
            tx.session.add(row)
    return len(found)


class _Kept:
    """The items of the version before; each is given to one new item at most."""

    def __init__(self, topics: Sequence[CurriculumItem], objectives: Mapping[UUID, list[CurriculumItem]]) -> None:
        self.left = list(topics)
        self.objectives = objectives

    def topic(self, new: Topic, level_id: UUID) -> CurriculumItem | None:
        """The same topic as it was: by its code, else by its words in its term, else by its words in its level."""
        here = [old for old in self.left if old.level_id == level_id]
        for same in (
            [old for old in here if new.code and old.code == new.code],
            [old for old in here if old.term_number == new.term and fold(_read(old)) == fold(new.text)],
            [old for old in here if fold(_read(old)) == fold(new.text)],
        ):
            if same:
                self.left.remove(same[0])
                return same[0]
        return None

    def under(self, topic: CurriculumItem | None) -> list[CurriculumItem]:
        return self.objectives.get(topic.id, []) if topic else []


async def _kept(tx: Tx, version_id: UUID) -> _Kept:
    rows = list(
        await tx.session.scalars(
            select(CurriculumItem).where(CurriculumItem.version_id == version_id).order_by(CurriculumItem.position)
        )
    )
    objectives: dict[UUID, list[CurriculumItem]] = {}
    for row in rows:
        if row.parent_id is not None:
            objectives.setdefault(row.parent_id, []).append(row)
    return _Kept([row for row in rows if row.parent_id is None], objectives)


def _objectives(
    topic: Topic, item: CurriculumItem, position: int, place: Mapping[str, Any], before: Sequence[CurriculumItem]
) -> list[CurriculumItem]:
    """The objectives the document lists, then those somebody added by hand."""
    left = list(before)
    rows: list[CurriculumItem] = []
    for at, text in enumerate(topic.objectives, start=1):
        old = next((one for one in left if fold(_read(one)) == fold(text)), None)
        if old is not None:
            left.remove(old)
        code = f"{topic.code}.{at}" if topic.code else ""
        rows.append(_item(ItemKind.OBJECTIVE, text, code, position + at, place, old, item.id))
    for old in left:
        if old.edited and old.read_as is None and not old.removed:
            at = position + len(rows) + 1
            rows.append(_item(ItemKind.OBJECTIVE, None, old.code, at, place, old, item.id))
    return rows


def _item(
    kind: ItemKind, text: str | None, code: str, position: int, place: Mapping[str, Any], old: CurriculumItem | None,
    parent_id: UUID | None = None,
) -> CurriculumItem:  # fmt: skip
    """`text` is what the document has, none for what only people said."""
    corrected = old is not None and old.edited and old.read_as in (None, text)
    return CurriculumItem(
        id=new_id(), identifier=old.identifier if old else new_id(), parent_id=parent_id, kind=kind.value,
        code=old.code if old and corrected else code, text=old.text if old and corrected else text or "",
        read_as=text, position=position, edited=corrected, removed=old is not None and old.removed, **place,
    )  # fmt: skip


def _read(item: CurriculumItem) -> str:
    """The words the document had for an item."""
    return item.read_as or item.text
