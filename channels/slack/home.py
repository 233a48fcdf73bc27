"""The home tab: the person's day, what waits for their approval, and the runs under way."""

from typing import Any

from sqlalchemy import update

from channels.slack import blocks, cards
from channels.slack.blocks import Kit
from channels.slack.text import mrkdwn
from channels.slack.workspaces import Workspace
from runtime.caller import Caller
from runtime.errors import SchoolOSError
from runtime.transaction import transaction
from school import run_log
from school.run_log import ShownRun
from school.slack import SlackMember
from tools import approve
from tools.invoke import invoke, named

DAY = "show_my_day"
"""The capability whose result heads the tab."""

MOST_CARDS, MOST_RUNS, MOST_BLOCKS = 5, 5, 100
MARKS = {"queued": "⏳", "running": "⏳", "succeeded": "✅", "failed": "⛔", "cancelled": "✖️"}


async def publish(workspace: Workspace, slack_user: str, caller: Caller | None, words: str = "") -> None:
    """Show the tab as it is now; to somebody not linked, how to be linked."""
    shown = await _of(caller) if caller else [blocks.section(mrkdwn(words))]
    await workspace.client().views_publish(user_id=slack_user, view={"type": "home", "blocks": shown[:MOST_BLOCKS]})


async def _of(caller: Caller) -> list[Kit]:
    return [*await _day(caller), _divider(), *await _approvals(caller), _divider(), *await _runs(caller)]


def _divider() -> Kit:
    return {"type": "divider"}


def _heading(text: str) -> Kit:
    return {"type": "header", "text": {"type": "plain_text", "text": text}}


async def _day(caller: Caller) -> list[Kit]:
    try:
        result = (await invoke(named(DAY), caller, {})).result
    except SchoolOSError as error:
        return [_heading("My day"), blocks.section(mrkdwn(error.message))]
    found = blocks.rendered([block.model_dump(mode="json", by_alias=True) for block in result.blocks()])
    return [_heading("My day"), blocks.section(mrkdwn(result.headline())), *found.blocks]


async def _approvals(caller: Caller) -> list[Kit]:
    waiting = await approve.waiting(caller)
    shown = [_heading("Waiting for approval")]
    for one in waiting[:MOST_CARDS]:
        own = one.needs_second_person and one.requested_by.name == caller.name
        shown.extend(cards.card(one.model_dump(mode="json", by_alias=True), may_approve=not own))
    if len(waiting) > MOST_CARDS:
        shown.append(blocks.context(f"And {len(waiting) - MOST_CARDS} more. {cards.portal()}"))
    return shown if waiting else [*shown, blocks.section("Nothing waits for you.")]


async def _runs(caller: Caller) -> list[Kit]:
    async with transaction(caller, read_only=True) as tx:
        found = await run_log.listed(tx, MOST_RUNS)
    lines = [_run(run) for run in found]
    return [_heading("Runs"), blocks.section("\n".join(lines) or "Nothing was started yet.")]


def _run(run: ShownRun) -> str:
    far = f" {run.done} of {run.total}" if run.total and run.status in ("queued", "running") else ""
    return f"{MARKS.get(run.status, '•')} *{mrkdwn(run.title)}* {run.status}{far}. {mrkdwn(run.error or run.message)}"


async def remember_direct(workspace: Workspace, slack_user: str, channel: str) -> None:
    """Keep a member's direct channel, so that they can be written to first."""
    async with transaction(Caller.system(workspace.school_id)) as tx:
        where: Any = (SlackMember.workspace_id == workspace.id, SlackMember.slack_user_id == slack_user)
        await tx.session.execute(update(SlackMember).where(*where).values(dm_channel=channel))
