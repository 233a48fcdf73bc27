"""Topics of the curriculum edited: corrected, added, left out, put back."""

from typing import Annotated
from uuid import UUID

from pydantic import Field
from sqlalchemy import select

from runtime.errors import InvalidInput
from runtime.ids import new_id
from runtime.transaction import Tx
from school import calendar, curriculum
from school.calendar import Term
from school.classes import Level, Subject
from school.curriculum import CurriculumItem, ItemKind
from school.documents import Audience
from school.permissions import Permission
from tools.declare import Effect, tool
from tools.refs import Ref
from tools.results import Done, Preview

ItemText = Annotated[str, Field(min_length=2, max_length=300, description="The words of the topic or objective.")]
CodeText = Annotated[str | None, Field(max_length=40, description="Its code, such as MTH.JSS2.1.3.")]
WeekText = Annotated[str | None, Field(max_length=20, description="The week or weeks it is taught in, such as 3-4.")]
TermNumber = Annotated[int | None, Field(ge=1, le=6, description="Number of the term it is taught in.")]
Objectives = Annotated[
    list[ItemText] | None, Field(max_length=40, description="All its objectives, in order; default those it has.")
]


async def _preview_set(
    tx: Tx, *, topic: Ref[CurriculumItem], text: ItemText, code: CodeText = None, week: WeekText = None,
    term_number: TermNumber = None, objectives: Objectives = None,
) -> Preview:  # fmt: skip
    item = await curriculum.access_item(tx, topic.id)
    before = [one.text for one in await curriculum.objectives(tx, item)]
    changes = [f"“{item.text}” becomes “{text}”"] if text != item.text else [f"“{item.text}” keeps its name"]
    changes += [f"its code is {code or 'none'}"] if code is not None and code != item.code else []
    changes += [f"it is taught in week {week or 'unknown'}"] if week is not None and week != item.week else []
    changes += [f"it moves to term {term_number}"] if term_number not in (None, item.term_number) else []
    if objectives is not None and objectives != before:
        changes.append(f"its objectives are: {'; '.join(objectives) or 'none'}")
    return Preview(
        title="Change a curriculum topic", summary=f"{', '.join(changes)}.", included=1,
        state={"text": item.text, "code": item.code, "week": item.week, "term": item.term_number, "objectives": before},
    )  # fmt: skip


@tool(
    permission=Permission.DOCUMENTS_WRITE,
    effect=Effect.WRITE,
    rest="PATCH /api/ai/curriculum/topics/{topic}",
    says=("Rename the topic indices to laws of indices", "Correct the curriculum topic name", "Change a topic's code"),
    preview=_preview_set,
)
async def set_topic(
    tx: Tx, *, topic: Ref[CurriculumItem], text: ItemText, code: CodeText = None, week: WeekText = None,
    term_number: TermNumber = None, objectives: Objectives = None,
) -> Done:  # fmt: skip
    """Change a curriculum topic: its words, code, week, term or objectives.

    Use when a topic was read wrongly from its document. To add one, use `add_topic`.

    Shape:  one topic, its words, and what else changes -> done; objectives replace those there are.
    Units:  terms counted from 1.
    Errors: those of any change.
    Source: table curriculum_items.
    """
    item = await curriculum.access_item(tx, topic.id, change=True)
    there = [one.text for one in await curriculum.objectives(tx, item)]
    tx.undo_with(
        "set_topic", topic=str(item.id), text=item.text, code=item.code, week=item.week, term_number=item.term_number,
        objectives=there,
    )  # fmt: skip
    item.text, item.edited = text, True
    item.code = item.code if code is None else code
    item.week = item.week if week is None else week
    item.term_number = term_number or item.term_number
    await curriculum.set_objectives(tx, item, there if objectives is None else objectives)
    return Done(message=f"The topic is now “{text}”.")


async def _preview_add(
    tx: Tx, *, subject: Ref[Subject], level: Ref[Level], text: ItemText, term: Ref[Term] | None = None,
    objectives: list[ItemText] = [], code: CodeText = None,  # noqa: B006 never changed
) -> Preview:  # fmt: skip
    number = await _term_number(tx, term)
    return Preview(
        title="Add a curriculum topic",
        summary=f"“{text}” in {level.label} {subject.label}, term {number}, with {len(objectives)} objectives.", included=1,
        state={"term": number},
    )  # fmt: skip


