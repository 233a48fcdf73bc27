"""Answering what people send in: a worker goes on here with what `channels/receiving.py` put into the inbox."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import cast
from uuid import UUID, uuid5

from sqlalchemy import select, update

from agent import chat, safety
from agent.chat import Answer
from agent.offline import planner_file
from channels import accounts
from channels.providers import Outgoing, SendFailed
from runtime.caller import Caller, Door, Role
from runtime.errors import SchoolOSError
from runtime.telemetry import log
from runtime.transaction import Tx, transaction
from school import consent, contact_points, deliveries, digests, handovers, phone_pins, phrases, schools, text_length
from school.consent import Keyword
from school.deliveries import Reply
from school.digests import Every
from school.inbox import ContactPoint, InboundMessage
from school.notifications import Channel, Delivery
from school.people import Person, PersonKind
from school.permissions import granted
from school.phrases import person_wanted
from school.users import User
from tools.present import FileLink, to_plain

SMS_SEGMENTS = 2
"""Parts of an answer by SMS; what does not fit is in the portal."""

STRANGER_ANSWERS = 3
"""How often in an hour a number nobody knows is answered: two machines that answer each other end there."""

MOST_OFFERED = 10
PIN = re.compile(r"\s*pin\s*:?\s*(\d{4}|off)[\s.!]*", re.IGNORECASE)
KEYWORD_PHRASES = {Keyword.STOP: "stopped", Keyword.START: "started", Keyword.HELP: "help"}
DOORS = {Channel.SMS: Door.SMS, Channel.WHATSAPP: Door.WHATSAPP}
_log = log("inbound")


Send = Callable[[Delivery], Awaitable[None]]


async def answer(caller: Caller, message_id: UUID, send: Send | None = None) -> str | None:
    """Answer one inbox message; null when it was answered before. Every message gets an answer or a reason.

    `send` delivers the reply from here; without it the workers hear of it.
    """
    options: list[tuple[str, str]] = []
    document: dict[str, str] | None = None
    async with transaction(caller) as tx:
        message = await tx.session.get(InboundMessage, message_id)
        if message is None or message.handled_at is not None:
            return None
        channel = Channel(message.channel)
        point, person = await contact_points.known(tx, channel, message.sender) or (None, None)
        handed = person is not None and await _with_a_person(tx, message, channel, person)
        text = None if handed else await _without_the_assistant(tx, message, point, person)
        guardian = None
        if point is not None and person is not None and text is None:
            guardian = await _caller(tx, point, person, channel)
    if handed and point is not None:
        return await _concern_meanwhile(caller, guardian, message, point.person_id)
    if text is None and guardian is None:
        return await _stranger(caller, message)
    if text is None:
        assert guardian is not None
        text, options, document = await _ask(guardian, message)
    if point is None:
        return await _straight(caller, message, text, "answered")
    return await _reply(caller, message, point.person_id, text, options, document, send)


async def _concern_meanwhile(caller: Caller, guardian: Caller | None, message: InboundMessage, person_id: UUID) -> str:
    """Also while a person has the conversation: a child in danger does not wait for them."""
    who = guardian or _unknown(caller, Channel(message.channel))
    said = await safety.answer(who, message.text, address=message.sender)
    if said is not None:
        async with transaction(caller) as tx:
            event_id = uuid5(message.id, "care")
            channel = Channel(message.channel)
            care = Reply(event_id, person_id, channel, message.sender, said, "Your message")
            await deliveries.reply(tx, care)
    return said or ""


async def _with_a_person(tx: Tx, message: InboundMessage, channel: Channel, person: Person) -> bool:
    """Keep the message in the conversation a person has, or is asked for; the assistant then says nothing of its own."""
    if consent.keyword(message.text) is not None:
        return False
    row = await handovers.open_at(tx, message.sender, lock=True)
    if row is None and not person_wanted(message.text):
        return False
    first = row is None
    row = row or await handovers.ask(tx, person, channel, message.sender)
    row.channel = channel.value
    words = message.text or "(a message without words)"
    await handovers.written(tx, row, str(message.id), person.display_name, words)
    stored = await tx.session.get_one(InboundMessage, message.id, with_for_update=True)
    stored.handled_at, stored.outcome = tx.now, "with a person"
    if first:
        school = (await schools.current(tx)).name
        text = phrases.say("person_asked", person.language, school=school)
        await deliveries.reply(tx, Reply(message.id, person.id, channel, message.sender, text, "Your message"))
    return True


async def _without_the_assistant(
    tx: Tx, message: InboundMessage, point: ContactPoint | None, person: Person | None
) -> str | None:
    """Keywords, PINs and messages without words are answered at once."""
    language = person.language if person is not None else consent.tongue(message.text) or "en"
    if (word := consent.keyword(message.text)) is not None:
        return phrases.say(KEYWORD_PHRASES[word], language, school=(await schools.current(tx)).name)
    if point is None:
        return None
    if not message.text.strip():
        return phrases.say(_unread(message.media), language)
    if asked := re.fullmatch(r"\s*digest\s+(daily|weekly|off)[\s.!]*", message.text, re.IGNORECASE):
        often = cast(Every, asked[1].lower())
        await digests.choose(tx, point.person_id, often)
        return phrases.say(f"digest_{often}", language, school=(await schools.current(tx)).name)
    if chosen := PIN.fullmatch(message.text):
        said = await _choose_pin(tx, message, point, chosen[1])
        return phrases.say(said, language, school=(await schools.current(tx)).name)
    if point.pin_hash is not None and re.fullmatch(r"\s*\d{4}\s*", message.text):
        locked = await tx.session.get_one(ContactPoint, point.id, with_for_update=True)
        right = contact_points.unlock(locked, message.text.strip(), tx)
        return phrases.say("pin_right" if right else "pin_wrong", language)
    return None


async def _choose_pin(tx: Tx, message: InboundMessage, point: ContactPoint, said: str) -> str:
    """Set, change or end the PIN; the digits do not stay in the inbox. Which phrase to answer with."""
    pin = None if said.lower() == "off" else said
    stored = await tx.session.get_one(InboundMessage, message.id, with_for_update=True)
    stored.text = "PIN (not kept)"
    if not contact_points.is_unlocked(point, tx):
        return "pin_first"
    if pin is None:
        await phone_pins.remove(tx, point.person_id)
        return "pin_ended"
    await phone_pins.choose(tx, pin, point.person_id)
    return "pin_kept"


def _unread(media: list[str]) -> str:
    """What to say about something without words, by its kind."""
    kinds = {one.partition(":")[0] for one in media}
    return "voice" if "audio" in kinds else "picture" if "image" in kinds else "words_only"


async def _caller(tx: Tx, point: ContactPoint, person: Person, channel: Channel) -> Caller | None:
    """The person behind a verified number, with the rights they have at this door."""
    user = await tx.session.scalar(select(User).where(User.person_id == person.id, User.active).limit(1))
    if user is None and person.kind != PersonKind.GUARDIAN.value:
        return None
    role = Role(user.role) if user else Role.GUARDIAN
    return Caller(
        school_id=tx.school_id, user_id=user.id if user else None, role=role, person_id=person.id,
        door=DOORS.get(channel, Door.WEB), permissions=granted(role), name=person.display_name,
        marks_unlocked=contact_points.is_unlocked(point, tx),
    )  # fmt: skip


async def _ask(guardian: Caller, message: InboundMessage) -> tuple[str, list[tuple[str, str]], dict[str, str] | None]:
    """The assistant's answer, what can be pressed or numbered in reply to it, and the file it links to."""
    if not planner_file.load.cache_info().currsize:
        await asyncio.to_thread(planner_file.load)  # read from disk, or trained: not on the event loop
    try:
        answered = await chat.answer(
            guardian, message.text, client_id=str(message.id), address=f"{message.channel}:{message.sender}"
        )
    except SchoolOSError as error:
        return error.message, [], None
    text = answered.plain.strip() or answered.text.strip()
    if not text:
        return await _in_their_language(guardian, "no_answer"), [], None
    if message.media:
        text = f"{text} {await _in_their_language(guardian, 'not_opened')}"
    if message.channel == Channel.SMS.value:
        text = text_length.fit(text, SMS_SEGMENTS)
    return text, _options(answered), _document(message, answered, text)


