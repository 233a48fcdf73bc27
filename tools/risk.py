"""One student's risk and its reasons, what changed since the term before, and a note to guardians."""

import re
from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field
from sqlalchemy import select

from runtime.errors import InvalidInput, NotVisible
from runtime.transaction import Tx
from school import announcements, assessment, calendar, classes, early_warning, figures_cache, report_cards
from school.announcements import Announcement
from school.calendar import Term
from school.classes import ClassArm
from school.early_warning import Assessed
from school.notices import NoticeSent
from school.people import Person, Student
from school.permissions import Permission
from school.risk import Factor
from tools.analytics import Named, why
from tools.announce import add_announcement
from tools.declare import Effect, tool
from tools.present import Block, Column, Notice, Shown, Table, Text
from tools.refs import Ref
from tools.results import Concern, Preview, Result


class RiskExplained(Result):
    """A student's risk, every reason, and what would change it."""

    student: Named
    class_arm: Named
    term: str
    risk_score: float
    risk_level: str
    contributing_factors: list[Factor]
    recommendation: str
    what_would_change_it: str
    basis: str
    model_version: int
    method: str
    as_of: AwareDatetime

    def headline(self) -> str:
        return f"{self.student.name} is at {self.risk_level} risk{why(self.contributing_factors)}."

    def blocks(self) -> list[Block]:
        columns = [Column(key="why", label="Reason"), Column(key="share", label="Share of the risk", kind="percent")]
        rows = [{"why": factor.factor, "share": factor.importance} for factor in self.contributing_factors]
        said = " ".join(each for each in (self.what_would_change_it, self.recommendation) if each)
        return [*([Table(columns=columns, rows=rows)] if rows else []), Text(markdown=said), Notice(text=self.method)]

    def next_questions(self) -> list[str]:
        return [f"How has {self.student.name} developed?", f"Draft a note to the guardians of {self.student.name}"]


@tool(
    permission=Permission.ANALYTICS_READ,
    effect=Effect.READ,
    rest="GET /api/analytics/students/{student}/risk",
    says=("Why?", "Why is Tunde at risk?", "Explain the risk of Ada", "What would change Zainab's risk?", "Why him?"),
)  # fmt: skip
async def explain_risk(tx: Tx, *, student: Ref[Student]) -> RiskExplained:
    """Explain one student's risk: reasons in their figures, and what would change it.

    Use when staff ask why a student is at risk. For the whole class use `show_at_risk`. Staff only.

    Shape:  one student -> reasons, weightiest first.
    Units:  0..100: a calibrated probability by the school's model, points by the rule; shares in percent.
    Errors: those of any read.
    Source: tables scores, score_sheets, attendance_marks, risk_models.
    """
    term = await calendar.current_term(tx)
    arm_id = await report_cards.class_of(tx, student.id, term)
    arm = await classes.access_class(tx, arm_id, Permission.ANALYTICS_READ)
    found = await early_warning.of_class(tx, arm, term, features=False)
    person = await tx.session.get_one(Person, student.id)
    risk = found.risks.get(student.id)
    if risk is None:
        raise NotVisible(f"{person.full_name} has no scores yet, so nothing can be said about a risk.")
    return RiskExplained(
        student=Named(id=student.id, name=person.full_name), class_arm=Named(id=arm.id, name=arm.name), term=term.name,
        basis=found.basis, model_version=found.version, method=found.method, as_of=found.as_of, **risk.model_dump(),
    )  # fmt: skip


Since = Annotated[
    Ref[Term] | None, Field(description="Compare with this term, by name or id; default the term before this one.")
]


class RiskChange(Shown):
    """One student then and now; null where there is nothing to compare."""

    student: Named
    average_before: float | None
    average: float | None
    risk_before: float | None
    risk: float
    level: str
    newly: list[str] = Field(description="Reasons that were not there before.")
    gone: list[str] = Field(description="Reasons that are no longer there.")


class RiskChanges(Result):
    """What changed in a class since the term before, the largest rise in risk first."""

    class_arm: Named
    term: str
    before: str
    changes: list[RiskChange]
    newly_at_risk: int
    no_longer_at_risk: int
    basis: str
    as_of: AwareDatetime

    def headline(self) -> str:
        if not self.changes:
            return f"Nothing can be compared in {self.class_arm.name}: there are no results of {self.before} and {self.term}."
        rises = [each for each in self.changes if each.risk_before is not None and each.risk - each.risk_before >= 1]
        most = (
            f" Most: {rises[0].student.name}, from {rises[0].risk_before:.0f} to {rises[0].risk:.0f}." if rises else ""
        )
        return (
            f"Since {self.before}, {self.newly_at_risk} in {self.class_arm.name} came to be at risk and"
            f" {self.no_longer_at_risk} no longer are.{most}"
        )

    def blocks(self) -> list[Block]:
        columns = [
            Column(key="name", label="Student", kind="person"), Column(key="averageBefore", label="Average before", kind="number"),
            Column(key="average", label="Average now", kind="number"), Column(key="riskBefore", label="Risk before", kind="number"),
            Column(key="risk", label="Risk now", kind="number"), Column(key="what", label="What is new"),
        ]  # fmt: skip
        rows = [
            {
                "name": c.student.name, "studentId": str(c.student.id), "averageBefore": c.average_before, "average": c.average,
                "riskBefore": c.risk_before, "risk": c.risk,
                "what": "; ".join(c.newly) or (f"No longer: {'; '.join(c.gone)}" if c.gone else ""),
            }
            for c in self.changes[:15]
        ]  # fmt: skip
        return [Table(columns=columns, rows=rows, total=len(self.changes))] if rows else []

    def concerns(self) -> list[Concern]:
        named = [each.student for each in self.changes if each.level != "low"][:10]
        return [
            Concern(kind="ClassArm", id=str(self.class_arm.id), label=self.class_arm.name),
            *(Concern(kind="Student", id=str(student.id), label=student.name) for student in named),
        ]


