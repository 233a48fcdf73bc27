"""Remarks drafted by rule from a student's own card: true sentences about scores, trend and attendance, in turn."""

import hashlib
from decimal import Decimal

from school import marks
from school.report_contract import CardSubject, ReportCard

CLEAR_CHANGE = Decimal(3)
"""Percent points between two terms below which a change is not spoken of."""
GOOD_ATTENDANCE, POOR_ATTENDANCE = Decimal(95), Decimal(80)


def pronouns(gender: str | None, given: str) -> tuple[str, str, str]:
    """(subject, object, possessive), by the record's gender; the given name where there is none."""
    match (gender or "").casefold():
        case "female":
            return "she", "her", "her"
        case "male":
            return "he", "him", "his"
        case _:
            return given, given, f"{given}’s"


def given_name(card: ReportCard) -> str:
    """The name a student is spoken of by: registers put the family name first."""
    parts = card.student.name.split()
    return parts[1] if len(parts) > 1 else parts[0]


def _pick(card: ReportCard, salt: str, choices: tuple[str, ...]) -> str:
    """One of several ways to say the same: another student gets another, the same student the same again."""
    digest = hashlib.sha256(card.student.id.bytes + card.term_id.bytes + salt.encode()).digest()
    return choices[digest[0] % len(choices)]


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _scored(card: ReportCard) -> list[CardSubject]:
    return sorted((s for s in card.subjects if s.total is not None), key=lambda s: (-(s.total or 0), s.name))


def change(card: ReportCard) -> Decimal | None:
    """How the average moved since the term before, percent points; null when there is no term before."""
    return (
        card.trend[-1].average - card.trend[-2].average
        if len(card.trend) > 1 and card.overall_average is not None
        else None
    )


def class_teacher(card: ReportCard) -> str:
    """Two or three sentences: standing, what moved, what to work at."""
    name = given_name(card)
    they, them, their = pronouns(card.student.gender, name)
    average, scored = card.overall_average, _scored(card)
    if average is None:
        return f"No scores of {name} are recorded this term."
    failing = [s for s in reversed(scored) if s.total is not None and s.total < card.pass_percent]
    said = [_standing(card, name, their, average, scored), _movement(card, they, their)]
    if failing:
        names = " and ".join(s.name for s in failing[:2])
        said.append(_pick(card, "fail", (
            f"{names} {'needs' if len(failing[:2]) == 1 else 'need'} extra work now.",
            f"In {names} {they} is below the pass mark, and help is there.",
            f"We would like to see {them} practise {names} every week.",
        )))  # fmt: skip
    elif len(scored) > 1 and (scored[0].total or 0) - (scored[-1].total or 0) >= 10:
        said.append(_pick(card, "weak", (
            f"A little more time on {scored[-1].name} would lift {their} average further.",
            f"{scored[-1].name} is where {they} can still gain most.",
            f"Next term, {scored[-1].name} deserves {their} attention.",
        )))  # fmt: skip
    return " ".join(filter(None, [*said[:3], _attendance(card, their)]))


def _standing(card: ReportCard, name: str, their: str, average: Decimal, scored: list[CardSubject]) -> str:
    best = scored[0].name
    if average >= 70:
        return _pick(card, "top", (
            f"{name} has had an excellent term, with {best} {their} strongest subject.",
            f"An excellent result: {name} averages {average:.1f}, and leads with {best}.",
            f"{name}’s work this term was excellent, above all in {best}.",
        ))  # fmt: skip
    if average >= 60:
        return _pick(card, "high", (
            f"{name} works well and averages {average:.1f}, best in {best}.",
            f"A very good term for {name}, with {best} at the top.",
            f"{name} has done very well, particularly in {best}.",
        ))  # fmt: skip
    if average >= 50:
        return _pick(card, "mid", (
            f"A good term for {name}, whose strongest subject is {best}.",
            f"{name} averages {average:.1f}, a good result, with {best} in the lead.",
            f"{name} has made a good effort; {best} shows what is possible.",
        ))  # fmt: skip
    if average >= card.pass_percent:
        return _pick(card, "low", (
            f"{name} has passed with {average:.1f}; {best} is the strongest subject.",
            f"A fair term: {name} averages {average:.1f} and is best in {best}.",
            f"{name} has got through the term; the effort seen in {best} is wanted everywhere.",
        ))  # fmt: skip
    return _pick(card, "fail-all", (
        f"{name} averages {average:.1f}, below the pass mark; {best} is the strongest subject to build on.",
        f"This was a hard term for {name}, with an average of {average:.1f}.",
        f"{name} needs our help and yours: the average is {average:.1f}.",
    ))  # fmt: skip


