"""Approvals: propose an action with its preview, then let a person carry it out or decline it, from any door."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from runtime.caller import Caller, Door, Role
from runtime.errors import NotAllowed, NotVisible, SchoolOSError
from runtime.ids import new_id
from runtime.settings import settings
from runtime.transaction import Tx, transaction
from school import schools
from school.approvals import Approval, ApprovalStatus
from school.permissions import WHOLE_SCHOOL, Permission, granted
from school.users import User
from tools.declare import Tool
from tools.invoke import ApprovalStale, ApprovalUsed, Outcome, check_permitted, invoke, named, parse, preview
from tools.present import Shown


class Requester(Shown):
    name: str
    role: str


class ApprovalCard(Shown):
    """An approval as people see it at every door."""

    id: UUID
    tool: str
    title: str
    status: str
    effect: str
    preview: dict[str, Any]
    requested_by: Requester
    decided_by: str | None
    door: str
    needs_second_person: bool
    second_person_hint: str | None
    created_at: datetime
    expires_at: datetime
    conversation_id: UUID | None
    result: dict[str, Any] | None
    error: str | None


def card(row: Approval) -> ApprovalCard:
    """The card of a stored approval."""
    hint = "Somebody else with this right has to approve it." if row.needs_second else None
    return ApprovalCard(
        id=row.id, tool=row.tool, title=row.preview["title"], status=row.status, effect=row.effect, preview=row.preview,
        requested_by=Requester(name=row.requester, role=row.requester_role), decided_by=row.decider, door=row.door,
        needs_second_person=row.needs_second, second_person_hint=hint, created_at=row.created_at, expires_at=row.expires_at,
        conversation_id=row.conversation_id, result=row.result, error=(row.error or {}).get("message"),
    )  # fmt: skip


async def propose(
    tool: Tool, caller: Caller, args: Mapping[str, Any], *,
    conversation_id: UUID | None = None, turn_id: UUID | None = None, tool_call_id: str | None = None,
) -> ApprovalCard:  # fmt: skip
    """Make the preview of an action and store it for a person to approve."""
    shown, exact = await preview(tool, caller, args)
    async with transaction(caller) as tx:
        options = (await schools.current(tx)).options
        row = Approval(
            id=new_id(), school_id=tx.school_id, created_at=tx.now, tool=tool.name, arguments=exact,
            fingerprint=shown.fingerprint(), preview=shown.model_dump(mode="json", by_alias=True), effect=tool.effect.value,
            status=ApprovalStatus.PENDING.value, requested_by=caller.user_id, requester=caller.name,
            requester_role=caller.role.value, requester_person_id=caller.person_id, door=caller.door.value,
            needs_second=tool.second_person or tool.name in options.get("second_person", []),
            conversation_id=conversation_id, turn_id=turn_id, tool_call_id=tool_call_id,
            expires_at=tx.now + timedelta(minutes=settings().approval_minutes),
        )  # fmt: skip
        tx.session.add(row)
        await tx.session.flush()
        return card(row)


async def find(caller: Caller, approval_id: UUID) -> ApprovalCard:
    """One approval this caller may see."""
    async with transaction(caller, read_only=True) as tx:
        return card(await _access(tx, approval_id))


async def current(caller: Caller, approval_id: UUID) -> ApprovalCard:
    """One approval, closed as stale if the records have moved since its preview: whoever looks at it sees that in time."""
    async with transaction(caller, read_only=True) as tx:
        row = await _access(tx, approval_id)
        if row.status != ApprovalStatus.PENDING.value or row.expires_at <= tx.now:
            return card(row)
        tool, arguments, fingerprint = named(row.tool), row.arguments, row.fingerprint
        try:
            requester = await _requester(tx, row)
        except NotAllowed:
            return card(row)
    try:
        shown, _ = await preview(tool, requester, arguments)
    except SchoolOSError:
        return await find(caller, approval_id)  # pressing Approve says what is wrong now
    if shown.fingerprint() != fingerprint:
        stale = ApprovalStale("The records changed since this preview was made.")
        await _close(caller, approval_id, ApprovalStatus.STALE, stale)
    return await find(caller, approval_id)


async def waiting(caller: Caller, status: str = ApprovalStatus.PENDING.value) -> list[ApprovalCard]:
    """The approvals in a state that this caller may see, newest first."""
    async with transaction(caller, read_only=True) as tx:
        query = select(Approval).where(Approval.status == status).order_by(Approval.created_at.desc()).limit(100)
        if status == ApprovalStatus.PENDING.value:
            query = query.where(Approval.expires_at > tx.now)
        return [card(row) for row in await tx.session.scalars(query) if _visible(tx.caller, row)]


def _visible(caller: Caller, row: Approval) -> bool:
    if caller.user_id is not None and row.requested_by == caller.user_id:
        return True
    if row.requested_by is None and caller.person_id is not None and row.requester_person_id == caller.person_id:
        return True
    oversees = caller.role in WHOLE_SCHOOL or row.needs_second
    return oversees and caller.may(Permission.APPROVALS_DECIDE) and caller.may(named(row.tool).permission)


async def _access(tx: Tx, approval_id: UUID) -> Approval:
    row = await tx.session.get(Approval, approval_id)
    if row is None or not _visible(tx.caller, row):
        raise NotVisible("There is no such approval.")
    return row


async def approve(caller: Caller, approval_id: UUID) -> tuple[ApprovalCard, Outcome]:
    """Carry out a pending action, once, as the person who asked for it; the presser's own rights are checked.

    Errors: not_visible, not_allowed, approval_used, approval_stale, and whatever the action itself raises.
    """
    async with transaction(caller, read_only=True) as tx:
        row = await _access(tx, approval_id)
        if row.status != ApprovalStatus.PENDING.value:
            raise ApprovalUsed(f"This was already {row.status}.", status=row.status)
        requester = await _requester(tx, row)
    tool = named(row.tool)
    check_permitted(tool, caller)
    if row.needs_second and caller.user_id == row.requested_by:
        raise NotAllowed("The school asks for a second person here: somebody else has to approve this.")
    try:
        outcome = await invoke(
            tool, requester, parse(tool, row.arguments), approval_id=approval_id, decider=caller,
            conversation_id=row.conversation_id,
        )  # fmt: skip
    except ApprovalUsed as used:
        if used.facts.get("status") == ApprovalStatus.EXPIRED.value:
            await _close(caller, approval_id, ApprovalStatus.EXPIRED, used)
        raise
    except ApprovalStale as stale:
        await _close(caller, approval_id, ApprovalStatus.STALE, stale)
        raise
    except SchoolOSError as error:
        await _close(caller, approval_id, ApprovalStatus.FAILED, error)
        raise
    return await find(caller, approval_id), outcome


async def decline(caller: Caller, approval_id: UUID, reason: str | None = None) -> ApprovalCard:
    """Decline a pending action. Nothing happens, and it cannot be approved later."""
    async with transaction(caller) as tx:
        row = await _access(tx, approval_id)
        locked = await tx.session.get_one(Approval, row.id, with_for_update=True, populate_existing=True)
        if locked.status != ApprovalStatus.PENDING.value:
            raise ApprovalUsed(f"This was already {locked.status}.", status=locked.status)
        locked.status = ApprovalStatus.DECLINED.value
        locked.decided_by, locked.decider, locked.decided_door = caller.user_id, caller.name, caller.door.value
        locked.decided_at, locked.reason = tx.now, (reason or "")[:500] or None
        return card(locked)


async def _close(caller: Caller, approval_id: UUID, status: ApprovalStatus, error: SchoolOSError) -> None:
    async with transaction(caller) as tx:
        await tx.session.execute(
            update(Approval)
            .where(Approval.id == approval_id, Approval.status == ApprovalStatus.PENDING.value)
            .values(status=status.value, decided_at=tx.now, error={"code": error.code, "message": error.message})
        )


async def _requester(tx: Tx, row: Approval) -> Caller:
    """The person who asked, with the rights they have now."""
    if row.requested_by == tx.caller.user_id and row.requester_person_id == tx.caller.person_id:
        return replace(tx.caller, door=Door(row.door))
    user = await tx.session.get(User, row.requested_by) if row.requested_by else None
    if user is None or not user.active:
        raise NotAllowed("Whoever asked for this no longer has access.")
    role = Role(user.role)
    return Caller(
        school_id=row.school_id, user_id=user.id, role=role, person_id=user.person_id, door=Door(row.door),
        permissions=granted(role), name=user.name, request_id=tx.caller.request_id,
    )  # fmt: skip
