"""Report cards kept back for fees: the bursar puts a student on hold, and lifts it."""

from typing import Annotated

from pydantic import Field

from runtime.errors import Conflict
from runtime.transaction import Tx
from school import calendar, report_access, report_holds, report_options, schools
from school.calendar import Term
from school.people import Student
from school.permissions import Permission
from school.report_holds import Held
from tools.declare import Effect, tool
from tools.present import Block, Column, Notice, Table
from tools.refs import Ref
from tools.reports import TermGiven
from tools.results import Done, Preview, Result

Reason = Annotated[str, Field(max_length=200, description="Why, for staff; guardians are asked to see the bursar.")]
OFF = "The school's fee hold is off, so the card is released all the same. The head turns it on in the options."


class NotOnHold(Conflict):
    """There is no hold to lift."""

    code = "not_on_hold"


class HoldList(Result):
    """The students whose cards are on hold."""

    label: str
    active: bool
    items: list[Held]

    def headline(self) -> str:
        count = f"{len(self.items)} report card{'s'[: len(self.items) != 1]} on hold"
        return f"{self.label}: {count}." + ("" if self.active else " The school's fee hold is off: all are released.")

    def blocks(self) -> list[Block]:
        columns = [Column(key="name", label="Student", kind="person"), Column(key="no", label="Admission no."),
                   Column(key="reason", label="Reason")]  # fmt: skip
        rows = [{"name": held.student, "no": held.student_no, "reason": held.reason} for held in self.items]
        return [Table(title="Cards on hold", columns=columns, rows=rows)] if rows else []


@tool(
    permission=Permission.FEES_READ,
    effect=Effect.READ,
    rest="GET /api/reports/holds",
    says=("Whose report cards are on hold?", "Which students' cards are held for fees?", "List the report card holds"),
)
async def find_report_holds(tx: Tx, *, term: TermGiven = None) -> HoldList:
    """Find the students whose report cards are on hold for fees in a term.

    Use when the bursar or head asks which cards are kept back. To place one use `set_report_hold`.

    Shape:  a term (default this one) -> one row a student.
    Units:  students.
    Errors: those of any read.
    Source: table report_holds.
    """
    chosen = await report_access.term_of(tx, term.id if term else None)
    active = report_options.of(await schools.current(tx)).hold_for_fees
    items = await report_holds.on_hold(tx, chosen.id)
    return HoldList(label=await calendar.term_label(tx, chosen), active=active, items=items)


async def _stood(tx: Tx, student: Ref[Student], term: Ref[Term] | None) -> tuple[Term, str, bool, str | None]:
    tx.require(Permission.FEES_WRITE)
    chosen = await report_access.term_of(tx, term.id if term else None)
    active = report_options.of(await schools.current(tx)).hold_for_fees
    stood = {held.student_id: held.reason for held in await report_holds.on_hold(tx, chosen.id)}
    return chosen, await calendar.term_label(tx, chosen), active, stood.get(student.id)


async def _preview_hold(tx: Tx, *, student: Ref[Student], reason: Reason = "", term: TermGiven = None) -> Preview:
    _, label, active, stood = await _stood(tx, student, term)
    return Preview(
        title=f"Hold the report card of {student.label}", included=1, blocks=[] if active else [Notice(tone="warning", text=OFF)],
        summary=f"{label}: guardians do not see it and are asked to speak to the bursar.", state={"stood": stood},
    )  # fmt: skip


@tool(
    permission=Permission.FEES_WRITE,
    effect=Effect.WRITE,
    rest="PUT /api/reports/holds/{student}",
    says=("Hold Ada's report card until the fees are paid", "Put Tunde's report card on hold",
          "Keep Zainab's report card back, she owes fees"),
    preview=_preview_hold,
)  # fmt: skip
async def set_report_hold(tx: Tx, *, student: Ref[Student], reason: Reason = "", term: TermGiven = None) -> Done:
    """Keep one student's report card back from guardians until fees are settled.

    Use when the bursar holds a card. It works while the school's fee hold is on. To lift it use `remove_report_hold`.

    Shape:  one student and term (default this term) -> one hold.
    Units:  one card.
    Errors: those of any change.
    Source: table report_holds.
    """
    chosen, label, active, _ = await _stood(tx, student, term)
    before = await report_holds.hold(tx, student.id, chosen.id, reason)
    names = {"student": str(student.id), "term": str(chosen.id)}
    if before is None:
        tx.undo_with("remove_report_hold", **names)
    else:
        tx.undo_with("set_report_hold", reason=before, **names)
    return Done(message=f"{student.label}: the report card for {label} is on hold." + ("" if active else f" {OFF}"))


async def _preview_lift(tx: Tx, *, student: Ref[Student], term: TermGiven = None) -> Preview:
    _, label, _, stood = await _stood(tx, student, term)
    if stood is None:
        raise NotOnHold(f"The report card of {student.label} for {label} is not on hold.")
    return Preview(
        title=f"Release the report card of {student.label} from its hold", included=1,
        summary=f"{label}: guardians see it once the class's cards are released.", state={"stood": stood},
    )  # fmt: skip


@tool(
    permission=Permission.FEES_WRITE,
    effect=Effect.WRITE,
    rest="DELETE /api/reports/holds/{student}",
    says=("Lift the hold on Ada's report card", "Tunde's fees are paid, let the report card go",
          "Remove the hold from Zainab's report card"),
    errors=(NotOnHold,),
    preview=_preview_lift,
)  # fmt: skip
async def remove_report_hold(tx: Tx, *, student: Ref[Student], term: TermGiven = None) -> Done:
    """Lift the hold on one student's report card, so that guardians may see it.

    Use when fees are settled. To place a hold use `set_report_hold`.

    Shape:  one student and term (default this term) -> no hold.
    Units:  one card.
    Errors: not_on_hold.
    Source: table report_holds.
    """
    chosen, label, _, stood = await _stood(tx, student, term)
    if stood is None:
        raise NotOnHold(f"The report card of {student.label} for {label} is not on hold.")
    await report_holds.hold(tx, student.id, chosen.id, None)
    tx.undo_with("set_report_hold", reason=stood, student=str(student.id), term=str(chosen.id))
    return Done(message=f"{student.label}: the hold on the report card for {label} is lifted.")
