"""The one door: permission, arguments, approval, transaction as the caller, run, audit row, events, commit."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from runtime import rate_limits
from runtime.caller import Caller, Role
from runtime.errors import Conflict, InvalidInput, NeedsApproval, NotAllowed, NotVisible, TooMany
from runtime.field_errors import plain
from runtime.ids import new_id
from runtime.telemetry import log, span
from runtime.transaction import Tx, transaction
from school.approvals import Approval, ApprovalStatus
from school.audit import AuditEntry, IdempotencyRow
from tools import resolvers as _resolvers
from tools.declare import TOOLS, Arguments, Effect, Tool
from tools.refs import resolve
from tools.results import Preview, Result

RESOLVERS_LOADED = _resolvers.__name__
_log = log("tools")


class ApprovalStale(Conflict):
    """What the preview showed has changed since."""

    code = "approval_stale"


class ApprovalUsed(Conflict):
    """This approval was used, declined, or has expired."""

    code = "approval_used"


class PreviewStale(Conflict):
    """The records changed since the preview whose ETag came as If-Match."""

    code = "preview_stale"
    status = 412


class IdempotencyKeyReused(Conflict):
    """The key came earlier with other arguments."""

    code = "idempotency_key_reused"


@dataclass(frozen=True)
class Outcome:
    """A result with the audit row that records it (none for READ)."""

    result: Result
    audit_id: UUID | None = None
    replayed: bool = False


def named(name: str) -> Tool:
    """The capability of this name, or NotVisible."""
    found = TOOLS.get(name)
    if found is None:
        raise NotVisible(f"There is no capability called {name[:60]}.")
    return found


def offered(caller: Caller) -> list[Tool]:
    """The capabilities this caller may use, in order of name."""
    return sorted((t for t in TOOLS.values() if not t.internal and caller.may(t.permission)), key=lambda t: t.name)


def parse(tool: Tool, args: Mapping[str, Any] | Arguments) -> Arguments:
    """The typed arguments, or InvalidInput that names each wrong field and what to do."""
    if isinstance(args, Arguments):
        return args
    try:
        return tool.arguments.model_validate(dict(args))
    except ValidationError as error:
        raise invalid(error) from None


def invalid(error: ValidationError) -> InvalidInput:
    """A validation error as ours: one entry a field, none of the caller's own values."""
    fields = [
        {"field": ".".join(str(part) for part in item["loc"]) or "body", "message": plain(item)}
        for item in error.errors(include_url=False, include_input=False)
    ]
    said = " ".join(f"{item['field']}: {item['message']}" for item in fields[:5])
    return InvalidInput(f"Some arguments are not right. {said}", errors=fields)


def check_permitted(tool: Tool, caller: Caller) -> None:
    """Raise NotAllowed unless the caller's rights include this capability."""
    if not caller.may(tool.permission):
        whose = "This key's scopes do" if caller.key_id else "Your role does"
        raise NotAllowed(f"{whose} not include “{tool.title.lower()}” ({tool.permission}).", permission=tool.permission)


async def invoke(
    tool: Tool,
    caller: Caller,
    args: Mapping[str, Any] | Arguments,
    *,
    approved: bool = False,
    approval_id: UUID | None = None,
    decider: Caller | None = None,
    idempotency_key: str | None = None,
    conversation_id: UUID | None = None,
    expected: str | None = None,
) -> Outcome:
    """Run one capability as one caller in one transaction. Every projection comes through here.

    `approved`: the request itself is the approval (REST, CLI with its flag).
    `approval_id`: the stored approval being carried out, decided by `decider`; it is used up with the effects.
    `expected`: the fingerprint of the preview this change rests on; PreviewStale when the records moved since.
    """
    check_permitted(tool, caller)
    await _count(tool, caller)
    arguments = parse(tool, args)
    if tool.effect is not Effect.READ and not approved and approval_id is None:
        raise NeedsApproval(f"{tool.title} needs its preview approved first.", tool=tool.name)
    with span("invoke", tool=tool.name, effect=tool.effect.value, door=caller.door.value):
        async with transaction(caller, read_only=tool.effect is Effect.READ) as tx:
            if tool.effect is Effect.READ:
                return Outcome(await tool.run(tx, **await resolve(tx, arguments)))
            if idempotency_key and (earlier := await _replay(tx, tool, arguments, idempotency_key)):
                return Outcome(earlier, replayed=True)
            outcome = await _change(tx, tool, arguments, approval_id, decider, conversation_id, expected)
            if idempotency_key:
                await _remember(tx, idempotency_key, outcome.result)
            return outcome


