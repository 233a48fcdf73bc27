"""Runs that draft a class's remarks: what they cover, what they wrote, what is used of a model's words."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from runtime.transaction import Tx
from school import remark_drafts, remark_truth, remarks, report_checks, runs
from school.calendar import Term
from school.classes import ClassArm, Subject
from school.remarks import Author, Origin, Words
from school.report_contract import ReportCard
from school.runs import RunRow

KIND = "remark_drafts"


async def begin(tx: Tx, arm: ClassArm, term: Term, label: str, cards: int) -> RunRow:
    """Start a run that asks a language model for the empty remarks of a class."""
    payload = {"classArmId": str(arm.id), "termId": str(term.id), "label": label}
    return await runs.start(tx, KIND, f"Draft the remarks of {label}", payload, total=cards)


def by_rule(card: ReportCard, author: Author) -> Words:
    """The composed remark."""
    compose = remark_drafts.class_teacher if author is Author.CLASS_TEACHER else remark_drafts.principal
    return Words(card.student.id, author, compose(card), origin=Origin.RULE)


def empty(card: ReportCard) -> list[Author]:
    """Whose remark is still to be written; nobody's where there are no scores."""
    if card.overall_average is None:
        return []
    written = {Author.CLASS_TEACHER: card.class_teacher_remark, Author.PRINCIPAL: card.principal_remark}
    return [author for author, text in written.items() if not text]


def chosen(
    card: ReportCard, author: Author, text: str | None, cards: Sequence[ReportCard], subjects: Sequence[str]
) -> tuple[Words, str | None]:
    """The model's words when they say nothing but what the card says; else the composed remark, and why."""
    if text is None:
        return by_rule(card, author), "the model did not answer"
    words = " ".join(text.split())
    own = {part.casefold() for part in card.student.name.split()}
    others = {part for other in cards for part in other.student.name.split() if part.casefold() not in own}
    why = remark_truth.untrue(card, words, subjects, others)
    if why is None:
        faults = report_checks.remark_faults(card, author.value.replace("_", " "), words, cards)
        why = faults[0][1] if faults else None
    if why is not None:
        return by_rule(card, author), why
    return Words(card.student.id, author, words, origin=Origin.MODEL), None


async def subject_names(tx: Tx) -> list[str]:
    """Every subject of the school."""
    return list(await tx.session.scalars(select(Subject.name)))


async def keep_if_empty(tx: Tx, term_id: UUID, given: Sequence[Words]) -> list[Words]:
    """Write drafts where there is still nothing. Returns those written."""
    stood = {
        (row.student_id, row.author)
        for row in await remarks.remarks_of(tx, list({words.student_id for words in given}), term_id)
        if row.subject_id is None
    }
    free = [words for words in given if (words.student_id, words.author.value) not in stood]
    await remarks.write(tx, term_id, free)
    return free
