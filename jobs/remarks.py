"""Remarks drafted by a hosted model outside any transaction, checked against the card, kept where nothing was written."""

from typing import Any
from uuid import UUID

from agent import remarks as model
from jobs.runs import RunningRun, kind
from runtime.transaction import transaction
from school import remark_runs, report_cards, report_options, report_sets, schools
from school.remarks import Author, Origin, Words


@kind(remark_runs.KIND)
async def draft_remarks(run: RunningRun) -> dict[str, Any]:
    """Ask for each card that lacks a remark; what is unsupported is replaced by the composed remark."""
    class_arm_id, term_id = UUID(run.payload["classArmId"]), UUID(run.payload["termId"])
    async with transaction(run.caller, read_only=True) as tx:
        cards = await report_cards.cards(tx, class_arm_id, term_id)
        subjects = await remark_runs.subject_names(tx)
    wanted = [card for card in cards if remark_runs.empty(card)]
    await run.report(done=0, total=len(wanted), message="Asking the model")
    counts = {Origin.MODEL: 0, Origin.RULE: 0}
    reasons: dict[str, int] = {}
    async for draft in model.draft(run.caller, wanted):
        given: list[Words] = []
        for author in remark_runs.empty(draft.card):
            words = draft.words
            text = (words.class_teacher if author is Author.CLASS_TEACHER else words.principal) if words else None
            one, why = remark_runs.chosen(draft.card, author, text, cards, subjects)
            given.append(one)
            if why:
                reasons[why] = reasons.get(why, 0) + 1
        async with transaction(run.caller) as tx:
            options = report_options.of(await schools.current(tx))
            report_sets.check_open(await report_sets.find(tx, class_arm_id, term_id, lock=True), options)
            for one in await remark_runs.keep_if_empty(tx, term_id, given):
                counts[one.origin] += 1
        await run.report(done=run.done + 1, message=draft.card.student.name)
    return {"byModel": counts[Origin.MODEL], "byRule": counts[Origin.RULE], "replaced": reasons}