async def _in_their_language(guardian: Caller, phrase: str) -> str:
    async with transaction(guardian, read_only=True) as tx:
        return phrases.say(phrase, (await tx.session.get_one(Person, guardian.person_id)).language)


def _document(message: InboundMessage, answered: Answer, text: str) -> dict[str, str] | None:
    """The PDF an answer links to, for WhatsApp to hand over as a file: the network fetches it, so over TLS only."""
    files = [block for block in answered.blocks if block["type"] == "file" and block["mediaType"] == "application/pdf"]
    if not files or message.channel != Channel.WHATSAPP.value or not files[0]["url"].startswith("https://"):
        return None
    caption = re.sub(r" {2,}", " ", text.replace(to_plain(FileLink(**files[0])), "")).strip()
    return {"link": files[0]["url"], "filename": files[0]["name"], "caption": caption}


def _options(answered: Answer) -> list[tuple[str, str]]:
    """Labels and what pressing them says: the answer's choices, yes and no to a preview, or what to ask next."""
    if answered.approvals:
        return [("Yes", "YES"), ("No", "NO")]
    choices = [block for block in answered.blocks if block["type"] == "choices"]
    if choices:
        return [(option["label"], option["send"]) for option in choices[-1]["options"]]
    return [(prompt, prompt) for prompt in dict.fromkeys(answered.suggestions[:MOST_OFFERED])]


