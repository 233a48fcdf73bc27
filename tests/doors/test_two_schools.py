"""The same document, word for word, in two schools: asked by phone and in Slack, each answers from its own alone."""

import pytest
from sqlalchemy import select

from agent import chat
from channels import accounts, inbound
from channels.receiving import Incoming, receive
from runtime.caller import Caller, Door
from runtime.ids import new_id
from runtime.settings import settings
from runtime.transaction import transaction
from school.conversations import Turn
from school.documents import Audience, Document
from school.inbox import ContactPoint
from school.notifications import Channel
from school.people import Person
from tests.agent.conftest import assistant_school, trained
from tests.knowledge.conftest import add, store
from tests.tiny_school import TinySchool

__all__ = ["add", "assistant_school", "store", "trained"]
RULES = b"# House rules\n\n## Phones\n\nPhones stay in the office from morning until the last bell rings.\n"
QUESTION = "What do our documents say about phones?"
PHONE = "+2348130000078"


@pytest.fixture
async def shelves(add, assistant_school: TinySchool) -> dict[str, str]:
    """The document in both schools, and its id in each, by the school's slug."""
    settings.cache_clear()
    accounts.forget()
    both = (assistant_school, assistant_school.other)
    return {
        one.slug: str((await add(one.callers["admin"], "rules.md", RULES, audience=Audience.PUBLIC)).id) for one in both
    }


async def _remove(school: TinySchool) -> None:
    async with transaction(school.callers["admin"]) as tx:
        for row in await tx.session.scalars(select(Document)):
            row.deleted_at = tx.now


async def _cited(caller: Caller, answer: chat.Answer) -> str:
    async with transaction(caller, read_only=True) as tx:
        return str((await tx.session.get_one(Turn, answer.turn_id)).parts)


@pytest.mark.parametrize("door", [Door.SLACK, Door.WEB])
async def test_in_a_conversation(shelves: dict[str, str], assistant_school: TinySchool, door: Door) -> None:
    for school in (assistant_school, assistant_school.other):
        caller = school.callers["admin"].through(door)
        cited = await _cited(caller, await chat.answer(caller, QUESTION))
        (other,) = (identifier for slug, identifier in shelves.items() if slug != school.slug)
        assert shelves[school.slug] in cited and other not in cited
    await _remove(assistant_school)
    caller = assistant_school.callers["admin"].through(door)
    assert "office" not in await _cited(caller, await chat.answer(caller, QUESTION)), "nothing is borrowed"


@pytest.mark.parametrize("channel", [Channel.SMS, Channel.WHATSAPP])
async def test_by_phone(shelves: dict[str, str], assistant_school: TinySchool, channel: Channel) -> None:
    """The same number is known in both schools: each school's own line answers from its own documents."""
    said: dict[str, str] = {}
    for school in (assistant_school, assistant_school.other):
        system = Caller.system(school.id)
        async with transaction(school.callers["admin"]) as tx:
            person = await tx.session.get_one(Person, school.callers["admin"].person_id)
            person.phone = PHONE
            tx.session.add(ContactPoint(id=new_id(), school_id=school.id, person_id=person.id, channel="sms",
                                        address=PHONE, verified_at=tx.now, code_tries=0))  # fmt: skip
        if school is assistant_school:
            await _remove(school)
        async with transaction(system) as tx:
            message_id = await receive(tx, Incoming("sandbox", str(new_id()), channel, PHONE, school.slug, QUESTION))
        assert message_id is not None
        said[school.slug] = str(await inbound.answer(system, message_id))
    assert "office" not in said[assistant_school.slug] and "office" in said[assistant_school.other.slug]
