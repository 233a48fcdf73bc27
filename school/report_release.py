"""Releasing the cards of a class: who is told, each guardian with links to their own children's cards alone."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from runtime.transaction import Tx
from school import (
    announcements,
    calendar,
    report_cards,
    report_holds,
    report_links,
    report_options,
    report_sets,
    schools,
)
from school.announcements import Announcement
from school.audience import Recipient
from school.calendar import Term
from school.classes import ClassArm
from school.messages import Facts
from school.report_contract import ReportCard
from school.report_sets import ReportSet

SAMPLE_LINK = "0" * 20
"""Stands for the token in a preview: as long as a real one."""
FETCHED_WITHIN = timedelta(days=2)
"""How long a messaging network may fetch the file it hands over: quiet hours and retries lie within."""


async def releasable(
    tx: Tx, class_arm: ClassArm, term: Term
) -> tuple[list[ReportCard], dict[UUID, str], list[ReportCard]]:
    """The cards that go out, the students on hold with the reason, and the cards without any score."""
    cards = await report_cards.cards(tx, class_arm.id, term.id)
    options = report_options.of(await schools.current(tx))
    held = await report_holds.held(tx, options, term.id, [card.student.id for card in cards])
    empty = [card for card in cards if card.overall_average is None]
    skipped = set(held) | {card.student.id for card in empty}
    return [card for card in cards if card.student.id not in skipped], held, empty


async def announcement(
    tx: Tx, term: Term, student_ids: Sequence[UUID], *, class_arm_id: UUID, links: bool
) -> Announcement:
    """What guardians are told. `links` makes real ones; without it the sample stands in, for a preview."""
    label = await calendar.term_label(tx, term)
    told = await announcements.report_ready(tx, student_ids, label)
    slug = (await schools.current(tx)).slug
    children = {r.person_id: [about.student_id for about in r.about] for r in told.audience.included}
    children |= {
        left.person_id: [about.student_id for about in left.about]
        for left in told.audience.excluded
        if left.person_id is not None and left.in_app
    }
    made = await report_links.make_links(tx, slug, term.id, children) if links else {}
    sample = f"{report_links.site()}/r/{slug}/{SAMPLE_LINK}"

    def special(recipient: Recipient) -> Facts:
        return {"link": " ".join(made.get(recipient.person_id, []) if links else [sample] * len(recipient.about))}

    def document(recipient: Recipient) -> dict[str, str] | None:
        """One child's card as a file; a message about several carries their links. Networks fetch over TLS alone."""
        if not links or len(recipient.about) != 1 or not report_links.site().startswith("https://"):
            return None
        [about] = recipient.about
        path = report_links.card_path(tx.school_id, about.student_id, term.id, tx.now + FETCHED_WITHIN, released=True)
        return {"link": report_links.site() + path, "filename": f"{about.full_name}, report card.pdf"}

    return Announcement(
        told.event_type, told.audience, told.facts, {"classArmId": str(class_arm_id), "termId": str(term.id)}, told.priority,
        special, document,
    )  # fmt: skip


async def release(
    tx: Tx, class_arm: ClassArm, term: Term, found: ReportSet, release_on: date | None
) -> list[ReportCard]:
    """Let guardians see the cards, now or from a day on. Errors: those of `report_sets.check_releasable`."""
    options = report_options.of(await schools.current(tx))
    label = f"{class_arm.name}, {await calendar.term_label(tx, term)}"
    report_sets.check_releasable(tx, found, options, label, release_on)
    cards, _, _ = await releasable(tx, class_arm, term)
    await report_links.issue(tx, cards)
    student_ids = [card.student.id for card in cards]
    await report_sets.release(tx, class_arm, await calendar.term_label(tx, term), found, student_ids, release_on)
    return cards


async def release_due(tx: Tx) -> int:
    """Announce the released cards whose date has come; the schedule calls it. Returns how many classes."""
    query = select(ReportSet).where(
        ReportSet.released_at.is_not(None), ReportSet.announced_at.is_(None), ReportSet.release_on <= tx.today
    )
    due = list(await tx.session.scalars(query.with_for_update(skip_locked=True)))
    for found in due:
        class_arm = await tx.session.get_one(ClassArm, found.class_arm_id)
        term = await tx.session.get_one(Term, found.term_id)
        cards, _, _ = await releasable(tx, class_arm, term)
        name = await calendar.term_label(tx, term)
        report_sets.announce(tx, class_arm, name, found, [card.student.id for card in cards])
    await tx.session.flush()
    return len(due)
