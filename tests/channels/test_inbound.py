"""What guardians write on their phones: a person on request, languages, voice notes, choices, short answers, harm."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from agent import chat
from agent.offline import mentions
from channels import accounts, inbound
from channels.providers import Outgoing
from channels.receiving import Incoming, receive
from channels.whatsapp_meta import pressable
from runtime import redis
from runtime.caller import Caller
from runtime.ids import new_id
from runtime.settings import settings
from runtime.transaction import transaction
from school import contact_points, phone_pins, phrases, text_length
from school.care import WORDS
from school.handovers import HandoverMessage, HandoverNotYours, HandoverOwned
from school.inbox import ContactPoint, InboundMessage
from school.notifications import Channel, Delivery
from school.people import Person
from school.phrase_book import SAID
from school.safeguarding import SafeguardingConcern
from tests import postgres
from tests.tiny_school import TinySchool
from tools.invoke import invoke, named


class Phone:
    """A guardian's proved phone: `await phone("hello")` gives what came back."""

    def __init__(self, school: TinySchool, who: str) -> None:
        self.school, self.number, self.person = school, school.phones[who], school.guardians[who]
        self.system = Caller.system(school.id)

    async def prove(self) -> None:
        async with transaction(self.system) as tx:
            found = await contact_points.of_address(tx, Channel.WHATSAPP, self.number)
            if found is None:
                tx.session.add(ContactPoint(id=new_id(), school_id=self.school.id, person_id=self.person,
                                            channel="whatsapp", address=self.number, verified_at=tx.now, code_tries=0))  # fmt: skip

    async def __call__(self, text: str, media: tuple[str, ...] = (), channel: Channel = Channel.WHATSAPP) -> str | None:
        async with transaction(self.system) as tx:
            came = Incoming("sandbox", str(new_id()), channel, self.number, "school", text, media)
            message_id = await receive(tx, came)
        assert message_id is not None
        return await inbound.answer(self.system, message_id)

    async def got(self) -> list[str]:
        async with transaction(self.system, read_only=True) as tx:
            query = select(Delivery.text).where(Delivery.address == self.number).order_by(Delivery.id)
            return list(await tx.session.scalars(query))


@pytest.fixture
async def phone(school: TinySchool, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Phone]:
    monkeypatch.setenv("REDIS_URL", postgres.valkey_url())
    settings.cache_clear()
    await redis.forget()
    accounts.forget()
    mentions.forget()
    made = Phone(school, "guardian")
    await made.prove()
    yield made
    await chat.settle()
    await redis.forget()


async def _do(tool: str, caller: Caller, **args: str) -> object:
    return (await invoke(named(tool), caller, args, approved=True)).result


async def test_a_person_has_the_conversation_alone_until_it_is_handed_back(phone: Phone) -> None:
    callers = phone.school.callers
    await phone("I want to talk to somebody")
    assert "I have asked a person" in (await phone.got())[-1]
    await phone("it is about the bus")
    inbox = (await invoke(named("find_inbox_conversations"), callers["head"], {})).result
    (waiting,) = inbox.items
    identifier = str(waiting.id)
    with pytest.raises(HandoverNotYours):
        await _do("send_inbox_reply", callers["head"], conversation=identifier, text="Hello")
    await _do("claim_inbox_conversation", callers["head"], conversation=identifier)
    for tool, args in (("claim_inbox_conversation", {}), ("send_inbox_reply", {"text": "me too"})):
        with pytest.raises(HandoverOwned if tool.startswith("claim") else HandoverNotYours):
            await _do(tool, callers["admin"], conversation=identifier, **args)
    before = len(await phone.got())
    assert await phone("How did Ada do in English?", channel=Channel.SMS) == ""
    assert len(await phone.got()) == before, "the assistant is silent"
    await _do("send_inbox_reply", callers["head"], conversation=identifier, text="The bus comes at four.")
    await _do("release_inbox_conversation", callers["head"], conversation=identifier)
    assert ["The bus comes at four." in t for t in (await phone.got())[-2:]] == [True, False]
    assert "the assistant answers again" in (await phone.got())[-1]
    async with transaction(phone.system, read_only=True) as tx:
        kept = list(await tx.session.scalars(select(HandoverMessage.text).order_by(HandoverMessage.id)))
        open_ = list(await tx.session.scalars(select(InboundMessage).where(InboundMessage.handled_at.is_(None))))
    assert [words for words in kept if "conversation" not in words] == [
        "I want to talk to somebody", "it is about the bus", "How did Ada do in English?", "The bus comes at four.",
    ]  # fmt: skip
    assert open_ == []
    assert "quiet" not in str(await phone("What is today's date?"))


