"""Who a Slack member is to the school: a sign-in with the same confirmed e-mail, proved once by a code sent there."""

import hmac
import re
import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from channels import accounts
from channels.providers import Outgoing, SendFailed
from channels.slack.workspaces import Workspace
from runtime.caller import Caller, Door
from runtime.ids import new_id
from runtime.telemetry import log
from runtime.transaction import Tx, transaction
from school import addresses, schools
from school.contact_points import hashed
from school.notifications import Channel
from school.sign_in import caller_for
from school.slack import CODE_LIFE, CODE_TRIES, CODES_A_DAY, SlackMember
from school.users import User

CODE = re.compile(r"\D*(\d{6})\D*")
_log = log("slack")


@dataclass(frozen=True, slots=True)
class Known:
    """Either somebody the school knows, or what to tell them."""

    caller: Caller | None
    words: str = ""


async def known(workspace: Workspace, slack_user: str, said: str, private: bool) -> Known:
    """The caller a Slack member is; for others the next step of linking, told to them alone."""
    system = Caller.system(workspace.school_id)
    async with transaction(system) as tx:
        member = await _member(tx, workspace, slack_user, lock=True)
        user = await tx.session.get(User, member.user_id) if member is not None else None
        if member is not None and member.verified_at is not None and user is not None:
            if user.active and user.email.casefold() == member.email:
                return Known(caller_for(user, Door.SLACK))
            member.verified_at = None
        if not private:
            return Known(
                None,
                "I do not know you here yet. Write to me in a direct message, and I will link you to your school account.",
            )
        if member is not None and (code := CODE.fullmatch(said)) and (words := _prove(tx, member, code[1])):
            return Known(None, words)
    return await _begin(workspace, slack_user)


async def _member(tx: Tx, workspace: Workspace, slack_user: str, lock: bool = False) -> SlackMember | None:
    query = select(SlackMember).where(SlackMember.workspace_id == workspace.id, SlackMember.slack_user_id == slack_user)
    return await tx.session.scalar(query.with_for_update() if lock else query)


def _prove(tx: Tx, member: SlackMember, code: str) -> str | None:
    """Take a code: right once, five tries, a quarter of an hour. Null when none is waiting."""
    if member.code_hash is None or member.code_expires_at is None or member.code_expires_at < tx.now:
        return None
    if member.code_tries >= CODE_TRIES:
        return "That was tried too often. Wait a quarter of an hour, then write to me for a new code."
    if not hmac.compare_digest(member.code_hash, hashed(code, member.id)):
        member.code_tries += 1
        return "That code is not right. Please look at the e-mail again."
    member.verified_at, member.code_hash, member.code_expires_at, member.code_tries = tx.now, None, None, 0
    return "Thank you, you are linked. Ask me anything about your work here, in your own words."


async def _begin(workspace: Workspace, slack_user: str) -> Known:
    told: Any = await workspace.client().users_info(user=slack_user)
    email = confirmed_email(told["user"], workspace.team_id)
    if email is None:
        return Known(
            None, "I can only link full members of this workspace who have confirmed their e-mail address in Slack."
        )
    async with transaction(Caller.system(workspace.school_id)) as tx:
        school = (await schools.current(tx)).name
        user = await tx.session.scalar(select(User).where(func.lower(User.email) == email, User.active))
        if user is None:
            return Known(
                None,
                f"{school} has no account with your Slack e-mail address. Ask the school office to add it, then write to me again.",
            )
        member = await _member(tx, workspace, slack_user, lock=True)
        if member is None:
            member = SlackMember(
                id=new_id(), school_id=tx.school_id, created_at=tx.now, workspace_id=workspace.id,
                slack_user_id=slack_user, user_id=user.id, email=email, code_tries=0, codes_sent=0,
            )  # fmt: skip
            tx.session.add(member)
        member.user_id, member.email = user.id, email
        waits = member.code_expires_at is not None and member.code_expires_at > tx.now
        if waits and member.code_hash is not None:
            return Known(None, f"I sent a code to {addresses.masked(email)}. Please write its six digits here.")
        today = member.code_sent_at is not None and (tx.now - member.code_sent_at).days < 1
        if today and member.codes_sent >= CODES_A_DAY:
            return Known(None, "You asked for many codes today. Please try again tomorrow, or ask the school office.")
        code = f"{secrets.randbelow(1_000_000):06d}"
        member.code_hash, member.code_tries = hashed(code, member.id), 0
        member.code_expires_at, member.code_sent_at = tx.now + CODE_LIFE, tx.now
        member.codes_sent = member.codes_sent + 1 if today else 1
        words = f"Your code to link Slack with {school} is {code}. It is good for 15 minutes. If you did not ask for it, ignore this e-mail."
        providers = await accounts.senders(tx, Channel.EMAIL)
        outgoing = Outgoing(new_id(), tx.school_id, Channel.EMAIL, email, words, f"{school}: your code for Slack")
        await tx.session.flush()
    for provider in providers:
        try:
            await provider.send(outgoing)
            return Known(
                None, f"Welcome. I sent a code to {addresses.masked(email)}. Please write its six digits here."
            )
        except SendFailed as failure:
            _log.warning("code_not_sent", provider=provider.name, detail=failure.detail)
    async with transaction(Caller.system(workspace.school_id)) as tx:
        if (member := await _member(tx, workspace, slack_user, lock=True)) is not None:
            member.code_hash, member.code_expires_at = None, None
    return Known(None, "I could not send you a code by e-mail just now. Please write to me again in a few minutes.")


def confirmed_email(user: dict[str, Any], team_id: str) -> str | None:
    """The e-mail address Slack confirmed, of a full member of this very workspace."""
    outside = user.get("is_stranger") or user.get("is_restricted") or user.get("is_ultra_restricted")
    if outside or user.get("deleted") or user.get("is_bot") or user.get("team_id", team_id) != team_id:
        return None
    email = str((user.get("profile") or {}).get("email") or "").strip().casefold()
    return email if email and user.get("is_email_confirmed") else None