async def _reply(
    caller: Caller, message: InboundMessage, person_id: UUID, text: str, options: list[tuple[str, str]],
    document: dict[str, str] | None = None, send: Send | None = None,
) -> str:  # fmt: skip
    """Queue the answer and mark the message as handled, in one transaction; then it is sent."""
    channel = Channel(message.channel)
    reply = Reply(message.id, person_id, channel, message.sender, text, "Your question", options, document)
    queued: Delivery | None = None
    async with transaction(caller) as tx:
        first = await tx.session.scalar(
            update(InboundMessage)
            .where(InboundMessage.id == message.id, InboundMessage.handled_at.is_(None))
            .values(handled_at=tx.now, outcome="answered")
            .returning(InboundMessage.id)
            .execution_options(synchronize_session=False)
        )
        if first is not None:
            if send is not None:
                await accounts.senders(tx, channel)  # known from here on: nothing is left to read once it is claimed
            queued = await deliveries.reply(tx, reply, claimed=send is not None)
    if send is not None and queued is not None:
        await send(queued)
    return text


async def _stranger(caller: Caller, message: InboundMessage) -> str:
    """A number nobody has proved: prove it by a code when a record has it, otherwise say how to enrol. Nothing else."""
    channel = Channel(message.channel)
    if (cared := await safety.answer(_unknown(caller, channel), message.text, address=message.sender)) is not None:
        return await _straight(caller, message, cared, "concern")
    async with transaction(caller) as tx:
        school = (await schools.current(tx)).name
        waits = await contact_points.waiting(tx, channel, message.sender)
        code = re.fullmatch(r"\s*(\d{6})\s*", message.text)
        if waits is not None and code is not None:
            right = contact_points.prove(waits, code[1], tx)
            owner = await tx.session.get_one(Person, waits.person_id)
            text = phrases.say("proved" if right else "code_wrong", owner.language, school=school)
            return await _straight(caller, message, text, "proved" if right else "wrong code", tx)
        person = await contact_points.owner_on_record(tx, channel, message.sender)
        if person is None and await contact_points.answered_lately(tx, channel, message.sender) >= STRANGER_ANSWERS:
            message = await tx.session.get_one(InboundMessage, message.id, with_for_update=True)
            message.handled_at, message.outcome = tx.now, "unknown number; told often enough"
            return ""
        if person is None:
            text = (
                f"{school}: I do not know this number. To enrol it, ask the school office to put it on your record,"
                " then write to us again."
            )
            return await _straight(caller, message, text, "unknown number", tx)
        if waits is not None and waits.code_tries < contact_points.CODE_TRIES and not code:
            text = phrases.say("code_asked", person.language, school=school)
            return await _straight(caller, message, text, "code asked", tx)
        made = await contact_points.begin(tx, person, channel, message.sender)
        text = phrases.say("code_sent", person.language, school=school, code=made)
    return await _straight(caller, message, text, "code sent")


def _unknown(caller: Caller, channel: Channel) -> Caller:
    """A number nobody has proved, as the writer of a concern."""
    return replace(caller, door=DOORS.get(channel, Door.WEB), name="")


async def _straight(caller: Caller, message: InboundMessage, text: str, outcome: str, open_tx: Tx | None = None) -> str:
    """Answer a number that belongs to nobody: there is no person to file a delivery under. Sent once, by its own id."""
    channel = Channel(message.channel)
    if open_tx is None:
        async with transaction(caller) as tx:
            return await _straight(caller, message, text, outcome, tx)
    row = await open_tx.session.get_one(InboundMessage, message.id, with_for_update=True)
    if row.handled_at is not None:
        return text
    row.handled_at, row.outcome = open_tx.now, outcome
    outgoing = Outgoing(message.id, open_tx.school_id, channel, message.sender, text, "Your message")
    for provider in await accounts.senders(open_tx, channel):
        try:
            await provider.send(outgoing)
            break
        except SendFailed as failure:
            row.outcome = f"{outcome}; reply failed: {failure.detail}"[:300]
            _log.warning("reply_failed", provider=provider.name, message_id=str(message.id))
    return text