async def _count(tool: Tool, caller: Caller) -> None:
    """Count this use against the caller's limit for the capability; the first refusal of a minute is audited."""
    if caller.role is Role.SYSTEM:
        return
    who = (str(caller.school_id), str(caller.key_id or caller.user_id or caller.person_id))
    try:
        await rate_limits.take(tool.name, rate_limits.rule_of(tool.effect.value), *who)
    except TooMany as error:
        if await rate_limits.first_refusal(tool.name, *who):
            await _audit_refusal(tool, caller, error)
        raise


async def _audit_refusal(tool: Tool, caller: Caller, error: TooMany) -> None:
    async with transaction(caller) as tx:
        tx.session.add(
            AuditEntry(
                id=new_id(), school_id=tx.school_id, created_at=tx.now, user_id=caller.user_id, person_id=caller.person_id,
                who=caller.name, role=caller.role.value, door=caller.door.value, tool=tool.name, effect=tool.effect.value,
                summary=f"Refused: {tool.title.lower()} more than {error.facts['limit']} times in {error.facts['window_s']} s.",
                arguments={}, outcome=error.code, request_id=caller.request_id,
            )
        )  # fmt: skip


async def _still_as_shown(tx: Tx, tool: Tool, resolved: dict[str, Any], expected: str) -> None:
    if tool.preview is None or (await tool.preview(tx, **resolved)).fingerprint() == expected:
        return
    raise PreviewStale("The records changed since that preview. Look at a new one, then send its ETag.")


async def _change(
    tx: Tx,
    tool: Tool,
    arguments: Arguments,
    approval_id: UUID | None,
    decider: Caller | None,
    conversation_id: UUID | None,
    expected: str | None,
) -> Outcome:
    resolved = await resolve(tx, arguments)
    if expected is not None:
        await _still_as_shown(tx, tool, resolved, expected)
    approval = await _claim(tx, tool, approval_id, resolved) if approval_id else None
    result = await tool.run(tx, **resolved)
    if not tx.checked:
        raise RuntimeError(f"{tool.name} wrote without an access check")
    audit_id = await _audit(tx, tool, arguments_json(tool, resolved), result, approval, decider, conversation_id)
    if approval:
        approval.status = ApprovalStatus.EXECUTED.value
        approval.decided_at = tx.now
        approval.decided_by = decider.user_id if decider else tx.caller.user_id
        approval.decider = (decider or tx.caller).name
        approval.decided_door = (decider or tx.caller).door.value
        approval.result = shown(result)
    return Outcome(result, audit_id)


def shown(result: Result) -> dict[str, Any]:
    """A result as it is kept and streamed: its data, its words, its blocks."""
    return {
        "result": result.model_dump(mode="json", by_alias=True),
        "headline": result.headline(),
        "plain": result.plain() if type(result).plain is not Result.plain else None,
        "blocks": [block.model_dump(mode="json", by_alias=True) for block in result.blocks()],
        "suggestions": result.next_questions(),
        "concerns": [concern.model_dump(mode="json") for concern in result.concerns()],
    }


def arguments_json(tool: Tool, resolved: Mapping[str, Any]) -> dict[str, Any]:
    """The exact arguments, records by id, as kept with approvals and audit rows."""
    return tool.arguments.model_construct(**resolved).model_dump(mode="json", by_alias=False)


async def preview(tool: Tool, caller: Caller, args: Mapping[str, Any] | Arguments) -> tuple[Preview, dict[str, Any]]:
    """Exactly what a WRITE or SEND would do, and its exact arguments; runs read-only."""
    check_permitted(tool, caller)
    if tool.preview is None:
        raise InvalidInput(f"{tool.title} changes nothing, so it has no preview.")
    async with transaction(caller, read_only=True) as tx:
        resolved = await resolve(tx, parse(tool, args))
        return await tool.preview(tx, **resolved), arguments_json(tool, resolved)


