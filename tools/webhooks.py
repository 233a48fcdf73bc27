"""Webhooks: which other programs hear of what happens here, whether they heard, and trying one out."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from runtime.errors import Conflict
from runtime.transaction import Tx
from school import webhooks
from school.permissions import Permission
from school.webhooks import MessageState, WebhookEndpoint
from tools.declare import Effect, Said, tool
from tools.naming import Candidate
from tools.present import Block, Column, Fact, Facts, Notice, Shown, Table
from tools.refs import Hints, Ref, resolver
from tools.results import Done, Preview, Result

Address = Annotated[str, Field(min_length=10, max_length=500, description="Where messages go, https://….")]
Events = Annotated[
    list[str], Field(max_length=30, description="Names of events such as scores.published; none: every public event.")
]
OnlyFailed = Annotated[bool, Said("failed", "fail", "failing", "wrong", "bounced", "refused")]
Limit = Annotated[int, Field(ge=1, le=200, description="At most so many.")]


@resolver(WebhookEndpoint, "webhook", order=90)
async def find_webhooks(tx: Tx, hints: Hints) -> list[Candidate]:
    if not tx.caller.may(Permission.WEBHOOKS_READ):
        return []
    return [
        Candidate(str(row.id), row.url, (row.url, row.url.removeprefix("https://")))
        for row in await webhooks.endpoints(tx)
    ]


class WebhookLine(Shown):
    id: UUID
    url: str
    events: list[str]
    enabled: bool
    delivered: int
    waiting: int
    failed: int
    failing_since: datetime | None
    disabled_reason: str | None


class Webhooks(Result):
    """The school's webhooks and how their messages fare."""

    webhooks: list[WebhookLine]
    events: list[str] = Field(description="Every event a webhook may hear of.")

    suggestions = ("Show the messages of the webhooks",)

    def headline(self) -> str:
        if not self.webhooks:
            return "There are no webhooks. Other programs can hear of " + ", ".join(self.events) + "."
        off = sum(not line.enabled for line in self.webhooks)
        said = f"{len(self.webhooks)} webhook{'s'[: len(self.webhooks) != 1]}"
        return f"{said}, {off} of them switched off." if off else f"{said}."

    def blocks(self) -> list[Block]:
        if not self.webhooks:
            return []
        columns = [
            Column(key="url", label="Address"), Column(key="events", label="Hears of"), Column(key="state", label="State"),
            Column(key="delivered", label="Delivered", kind="number"), Column(key="waiting", label="Waiting", kind="number"),
            Column(key="failed", label="Failed", kind="number"),
        ]  # fmt: skip
        return [Table(columns=columns, rows=[self._row(line) for line in self.webhooks])]

    def _row(self, line: WebhookLine) -> dict[str, str | int]:
        state = "on" if line.enabled else f"off: {line.disabled_reason}"
        if line.enabled and line.failing_since:
            state = f"failing since {line.failing_since:%d %B}"
        heard = ", ".join(line.events) or "everything"
        counts = {"delivered": line.delivered, "waiting": line.waiting, "failed": line.failed}
        return {"url": line.url, "events": heard, "state": state, **counts}


@tool(
    permission=Permission.WEBHOOKS_READ,
    effect=Effect.READ,
    rest="GET /api/v1/webhooks",
    says=(
        "Show our webhooks",
        "Which programs hear of published scores?",
        "List the webhooks",
        "Are the webhooks working?",
    ),
)
async def show_webhooks(tx: Tx) -> Webhooks:
    """Show the webhooks and how their messages fare.

    Use when somebody asks which programs are told of events. For single messages use `show_webhook_messages`.

    Shape:  nothing -> one row a webhook.
    Units:  messages.
    Errors: those of any read.
    Source: tables webhook_endpoints, webhook_messages.
    """
    counts = await webhooks.counts(tx)
    return Webhooks(
        events=webhooks.public_events(),
        webhooks=[_line(row, counts.get(row.id, {})) for row in await webhooks.endpoints(tx)],
    )


