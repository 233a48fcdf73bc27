"""Proof-reading: what would embarrass the school on a card, found before it is approved."""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from pydantic import Field

from school import marks
from school.remark_drafts import given_name
from school.remarks import Author
from school.report_contract import ReportCard
from school.report_data import ClassTerm
from school.units import Value


class CardFault(StrEnum):
    REMARK_EMPTY = "remark_empty"
    WRONG_NAME = "wrong_name"
    WRONG_PRONOUN = "wrong_pronoun"
    AT_ODDS = "remark_at_odds_with_grade"
    SCORE_MISSING = "score_missing"
    SHEET_NOT_READY = "sheet_not_ready"
    TOTALS = "totals_do_not_add_up"
    OUTLIER = "outlier"
    NO_SCORES = "no_scores"


class Finding(Value):
    """One thing to look at, before somebody's guardian does."""

    student_id: UUID | None
    student: str = Field(description="The student, or the class for what concerns all.")
    fault: CardFault
    author: Author | None = Field(default=None, description="Whose remark it is about, where it is about one.")
    message: str
    fix: str


_FEMALE, _MALE = {"she", "her", "hers", "herself"}, {"he", "him", "his", "himself"}
_PRAISE = {"excellent", "outstanding", "superb", "brilliant", "exceptional", "exemplary result", "top of the class"}
_BLAME = {
    "poor",
    "very weak",
    "failed",
    "below the pass mark",
    "serious work",
    "unsatisfactory",
    "must improve",
    "lazy",
}
FAR = Decimal(30)
"""Percent points from a student's own mean in a subject that are looked at."""
FAR_AVERAGE = Decimal(20)
"""Percent points from a student's own average of earlier sessions that are looked at."""


def fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char)).replace("’", "'")


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:['-][^\W\d_]+)*", fold(text))


def _names(cards: Sequence[ReportCard]) -> dict[str, set[UUID]]:
    """Folded name parts of the class, with whose they are."""
    found: dict[str, set[UUID]] = {}
    for card in cards:
        for part in _words(card.student.name):
            if len(part) >= 3:
                found.setdefault(part, set()).add(card.student.id)
    return found


def _remark_faults(
    card: ReportCard, author: str, text: str, names: dict[str, set[UUID]]
) -> list[tuple[CardFault, str, str]]:
    if not text.strip():
        return [(CardFault.REMARK_EMPTY, f"The {author}’s remark is empty.", "Write it, or ask for a draft.")]
    faults: list[tuple[CardFault, str, str]] = []
    capitals = {fold(word).removesuffix("'s") for word in re.findall(r"\b[^\W\d_a-z][^\W\d_]+(?:['’]s)?", text)}
    subjects = {part for subject in card.subjects for part in _words(subject.name)}
    strangers = [n for n in sorted(capitals) if n in names and card.student.id not in names[n] and n not in subjects]
    if strangers:
        whose = strangers[0].capitalize()
        faults.append(
            (
                CardFault.WRONG_NAME,
                f"The {author}’s remark names {whose}, who is somebody else.",
                f"Write about {given_name(card)}.",
            )
        )
    words, gender = set(_words(text)), (card.student.gender or "").casefold()
    wrong = words & (_MALE if gender == "female" else _FEMALE if gender == "male" else set())
    if wrong:
        faults.append(
            (
                CardFault.WRONG_PRONOUN,
                f"The {author}’s remark says “{sorted(wrong)[0]}” of a {gender} student.",
                "Change the pronoun.",
            )
        )
    low, average = fold(text), card.overall_average
    if average is not None and average < card.pass_percent and any(word in low for word in _PRAISE):
        faults.append(
            (CardFault.AT_ODDS, f"The {author}’s remark praises an average of {average:.1f}.", "Say what will help.")
        )
    if average is not None and average >= 70 and any(word in low for word in _BLAME):
        faults.append(
            (
                CardFault.AT_ODDS,
                f"The {author}’s remark finds fault with an average of {average:.1f}.",
                "Read it again.",
            )
        )
    return faults


def remark_faults(
    card: ReportCard, author: str, text: str, cards: Sequence[ReportCard]
) -> list[tuple[CardFault, str, str]]:
    """What is wrong with one remark: empty, a wrong name or pronoun, at odds with the grade."""
    return _remark_faults(card, author, text, _names(cards))


def _score_faults(card: ReportCard) -> list[tuple[CardFault, str, str]]:
    if all(subject.total is None for subject in card.subjects):
        return [(CardFault.NO_SCORES, "No score is recorded in any subject.", "Record scores, or leave the card out.")]
    faults: list[tuple[CardFault, str, str]] = []
    for subject in card.subjects:
        missing = [name for name, points in subject.assessments.items() if points is None]
        if not subject.assessments or len(missing) == len(subject.assessments):
            missing = ["score at all"]
        if missing:
            faults.append(
                (
                    CardFault.SCORE_MISSING,
                    f"{subject.name}: no {', '.join(missing)}.",
                    "Record it, or confirm it was not taken.",
                )
            )
    return faults


def _past_faults(data: ClassTerm, card: ReportCard) -> list[tuple[CardFault, str, str]]:
    """What is far from the student's own past: the average from earlier sessions' terms, a total from the session's earlier ones."""
    faults: list[tuple[CardFault, str, str]] = []
    before = marks.average([average for _, average in data.history.get(card.student.id, [])])
    now = card.overall_average
    if before is not None and now is not None and abs(now - before) >= FAR_AVERAGE:
        said = f"The average is {now:.0f} after {before:.0f} in earlier sessions."
        faults.append((CardFault.OUTLIER, said, "Look at the scores once more."))
    for subject in card.subjects:
        past = [
            total.percent
            for term in data.terms if term.number < data.term.number
            if (total := data.totals[term.id].get(card.student.id, {}).get(subject.id))
        ]  # fmt: skip
        mean = marks.average(past)
        if mean is None or subject.total is None or subject.incomplete or abs(subject.total - mean) < FAR:
            continue
        faults.append(
            (
                CardFault.OUTLIER,
                f"{subject.name}: {subject.total:.0f} after {mean:.0f} before.",
                "Check the points against the script.",
            )
        )
    return faults


def _class_findings(data: ClassTerm) -> list[Finding]:
    found: list[Finding] = []
    for subject in data.subjects:
        sheet = data.sheets.get(subject.id)
        if sheet is None:
            continue
        if sheet.state == "draft":
            found.append(Finding(student_id=None, student=data.class_arm.name, fault=CardFault.SHEET_NOT_READY,
                                 message=f"The {subject.name} sheet is still a draft.", fix="Its teacher submits it."))  # fmt: skip
        weight = sum((column.weight for column in data.components.get(sheet.scheme_id, [])), Decimal(0))
        if weight != 1:
            found.append(Finding(student_id=None, student=data.class_arm.name, fault=CardFault.TOTALS,
                                 message=f"The columns of {subject.name} count for {weight * 100:f} of 100.",
                                 fix="An administrator mends the assessment scheme."))  # fmt: skip
    return found


def check(data: ClassTerm, cards: Sequence[ReportCard]) -> list[Finding]:
    """Everything to look at before the cards of a class are approved: the class's sheets first, then by student."""
    names = _names(cards)
    found = _class_findings(data)
    for card in cards:
        faults = _score_faults(card)
        if faults and faults[0][0] is CardFault.NO_SCORES:
            said: list[tuple[Author | None, tuple[CardFault, str, str]]] = []
        else:
            by_teacher = _remark_faults(card, "class teacher", card.class_teacher_remark, names)
            by_principal = _remark_faults(card, "principal", card.principal_remark, names)
            said = [(Author.CLASS_TEACHER, each) for each in by_teacher]
            said += [(Author.PRINCIPAL, each) for each in by_principal]
        marked = [(None, each) for each in faults] + said + [(None, each) for each in _past_faults(data, card)]
        found.extend(
            Finding(
                student_id=card.student.id,
                student=card.student.name,
                fault=fault,
                message=message,
                fix=fix,
                author=author,
            )
            for author, (fault, message, fix) in marked
        )
    return found