async def test_stop_counts_and_harm_is_told_while_a_person_has_it(phone: Phone) -> None:
    await phone("PERSON")
    assert "no more messages" in str(await phone("STOP"))
    said = await phone("My stepfather beats me every night, please help")
    assert "not your fault" in str(said)
    async with transaction(phone.school.callers["head"], read_only=True) as tx:
        assert len(list(await tx.session.scalars(select(SafeguardingConcern)))) == 1


async def test_harm_from_an_unknown_number_is_not_sent_away(phone: Phone) -> None:
    phone.number = "+2348090000001"
    assert "not your fault" in str(await phone("my uncle is touching my private parts"))
    async with transaction(phone.school.callers["head"], read_only=True) as tx:
        (concern,) = await tx.session.scalars(select(SafeguardingConcern))
    assert concern.address == phone.number
    assert "do not know this number" in str(await phone("How is Ada?"))


async def test_the_language_is_kept_and_spoken(phone: Phone) -> None:
    assert "Hausa" in str(await phone("please write to me in Hausa"))
    assert "saƙonninmu" in str(await phone("YES"))
    async with transaction(phone.system, read_only=True) as tx:
        assert (await tx.session.get_one(Person, phone.person)).language == "ha"
    assert "saƙon murya" in str(await phone("", ("audio:1",)))
    assert "hoto" in str(await phone("", ("image:1",)))
    assert "abin da ka haɗa" in str(await phone("hello", ("image:1",)))


async def test_keywords_are_answered_in_the_guardians_language_or_in_their_own(phone: Phone) -> None:
    async with transaction(phone.system) as tx:
        (await tx.session.get_one(Person, phone.person)).language = "yo"
    assert ["ránṣẹ́ bí ẹ bá fẹ́" in str(await phone("STOP")), "níbí" in str(await phone("START"))] == [True, True]
    assert "àkópọ̀" in str(await phone("HELP"))
    phone.number = "+2348090000002"
    assert "ne recevrez plus" in str(await phone("arrêter"))
    assert "no more messages" in str(await phone("STOP"))


async def test_a_pin_is_set_by_phone_changed_only_with_it_and_ended_by_the_office(phone: Phone) -> None:
    asked = "How did Ada do in English last term?"
    assert "PIN is kept" in str(await phone("pin 2468"))
    assert "your PIN" in str(await phone(asked))
    assert "present PIN first" in str(await phone("PIN 1111"))
    assert "Thank you" in str(await phone("2468"))
    assert "your PIN" not in str(await phone(asked))
    async with transaction(phone.system, read_only=True) as tx:
        kept = list(await tx.session.scalars(select(InboundMessage.text)))
    assert not any("pin 2468" in text or "PIN 1111" in text for text in kept)
    assert "PIN is kept" in str(await phone("PIN 3579"))
    assert "your PIN" in str(await phone(asked))
    await _do("remove_guardian_pin", phone.school.callers["head"], guardian=str(phone.person))
    assert "your PIN" not in str(await phone(asked))