def _line(row: WebhookEndpoint, counts: dict[str, int]) -> WebhookLine:
    return WebhookLine(
        id=row.id, url=row.url, events=row.events, enabled=row.enabled, delivered=counts.get("delivered", 0),
        waiting=counts.get("queued", 0) + counts.get("sending", 0), failed=counts.get("failed", 0),
        failing_since=row.failing_since, disabled_reason=row.disabled_reason,
    )  # fmt: skip


def _heard(events: list[str]) -> str:
    return ", ".join(sorted(set(events))) or "every public event"


async def _preview_add(tx: Tx, *, url: Address, events: Events = []) -> Preview:  # noqa: B006  # never changed
    tx.require(Permission.WEBHOOKS_WRITE)
    webhooks.check(url, events)
    return Preview(
        title=f"Tell {url} of events", summary=f"It will hear of {_heard(events)}, signed with a secret of its own.",
        warnings=["Messages carry ids of students and classes, never scores or names."],
        state={"urls": sorted(row.url for row in await webhooks.endpoints(tx))},
    )  # fmt: skip


@tool(
    permission=Permission.WEBHOOKS_WRITE,
    effect=Effect.WRITE,
    rest="POST /api/v1/webhooks",
    says=(
        "Add a webhook to https://example.com/hooks for scores.published",
        "Tell https://example.com/school when attendance is marked",
        "New webhook https://hooks.example.com",
    ),
    errors=(Conflict,),
    preview=_preview_add,
)
async def add_webhook(tx: Tx, *, url: Address, events: Events = []) -> Done:  # noqa: B006  # never changed
    """Tell another program of events by webhook.

    Use when a program outside should hear of what happens. Its signing secret is shown under Settings, Webhooks.

    Shape:  an address and names of events (none: every public one) -> one webhook.
    Units:  webhooks.
    Errors: conflict,  and those of any change.
    Source: table webhook_endpoints; Standard Webhooks.
    """
    row = await webhooks.add(tx, url, events)
    tx.undo_with("remove_webhook", webhook=str(row.id))
    return Done(message=f"{url} will hear of {_heard(events)}.")


async def _preview_remove(tx: Tx, *, webhook: Ref[WebhookEndpoint]) -> Preview:
    row = await webhooks.access(tx, webhook.id)
    counts = (await webhooks.counts(tx)).get(row.id, {})
    waiting = counts.get("queued", 0) + counts.get("sending", 0)
    warnings = [f"{waiting} messages still wait and will not be sent."] if waiting else []
    return Preview(
        title=f"Remove the webhook to {row.url}", summary="It hears of nothing any more.", warnings=warnings,
        state={"webhook": str(row.id), "waiting": waiting},
    )  # fmt: skip


@tool(
    permission=Permission.WEBHOOKS_WRITE,
    effect=Effect.WRITE,
    rest="DELETE /api/v1/webhooks/{webhook}",
    says=(
        "Remove the webhook to https://example.com/hooks",
        "Delete that webhook",
        "Stop telling https://example.com/school of events",
    ),
    preview=_preview_remove,
)
async def remove_webhook(tx: Tx, *, webhook: Ref[WebhookEndpoint]) -> Done:
    """Remove a webhook with its messages.

    Use when a program need not hear of events any more. To pause it use `set_webhook`.

    Shape:  one webhook -> nothing left of it; undo brings it back with its secret, not its messages.
    Units:  webhooks.
    Errors: those of any change.
    Source: tables webhook_endpoints, webhook_messages.
    """
    row = await webhooks.remove(tx, webhook.id)
    tx.undo_with(
        "restore_webhook",
        note="its old messages do not come back",
        url=row.url,
        events=list(row.events),
        sealed=row.secret,
    )
    return Done(message=f"The webhook to {row.url} is removed.")


