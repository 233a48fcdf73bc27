"""How messages go out: quiet hours, the channels of each kind, and sending given-up ones again."""

from datetime import time
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from runtime.errors import InvalidInput
from runtime.transaction import Tx
from school import delivery_log, delivery_states, message_costs, message_settings, schools
from school.audience import CHANNEL_WORDS
from school.delivery_log import EVENT_WORDS
from school.message_costs import MessageCosts
from school.message_settings import QuietHours
from school.notifications import Channel, DeliveryState
from school.people import PersonKind
from school.permissions import Permission
from tools.declare import Effect, tool
from tools.deliveries import EVENTS
from tools.message_costs import words
from tools.message_templates import MatterNamed
from tools.present import Block, Column, Fact, Facts, Shown, Table
from tools.results import Cost, Done, Preview, Result

ByChannel = Literal["whatsapp", "sms", "email"]
Whom = Annotated[Literal["guardian", "staff", "student"], Field(description="Whose messages.")]
Channels = Annotated[
    list[ByChannel] | None,
    Field(max_length=3, description="In order, the first that fits is used; empty: the bell alone; none: the default."),
]
Chosen = Annotated[list[UUID], Field(max_length=500, description="Which of them; none: all that were given up.")]
Begin = Annotated[time | None, Field(description="Start, such as 21:00; leave out to have none.")]
End = Annotated[time | None, Field(description="End, such as 07:00.")]


class ChannelOrder(Shown):
    """The channels a kind of message uses for a role, first choice first; none: the bell alone."""

    matter: str
    whom: str
    channels: list[str]


class MessageSettings(Result):
    """Quiet hours and the channels of each kind of message."""

    quiet: QuietHours | None
    rows: list[dict[str, str]]
    orders: list[ChannelOrder]
    costs: MessageCosts

    def headline(self) -> str:
        if self.quiet is None:
            return "Messages go out at any hour."
        return f"Messages that are not urgent wait from {self.quiet.begin:%H:%M} to {self.quiet.end:%H:%M}."

    def blocks(self) -> list[Block]:
        columns = [Column(key="what", label="Message")] + [
            Column(key=kind, label=kind.capitalize()) for kind in ("guardian", "staff", "student")
        ]
        return [Table(columns=columns, rows=[dict(row) for row in self.rows]), Facts(items=words(self.costs))]


@tool(
    permission=Permission.DELIVERIES_READ,
    effect=Effect.READ,
    rest="GET /api/v1/message-settings",
    says=(
        "When are our quiet hours?",
        "By which channel do guardians hear of results?",
        "Show the message settings",
        "How do messages go out?",
    ),
)
async def show_message_settings(tx: Tx) -> MessageSettings:
    """Show quiet hours and which channels each kind of message uses.

    Use when somebody asks how or when messages go out. To change use `set_quiet_hours` or `set_message_channels`.

    Shape:  nothing -> quiet hours and one row a kind of message.
    Units:  times of day where the school is.
    Errors: those of any read.
    Source: tables schools, channel_rules.
    """
    rows: list[dict[str, str]] = []
    orders: list[ChannelOrder] = []
    for matter, event in EVENTS.items():
        order = await message_settings.reached_by(tx, event)
        orders += [ChannelOrder(matter=matter, whom=k.value, channels=[c.value for c in order[k]]) for k in PersonKind]
        words = {kind.value: ", ".join(CHANNEL_WORDS[c] for c in order[kind]) or "the app only" for kind in PersonKind}
        rows.append({"what": EVENT_WORDS[event].capitalize(), **words})
    quiet, costs = await message_settings.quiet_hours(tx), await message_costs.of_school(tx)
    return MessageSettings(quiet=quiet, rows=rows, orders=orders, costs=costs)


def _hours(begin: time | None, end: time | None) -> QuietHours | None:
    if (begin is None) != (end is None):
        raise InvalidInput("Quiet hours need a beginning and an end, such as 21:00 and 07:00.")
    return QuietHours(begin=begin, end=end) if begin is not None and end is not None else None


async def _preview_quiet(tx: Tx, *, begin: Begin = None, end: End = None) -> Preview:
    tx.require(Permission.DELIVERIES_WRITE)
    hours, before = _hours(begin, end), await message_settings.quiet_hours(tx)
    when = f"from {hours.begin:%H:%M} to {hours.end:%H:%M}" if hours else "never"
    now = Fact(label="Now", value=f"{before.begin:%H:%M} to {before.end:%H:%M}" if before else "none")
    return Preview(
        title=f"Quiet hours: {when}", blocks=[Facts(items=[now])], state={"before": str(before)},
        summary="Messages that are not urgent wait until the quiet hours end. Absences are urgent.",
    )  # fmt: skip


