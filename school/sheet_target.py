"""Which score sheet a file is for: what it was said to be, what its title says, or the only one the caller has."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from runtime.errors import Ambiguous, InvalidInput
from runtime.transaction import Tx
from school import calendar, score_sheets, sheet_layout
from school.assessment import AssessmentComponent
from school.calendar import AcademicSession, Term
from school.classes import ClassArm, Level, Subject, Teaching
from school.permissions import WHOLE_SCHOOL, Permission
from school.score_sheets import OpenSheet
from school.spreadsheets import Grid


class WrongSheet(InvalidInput):
    """The file's title names another class, subject or term than the one asked for."""

    code = "wrong_sheet"


@dataclass(frozen=True, slots=True)
class _Known:
    """The school's classes, subjects and terms, and every way to write each."""

    class_arms: dict[UUID, ClassArm]
    class_names: dict[UUID, list[str]]
    subjects: dict[UUID, Subject]
    subject_names: dict[UUID, list[str]]
    terms: dict[UUID, Term]
    term_names: dict[UUID, list[str]]


async def open_target(
    tx: Tx, grids: Sequence[Grid], file_name: str, *,
    class_arm_id: UUID | None, subject_id: UUID | None, term_id: UUID | None,
) -> OpenSheet:  # fmt: skip
    """Open the score sheet a file is for, to write to it. What is not given is read from the title, then the file's
    name, then from what the caller teaches.

    Errors: ambiguous (with candidates), wrong_sheet, not_allowed, no_header.
    """
    known = await _known(tx)
    components = list(await tx.session.scalars(select(AssessmentComponent).order_by(AssessmentComponent.position)))
    title = sheet_layout.find(grids, _one_of_each(components), file_name).title
    taught = await _taught(tx)
    class_arm = _choose(
        class_arm_id, title, file_name, known.class_names, {pair[0] for pair in taught},
        {key: arm.name for key, arm in known.class_arms.items()}, "class",
    )  # fmt: skip
    fitting = {pair[1] for pair in taught if pair[0] == class_arm}
    subject = _choose(
        subject_id, title, file_name, known.subject_names, fitting,
        {key: each.name for key, each in known.subjects.items()}, "subject",
    )  # fmt: skip
    current = await calendar.current_term(tx)
    term = _term(term_id, title, known, current)
    return await score_sheets.access_sheet(tx, class_arm, subject, term, Permission.SCORES_WRITE, create=True)


def _one_of_each(components: Sequence[AssessmentComponent]) -> list[AssessmentComponent]:
    """Columns of several schemes may share a name; the header only has to be found."""
    return list({component.name: component for component in components}.values())


async def _known(tx: Tx) -> _Known:
    arms = (await tx.session.execute(select(ClassArm, Level.name).join(Level, Level.id == ClassArm.level_id))).all()
    subjects = list(await tx.session.scalars(select(Subject)))
    terms = (
        await tx.session.execute(
            select(Term, AcademicSession.name).join(AcademicSession, AcademicSession.id == Term.session_id)
        )
    ).all()
    numbers = {1: ("1st term", "term 1"), 2: ("2nd term", "term 2"), 3: ("3rd term", "term 3")}
    return _Known(
        {arm.id: arm for arm, _ in arms},
        {arm.id: [arm.name, f"{arm.arm} {level}", f"{level}{arm.arm[:1]}"] for arm, level in arms},
        {subject.id: subject for subject in subjects},
        {subject.id: [subject.name, *subject.aliases] for subject in subjects},
        {term.id: term for term, _ in terms},
        {
            term.id: [f"{name} {session}" for name in (term.name, *numbers.get(term.number, ()))]
            + [f"{session} {name}" for name in (term.name, *numbers.get(term.number, ()))]
            for term, session in terms
        },
    )


async def _taught(tx: Tx) -> list[tuple[UUID, UUID]]:
    """(class arm, subject) pairs the caller may record this session; the office may record all of them."""
    session_id = (await calendar.current_term(tx)).session_id
    query = select(Teaching.class_arm_id, Teaching.subject_id).where(Teaching.session_id == session_id)
    if tx.caller.role not in WHOLE_SCHOOL:
        query = query.where(Teaching.teacher_id == tx.caller.person_id)
    return [(class_arm_id, subject_id) for class_arm_id, subject_id in (await tx.session.execute(query)).all()]


def _choose(
    asked: UUID | None, title: str, file_name: str, names: dict[UUID, list[str]], taught: set[UUID],
    labels: dict[UUID, str], noun: str,
) -> UUID:  # fmt: skip
    said = sheet_layout.named_in(title, names)
    if asked is not None:
        if said and asked not in said:
            named = " and ".join(labels[key] for key in said)
            wanted = labels.get(asked, "another")
            raise WrongSheet(
                f"The file says it is for {named}, not {wanted}. Send the {wanted} file, or correct its title.",
                said=named, asked=wanted,
            )  # fmt: skip
        return asked
    for found in (said, sheet_layout.named_in(file_name, names)):
        own = [key for key in found if key in taught] or found
        if len(own) == 1:
            return own[0]
        if own:
            raise _which(noun, own, labels)
    if len(taught) == 1:
        return next(iter(taught))
    raise _which(noun, sorted(taught, key=lambda key: labels[key]), labels)


def _which(noun: str, keys: Sequence[UUID], labels: dict[UUID, str]) -> InvalidInput:
    if not keys:
        return InvalidInput(f"The file does not say which {noun} it is for. Name the {noun}.")
    shown = ", ".join(labels[key] for key in keys[:6])
    choices = [{"id": str(key), "label": labels[key], "hint": ""} for key in keys[:8]]
    return Ambiguous(f"Which {noun} is this file for: {shown}?", candidates=choices, noun=noun)


def _term(asked: UUID | None, title: str, known: _Known, current: Term) -> UUID:
    """The term asked for, else the one the title names in full, else this one; a title may not contradict."""
    said = sheet_layout.named_in(title, known.term_names)
    if asked is not None:
        if said and asked not in said:
            raise WrongSheet(f"The file says it is for the {known.terms[said[0]].name} of another session or term.")
        return asked
    if len(said) == 1:
        return said[0]
    numbers = sheet_layout.named_in(
        title, {t.id: [t.name] for t in known.terms.values() if t.session_id == current.session_id}
    )
    if numbers and current.id not in numbers:
        named = known.terms[numbers[0]]
        raise WrongSheet(f"The file says it is for the {named.name}, but it is the {current.name} now. Name the term.")
    return current.id
