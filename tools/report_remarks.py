"""What a report card says in words, and how it rates: remarks drafted, written, put back; conduct and skills."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from runtime.settings import settings
from runtime.transaction import Tx
from school import (
    conduct,
    remark_runs,
    remarks,
    report_access,
    report_cards,
    report_sets,
    runs,
    schools,
)
from school import report_options as options_of
from school.calendar import Term
from school.classes import ClassArm
from school.people import Student
from school.permissions import Permission
from school.remarks import Author, Origin, Words
from school.report_contract import ReportCard
from tools.declare import Effect, tool
from tools.present import Column, Progress, Shown, Table
from tools.refs import Ref
from tools.report_review import class_term
from tools.reports import TermGiven
from tools.results import Done, Excluded, Preview

UseModel = Annotated[
    bool, Field(description="Ask the hosted language model where there is one; false: compose by rule alone.")
]


def _model_is_set() -> bool:
    return any(name.strip() not in {"", "offline"} for name in settings().model.split(","))


async def _check_open(tx: Tx, class_arm_id: UUID, term: Term) -> None:
    found = await report_sets.find(tx, class_arm_id, term.id)
    report_sets.check_open(found, options_of.of(await schools.current(tx)))


async def _drafts(tx: Tx, arm: ClassArm, term: Term) -> tuple[list[ReportCard], list[Words]]:
    """A draft for each remark that is empty; what people wrote stays. Errors: cards_closed."""
    await _check_open(tx, arm.id, term)
    cards = await report_cards.cards(tx, arm.id, term.id)
    made = [remark_runs.by_rule(card, author) for card in cards for author in remark_runs.empty(card)]
    return cards, made


async def _preview_drafts(
    tx: Tx, *, class_arm: Ref[ClassArm], term: TermGiven = None, use_model: UseModel = True
) -> Preview:
    arm, chosen, label = await class_term(tx, class_arm, term, Permission.REPORTS_WRITE)
    cards, made = await _drafts(tx, arm, chosen)
    if use_model and _model_is_set():
        return Preview(
            title=f"Draft {len(made)} remarks with the language model", included=len(made),
            summary=f"{label}: remarks that are empty are filled; written ones stay. No name is sent. Figures and names are "
            "checked; what does not hold is composed by rule. Read them before the cards are approved.",
            excluded=[Excluded(who=c.student.name, reason="no scores") for c in cards if c.overall_average is None],
            state={"remarks": [[str(w.student_id), w.author.value] for w in made]},
        )  # fmt: skip
    names = {card.student.id: card.student.name for card in cards}
    columns = [
        Column(key="name", label="Student", kind="person"),
        Column(key="whose", label="Whose"),
        Column(key="text", label="Remark"),
    ]
    rows = [{"name": names[w.student_id], "whose": w.author.value.replace("_", " "), "text": w.text} for w in made]
    return Preview(
        title=f"Draft {len(made)} remarks", summary=f"{label}: remarks that are empty are filled; written ones stay.",
        blocks=[Table(title="Remarks", columns=columns, rows=rows, total=len(rows))], included=len(made),
        excluded=[Excluded(who=c.student.name, reason="no scores") for c in cards if c.overall_average is None],
        state={"remarks": [[str(w.student_id), w.author.value, w.text] for w in made]},
    )  # fmt: skip


@tool(
    permission=Permission.REPORTS_WRITE,
    effect=Effect.WRITE,
    rest="POST /api/reports/remarks/{class_arm}/drafts",
    says=("Draft the remarks of JSS 2 Ruby", "Write the report card comments for my class",
          "Fill in the teacher's and principal's remarks of SS 1 Pearl", "Suggest comments for the JSS 3 Opal report cards"),
    errors=(report_sets.CardsClosed,),
    preview=_preview_drafts,
)  # fmt: skip
async def draft_remarks(
    tx: Tx, *, class_arm: Ref[ClassArm], term: TermGiven = None, use_model: UseModel = True
) -> Done:
    """Draft a class's empty remarks from each student's own figures.

    Use when a class teacher wants remarks written. To write or change one use `set_remark`.

    Shape:  one class arm and term (default this term) -> a remark for each empty one; written ones stay.
    Units:  remarks of at most 300 characters.
    Errors: cards_closed.
    Source: tables scores, attendance_marks; the model of SCHOOLOS_MODEL, else rules of school/remark_drafts.py.
    """
    arm, chosen, label = await class_term(tx, class_arm, term, Permission.REPORTS_WRITE)
    _, made = await _drafts(tx, arm, chosen)
    if use_model and made and _model_is_set():
        count = len({words.student_id for words in made})
        run = await remark_runs.begin(tx, arm, chosen, label, count)
        empty = [Words(w.student_id, w.author, "") for w in made]
        _undo_remarks(tx, chosen, empty, run=run.id)
        progress = Progress(run_id=str(run.id), title=run.title)
        return Done(message=f"{label}: {len(made)} remarks are being drafted.", details=[progress])
    before = await remarks.write(tx, chosen.id, made)
    _undo_remarks(tx, chosen, before)
    return Done(message=f"{label}: {len(made)} remarks are drafted. Read them before the cards are approved.")


class EarlierRemark(Shown):
    """A remark as it stood; an empty text was none."""

    student_id: str
    author: Author
    text: str
    origin: Origin


def _undo_remarks(tx: Tx, term: Term, before: list[Words], run: UUID | None = None) -> None:
    kept: list[dict[str, Any]] = [
        {"student_id": str(w.student_id), "author": w.author.value, "text": w.text, "origin": w.origin.value} for w in before
    ]  # fmt: skip
    tx.undo_with("restore_remarks", term=str(term.id), earlier=kept, **({"run": str(run)} if run else {}))


@tool(permission=Permission.REPORTS_WRITE, effect=Effect.WRITE, rest="POST /internal/restore-remarks", internal=True)
async def restore_remarks(tx: Tx, *, term: Ref[Term], earlier: list[EarlierRemark], run: UUID | None = None) -> Done:
    """Put remarks back to what they were, and stop the run that drafts. The inverse of drafting and setting."""
    tx.require(Permission.REPORTS_WRITE)
    if run is not None:
        (await runs.access_run(tx, run)).cancel_asked = True
    chosen = await report_access.term_of(tx, term.id)
    given = [Words(UUID(r.student_id), r.author, r.text, origin=r.origin) for r in earlier]
    if run is not None:  # what somebody has rewritten since is theirs
        ids = list({words.student_id for words in given})
        theirs = {
            (r.student_id, r.author) for r in await remarks.remarks_of(tx, ids, chosen.id) if r.origin == Origin.PERSON
        }
        given = [words for words in given if (words.student_id, words.author.value) not in theirs]
    for class_arm_id in {await report_cards.class_of(tx, words.student_id, chosen) for words in given}:
        await _check_open(tx, class_arm_id, chosen)
    before = await remarks.write(tx, chosen.id, given)
    _undo_remarks(tx, chosen, before)
    return Done(message=f"{len(before)} remarks are back to what they were.")


RemarkText = Annotated[str, Field(max_length=remarks.LONGEST, description="The remark; empty removes it.")]
Whose = Annotated[Author, Field(description="class_teacher (default) or principal.")]


async def _student_class(tx: Tx, student: Ref[Student], term: Ref[Term] | None) -> Term:
    chosen = await report_access.term_of(tx, term.id if term else None)
    arm_id = await report_cards.class_of(tx, student.id, chosen)
    await report_sets.access_class_reports(tx, arm_id, Permission.REPORTS_WRITE)
    await _check_open(tx, arm_id, chosen)
    return chosen


async def _preview_remark(
    tx: Tx, *, student: Ref[Student], text: RemarkText, author: Whose = Author.CLASS_TEACHER, term: TermGiven = None
) -> Preview:
    chosen = await _student_class(tx, student, term)
    stood = [
        r.text
        for r in await remarks.remarks_of(tx, [student.id], chosen.id)
        if r.author == author and r.subject_id is None
    ]
    return Preview(
        title=f"Write the {author.value.replace('_', ' ')}'s remark of {student.label}", included=1,
        summary=f"“{text}”" + (f" replaces “{stood[0]}”." if stood else "."), state={"stood": stood},
    )  # fmt: skip


@tool(
    permission=Permission.REPORTS_WRITE,
    effect=Effect.WRITE,
    rest="PUT /api/v1/students/{student}/remark",
    says=("Write for Ada: a good term, keep reading", "Change Tunde's remark to: needs to practise maths",
          "Set the principal's comment on Zainab's report card"),
    errors=(report_sets.CardsClosed,),
    preview=_preview_remark,
)  # fmt: skip
async def set_remark(
    tx: Tx, *, student: Ref[Student], text: RemarkText, author: Whose = Author.CLASS_TEACHER, term: TermGiven = None
) -> Done:
    """Write the class teacher's or principal's remark on one student's report card.

    Use when somebody words a remark. To have a class's empty remarks drafted use `draft_remarks`.

    Shape:  one student, one author -> one remark; an empty text removes it.
    Units:  at most 300 characters.
    Errors: cards_closed.
    Source: table remarks.
    """
    chosen = await _student_class(tx, student, term)
    _undo_remarks(tx, chosen, await remarks.write(tx, chosen.id, [Words(student.id, author, text)]))
    return Done(message=f"The {author.value.replace('_', ' ')}'s remark of {student.label} is written.")


Ratings = Annotated[
    dict[str, Annotated[int, Field(ge=1, le=5)] | None],
    Field(description="Trait to 1 (poor) .. 5 (excellent).", min_length=1, max_length=20),
]


async def _preview_conduct(tx: Tx, *, student: Ref[Student], ratings: Ratings, term: TermGiven = None) -> Preview:
    chosen = await _student_class(tx, student, term)
    stood = (await conduct.ratings_of(tx, [student.id], chosen.id)).get(student.id, {})
    said = ", ".join(f"{trait} {rating or 'removed'}" for trait, rating in ratings.items())
    return Preview(title=f"Rate {student.label}", summary=f"{said}.", included=len(ratings), state={"stood": stood})


@tool(
    permission=Permission.REPORTS_WRITE,
    effect=Effect.WRITE,
    rest="PUT /api/v1/students/{student}/conduct",
    says=("Rate Ada 5 for punctuality", "Give Tunde 3 in neatness and 4 in sports", "Set Zainab's conduct ratings"),
    errors=(report_sets.CardsClosed,),
    preview=_preview_conduct,
)
async def set_conduct(tx: Tx, *, student: Ref[Student], ratings: Ratings, term: TermGiven = None) -> Done:
    """Rate one student's conduct and skills on the report card.

    Use when a class teacher rates behaviour or skills. For words use `set_remark`.

    Shape:  one student, some traits -> one rating a trait; null removes one.
    Units:  1 (poor) to 5 (excellent).
    Errors: cards_closed.
    Source: table conduct_ratings.
    """
    chosen = await _student_class(tx, student, term)
    options = options_of.of(await schools.current(tx))
    before = await conduct.rate(tx, options, student.id, chosen.id, ratings)
    tx.undo_with("set_conduct", student=str(student.id), ratings=before, term=str(chosen.id))
    return Done(message=f"{student.label}: {len(before)} ratings are recorded.")
