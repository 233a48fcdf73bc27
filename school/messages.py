"""The text of a message: the school's own template or the default, for an event, a channel and a language."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from sqlalchemy import select

from runtime.errors import InvalidInput
from runtime.telemetry import log
from runtime.transaction import Tx
from school import schools, text_length, wording
from school.audience import CHANNEL_WORDS, Audience, Recipient
from school.notifications import Channel, EventType, MessageTemplate
from school.text_length import Length
from school.wording import Wording

LONGEST = {Channel.SMS: 1530, Channel.WHATSAPP: 4096, Channel.EMAIL: 100_000, Channel.PUSH: 1000, Channel.IN_APP: 4096}
"""Characters a channel carries: ten SMS parts, WhatsApp's own limit, and what a reader bears."""

LIST_PRICES = {Channel.SMS: Decimal("4.00"), Channel.WHATSAPP: Decimal("6.50")}
"""Price of a segment or message in the school's currency until the school enters its own (`school/message_costs.py`)."""

_log = log("messages")
Facts = Mapping[str, Any]


def names(values: Sequence[str]) -> str:
    """ "Ada", "Ada and Uche", "Ada, Uche and Bisi"."""
    listed = [str(value) for value in values]
    return listed[0] if len(listed) == 1 else " and ".join([", ".join(listed[:-1]), listed[-1]]) if listed else ""


class _Sandbox(ImmutableSandboxedEnvironment):
    """Also without `*` and `**`, with which three characters of template fill the memory, and without `range`."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        raise TemplateError(f"“{operator}” is not for templates")


def _environment() -> ImmutableSandboxedEnvironment:
    environment = _Sandbox(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=False)
    environment.filters = {
        name: environment.filters[name]
        for name in ("join", "length", "upper", "lower", "title", "capitalize", "trim", "first", "last", "default", "round")
    } | {"names": names}  # fmt: skip
    environment.globals = {}
    return environment


_JINJA = _environment()


@lru_cache(maxsize=2000)
def _compiled(source: str) -> Template:
    return _JINJA.from_string(source)


@dataclass(frozen=True, slots=True)
class Message:
    """One rendered message, with what it takes to send it."""

    channel: Channel
    subject: str
    text: str
    segments: int
    cost: Decimal
    length: Length | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """The words on one channel as one recipient gets them, and what all of them together cost."""

    channel: Channel
    text: str
    segments: int
    recipients: int
    cost: Decimal
    odd: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a preview shows of the messages: a sample per channel, the sum, warnings."""

    samples: tuple[Sample, ...]
    cost: Decimal
    currency: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """A school's words for one event: its templates, name, prices and whether texts are transliterated."""

    event_type: EventType
    school: str
    currency: str
    prices: Mapping[Channel, Decimal]
    transliterates: bool
    own: Mapping[tuple[Channel, str], Wording]

    def write(self, recipient: Recipient, facts: Facts) -> Message:
        """One recipient's message. A school's template that fails on these facts gives way to the default."""
        given = [about.given_name for about in recipient.about]
        replies = recipient.channel in (Channel.SMS, Channel.WHATSAPP)
        everything = {
            "link": "", "teacher": "", **facts, "school": self.school, "person": recipient.name,
            "students": given or facts.get("students", []), "reply": replies,
        }  # fmt: skip
        chosen = self._chosen(recipient.channel, recipient.language)
        try:
            subject, text = render(chosen, everything)
        except InvalidInput:
            _log.warning("template_failed", event_type=self.event_type.value, channel=recipient.channel.value)
            subject, text = render(wording.default(self.event_type, recipient.channel, recipient.language), everything)
        return self.measure(recipient.channel, subject, text)

    def measure(self, channel: Channel, subject: str, text: str) -> Message:
        """A text as it goes out on a channel, with its segments and cost."""
        if channel is not Channel.SMS:
            return Message(channel, subject, text, 1, self.prices.get(channel, Decimal(0)))
        sent = text_length.transliterate(text) if self.transliterates else text
        length = text_length.measure(sent)
        return Message(
            channel, subject, sent, length.segments, self.prices.get(channel, Decimal(0)) * length.segments, length
        )

    def _chosen(self, channel: Channel, language: str) -> Wording:
        for key in ((channel, language), (channel, "en")):
            if key in self.own:
                return self.own[key]
        return wording.default(self.event_type, channel, language)


def render(chosen: Wording, facts: Facts) -> tuple[str, str]:
    """Subject and text from a wording. Errors: invalid_input (a fault in the template, a missing fact)."""
    try:
        subject = _compiled(chosen.subject).render(facts)
        text = _compiled(chosen.body).render(facts)
    except (TemplateError, TypeError, ValueError, ArithmeticError, AttributeError, OverflowError) as error:
        raise InvalidInput(f"The template does not work: {str(error)[:200]}.", field="body") from None
    return " ".join(subject.split()), text.strip()


async def words(tx: Tx, event_type: EventType) -> Words:
    """The school's words for an event, read once for all its recipients."""
    rows = await tx.session.scalars(select(MessageTemplate).where(MessageTemplate.event_type == event_type.value))
    return await given(
        tx, event_type, {(Channel(row.channel), row.language): Wording(row.subject, row.body) for row in rows}
    )


async def given(tx: Tx, event_type: EventType, own: Mapping[tuple[Channel, str], Wording]) -> Words:
    """Words with these templates: none for what is worded already and only measured."""
    school = await schools.current(tx)
    entered = school.options.get("message_prices", {})
    prices = LIST_PRICES | {Channel(channel): Decimal(str(price)) for channel, price in entered.items()}
    return Words(
        event_type, school.name, school.currency, prices, bool(school.options.get("transliterate_sms", True)), own
    )


FactsFor = Callable[[Recipient], Facts]


async def estimate(tx: Tx, audience: Audience, facts_for: FactsFor) -> Estimate:
    """The messages an audience would get: one sample a channel (the longest), with totals over everyone."""
    chosen = await words(tx, audience.event_type)
    written: dict[Channel, list[Message]] = {}
    for recipient in audience.included:
        written.setdefault(recipient.channel, []).append(chosen.write(recipient, facts_for(recipient)))
    samples: list[Sample] = []
    warnings: list[str] = []
    for channel, messages in written.items():
        longest = max(messages, key=lambda message: (message.segments, len(message.text)))
        check_length(channel, longest.text, _weight(longest, chosen.currency))
        odd = longest.length.odd if longest.length else ()
        samples.append(
            Sample(
                channel, longest.text, longest.segments, len(messages), sum((m.cost for m in messages), Decimal(0)), odd
            )
        )
        if odd:
            warnings.append(
                f"“{''.join(odd[:5])}” is outside the plain SMS alphabet, so a segment holds 70 characters, not 160."
            )
    total = sum((sample.cost for sample in samples), Decimal(0))
    return Estimate(tuple(samples), total, chosen.currency, tuple(warnings))


def check_length(channel: Channel, text: str, weight: str = "") -> None:
    """Raise InvalidInput when a text is longer than its channel carries; `weight` says what it would come to."""
    if len(text) > LONGEST[channel]:
        raise InvalidInput(
            f"The message is {len(text):,} characters long{weight}; {CHANNEL_WORDS[channel]} takes {LONGEST[channel]:,}."
            " Shorten it, or send it by e-mail.", field="text",
        )  # fmt: skip


def _weight(message: Message, currency: str) -> str:
    if message.channel is not Channel.SMS:
        return ""
    return f", {message.segments} SMS parts and {currency} {message.cost:,.2f} for each person"