@tool(
    permission=Permission.DELIVERIES_WRITE,
    effect=Effect.WRITE,
    rest="PUT /api/v1/message-settings/quiet-hours",
    says=(
        "Set quiet hours from 9 pm to 7 am",
        "No messages between 21:00 and 07:00",
        "Turn quiet hours off",
        "Do not text parents at night",
    ),
    preview=_preview_quiet,
)
async def set_quiet_hours(tx: Tx, *, begin: Begin = None, end: End = None) -> Done:
    """Set the hours in which messages that are not urgent wait, or remove them.

    Use when somebody wants no messages at night. Urgent ones, such as absences, still go out.

    Shape:  begin and end (none: no quiet hours) -> one setting.
    Units:  times of day where the school is.
    Errors: those of any change.
    Source: table schools.
    """
    hours = _hours(begin, end)
    before = await message_settings.set_quiet_hours(tx, hours)
    tx.undo_with(
        "set_quiet_hours", begin=before.begin.isoformat() if before else None, end=before.end.isoformat() if before else None
    )  # fmt: skip
    said = f"from {hours.begin:%H:%M} to {hours.end:%H:%M}" if hours else "off"
    return Done(message=f"Quiet hours are {said}.")


def _order(channels: list[ByChannel] | None) -> str:
    if channels is None:
        return "the default channels"
    return ", then ".join(CHANNEL_WORDS[Channel(c)] for c in channels) or "the app only"


async def _preview_channels(
    tx: Tx, *, matter: MatterNamed, channels: Channels = None, whom: Whom = "guardian"
) -> Preview:
    tx.require(Permission.DELIVERIES_WRITE)
    order = (await message_settings.reached_by(tx, EVENTS[matter]))[PersonKind(whom)]
    now = Fact(label="Now", value=_order([c.value for c in order]))  # type: ignore[arg-type]
    return Preview(
        title=f"{EVENT_WORDS[EVENTS[matter]].capitalize()} messages to {whom}s: {_order(channels)}",
        summary="Each person's own choice still comes first.", blocks=[Facts(items=[now])],
        state={"before": [c.value for c in order]},
    )  # fmt: skip


@tool(
    permission=Permission.DELIVERIES_WRITE,
    effect=Effect.WRITE,
    rest="PUT /api/v1/message-settings/channels/{matter}",
    says=(
        "Send results to guardians by e-mail first, then SMS",
        "Use WhatsApp for attendance messages",
        "Timetable changes only in the app",
        "Go back to the default channels for notices",
    ),
    preview=_preview_channels,
)
async def set_message_channels(
    tx: Tx, *, matter: MatterNamed, channels: Channels = None, whom: Whom = "guardian"
) -> Done:
    """Set which channels a kind of message uses for a role, in order.

    Use when the school wants a kind of message on other channels. A person's own preference still comes first.

    Shape:  a matter, channels in order, whom -> one rule.
    Units:  channels.
    Errors: those of any change.
    Source: table channel_rules.
    """
    wanted = None if channels is None else [Channel(channel) for channel in channels]
    before = await message_settings.set_channels(tx, EVENTS[matter], PersonKind(whom), wanted)
    tx.undo_with(
        "set_message_channels", matter=matter, whom=whom, channels=None if before is None else [c.value for c in before]
    )  # fmt: skip
    return Done(message=f"{EVENT_WORDS[EVENTS[matter]].capitalize()} messages to {whom}s now use {_order(channels)}.")


async def _preview_replay(tx: Tx, *, deliveries: Chosen = []) -> Preview:  # noqa: B006  # never changed
    tx.require(Permission.DELIVERIES_WRITE)
    dead = await delivery_log.find(tx, states=[DeliveryState.DEAD.value], limit=5000)
    dead = [line for line in dead if not deliveries or line.id in deliveries]
    maybe = sum("may have arrived" in line.reason for line in dead)
    warnings = [f"{maybe} of them may have arrived already: they would come twice."] if maybe else []
    return Preview(
        title=f"Send {len(dead)} given-up messages again", summary="Each gets all its attempts once more.",
        included=len(dead), warnings=warnings, state={"dead": sorted(str(line.id) for line in dead)},
        cost=Cost(amount=float(sum(line.cost for line in dead)), currency=(await _currency(tx))),
    )  # fmt: skip


async def _currency(tx: Tx) -> str:
    return (await schools.current(tx)).currency


@tool(
    permission=Permission.DELIVERIES_WRITE,
    effect=Effect.SEND,
    rest="POST /api/v1/deliveries/given-up/replay",
    says=(
        "Send the given-up messages again",
        "Replay the dead letters",
        "Retry all failed messages now that the gateway is back",
        "Try the messages that were given up once more",
    ),
    preview=_preview_replay,
)
async def replay_messages(tx: Tx, *, deliveries: Chosen = []) -> Done:  # noqa: B006  # never changed
    """Send the messages that were given up once more, all or some.

    Use when a provider works again. See them first with `find_deliveries` in state dead.

    Shape:  given-up deliveries (none: all of them) -> they are queued again.
    Units:  messages.
    Errors: those of any change.
    Source: table deliveries.
    """
    rows = await delivery_states.replay(tx, deliveries or None)
    return Done(message=f"{len(rows)} messages are being sent again.")