@tool(
    permission=Permission.ANALYTICS_READ,
    effect=Effect.READ,
    rest="GET /api/analytics/classes/{class_arm}/changes",
    says=(
        "What changed since last term?",
        "What has changed in JSS 2 Ruby since last term?",
        "Who got worse since last term in my class?",
        "Who is newly at risk in SS 1 Pearl?",
        "Compare the risk in JSS 3 Opal with the term before",
    ),
)
async def show_risk_changes(tx: Tx, *, class_arm: Ref[ClassArm], since: Since = None) -> RiskChanges:
    """Show how a class's averages and risks changed since the term before, and why.

    Use when staff ask what changed since last term. For who is at risk now use `show_at_risk`. Staff only.

    Shape:  one class arm, now and at the end of an earlier term -> one line a student, largest rise in risk first.
    Units:  averages in percent; risk 0..100, both by the same method.
    Errors: those of any read.
    Source: tables scores, score_sheets, attendance_marks, risk_models.
    """
    arm = await classes.access_class(tx, class_arm.id, Permission.ANALYTICS_READ)
    now = await calendar.current_term(tx)
    earlier = [each for each in await calendar.terms_in_order(tx) if each.ends_on < now.starts_on]
    chosen = [each for each in earlier if since and each.id == since.id] or earlier[-1:]
    if not chosen:
        raise NotVisible(f"There is no term before {now.name} to compare with.")

    async def work(own: Tx) -> RiskChanges:
        return await _changes(own, arm, now, chosen[0])

    return await figures_cache.remembered(tx, RiskChanges, f"{arm.id}|{chosen[0].id}", work)


async def _changes(tx: Tx, arm: ClassArm, term: Term, earlier: Term) -> RiskChanges:
    _, pass_percent = await assessment.bands_for(tx, arm.level_id)
    now = await early_warning.of_class(tx, arm, term)
    then = await early_warning.of_students(tx, earlier.session_id, earlier.ends_on, now.risks, float(pass_percent))
    names = await _names(tx, list(now.risks))
    changes = [_change(key, names.get(key, ""), now, then) for key in now.risks]
    ordered = sorted(changes, key=lambda each: (each.risk_before is None, (each.risk_before or 0) - each.risk))
    was = {key for key, each in then.risks.items() if each.risk_level != "low"}
    is_now = {key for key, each in now.risks.items() if each.risk_level != "low"}
    return RiskChanges(
        class_arm=Named(id=arm.id, name=arm.name), term=await calendar.term_label(tx, term),
        before=await calendar.term_label(tx, earlier), changes=ordered, newly_at_risk=len(is_now - was),
        no_longer_at_risk=len(was - is_now), basis=now.basis, as_of=now.as_of,
    )  # fmt: skip


async def _names(tx: Tx, ids: Sequence[UUID]) -> dict[UUID, str]:
    return {one.id: one.full_name for one in await tx.session.scalars(select(Person).where(Person.id.in_(ids)))}


def _change(student_id: UUID, name: str, now: Assessed, then: Assessed) -> RiskChange:
    current, before = now.risks[student_id], then.risks.get(student_id)
    had = {factor.code: factor.factor for factor in before.contributing_factors} if before else {}
    has = {factor.code: factor.factor for factor in current.contributing_factors}
    earlier = then.features.get(student_id)
    return RiskChange(
        student=Named(id=student_id, name=name), average=now.features[student_id].current_term_average,
        average_before=earlier.current_term_average if earlier else None, risk=current.risk_score,
        risk_before=before.risk_score if before else None, level=current.risk_level,
        newly=[words for code, words in has.items() if code not in had] if before else [],
        gone=[words for code, words in had.items() if code not in has],
    )  # fmt: skip


NoteStudents = Annotated[
    list[Ref[Student]], Field(max_length=30, description="Students whose guardians are written to.")
]
NoteClass = Annotated[
    Ref[ClassArm] | None, Field(description="Without students: the most urgent of this class are meant.")
]
NoteCount = Annotated[int, Field(ge=1, le=30, description="How many of the class, most urgent first.")]
NoteText = Annotated[
    str | None,
    Field(
        min_length=20, max_length=1000, description="The note in the sender's own words; default an invitation to talk."
    ),
]
_RISK_WORDS = re.compile(
    r"\b(?:at[- ]risk|risks?|early[- ]warning|predict\w*|probabilit\w*|likelihood|likely to fail|risk[- ]?score|model)\b",
    re.IGNORECASE,
)