def _movement(card: ReportCard, they: str, their: str) -> str:
    moved = change(card)
    if moved is None or abs(moved) < CLEAR_CHANGE:
        return ""
    if moved > 0:
        return _pick(card, "up", (
            f"{_upper(their)} average rose by {moved:.1f} since last term.",
            f"That is {moved:.1f} more than last term.",
            f"Since last term {they} gained {moved:.1f}.",
        ))  # fmt: skip
    return _pick(card, "down", (
        f"{_upper(their)} average fell by {-moved:.1f} since last term.",
        f"That is {-moved:.1f} less than last term, and we want to know why.",
        f"Since last term {they} lost {-moved:.1f}.",
    ))  # fmt: skip


def _attendance(card: ReportCard, their: str) -> str:
    rate, days = card.attendance.rate, card.attendance.total_days
    if rate is None or days < 10:
        return ""
    if rate < POOR_ATTENDANCE:
        missed = days - card.attendance.days_present
        return f"{_upper(their)} {missed} missed days show in the results."
    if rate >= GOOD_ATTENDANCE:
        return _pick(card, "present", (f"{_upper(their)} attendance is exemplary.", "", ""))
    return ""


def principal(card: ReportCard) -> str:
    """One or two sentences from the principal's distance: grade, promotion, encouragement."""
    name, average = given_name(card), card.overall_average
    if average is None:
        return ""
    if card.promotion is not None:
        decided = {
            "promoted": f"{name} is promoted. Congratulations.",
            "promoted_on_trial": f"{name} is promoted on trial and must improve in the new class.",
            "repeat": f"{name} will repeat the class; we shall plan the year together.",
        }
        return decided[card.promotion.decision]
    if average >= 70:
        return _pick(
            card, "p-top", ("An outstanding result. Keep it up.", "Excellent. Well done.", "A result to be proud of.")
        )
    if average >= 60:
        return _pick(
            card,
            "p-high",
            (
                "A very good result. Aim higher still.",
                "Very good. Keep working.",
                "Well done; the top is within reach.",
            ),
        )
    if average >= 50:
        return _pick(
            card, "p-mid", ("A good result. More is possible.", "Good. Keep improving.", "A sound term; build on it.")
        )
    if average >= card.pass_percent:
        return _pick(
            card,
            "p-low",
            ("A fair result. Work harder next term.", "Passed, with room to grow.", "More effort is needed next term."),
        )
    return _pick(card, "p-fail", (
        "Below the pass mark. Please come and see us.", "This result calls for serious work and our support.",
        "We must act together to help next term.",
    ))  # fmt: skip


def subject_teacher(card: ReportCard, subject: CardSubject) -> str:
    """A few words on one subject: the total, its place against the class, what is missing."""
    if subject.total is None:
        return ""
    missing = [name for name, points in subject.assessments.items() if points is None]
    if missing:
        return f"No {' and '.join(missing)} score."
    above = subject.total - subject.class_average if subject.class_average is not None else Decimal(0)
    if subject.position == 1 and subject.out_of > 1:
        return "First in the class."
    if subject.total >= 70:
        return "Excellent work."
    if subject.total < card.pass_percent:
        return "Below the pass mark; needs extra help."
    if above >= 10:
        return f"Well above the class average, by {marks.to_hundredth(above):.0f}."
    return "Good work." if above >= 0 else "Can do better with more practice."
