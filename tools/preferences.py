"""Preferences: what reaches me, on which channel."""

from typing import Annotated, Literal

from pydantic import Field

from runtime.transaction import Tx
from school import bell
from school.audience import ANY, CHANNEL_WORDS
from school.bell import Preference
from school.delivery_log import EVENT_WORDS
from school.notifications import Channel, EventType
from school.permissions import Permission
from tools.declare import Effect, tool
from tools.deliveries import EVENTS, Matter
from tools.present import Block, Column, Fact, Facts, Table
from tools.results import Done, Preview, Result

ByChannel = Annotated[
    Literal["sms", "whatsapp", "email", "push", "in_app"], Field(description="The channel; in_app is the bell.")
]
Wanted = Annotated[bool, Field(description="false: do not send me these; true: send me these.")]


class PreferenceList(Result):
    """What reaches the caller, per kind of message and channel."""

    items: list[Preference]

    def headline(self) -> str:
        on = sorted({CHANNEL_WORDS[Channel(p.channel)] for p in self.items if p.enabled})
        return f"Messages reach you by {', '.join(on)}." if on else "You have turned every message off."

    def blocks(self) -> list[Block]:
        channels = list(Channel)
        columns = [
            Column(key="what", label="Message"), *(Column(key=c.value, label=CHANNEL_WORDS[c]) for c in channels)
        ]  # fmt: skip
        rows: dict[str, dict[str, object]] = {}
        for item in self.items:
            row = rows.setdefault(item.event_type, {"what": EVENT_WORDS[EventType(item.event_type)].capitalize()})
            row[item.channel] = "yes" if item.enabled else "no"
        return [Table(columns=columns, rows=list(rows.values()))]


@tool(
    permission=Permission.NOTIFICATIONS_READ,
    effect=Effect.READ,
    rest="GET /api/v1/notification-preferences",
    says=(
        "How do you reach me?",
        "Show my notification preferences",
        "Which messages do I get by SMS?",
        "What are my notification settings?",
    ),
)
async def show_preferences(tx: Tx) -> PreferenceList:
    """Show which messages reach you, and on which channels.

    Use when somebody asks about their own notification settings. To change one use `set_preference`.

    Shape:  nothing -> one choice a kind of message and channel.
    Units:  yes or no.
    Errors: those of any read.
    Source: tables notification_preferences, channel_rules.
    """
    return PreferenceList(items=await bell.preferences(tx))


def _words(channel: str, matter: str | None, wanted: bool) -> str:
    what = EVENT_WORDS[EVENTS[matter]] if matter else "all"
    return f"{'Send' if wanted else 'Do not send'} me {what} messages by {CHANNEL_WORDS[Channel(channel)]}"


async def _preview(tx: Tx, *, channel: ByChannel, wanted: Wanted, matter: Matter = None) -> Preview:
    before = [
        p for p in await bell.preferences(tx) if p.channel == channel and (not matter or p.event_type == EVENTS[matter])
    ]
    now = sum(p.enabled for p in before)
    stands = Fact(label="Now", value=f"on for {now} of {len(before)} kinds of message")
    return Preview(
        title=_words(channel, matter, wanted), summary="Only your own messages change.", blocks=[Facts(items=[stands])],
        included=1, state={"now": now},
        warnings=[] if wanted or channel in ("push", "in_app") else
        ["To stop a channel altogether, send STOP from that phone."],
    )  # fmt: skip


@tool(
    permission=Permission.NOTIFICATIONS_WRITE,
    effect=Effect.WRITE,
    rest="PUT /api/v1/notification-preferences",
    says=(
        "Do not send me results by SMS",
        "Send me attendance messages by WhatsApp",
        "I want e-mail instead of SMS",
        "Turn off notices by email for me",
        "Stop telling me about the timetable on the app",
    ),
    preview=_preview,
)
async def set_preference(tx: Tx, *, channel: ByChannel, wanted: Wanted, matter: Matter = None) -> Done:
    """Choose whether messages reach you on one channel, all of them or of one kind.

    Use when somebody wants, or no longer wants, messages on a channel. Only their own change.

    Shape:  a channel, yes or no, optionally a matter -> one choice kept.
    Units:  yes or no.
    Errors: those of any change.
    Source: table notification_preferences.
    """
    event = EVENTS[matter].value if matter else ANY
    before = await bell.prefer(tx, event, channel, wanted)
    tx.undo_with("restore_preference", channel=channel, event_type=event, wanted=before)
    return Done(message=f"{_words(channel, matter, wanted)}: done.")


@tool(
    permission=Permission.NOTIFICATIONS_WRITE,
    effect=Effect.WRITE,
    rest="POST /internal/restore-preference",
    internal=True,
)
async def restore_preference(tx: Tx, *, channel: str, event_type: str, wanted: bool | None) -> Done:
    """Put a choice back to what it was, or to none. The inverse of making it."""
    before = await bell.prefer(tx, event_type, channel, wanted)
    tx.undo_with("restore_preference", channel=channel, event_type=event_type, wanted=before)
    return Done(message="Your choice is back to what it was.")