@tool(
    permission=Permission.DOCUMENTS_WRITE,
    effect=Effect.WRITE,
    rest="POST /api/ai/curriculum/topics",
    says=(
        "Add the topic sets to JSS 2 Mathematics",
        "Put a new topic in the JSS 3 English curriculum",
        "Add a topic for this term",
    ),
    preview=_preview_add,
)
async def add_topic(
    tx: Tx, *, subject: Ref[Subject], level: Ref[Level], text: ItemText, term: Ref[Term] | None = None,
    objectives: list[ItemText] = [], code: CodeText = None,  # noqa: B006 never changed
) -> Done:  # fmt: skip
    """Add a topic to the curriculum of a subject and level.

    Use when a topic is taught that no document lists. To correct one, use `set_topic`.

    Shape:  subject, level, words, maybe term (default this one) and objectives -> done.
    Units:  none.
    Errors: those of any change.
    Source: table curriculum_items.
    """
    tx.require(Permission.DOCUMENTS_WRITE)
    number = await _term_number(tx, term)
    last = await tx.session.scalar(
        select(CurriculumItem.position)
        .where(CurriculumItem.subject_id == subject.id, CurriculumItem.level_id == level.id)
        .order_by(CurriculumItem.position.desc())
        .limit(1)
    )
    position = (last or 0) + 100
    shared = {"school_id": tx.school_id, "subject_id": subject.id, "level_id": level.id, "term_number": number,
              "audience": Audience.PUBLIC.value, "edited": True}  # fmt: skip
    item = CurriculumItem(id=new_id(), identifier=new_id(), kind=ItemKind.TOPIC.value, code=code or "", text=text,
                          position=position, **shared)  # fmt: skip
    tx.session.add(item)
    await tx.session.flush()
    await curriculum.set_objectives(tx, item, objectives)
    tx.undo_with("remove_topic", topic=str(item.id))
    return Done(message=f"“{text}” is in {level.label} {subject.label}, term {number}.")


async def _term_number(tx: Tx, term: Ref[Term] | None) -> int:
    if term is None:
        return (await calendar.current_term(tx)).number
    found = await tx.session.get(Term, term.id)
    if found is None:
        raise InvalidInput("There is no such term.")
    return found.number


async def _preview_remove(tx: Tx, *, topic: Ref[CurriculumItem]) -> Preview:
    item = await curriculum.access_item(tx, topic.id)
    return Preview(
        title="Remove a curriculum topic", summary=f"“{item.text}” and its objectives are left out of the curriculum.",
        included=1, state={"text": item.text},
    )  # fmt: skip


@tool(
    permission=Permission.DOCUMENTS_WRITE,
    effect=Effect.WRITE,
    rest="DELETE /api/ai/curriculum/topics/{topic}",
    says=(
        "Remove the topic bearings from JSS 2",
        "Delete this curriculum topic",
        "We do not teach that topic, take it out",
    ),
    preview=_preview_remove,
)
async def remove_topic(tx: Tx, *, topic: Ref[CurriculumItem]) -> Done:
    """Leave a topic out of the curriculum.

    Use when a topic is not taught. To correct its words, use `set_topic`.

    Shape:  one topic -> done.
    Units:  none.
    Errors: those of any change.
    Source: table curriculum_items.
    """
    item = await curriculum.access_item(tx, topic.id, change=True)
    item.removed = True
    tx.undo_with("restore_topic", topic_id=str(item.id))
    return Done(message=f"“{item.text}” is out of the curriculum.")


@tool(permission=Permission.DOCUMENTS_WRITE, effect=Effect.WRITE, rest="POST /internal/topic-restore", internal=True)
async def restore_topic(tx: Tx, *, topic_id: UUID) -> Done:
    """Put a removed topic back.

    Use when a removal is undone.

    Shape:  one topic -> done.
    Units:  none.
    Errors: those of any change.
    Source: table curriculum_items.
    """
    item = await curriculum.access_item(tx, topic_id, change=True)
    item.removed = False
    return Done(message=f"“{item.text}” is back.")