@tool(
    permission=Permission.WEBHOOKS_WRITE,
    effect=Effect.WRITE,
    rest="POST /api/v1/webhooks/restored",
    internal=True,
)
async def restore_webhook(tx: Tx, *, url: Address, events: Events, sealed: str) -> Done:
    """Bring a removed webhook back with the secret it had.

    Use when a removal is undone.

    Shape:  address, events and sealed secret -> one webhook.
    Units:  webhooks.
    Errors: those of any change.
    Source: table webhook_endpoints.
    """
    row = await webhooks.add(tx, url, events, sealed)
    tx.undo_with("remove_webhook", webhook=str(row.id))
    return Done(message=f"The webhook to {url} is back.")


Enabled = Annotated[
    bool | None,
    Field(description="On or off; leave out to keep."),
    Said("on", "off", "enable", "disable", "pause", "activate", "reactivate", "deactivate", "resume"),
]
NewEvents = Annotated[list[str] | None, Field(max_length=30, description="The events it hears of; leave out to keep.")]


async def _preview_set(
    tx: Tx, *, webhook: Ref[WebhookEndpoint], events: NewEvents = None, enabled: Enabled = None
) -> Preview:
    row = await webhooks.access(tx, webhook.id)
    webhooks.check(row.url, events or [])
    items = [
        Fact(label="Now hears of", value=_heard(row.events)),
        Fact(label="Now", value="on" if row.enabled else "off"),
    ]
    said = [] if events is None else [f"hears of {_heard(events)}"]
    said += [] if enabled is None else ["on" if enabled else "off"]
    return Preview(
        title=f"Webhook to {row.url}: {', '.join(said) or 'nothing changes'}", summary="", blocks=[Facts(items=items)],
        state={"events": row.events, "enabled": row.enabled},
    )  # fmt: skip


@tool(
    permission=Permission.WEBHOOKS_WRITE,
    effect=Effect.WRITE,
    rest="PUT /api/v1/webhooks/{webhook}",
    says=(
        "Switch the webhook to https://example.com/hooks off",
        "Turn the example.com webhook on again",
        "Let the webhook to https://example.com/hooks hear only of scores.published",
    ),
    preview=_preview_set,
)
async def set_webhook(
    tx: Tx, *, webhook: Ref[WebhookEndpoint], events: NewEvents = None, enabled: Enabled = None
) -> Done:
    """Change what a webhook hears of, or switch it on or off.

    Use when a webhook should hear of other events, pause, or go on after it failed.

    Shape:  one webhook, its events, on or off -> the same webhook.
    Units:  webhooks.
    Errors: those of any change.
    Source: table webhook_endpoints.
    """
    row = await webhooks.access(tx, webhook.id)
    before = (list(row.events), row.enabled)
    if events is not None:
        await webhooks.set_events(tx, webhook.id, events)
    if enabled is not None:
        await webhooks.set_enabled(tx, webhook.id, enabled)
    tx.undo_with("set_webhook", webhook=str(row.id), events=before[0], enabled=before[1])
    return Done(
        message=f"The webhook to {row.url} is {'on' if row.enabled else 'off'} and hears of {_heard(row.events)}."
    )


class WebhookMessageLine(Shown):
    id: UUID
    event: str
    url: str
    state: str
    attempts: int
    status: int | None
    detail: str
    at: datetime
    next_at: datetime | None


class WebhookMessages(Result):
    """Messages to other programs, newest first."""

    messages: list[WebhookMessageLine]

    def headline(self) -> str:
        failed = sum(line.state == MessageState.FAILED.value for line in self.messages)
        if not self.messages:
            return "No webhook message has been made."
        return f"The last {len(self.messages)} webhook messages" + (f"; {failed} failed." if failed else ".")

    def blocks(self) -> list[Block]:
        if not self.messages:
            return []
        columns = [
            Column(key="at", label="When", kind="datetime"), Column(key="event", label="Event"),
            Column(key="url", label="Address"), Column(key="state", label="State", kind="status"),
            Column(key="attempts", label="Attempts", kind="number"), Column(key="detail", label="Answer"),
        ]  # fmt: skip
        rows = [
            {"at": line.at.isoformat(), "event": line.event, "url": line.url, "state": line.state, "attempts": line.attempts,
             "detail": f"{line.status} {line.detail}".removeprefix("None ").strip()[:120]}
            for line in self.messages
        ]  # fmt: skip
        return [Table(columns=columns, rows=rows)]