async def _claim(tx: Tx, tool: Tool, approval_id: UUID, resolved: dict[str, Any]) -> Approval:
    """Lock an approval and check that it is this call's, pending, fresh, and of the state as it is now."""
    approval = await tx.session.get(Approval, approval_id, with_for_update=True)
    if approval is None:
        raise NotVisible("There is no such approval.")
    if approval.status != ApprovalStatus.PENDING.value:
        raise ApprovalUsed(f"This was already {approval.status}.", status=approval.status)
    if approval.expires_at <= tx.now:
        raise ApprovalUsed("This preview has expired. Ask again to get a new one.", status=ApprovalStatus.EXPIRED.value)
    if approval.tool != tool.name or approval.arguments != arguments_json(tool, resolved):
        raise ApprovalStale("This approval was given for something else.")
    if tool.preview is not None:
        now = await tool.preview(tx, **resolved)
        if now.fingerprint() != approval.fingerprint:
            raise ApprovalStale(
                "The records changed since this preview was made. Look at the new preview and approve that."
            )
    return approval


async def _audit(
    tx: Tx, tool: Tool, arguments: dict[str, Any], result: Result, approval: Approval | None,
    decider: Caller | None, conversation_id: UUID | None,
) -> UUID:  # fmt: skip
    undo_tool, undo_arguments = tx.undo or (None, None)
    entry = AuditEntry(
        id=new_id(), school_id=tx.school_id, created_at=tx.now, user_id=tx.caller.user_id, person_id=tx.caller.person_id,
        who=tx.caller.name, role=tx.caller.role.value, door=tx.caller.door.value, tool=tool.name, effect=tool.effect.value,
        summary=result.headline()[:500], arguments=arguments, approval_id=approval.id if approval else None,
        approved_by=(decider or tx.caller).name, request_id=tx.caller.request_id, undo_tool=undo_tool,
        undo_arguments=json.loads(json.dumps(undo_arguments, default=str)) if undo_arguments is not None else None,
        undo_note=tx.undo_note, conversation_id=conversation_id or (approval.conversation_id if approval else None),
        undoes_id=getattr(result, "undoes_id", None),
    )  # fmt: skip
    tx.session.add(entry)
    await tx.session.flush()
    return entry.id


def _caller_key(tx: Tx) -> str:
    return str(tx.caller.key_id or tx.caller.user_id or tx.caller.person_id)


def _hash(tool: Tool, arguments: Arguments) -> str:
    body = json.dumps([tool.name, arguments.model_dump(mode="json")], sort_keys=True)
    return hashlib.sha256(body.encode()).hexdigest()


async def _replay(tx: Tx, tool: Tool, arguments: Arguments, key: str) -> Result | None:
    """The first answer to this key, if there is one; otherwise the key is taken by this transaction."""
    digest = _hash(tool, arguments)
    taken = await tx.session.execute(
        insert(IdempotencyRow)
        .values(
            id=new_id(), school_id=tx.school_id, key=key[:255], caller=_caller_key(tx), tool=tool.name,
            arguments_hash=digest, result={}, expires_at=tx.now + timedelta(days=1),
        )
        .on_conflict_do_nothing(index_elements=["school_id", "caller", "key"])
        .returning(IdempotencyRow.id)
    )  # fmt: skip
    if taken.scalar_one_or_none() is not None:
        return None
    row = await _idempotency_row(tx, key)
    if row.arguments_hash != digest:
        raise IdempotencyKeyReused("This Idempotency-Key was used with other arguments. Use a new one.")
    return tool.returns.model_validate(row.result)


async def _remember(tx: Tx, key: str, result: Result) -> None:
    row = await _idempotency_row(tx, key)
    row.result = result.model_dump(mode="json", by_alias=True)


async def _idempotency_row(tx: Tx, key: str) -> IdempotencyRow:
    query = select(IdempotencyRow).where(IdempotencyRow.caller == _caller_key(tx), IdempotencyRow.key == key[:255])
    return (await tx.session.scalars(query)).one()