async def test_an_answer_by_sms_is_two_segments_at_most(phone: Phone) -> None:
    said = await phone("What can you do?", channel=Channel.SMS)
    assert said and said.startswith("You can ask, for example: ") and not said.endswith("…")
    assert text_length.measure(text_length.transliterate(said)).segments <= 2
    long = "Ọmọ mi " * 200
    assert text_length.measure(text_length.transliterate(text_length.fit(long, 2))).segments <= 2
    assert text_length.fit("short", 2) == "short"


async def test_several_children_are_asked_about_by_buttons(phone: Phone) -> None:
    said = str(await phone("How did my child do in English?"))
    assert "Ada" in said and "Uche" in said
    async with transaction(phone.system, read_only=True) as tx:
        (delivery,) = await tx.session.scalars(select(Delivery).where(Delivery.address == phone.number))
    labels = " ".join(label for label, _ in delivery.extra["options"])
    assert "Ada" in labels and "Uche" in labels
    shown = pressable(Outgoing(new_id(), phone.school.id, Channel.WHATSAPP, phone.number, said, extra=delivery.extra))
    assert shown is not None and shown["type"] in ("button", "list")


async def test_what_the_assistant_cannot_do_is_offered_to_a_person(phone: Phone) -> None:
    assert "write PERSON" in str(await phone("write me a poem about the sea"))


@pytest.mark.parametrize(
    ("count", "kind"), [(0, None), (2, "button"), (3, "button"), (4, "list"), (10, "list"), (11, None)]
)
def test_buttons_lists_or_plain_words(count: int, kind: str | None) -> None:
    options = [[f"Choice {n}", f"choose {n}"] for n in range(count)]
    made = pressable(Outgoing(new_id(), new_id(), Channel.WHATSAPP, "+1", "Which?", extra={"options": options}))
    assert (made["type"] if made else None) == kind


def test_every_fixed_sentence_is_in_every_language() -> None:
    facts = {"school": "Hillcrest", "person": "Ngozi Eze", "code": "123456"}
    for language in phrases.LANGUAGES:
        assert language in WORDS
        for what in SAID:
            said = phrases.say(what, language, **facts)
            assert "{" not in said and (language == "en" or said != phrases.say(what, "en", **facts))


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("PERSON", True), ("Can I speak with the principal?", True), ("Je veux parler à quelqu'un", True),
        ("Ina son magana da mutum", True), ("Mo fẹ́ bá ènìyàn sọ̀rọ̀", True), ("abeg make I talk to person", True),
        ("talk to me about fees", False), ("Who is the teacher?", False), ("please call the roll", False),
    ],
)  # fmt: skip
def test_asking_for_a_person_is_understood(said: str, wanted: bool) -> None:
    assert phrases.person_wanted(said) is wanted


async def test_marks_wait_for_the_pin_its_owner_set(phone: Phone) -> None:
    async with transaction(phone.school.callers["guardian"]) as tx:
        await phone_pins.choose(tx, "4821")
        assert await phone_pins.is_set(tx)
    assert "after your PIN" in str(await phone("How did Ada do in English last term?"))
    assert "not right" in str(await phone("4822"))
    assert "Thank you" in str(await phone("4821"))
    assert "English" in str(await phone("How did Ada do in English last term?"))
    async with transaction(phone.school.callers["guardian"]) as tx:
        await phone_pins.remove(tx)
        assert not await phone_pins.is_set(tx)


async def test_a_number_proved_later_waits_for_the_same_pin(phone: Phone) -> None:
    async with transaction(phone.school.callers["guardian"]) as tx:
        await phone_pins.choose(tx, "4821")
        person = await tx.session.get_one(Person, phone.person)
        await contact_points.begin(tx, person, Channel.WHATSAPP, "+2348099999999")
        query = select(ContactPoint.pin_hash).where(ContactPoint.address == "+2348099999999")
        assert await tx.session.scalar(query) == contact_points.hashed("4821", phone.person)
