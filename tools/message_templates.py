"""Message templates: the school's own words, tried on a sample before they are kept."""

from typing import Annotated, Literal

from pydantic import Field

from runtime.transaction import Tx
from school import message_settings
from school.audience import CHANNEL_WORDS
from school.delivery_log import EVENT_WORDS
from school.message_settings import Template
from school.notifications import Channel, EventType
from school.permissions import Permission
from school.wording import SAMPLE_FACTS, Wording
from tools.declare import Effect, tool
from tools.deliveries import EVENTS
from tools.present import Block, Column, Fact, Facts, Notice, Table
from tools.results import Done, MessageSample, Preview, Result

MatterNamed = Annotated[
    Literal["results", "attendance", "notice", "fees", "report_card", "timetable", "warning", "digest"],
    Field(description="What the message is about."),
]
ByChannel = Annotated[Literal["sms", "whatsapp", "email", "in_app"], Field(description="The channel it is for.")]
Language = Annotated[str, Field(pattern="^[a-z]{2,3}$", description="Language code such as en or fr.")]
Body = Annotated[
    str | None,
    Field(max_length=10_000, description="Words with {{ facts }} in Jinja2; leave out to go back to the default."),
]
Subject = Annotated[str, Field(max_length=200, description="Subject, for e-mail and the app.")]


class TemplateList(Result):
    """Templates in use."""

    items: list[Template]

    def headline(self) -> str:
        own = sum(item.own for item in self.items)
        return f"{len(self.items)} message templates, {own} of them the school's own."

    def blocks(self) -> list[Block]:
        columns = [
            Column(key="what", label="Message"), Column(key="channel", label="Channel"),
            Column(key="language", label="Language"), Column(key="own", label="Own"), Column(key="body", label="Words"),
        ]  # fmt: skip
        rows = [
            {
                "what": EVENT_WORDS[EventType(t.event_type)], "channel": CHANNEL_WORDS[Channel(t.channel)],
                "language": t.language, "own": "yes" if t.own else "no", "body": t.body,
            }
            for t in self.items
        ]  # fmt: skip
        facts = ", ".join(sorted(SAMPLE_FACTS))
        return [Table(columns=columns, rows=rows), Notice(text=f"Facts a template may use: {facts}.")]


@tool(
    permission=Permission.DELIVERIES_READ,
    effect=Effect.READ,
    rest="GET /api/v1/message-templates",
    says=(
        "Show the message templates",
        "What does the SMS about results say?",
        "Which words do we use for attendance messages?",
        "Show the template of the report card e-mail",
    ),
)
async def show_message_templates(tx: Tx, *, matter: MatterNamed | None = None) -> TemplateList:
    """Show the words of the school's messages, its own and the default ones.

    Use when somebody asks what a message says. To change the words use `set_message_template`.

    Shape:  optionally a matter -> one row a matter, channel and language.
    Units:  words in Jinja2.
    Errors: those of any read.
    Source: table message_templates; default words.
    """
    return TemplateList(items=await message_settings.templates(tx, EVENTS[matter] if matter else None))


def _chosen(subject: str, body: str | None) -> Wording | None:
    return None if body is None else Wording(subject, body)


async def _preview(
    tx: Tx,
    *,
    matter: MatterNamed,
    channel: ByChannel,
    body: Body = None,
    subject: Subject = "",
    language: Language = "en",
) -> Preview:
    tx.require(Permission.DELIVERIES_WRITE)
    event, by = EVENTS[matter], Channel(channel)
    stands = await message_settings.own_template(tx, event, by, language)
    what = f"{EVENT_WORDS[event]} messages by {CHANNEL_WORDS[by]}"
    state = {"before": [stands.subject, stands.body] if stands else None}
    chosen = _chosen(subject, body)
    if chosen is None:
        return Preview(title=f"Go back to the default words of {what}", summary=f"Language {language}.", state=state)
    sample = await message_settings.try_out(tx, event, by, chosen)
    odd = sample.length.odd if sample.length else ()
    facts = [Fact(label="Subject", value=sample.subject)] if sample.subject else []
    return Preview(
        title=f"Change the words of {what}", summary="On a sample child it reads as below.", state=state,
        blocks=[Facts(items=facts)] if facts else [],
        messages=[MessageSample(channel=channel, text=sample.text, segments=sample.segments, cost=float(sample.cost))],
        warnings=[f"“{''.join(odd[:5])}” makes every segment hold 70 characters instead of 160."] if odd else [],
    )  # fmt: skip


@tool(
    permission=Permission.DELIVERIES_WRITE,
    effect=Effect.WRITE,
    rest="PUT /api/v1/message-templates/{matter}/{channel}",
    says=(
        "Change the SMS about results to: {{ school }}: results of {{ students | names }} are out",
        "Use our own words for attendance messages by WhatsApp",
        "Set the e-mail template of report cards",
        "Go back to the default words for notices by SMS",
    ),
    preview=_preview,
)
async def set_message_template(
    tx: Tx,
    *,
    matter: MatterNamed,
    channel: ByChannel,
    body: Body = None,
    subject: Subject = "",
    language: Language = "en",
) -> Done:
    """Set the school's own words for a kind of message on one channel, or remove them.

    Use when somebody wants to word a message differently; the preview tries it on a sample child.

    Shape:  a matter, channel, language and words (none: the default) -> one template.
    Units:  words in Jinja2, sandboxed; SMS segments are in the preview.
    Errors: those of any change.
    Source: table message_templates.
    """
    before = await message_settings.set_template(tx, EVENTS[matter], Channel(channel), language, _chosen(subject, body))
    tx.undo_with(
        "set_message_template", matter=matter, channel=channel, language=language, body=before.body if before else None,
        subject=before.subject if before else "",
    )  # fmt: skip
    what = f"{EVENT_WORDS[EVENTS[matter]]} messages by {CHANNEL_WORDS[Channel(channel)]}"
    return Done(message=f"The words of {what} are {'the default again' if body is None else 'changed'}.")
