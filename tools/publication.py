"""A score sheet's way to guardians: submit, approve, publish, withdraw."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, Field

from runtime.transaction import Tx
from school import announcements, deliveries, schools, scores
from school.calendar import Term
from school.classes import ClassArm, Subject
from school.notifications import EventType
from school.permissions import Permission
from school.score_sheets import OpenSheet, SheetState
from school.scores import SheetResults
from tools.announce import add_announcement
from tools.declare import Effect, tool
from tools.present import Fact, Facts, number
from tools.refs import Ref
from tools.results import Done, Excluded, Preview, Result
from tools.scores import sheet_for

ReleaseOn = Annotated[date | None, Field(description="First day guardians may see it, YYYY-MM-DD; default now.")]


async def _approval_required(tx: Tx) -> bool:
    return bool((await schools.current(tx)).options.get("sheets_need_approval", False))


def _names(opened: OpenSheet) -> dict[str, str]:
    return {
        "class_arm": str(opened.class_arm.id), "subject": str(opened.subject.id), "term": str(opened.term.id),
    }  # fmt: skip


def _facts(found: SheetResults) -> Facts:
    return Facts(
        items=[
            Fact(label="Students with a score", value=found.scored, kind="number"),
            Fact(label="Students without a score", value=found.unscored, kind="number"),
            Fact(label="Class average", value=number(found.average), kind="number"),
        ]
    )


def _incomplete(found: SheetResults) -> list[str]:
    if not found.incomplete:
        return []
    return [f"{found.incomplete} students have a column missing; it counts as nothing in their total."]


async def _preview_publish(
    tx: Tx,
    *,
    class_arm: Ref[ClassArm],
    subject: Ref[Subject],
    term: Ref[Term] | None = None,
    release_on: ReleaseOn = None,
) -> Preview:
    opened = await sheet_for(tx, class_arm, subject, term, Permission.SCORES_PUBLISH)
    await scores.check_publishable(tx, opened, approval_required=await _approval_required(tx))
    found = await scores.sheet_results(tx, opened)
    when = f"from {release_on:%A %d %B %Y}" if release_on else "at once"
    preview = Preview(
        title=f"Publish {found.scored} scores: {opened.label}",
        summary=f"Guardians will see {found.scored} results {when}.",
        blocks=[_facts(found)], included=found.scored, warnings=_incomplete(found),
        state={"version": opened.sheet.version, "release_on": str(release_on)},
    )  # fmt: skip
    told = await announcements.scores_published(tx, opened.class_arm.id, opened.subject.id, opened.term.id)
    preview = await add_announcement(tx, preview, told)
    return preview.model_copy(update={"summary": f"{preview.summary} Told: {told.audience.summary()}."})


class Published(Result):
    """A sheet that became visible."""

    sheet_id: UUID
    label: str
    students: int
    published_at: AwareDatetime
    release_on: date | None
    told: dict[str, int] = Field(description="Guardians who are told, by channel.")

    def headline(self) -> str:
        when = f"Guardians see it from {self.release_on:%A %d %B %Y}." if self.release_on else ""
        people = sum(self.told.values())
        return f"Published: {self.label}, {self.students} scores. {when or f'{people} guardians are being told.'}"

    def next_questions(self) -> list[str]:
        return ["Who has not received the results?", "Undo the publication"]


@tool(
    permission=Permission.SCORES_PUBLISH,
    effect=Effect.SEND,
    rest="POST /api/v1/score-sheets/{class_arm}/{subject}/publication",
    says=(
        "Publish the JSS 2 Ruby mathematics scores",
        "Publish them",
        "Release the SS 1 Pearl physics results to parents",
        "Let the guardians of JSS 3 Opal see their English marks",
        "Publish JSS 2 Ruby maths, visible from Friday",
        "Send out the chemistry results of SS 2 Jade",
    ),
    errors=(scores.AlreadyPublished, scores.NoScores, scores.NotApproved),
    preview=_preview_publish,
)
async def publish_scores(
    tx: Tx,
    *,
    class_arm: Ref[ClassArm],
    subject: Ref[Subject],
    term: Ref[Term] | None = None,
    release_on: ReleaseOn = None,
) -> Published:
    """Publish one score sheet to students and guardians, who are told.

    Use when a teacher asks to release or publish results. To change a single score, use `set_score`.

    Shape:  one class arm, subject and term (default this term) -> one publication.
    Units:  students and guardians in persons; published_at in UTC.
    Errors: already_published, no_scores, not_approved.
    Source: tables score_sheets, scores, guardianships.
    """
    opened = await sheet_for(tx, class_arm, subject, term, Permission.SCORES_PUBLISH)
    told = await announcements.scores_published(tx, opened.class_arm.id, opened.subject.id, opened.term.id)
    done = await scores.publish(tx, opened, release_on=release_on, approval_required=await _approval_required(tx))
    tx.undo_with("withdraw_scores", "Messages already sent cannot be recalled.", **_names(opened))
    return Published(
        sheet_id=done.sheet_id, label=done.label, students=done.students, published_at=done.published_at,
        release_on=done.release_on, told={channel.value: n for channel, n in told.audience.counts().items()},
    )  # fmt: skip


async def _preview_withdraw(
    tx: Tx, *, class_arm: Ref[ClassArm], subject: Ref[Subject], term: Ref[Term] | None = None
) -> Preview:
    opened = await sheet_for(tx, class_arm, subject, term, Permission.SCORES_PUBLISH)
    if opened.sheet.state != SheetState.PUBLISHED:
        raise scores.NotPublished(f"{opened.label} is not published, so there is nothing to withdraw.")
    sent = await _sent(tx, opened)
    return Preview(
        title=f"Withdraw {opened.label}", summary="Guardians will no longer see these results.", included=1,
        warnings=[_recall(sent)] if sent else [], state={"version": opened.sheet.version},
    )  # fmt: skip


async def _sent(tx: Tx, opened: OpenSheet) -> int:
    """How many messages about this sheet have left already."""
    names = {"classArmId": opened.class_arm.id, "subjectId": opened.subject.id, "termId": opened.term.id}
    events = await deliveries.events_about(
        tx, EventType.SCORES_PUBLISHED.value, **{key: str(value) for key, value in names.items()}
    )
    states = await deliveries.sent_of(tx, events)
    return sum(states.get(state, 0) for state in deliveries.ACCEPTED)


def _recall(sent: int) -> str:
    return f"{sent} message{'s'[: sent != 1]} already sent cannot be recalled."


@tool(
    permission=Permission.SCORES_PUBLISH,
    effect=Effect.WRITE,
    rest="DELETE /api/v1/score-sheets/{class_arm}/{subject}/publication",
    says=("Withdraw the JSS 2 Ruby maths results", "Unpublish the physics scores of SS 1 Pearl",
          "Hide the English results of JSS 3 Opal from parents", "Take the published chemistry marks back"),
    errors=(scores.NotPublished,),
    preview=_preview_withdraw,
)  # fmt: skip
async def withdraw_scores(
    tx: Tx, *, class_arm: Ref[ClassArm], subject: Ref[Subject], term: Ref[Term] | None = None
) -> Done:
    """Withdraw a published score sheet: guardians no longer see it.

    Use when results were published by mistake or must be corrected. Messages already sent cannot be recalled.

    Shape:  one class arm, subject and term (default this term) -> one sheet withdrawn.
    Units:  one sheet.
    Errors: not_published.
    Source: table score_sheets.
    """
    opened = await sheet_for(tx, class_arm, subject, term, Permission.SCORES_PUBLISH)
    sent = await _sent(tx, opened)
    release_on = opened.sheet.release_on
    await scores.withdraw(tx, opened)
    again: dict[str, Any] = {**_names(opened), **({"release_on": str(release_on)} if release_on else {})}
    tx.undo_with("publish_scores", "Guardians would be told again.", **again)
    return Done(
        message=f"{opened.label} is withdrawn: guardians no longer see it.{f' {_recall(sent)}' if sent else ''}"
    )


async def _preview_submit(
    tx: Tx, *, class_arm: Ref[ClassArm], subject: Ref[Subject], term: Ref[Term] | None = None
) -> Preview:
    opened = await sheet_for(tx, class_arm, subject, term, Permission.SCORES_WRITE)
    if opened.sheet.state != SheetState.DRAFT:
        raise scores.WrongState(f"{opened.label} is {opened.sheet.state}, so it cannot be submitted again.")
    found = await scores.sheet_results(tx, opened)
    return Preview(
        title=f"Submit {opened.label}", summary="The head can approve it then.", blocks=[_facts(found)],
        included=found.scored, excluded=[Excluded(who=s.name, reason="no score") for s in found.students if s.total is None],
        warnings=_incomplete(found), state={"version": opened.sheet.version},
    )  # fmt: skip


@tool(
    permission=Permission.SCORES_WRITE,
    effect=Effect.WRITE,
    rest="POST /api/v1/score-sheets/{class_arm}/{subject}/submission",
    says=("Submit the JSS 2 Ruby maths scores to the head", "Hand in my physics sheet for SS 1 Pearl",
          "I am done with the English scores of JSS 3 Opal, submit them"),
    errors=(scores.NoScores, scores.WrongState),
    preview=_preview_submit,
)  # fmt: skip
async def submit_scores(
    tx: Tx, *, class_arm: Ref[ClassArm], subject: Ref[Subject], term: Ref[Term] | None = None
) -> Done:
    """Submit a draft score sheet to the head for approval.

    Use when a teacher has finished a sheet. To show results to guardians, use `publish_scores`.

    Shape:  one class arm, subject and term (default this term) -> one sheet submitted.
    Units:  one sheet.
    Errors: no_scores, wrong_state.
    Source: table score_sheets.
    """
    opened = await sheet_for(tx, class_arm, subject, term, Permission.SCORES_WRITE)
    await scores.submit(tx, opened)
    tx.undo_with("reopen_scores", **_names(opened))
    return Done(message=f"{opened.label} is submitted to the head.")


async def _preview_approve(
    tx: Tx, *, class_arm: Ref[ClassArm], subject: Ref[Subject], term: Ref[Term] | None = None
) -> Preview:
    opened = await sheet_for(tx, class_arm, subject, term, Permission.SCORES_APPROVE)
    if opened.sheet.state != SheetState.SUBMITTED:
        raise scores.WrongState(f"{opened.label} is {opened.sheet.state}: only a submitted sheet can be approved.")
    found = await scores.sheet_results(tx, opened)
    return Preview(
        title=f"Approve {opened.label}", summary="It can be published then.", blocks=[_facts(found)], included=found.scored,
        excluded=[Excluded(who=s.name, reason="no score") for s in found.students if s.total is None],
        warnings=_incomplete(found), state={"version": opened.sheet.version},
    )  # fmt: skip


@tool(
    permission=Permission.SCORES_APPROVE,
    effect=Effect.WRITE,
    rest="POST /api/v1/score-sheets/{class_arm}/{subject}/approval",
    says=("Approve the JSS 2 Ruby maths sheet", "The physics scores of SS 1 Pearl are fine, approve them",
          "Accept the submitted English scores of JSS 3 Opal"),
    errors=(scores.WrongState,),
    preview=_preview_approve,
)  # fmt: skip
async def approve_scores(
    tx: Tx, *, class_arm: Ref[ClassArm], subject: Ref[Subject], term: Ref[Term] | None = None
) -> Done:
    """Approve a submitted score sheet, as the head.

    Use when the head accepts what a teacher submitted.

    Shape:  one class arm, subject and term (default this term) -> one sheet approved.
    Units:  one sheet.
    Errors: wrong_state.
    Source: table score_sheets.
    """
    opened = await sheet_for(tx, class_arm, subject, term, Permission.SCORES_APPROVE)
    await scores.approve(tx, opened)
    tx.undo_with("reopen_scores", **_names(opened))
    return Done(message=f"{opened.label} is approved.")


@tool(permission=Permission.SCORES_WRITE, effect=Effect.WRITE, rest="POST /internal/reopen-scores", internal=True)
async def reopen_scores(tx: Tx, *, class_arm: Ref[ClassArm], subject: Ref[Subject], term: Ref[Term]) -> Done:
    """Put a submitted or approved sheet one step back. The inverse of submitting and approving."""
    opened = await sheet_for(tx, class_arm, subject, term, Permission.SCORES_WRITE)
    await scores.reopen(tx, opened)
    return Done(message=f"{opened.label} is {opened.sheet.state} again.")
