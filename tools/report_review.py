"""Report cards before they go out: checked, approved, returned to be mended."""

from typing import Annotated, Any

from pydantic import Field

from runtime.transaction import Tx
from school import (
    calendar,
    report_access,
    report_cards,
    report_checks,
    report_data,
    report_sets,
)
from school import report_options as options_of
from school.calendar import Term
from school.classes import ClassArm
from school.permissions import Permission
from school.report_checks import Finding
from school.report_contract import ReportCard
from school.report_data import ClassTerm
from school.report_options import STEP_WORDS
from tools.declare import Effect, tool
from tools.present import Block, Errors, Fault
from tools.refs import Ref
from tools.reports import TermGiven
from tools.results import Done, Preview, Result


async def class_term(
    tx: Tx, class_arm: Ref[ClassArm], term: Ref[Term] | None, permission: Permission
) -> tuple[ClassArm, Term, str]:
    arm = await report_sets.access_class_reports(tx, class_arm.id, permission)
    chosen = await report_access.term_of(tx, term.id if term else None)
    return arm, chosen, f"{arm.name}, {await calendar.term_label(tx, chosen)}"


async def _checked(tx: Tx, arm: ClassArm, term: Term) -> tuple[ClassTerm, list[ReportCard], list[Finding]]:
    data = await report_data.gather(tx, arm.id, term.id)
    standings = report_cards.Standings(data)
    cards = [report_cards.build(data, key, standings) for key in data.pupils]
    return data, cards, report_checks.check(data, cards)


def _errors(found: list[Finding]) -> list[Block]:
    if not found:
        return []
    items = [Fault(where=f.student, what=f.message, fix=f.fix) for f in found[:200]]
    return [Errors(title=f"{len(found)} things to look at", items=items)]


class Checked(Result):
    """What the proof-reader found on the cards of a class."""

    label: str
    cards: int
    next_step: str | None
    findings: list[Finding]

    def headline(self) -> str:
        found = f"{len(self.findings)} things to look at" if self.findings else "nothing to mend"
        due = f" The next approval is the {self.next_step}'s." if self.next_step else " They are approved."
        return f"Report cards of {self.label}: {self.cards} cards, {found}.{due}"

    def blocks(self) -> list[Block]:
        return _errors(self.findings)


@tool(
    permission=Permission.REPORTS_READ,
    effect=Effect.READ,
    rest="GET /api/reports/checks/{class_arm}",
    says=("Are the report cards of JSS 2 Ruby ready?", "Check the report cards of my class",
          "What is missing on the report cards of SS 1 Pearl?", "Proof-read the JSS 3 Opal report sheets"),
)  # fmt: skip
async def check_report_cards(tx: Tx, *, class_arm: Ref[ClassArm], term: TermGiven = None) -> Checked:
    """Check a class's report cards: missing scores, wrong names, odd remarks.

    Use when somebody asks whether cards are ready, or before approving them with `approve_report_cards`.

    Shape:  one class arm and term (default this term) -> one finding for each fault.
    Units:  cards and findings.
    Errors: those of any read.
    Source: tables scores, score_sheets, remarks, enrolments.
    """
    arm, chosen, label = await class_term(tx, class_arm, term, Permission.REPORTS_READ)
    data, cards, found = await _checked(tx, arm, chosen)
    due = report_sets.next_step(await report_sets.find(tx, arm.id, chosen.id), data.options)
    return Checked(label=label, cards=len(cards), next_step=STEP_WORDS[due] if due else None, findings=found)


async def _preview_approve(tx: Tx, *, class_arm: Ref[ClassArm], term: TermGiven = None) -> Preview:
    arm, chosen, label = await class_term(tx, class_arm, term, Permission.REPORTS_WRITE)
    data, cards, found = await _checked(tx, arm, chosen)
    kept = await report_sets.find(tx, arm.id, chosen.id)
    due = report_sets.next_step(kept, data.options)
    if due is None:
        raise report_sets.WrongStep(f"The report cards of {label} are already approved.")
    return Preview(
        title=f"Approve {len(cards)} report cards as the {STEP_WORDS[due]}", summary=f"{label}.", blocks=_errors(found),
        included=len(cards), warnings=[f"{len(found)} things were found; approving accepts them."] if found else [],
        state={"version": kept.version, "step": due.value},
    )  # fmt: skip