@tool(
    permission=Permission.WEBHOOKS_READ,
    effect=Effect.READ,
    rest="GET /api/v1/webhook-messages",
    says=(
        "Show the messages of the webhooks",
        "Which webhook messages failed?",
        "Did example.com get the webhook?",
    ),
)
async def show_webhook_messages(
    tx: Tx, *, webhook: Ref[WebhookEndpoint] | None = None, failed: OnlyFailed = False, limit: Limit = 50
) -> WebhookMessages:
    """Show messages to other programs, with what their addresses answered.

    Use when somebody asks whether a webhook was called and what came back.

    Shape:  one webhook or all, all messages or the failed -> messages, newest first.
    Units:  messages.
    Errors: those of any read.
    Source: table webhook_messages.
    """
    states = [MessageState.FAILED] if failed else []
    found = await webhooks.messages(tx, webhook.id if webhook else None, states, limit)
    return WebhookMessages(
        messages=[
            WebhookMessageLine(
                id=row.id, event=row.name, url=url, state=row.state, attempts=row.attempts, status=row.status,
                detail=row.detail, at=row.created_at, next_at=row.due_at if row.state == MessageState.QUEUED.value else None,
            )
            for row, url in found
        ]
    )  # fmt: skip


async def _preview_test(tx: Tx, *, webhook: Ref[WebhookEndpoint]) -> Preview:
    row = await webhooks.access(tx, webhook.id)
    return Preview(
        title=f"Send a test message to {row.url}", summary="It says that the webhook works, and nothing of the school.",
        blocks=[Notice(tone="info", text=f"The event is {webhooks.TEST_EVENT}.")], included=1, state={"url": row.url},
    )  # fmt: skip


@tool(
    permission=Permission.WEBHOOKS_WRITE,
    effect=Effect.SEND,
    rest="POST /api/v1/webhooks/{webhook}/test",
    says=(
        "Test the webhook to https://example.com/hooks",
        "Send a test message to the example.com webhook",
        "Try the webhook out",
    ),
    preview=_preview_test,
)
async def send_test_webhook(tx: Tx, *, webhook: Ref[WebhookEndpoint]) -> Done:
    """Send a webhook a test message.

    Use when somebody wants to see whether an address takes its messages. The answer is in `show_webhook_messages`.

    Shape:  one webhook -> one message, tried once.
    Units:  messages.
    Errors: those of any change.
    Source: table webhook_messages.
    """
    row = await webhooks.access(tx, webhook.id)
    await webhooks.test(tx, row)
    return Done(message=f"A test message goes to {row.url}; its answer is among the webhook messages in a moment.")


async def _preview_replay(tx: Tx, *, webhook: Ref[WebhookEndpoint] | None = None) -> Preview:
    tx.require(Permission.WEBHOOKS_WRITE)
    found = await webhooks.messages(tx, webhook.id if webhook else None, [MessageState.FAILED], 1000)
    return Preview(
        title=f"Send {len(found)} failed webhook messages again", included=len(found),
        summary="Each keeps its id, so that a program that had it already can tell.",
        state={"failed": sorted(str(row.id) for row, _ in found)},
    )  # fmt: skip


@tool(
    permission=Permission.WEBHOOKS_WRITE,
    effect=Effect.SEND,
    rest="POST /api/v1/webhook-messages/replay",
    says=(
        "Replay the failed webhook messages",
        "Send the failed webhooks again",
        "Retry what example.com did not get",
    ),
    preview=_preview_replay,
)
async def replay_webhook_messages(tx: Tx, *, webhook: Ref[WebhookEndpoint] | None = None) -> Done:
    """Send failed webhook messages again, with the same ids.

    Use when a program was away and is back.

    Shape:  one webhook or all -> its failed messages queued.
    Units:  messages.
    Errors: those of any change.
    Source: table webhook_messages.
    """
    count = await webhooks.replay(tx, webhook.id if webhook else None)
    return Done(message=f"{count} messages are on their way again.")
