"""Who may see a report card: staff of the class, a guardian or the student once it is released."""

from uuid import UUID

from runtime.caller import Role
from runtime.errors import NotVisible
from runtime.transaction import Tx
from school import calendar, classes, report_cards, report_holds, report_options, report_sets, results, schools
from school.calendar import Term
from school.permissions import Permission
from school.report_contract import ReportCard
from school.results import NotReleased


class CardHeld(NotReleased):
    """The school keeps this card back until its bursar lifts the hold."""

    code = "card_held"


async def term_of(tx: Tx, term_id: UUID | None) -> Term:
    """The term asked for, or this one."""
    term = await calendar.current_term(tx) if term_id is None else await tx.session.get(Term, term_id)
    if term is None:
        raise NotVisible("There is no such term.")
    return term


async def newest_released(tx: Tx, student_id: UUID) -> Term | None:
    """The last term whose card of a student is released."""
    for term in reversed(await calendar.terms_in_order(tx)):
        if term.starts_on > tx.today:
            continue
        try:
            class_arm_id = await report_cards.class_of(tx, student_id, term)
        except NotVisible:
            continue
        if report_sets.is_released(tx, await report_sets.find(tx, class_arm_id, term.id)):
            return term
    return None


def outsider(tx: Tx) -> bool:
    """Whether the caller sees released cards alone."""
    return tx.caller.role in (Role.GUARDIAN, Role.STUDENT)


async def access_card(tx: Tx, student_id: UUID, term_id: UUID | None = None) -> ReportCard:
    """One student's card, if the caller may see it; a guardian who names no term gets the newest released.

    Errors: not_visible, not_allowed, not_released, card_held, pin_needed.
    """
    outside = outsider(tx)
    tx.require(Permission.RESULTS_READ if outside else Permission.REPORTS_READ)
    await results.access_student(tx, student_id)
    term = await term_of(tx, term_id)
    if outside and term_id is None:
        term = await newest_released(tx, student_id) or term
    class_arm_id = await report_cards.class_of(tx, student_id, term)
    if outside:
        await check_released(tx, student_id, class_arm_id, term)
    else:
        await classes.access_class(tx, class_arm_id, Permission.REPORTS_READ)
    return await report_cards.card(tx, student_id, term.id)


async def check_released(tx: Tx, student_id: UUID, class_arm_id: UUID, term: Term) -> None:
    """Raise unless guardians may see this student's card today. Errors: not_released, card_held."""
    label = await calendar.term_label(tx, term)
    if not report_sets.is_released(tx, await report_sets.find(tx, class_arm_id, term.id)):
        raise NotReleased(f"The report card for {label} is not released yet.")
    options = report_options.of(await schools.current(tx))
    if await report_holds.held(tx, options, term.id, [student_id]):
        raise CardHeld(f"The report card for {label} is held. Please speak to the school's bursar.")
