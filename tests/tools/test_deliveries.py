"""Asked in conversation: why not, who not, again by e-mail, and what it cost."""

import pytest
from sqlalchemy import select, update

from runtime.caller import Caller
from runtime.errors import InvalidInput, NotAllowed, NotVisible
from runtime.ids import new_id
from runtime.transaction import transaction
from school import announcements, deliveries
from school.notifications import Channel, Delivery, DeliveryState
from school.people import Person
from tests.tiny_school import TinySchool
from tools.declare import load_all
from tools.invoke import invoke, preview

TOOLS = load_all()


@pytest.fixture
async def told(school: TinySchool, callers: dict[str, Caller]) -> None:
    """Last term's mathematics of JSS 2 Ruby was announced: one SMS went out, one guardian said STOP, one has no phone."""
    async with transaction(callers["head"]) as tx:
        sheet = (school.class_arms["JSS 2 Ruby"], school.subjects["Mathematics"], school.terms["last"])
        queued = await deliveries.queue(tx, new_id(), await announcements.scores_published(tx, *sheet))
        await tx.session.execute(
            update(Delivery)
            .where(Delivery.id.in_(queued.delivery_ids))
            .values(state=DeliveryState.SENT.value, sent_at=tx.now)
        )


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    ("student", "said"),
    [("Tunde Afolayan", "said STOP"), ("Zainab", "no phone number is on record"), ("Ada", "accepted by the network")],
)
async def test_why_not(callers: dict[str, Caller], student: str, said: str) -> None:
    found = await invoke(TOOLS["explain_delivery"], callers["teacher"], {"student": student})
    assert said in found.result.headline()
    assert "+234" not in found.result.markdown().replace("+234…", "")


@pytest.mark.usefixtures("told")
async def test_why_not_is_for_staff_of_that_student(callers: dict[str, Caller]) -> None:
    with pytest.raises(NotAllowed):
        await invoke(TOOLS["explain_delivery"], callers["guardian"], {"student": "Ada"})
    with pytest.raises(NotVisible):
        await invoke(TOOLS["explain_delivery"], callers["colleague"], {"student": "Chidi Okafor"})
    with pytest.raises(InvalidInput):
        await invoke(TOOLS["explain_delivery"], callers["head"], {})
    assert (await invoke(TOOLS["explain_delivery"], callers["head"], {"student": "Ada"})).result.headline()


@pytest.mark.usefixtures("told")
async def test_who_not_and_again_by_email(school: TinySchool, callers: dict[str, Caller]) -> None:
    head = callers["head"]
    missing = await invoke(TOOLS["find_unreached"], head, {"classArm": "JSS 2 Ruby", "subject": "maths"})
    assert missing.result.headline().startswith("2 of 3 people have not received the message about the JSS 2 Ruby")
    async with transaction(head) as tx:
        no_phone = update(Person).where(Person.id == school.guardians["no phone"])
        await tx.session.execute(no_phone.values(email="hauwa@example.test"))
    shown, _ = await preview(TOOLS["resend_message"], head, {"channel": "email"})
    assert shown.included == 1
    assert [left.who for left in shown.excluded] == ["Sade Afolayan"]
    assert shown.messages[0].text.count("Hillcrest Academy") == 1
    for _ in range(2):
        await invoke(TOOLS["resend_message"], head, {"channel": "email"}, approved=True)
    async with transaction(head, read_only=True) as tx:
        sent = list(await tx.session.scalars(select(Delivery).where(Delivery.channel == Channel.EMAIL.value)))
    assert [(row.address, row.state) for row in sent] == [("hauwa@example.test", "queued")]
    assert "Zainab" in sent[0].text


@pytest.mark.usefixtures("told")
async def test_what_it_cost(callers: dict[str, Caller]) -> None:
    found = await invoke(TOOLS["show_message_usage"], callers["head"], {})
    assert "1 message went out" in found.result.headline()
    assert "NGN 4.00" in found.result.headline()
    with pytest.raises(NotAllowed):
        await invoke(TOOLS["show_message_usage"], callers["teacher"], {})


async def test_nothing_sent_yet(callers: dict[str, Caller]) -> None:
    found = await invoke(TOOLS["find_unreached"], callers["head"], {"matter": "fees"})
    assert found.result.headline() == "No message about the fee reminder was sent yet."
    with pytest.raises(NotVisible):
        await preview(TOOLS["resend_message"], callers["head"], {"matter": "fees"})
