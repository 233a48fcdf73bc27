"""Report cards on their way to guardians: released, at once or by date, and taken back."""

from datetime import date
from typing import Annotated

from pydantic import Field

from runtime.transaction import Tx
from school import report_data, report_options, report_release, report_sets, schools
from school.classes import ClassArm
from school.permissions import Permission
from tools.announce import add_announcement
from tools.declare import Effect, tool
from tools.refs import Ref
from tools.report_review import class_term
from tools.reports import TermGiven
from tools.results import Done, Excluded, Preview

ReleaseOn = Annotated[date | None, Field(description="First day guardians may see them, YYYY-MM-DD; default now.")]


async def _preview_release(
    tx: Tx, *, class_arm: Ref[ClassArm], term: TermGiven = None, release_on: ReleaseOn = None
) -> Preview:
    arm, chosen, label = await class_term(tx, class_arm, term, Permission.REPORTS_RELEASE)
    kept = await report_sets.find(tx, arm.id, chosen.id)
    report_sets.check_releasable(tx, kept, report_options.of(await schools.current(tx)), label, release_on)
    cards, held, empty = await report_release.releasable(tx, arm, chosen)
    names = {
        person.student.id: person.person.full_name
        for person in (await report_data.gather(tx, arm.id, chosen.id, [])).pupils.values()
    }
    left = [Excluded(who=names[key], reason=f"on hold{f': {why}' if why else ''}") for key, why in held.items()]
    left += [Excluded(who=card.student.name, reason="no scores") for card in empty]
    when = f"from {release_on:%A %d %B %Y}" if release_on else "at once"
    preview = Preview(
        title=f"Release {len(cards)} report cards: {label}", summary=f"Guardians see their own child's card {when}.",
        included=len(cards), excluded=left, state={"version": kept.version, "release_on": str(release_on)},
    )  # fmt: skip
    ids = [card.student.id for card in cards]
    return await add_announcement(
        tx, preview, await report_release.announcement(tx, chosen, ids, class_arm_id=arm.id, links=False)
    )


@tool(
    permission=Permission.REPORTS_RELEASE,
    effect=Effect.SEND,
    rest="POST /api/reports/releases/{class_arm}",
    says=("Send the report cards of JSS 2 Ruby to the parents", "Send them to the parents",
          "Release the SS 1 Pearl report cards on Friday", "Let guardians see the report sheets of JSS 3 Opal"),
    errors=(report_sets.AlreadyReleased, report_sets.NotApprovedYet),
    preview=_preview_release,
)  # fmt: skip
async def release_report_cards(
    tx: Tx, *, class_arm: Ref[ClassArm], term: TermGiven = None, release_on: ReleaseOn = None
) -> Done:
    """Release a class's approved report cards: each guardian gets their child's.

    Use when the head lets guardians see the cards. To make PDF files for printing use `generate_report_cards`.

    Shape:  one class arm and term (default this term) -> one card a student with scores who is not on hold.
    Units:  cards; links work for 30 days.
    Errors: reports_already_released, reports_not_approved.
    Source: tables report_sets, guardianships.
    """
    arm, chosen, label = await class_term(tx, class_arm, term, Permission.REPORTS_RELEASE)
    kept = await report_sets.find(tx, arm.id, chosen.id, lock=True)
    cards = await report_release.release(tx, arm, chosen, kept, release_on)
    tx.undo_with(
        "withdraw_report_cards", "Messages already sent cannot be recalled.", class_arm=str(arm.id), term=str(chosen.id)
    )
    when = f"Guardians see them from {release_on:%A %d %B %Y}." if release_on else "Guardians are being told."
    return Done(message=f"{label}: {len(cards)} report cards are released. {when}")


async def _preview_withdraw(tx: Tx, *, class_arm: Ref[ClassArm], term: TermGiven = None) -> Preview:
    arm, chosen, label = await class_term(tx, class_arm, term, Permission.REPORTS_RELEASE)
    kept = await report_sets.find(tx, arm.id, chosen.id)
    if kept.released_at is None:
        raise report_sets.NotReleasedYet(f"The report cards of {label} are not released.")
    return Preview(title=f"Take back the report cards of {label}", summary="Guardians no longer see them; links stop working.",
                   included=1, warnings=["Messages already sent cannot be recalled."], state={"version": kept.version})  # fmt: skip


@tool(
    permission=Permission.REPORTS_RELEASE,
    effect=Effect.WRITE,
    rest="DELETE /api/reports/releases/{class_arm}",
    says=("Take the report cards of JSS 2 Ruby back", "Hide the SS 1 Pearl report cards from parents",
          "Unrelease the report sheets of JSS 3 Opal"),
    errors=(report_sets.NotReleasedYet,),
    preview=_preview_withdraw,
)  # fmt: skip
async def withdraw_report_cards(tx: Tx, *, class_arm: Ref[ClassArm], term: TermGiven = None) -> Done:
    """Take a class's released report cards back: guardians no longer see them.

    Use when cards were released by mistake or must be mended. Messages already sent cannot be recalled.

    Shape:  one class arm and term (default this term) -> one set hidden.
    Units:  one set of cards.
    Errors: reports_not_released.
    Source: table report_sets.
    """
    arm, chosen, label = await class_term(tx, class_arm, term, Permission.REPORTS_RELEASE)
    kept = await report_sets.find(tx, arm.id, chosen.id, lock=True)
    release_on = kept.release_on
    await report_sets.take_back(tx, kept, label)
    again = {"class_arm": str(arm.id), "term": str(chosen.id)} | ({"release_on": str(release_on)} if release_on else {})
    tx.undo_with("release_report_cards", "Guardians would be told again.", **again)
    return Done(message=f"{label}: the report cards are taken back; guardians no longer see them.")