class NoteNamesRisk(InvalidInput):
    """A note to guardians speaks of a risk or a prediction."""

    code = "note_names_risk"


async def _note(
    tx: Tx, students: list[Ref[Student]], class_arm: Ref[ClassArm] | None, count: int, text: str | None
) -> tuple[Announcement, list[UUID], list[str], str, str]:
    """The announcement, whose guardians it is for by id and name, its title and its words."""
    tx.require(Permission.NOTICES_SEND)
    if text is not None and (named := _RISK_WORDS.search(text)):
        raise NoteNamesRisk(
            f"A note to guardians does not speak of “{named.group()}”: risks and predictions are for staff. Say what you"
            " would like to talk about instead."
        )
    ids = [student.id for student in students]
    if class_arm is not None and not ids:
        arm = await classes.access_class(tx, class_arm.id, Permission.ANALYTICS_READ)
        found = await early_warning.of_class(tx, arm, await calendar.current_term(tx), features=False)
        urgent = [(key, each) for key, each in found.risks.items() if each.risk_level != "low"]
        ids = [key for key, _ in sorted(urgent, key=lambda pair: -pair[1].risk_score)[:count]]
        if not ids:
            raise InvalidInput(f"Nobody in {arm.name} stands out as needing help: name the students to write about.")
    if not ids:
        raise InvalidInput("Say whose guardians the note is for: students, or a class.")
    for student_id in ids:
        arm_now = await classes.class_of(tx, student_id)
        if arm_now is not None:
            await classes.access_class(tx, arm_now.id, Permission.NOTICES_SEND)
    names = await _names(tx, ids)
    words = text or (
        "We would like to talk with you about how your child is getting on this term, and about how we can help"
        " together. Please reply with a day that suits you, or come to the school office."
    )
    title = "Let us talk about this term"
    announcement = await announcements.notice(tx, title, words, student_ids=ids)
    return announcement, ids, [names[key] for key in ids], title, words


async def _preview_note(
    tx: Tx, *, students: NoteStudents = [], class_arm: NoteClass = None, count: NoteCount = 3, text: NoteText = None,  # noqa: B006  # never changed
) -> Preview:  # fmt: skip
    announcement, ids, names, _, words = await _note(tx, students, class_arm, count, text)
    preview = Preview(
        title=f"Write to the guardians of {_listed(names)}",
        summary=f"Told: {announcement.audience.summary()}. The note says nothing of risks, scores or predictions.",
        blocks=[Text(markdown=words)], included=len(announcement.audience.included),
        state={"students": [str(key) for key in ids]},
    )  # fmt: skip
    return await add_announcement(tx, preview, announcement)


def _listed(names: list[str]) -> str:
    shown = names[:5] + ([f"{len(names) - 5} more"] if len(names) > 5 else [])
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


class SupportNote(Result):
    """A note to guardians on its way."""

    students: list[str]
    people: int
    left_out: int

    def headline(self) -> str:
        left = f" {self.left_out} left out." if self.left_out else ""
        return f"The note about {_listed(self.students)} is on its way to {self.people} guardians.{left}"

    def next_questions(self) -> list[str]:
        return ["Who has not received it?"]


@tool(
    permission=Permission.NOTICES_SEND,
    effect=Effect.SEND,
    rest="POST /api/analytics/notes",
    says=(
        "Draft a note to the guardians of these three",
        "Write to the guardians of the students at risk",
        "Draft a note to the parents of the two most urgent in JSS 2 Ruby",
        "Invite the guardians of these students to talk",
        "Draft a note to Tunde's guardians about how he is doing",
    ),
    errors=(NoteNamesRisk,),
    preview=_preview_note,
)
async def send_support_note(
    tx: Tx, *, students: NoteStudents = [], class_arm: NoteClass = None, count: NoteCount = 3, text: NoteText = None,  # noqa: B006  # never changed
) -> SupportNote:  # fmt: skip
    """Write to guardians of students who need help, inviting them to talk.

    Use when staff want to draft a note to guardians after looking at risk. For other messages use `send_notice`.

    Shape:  students, or the `count` most urgent of a class -> one message a guardian.
    Units:  guardians; segments and cost are in the preview.
    Errors: note_names_risk.
    Source: tables guardianships, people, notification_preferences, opt_outs.
    """
    announcement, ids, names, title, words = await _note(tx, students, class_arm, count, text)
    if not announcement.audience.included:
        raise InvalidInput("No guardian would get this note: the preview says why each is left out.")
    tx.emit(
        NoticeSent(title=title, text=words, student_ids=sorted(ids), person_ids=[], channel=None, urgent=False, timestamp=tx.now)
    )  # fmt: skip
    return SupportNote(
        students=names, people=len(announcement.audience.included), left_out=len(announcement.audience.excluded)
    )
