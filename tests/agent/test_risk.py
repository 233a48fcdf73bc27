"""Early warning in conversation: who, why, what changed, a note to guardians; and never to those it is not for."""

import pytest
from sqlalchemy import select

from runtime.outbox import OutboxRow
from runtime.transaction import transaction
from tests.risk_records import clear, everything, sheet


@pytest.fixture
async def two_terms(school):
    """Ada and Tunde are weak this term, Ada fell; the others do well."""
    await clear(school)
    good = {"Zainab": (8, 8, 16, 48), "Efe": (8, 8, 15, 45), "Musa": (9, 9, 17, 50)}
    await sheet(school, "Mathematics", "last", {"Ada": (7, 7, 14, 42), "Tunde": (4, 4, 8, 24), **good})
    await sheet(school, "Mathematics", "this", {"Ada": (3, 3, 6, 18), "Tunde": (3, 3, 6, 15), **good})
    return school


def shown(answer):
    return f"{answer.text} {answer.blocks} {answer.approvals}"


async def test_from_who_is_at_risk_to_a_note_to_guardians(two_terms, talk):
    teacher = talk("teacher")
    asked = shown(await teacher("who in JSS 2 Ruby is at risk?"))
    assert "Tunde" in asked and "Ada" in asked and "Zainab" not in asked
    why = await teacher("why?")
    assert "Okonjo Ada is at" in why.text and "30.0" in shown(why) and "fell by 40.0" in shown(why)
    changed = shown(await teacher("what changed since last term?"))
    assert "Okonjo Ada" in changed and "70" in changed and "Since First Term" in changed
    note = await teacher("draft a note to the guardians of these three")
    assert note.status == "waiting" and len(note.approvals) == 1
    assert "Okonjo" in shown(note) and "Afolayan" in shown(note)
    assert "on its way" in (await teacher("yes")).text
    async with transaction(everything(two_terms), read_only=True) as tx:
        [sent] = await tx.session.scalars(select(OutboxRow).where(OutboxRow.name == "notice.sent"))
    assert "risk" not in str(sent.payload).casefold()


async def test_the_arms_of_a_level_are_compared_in_a_subject(school, talk):
    asked = await talk("head")("compare the JSS 2 arms in Mathematics")
    assert "JSS 2 Topaz 61" in asked.text and "Mathematics" in asked.text


@pytest.mark.parametrize("role", ["guardian", "student", "bursar"])
async def test_it_is_not_for_others(two_terms, talk, role):
    speaker = talk(role)
    for text in ("who in JSS 2 Ruby is at risk?", "why is Tunde at risk?"):
        said = shown(await speaker(text))
        assert "30.0" not in said and "medium" not in said and "high risk" not in said
