"""A second person: who else in the workspace could approve something, and telling whoever asked what was decided."""

from typing import Any

from slack_sdk.errors import SlackApiError
from sqlalchemy import select

from channels.slack.place import Place
from runtime.caller import Caller, Door
from runtime.transaction import transaction
from school.approvals import Approval
from school.permissions import Permission
from school.sign_in import caller_for
from school.slack import SlackMember, SlackWorkspace
from school.users import User
from tools.approve import ApprovalCard


async def of(asker: Caller, place: Place) -> list[tuple[Caller, Place]]:
    """Linked members other than the asker who may decide approvals, each with their direct conversation."""
    async with transaction(Caller.system(asker.school_id), read_only=True) as tx:
        query = (
            select(SlackMember.slack_user_id, User)
            .join(User, User.id == SlackMember.user_id)
            .join(SlackWorkspace, SlackWorkspace.id == SlackMember.workspace_id)
            .where(SlackMember.verified_at.is_not(None), User.active, User.id != asker.user_id)
            .where(SlackWorkspace.team_id == place.team)
        )
        rows = (await tx.session.execute(query)).all()
    found: list[tuple[Caller, Place]] = []
    for slack_user, user in rows:
        person = caller_for(user, Door.SLACK)
        if person.may(Permission.APPROVALS_DECIDE):
            try:
                opened: Any = await place.client.conversations_open(users=slack_user)
            except SlackApiError:
                continue
            found.append((person, Place(place.client, place.team, slack_user, opened["channel"]["id"])))
    return found


async def tell_asker(decider: Caller, card: ApprovalCard, place: Place, words: str) -> bool:
    """Tell whoever asked, when somebody else decided; true when it was somebody else."""
    async with transaction(Caller.system(decider.school_id), read_only=True) as tx:
        asked_by = await tx.session.scalar(select(Approval.requested_by).where(Approval.id == card.id))
        query = (
            select(SlackMember.slack_user_id)
            .join(SlackWorkspace, SlackWorkspace.id == SlackMember.workspace_id)
            .where(SlackMember.user_id == asked_by, SlackMember.verified_at.is_not(None))
            .where(SlackWorkspace.team_id == place.team)
        )
        slack_users = list(await tx.session.scalars(query))
    if asked_by == decider.user_id:
        return False
    for slack_user in slack_users:
        try:
            opened: Any = await place.client.conversations_open(users=slack_user)
        except SlackApiError:
            continue
        await Place(place.client, place.team, slack_user, opened["channel"]["id"]).say(f"{card.title}: {words}")
    return True