@tool(
    permission=Permission.REPORTS_WRITE,
    effect=Effect.WRITE,
    rest="POST /api/reports/approvals/{class_arm}",
    says=("Approve the report cards of JSS 2 Ruby", "The report cards of my class are fine",
          "Sign off the SS 1 Pearl report sheets"),
    errors=(report_sets.WrongStep,),
    preview=_preview_approve,
)  # fmt: skip
async def approve_report_cards(tx: Tx, *, class_arm: Ref[ClassArm], term: TermGiven = None) -> Done:
    """Approve a class's report cards: the step of the school's chain that is due.

    Use when the class teacher, head or principal signs cards off. To let guardians see them use `release_report_cards`.

    Shape:  one class arm and term (default this term) -> one step taken.
    Units:  one set of cards.
    Errors: wrong_step.
    Source: table report_sets.
    """
    arm, chosen, label = await class_term(tx, class_arm, term, Permission.REPORTS_WRITE)
    data, _, found = await _checked(tx, arm, chosen)
    kept = await report_sets.find(tx, arm.id, chosen.id, lock=True)
    step = await report_sets.approve(tx, arm, kept, data.options, len(found))
    tx.undo_with("reopen_report_cards", class_arm=str(arm.id), term=str(chosen.id))
    due = report_sets.next_step(kept, data.options)
    return Done(
        message=f"{label}: approved as {STEP_WORDS[step]}. {f'Next: the {STEP_WORDS[due]}.' if due else 'They can be released.'}"
    )


@tool(
    permission=Permission.REPORTS_WRITE, effect=Effect.WRITE, rest="POST /internal/reopen-report-cards", internal=True
)
async def reopen_report_cards(tx: Tx, *, class_arm: Ref[ClassArm], term: Ref[Term]) -> Done:
    """Take the approvals of a class's cards back. The inverse of approving."""
    arm, chosen, label = await class_term(tx, class_arm, term, Permission.REPORTS_WRITE)
    await report_sets.send_back(tx, await report_sets.find(tx, arm.id, chosen.id, lock=True), label)
    return Done(message=f"{label}: the approvals are taken back.")


ReturnReason = Annotated[str, Field(min_length=3, max_length=300, description="What is to be mended.")]


async def _preview_unlock(tx: Tx, *, class_arm: Ref[ClassArm], reason: ReturnReason, term: TermGiven = None) -> Preview:
    arm, chosen, label = await class_term(tx, class_arm, term, Permission.REPORTS_WRITE)
    kept = await report_sets.find(tx, arm.id, chosen.id)
    report_sets.check_returnable(tx, kept, label)
    given = ", ".join(f"{STEP_WORDS[options_of.Step(e['step'])]} ({e['name']})" for e in kept.approvals)
    return Preview(
        title=f"Return the report cards of {label}", included=1, state={"version": kept.version},
        summary=f"Approvals taken back: {given}. Remarks can be changed again.",
    )  # fmt: skip


@tool(
    permission=Permission.REPORTS_WRITE,
    effect=Effect.WRITE,
    rest="POST /api/reports/approvals/{class_arm}/return",
    says=("Return the report cards of JSS 2 Ruby, two remarks are too short", "Send the SS 1 Pearl cards back to the teacher",
          "Reject the report cards of JSS 3 Opal: Musa's total is wrong"),
    errors=(report_sets.AlreadyReleased, report_sets.WrongStep),
    preview=_preview_unlock,
)  # fmt: skip
async def unlock_report_cards(
    tx: Tx, *, class_arm: Ref[ClassArm], reason: ReturnReason, term: TermGiven = None
) -> Done:
    """Return a class's approved report cards to be mended, with the reason.

    Use when the head or principal sends cards back. Released ones are taken back first with `withdraw_report_cards`.

    Shape:  one class arm and term (default this term), a reason -> the chain begins again.
    Units:  one set of cards.
    Errors: reports_already_released, wrong_step.
    Source: table report_sets.
    """
    arm, chosen, label = await class_term(tx, class_arm, term, Permission.REPORTS_WRITE)
    kept = await report_sets.find(tx, arm.id, chosen.id, lock=True)
    before = await report_sets.send_back(tx, kept, label, reason)
    tx.undo_with("restore_report_approvals", class_arm=str(arm.id), term=str(chosen.id), approvals=before)
    return Done(message=f"{label}: the cards are returned. {reason}")


@tool(
    permission=Permission.REPORTS_WRITE, effect=Effect.WRITE, rest="POST /internal/restore-report-approvals", internal=True
)  # fmt: skip
async def restore_report_approvals(
    tx: Tx, *, class_arm: Ref[ClassArm], term: Ref[Term], approvals: list[dict[str, Any]]
) -> Done:
    """Put approvals back to what they were. The inverse of returning."""
    arm, chosen, label = await class_term(tx, class_arm, term, Permission.REPORTS_WRITE)
    await report_sets.put_back(tx, await report_sets.find(tx, arm.id, chosen.id, lock=True), approvals)
    return Done(message=f"{label}: the approvals are back.")
