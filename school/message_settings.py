"""A school's own rules for messages: templates, the channels of each kind of event, quiet hours."""

from datetime import time

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from runtime.errors import InvalidInput
from runtime.ids import new_id
from runtime.transaction import Tx
from school import audience, messages, schools, wording
from school.messages import Message
from school.notifications import Channel, ChannelRule, EventType, MessageTemplate
from school.people import PersonKind
from school.permissions import Permission
from school.units import Value
from school.wording import SAMPLE_FACTS, Wording


class Template(Value):
    """The words of one kind of event on one channel in one language; `own` is false for the default words."""

    event_type: str
    channel: str
    language: str
    subject: str
    body: str
    own: bool


class QuietHours(Value):
    begin: time
    end: time


def trial(event_type: EventType, channel: Channel, chosen: Wording, school_name: str) -> tuple[str, str]:
    """A template on sample facts: what the editor shows while somebody types. Errors: invalid_input."""
    if not chosen.body.strip():
        raise InvalidInput("A message needs words.", field="body")
    reply = channel in (Channel.SMS, Channel.WHATSAPP)
    subject, text = messages.render(chosen, {**SAMPLE_FACTS, "school": school_name, "reply": reply})
    if not text:
        raise InvalidInput("This template comes out empty.", field="body")
    messages.check_length(channel, text)
    return subject, text


async def try_out(tx: Tx, event_type: EventType, channel: Channel, chosen: Wording) -> Message:
    """The same with the school's name, segments and cost."""
    words = await messages.words(tx, event_type)
    return words.measure(channel, *trial(event_type, channel, chosen, words.school))


async def templates(tx: Tx, event_type: EventType | None = None) -> list[Template]:
    """The school's own templates, and the default words where it has none."""
    tx.require(Permission.DELIVERIES_READ)
    rows = await tx.session.scalars(select(MessageTemplate).order_by(MessageTemplate.event_type))
    own = {(row.event_type, row.channel, row.language): row for row in rows}
    found: list[Template] = []
    for event in [event_type] if event_type else audience_events():
        for channel in (Channel.SMS, Channel.WHATSAPP, Channel.EMAIL, Channel.IN_APP):
            languages = {"en", *(key[2] for key in own if key[:2] == (event.value, channel.value))}
            for language in sorted(languages):
                row = own.get((event.value, channel.value, language))
                words = Wording(row.subject, row.body) if row else wording.default(event, channel, language)
                found.append(
                    Template(
                        event_type=event.value, channel=channel.value, language=language, subject=words.subject,
                        body=words.body, own=row is not None,
                    )
                )  # fmt: skip
    return found


def audience_events() -> list[EventType]:
    return [event for event in EventType if event is not EventType.CHAT_REPLY]


async def own_template(tx: Tx, event_type: EventType, channel: Channel, language: str) -> MessageTemplate | None:
    """The school's own words for this, if it has any."""
    return await tx.session.scalar(
        select(MessageTemplate).where(
            MessageTemplate.event_type == event_type.value, MessageTemplate.channel == channel.value,
            MessageTemplate.language == language,
        )
    )  # fmt: skip


async def set_template(
    tx: Tx, event_type: EventType, channel: Channel, language: str, chosen: Wording | None
) -> Wording | None:
    """Keep the school's own words (null goes back to the default). Returns what stood before. Errors: invalid_input."""
    tx.require(Permission.DELIVERIES_WRITE)
    before = await own_template(tx, event_type, channel, language)
    stood = Wording(before.subject, before.body) if before else None
    if chosen is None:
        if before is not None:
            await tx.session.execute(delete(MessageTemplate).where(MessageTemplate.id == before.id))
        return stood
    trial(event_type, channel, chosen, "School")
    statement = insert(MessageTemplate).values(
        id=new_id(), school_id=tx.school_id, event_type=event_type.value, channel=channel.value, language=language,
        subject=chosen.subject, body=chosen.body,
    )  # fmt: skip
    await tx.session.execute(
        statement.on_conflict_do_update(
            index_elements=["school_id", "event_type", "channel", "language"],
            set_={"subject": chosen.subject, "body": chosen.body},
        )
    )
    return stood


async def set_channels(
    tx: Tx, event_type: EventType, kind: PersonKind, channels: list[Channel] | None
) -> list[Channel] | None:
    """The channels of an event for a role, in order (null: the default; empty: the bell alone). Returns those before."""
    tx.require(Permission.DELIVERIES_WRITE)
    key = (ChannelRule.event_type == event_type.value, ChannelRule.role == kind.value)
    before = await tx.session.scalar(select(ChannelRule.channels).where(*key))
    stood = [Channel(name) for name in before] if before is not None else None
    if channels is None:
        await tx.session.execute(delete(ChannelRule).where(*key))
        return stood
    names = list(dict.fromkeys(channel.value for channel in channels))
    statement = insert(ChannelRule).values(
        id=new_id(), school_id=tx.school_id, event_type=event_type.value, role=kind.value, channels=names
    )
    await tx.session.execute(
        statement.on_conflict_do_update(
            index_elements=["school_id", "event_type", "role"], set_={"channels": statement.excluded.channels}
        )
    )
    return stood


async def quiet_hours(tx: Tx) -> QuietHours | None:
    found = (await schools.current(tx)).options.get("quiet_hours")
    return QuietHours(begin=found["from"], end=found["to"]) if found else None


async def set_quiet_hours(tx: Tx, hours: QuietHours | None) -> QuietHours | None:
    """Hold back messages that are not urgent between two times of the day (null: never). Returns those before."""
    tx.require(Permission.DELIVERIES_WRITE)
    if hours is not None and hours.begin == hours.end:
        raise InvalidInput("Quiet hours begin and end at different times.", field="end")
    before = await quiet_hours(tx)
    school = await schools.current(tx)
    rest = {key: value for key, value in school.options.items() if key != "quiet_hours"}
    if hours is not None:
        rest["quiet_hours"] = {"from": hours.begin.isoformat("minutes"), "to": hours.end.isoformat("minutes")}
    school.options = rest
    await tx.session.flush()
    return before


async def reached_by(tx: Tx, event_type: EventType) -> dict[PersonKind, tuple[Channel, ...]]:
    """The channels in use for an event, per role."""
    return await audience.rules(tx, event_type)
