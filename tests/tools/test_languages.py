"""The language a person is written to in: previewed, kept, used, undone; and whose it may be."""

from datetime import date

import pytest

from agent.deps import Deps
from agent.instructions import instructions
from runtime.caller import Caller, Door
from runtime.errors import NotAllowed, NotVisible
from runtime.ids import new_id
from runtime.transaction import transaction
from school import trail
from school.people import Person
from tests.tiny_school import TinySchool
from tools.invoke import invoke, named, preview


async def _language(school: TinySchool, who: str) -> str:
    async with transaction(school.callers["admin"], read_only=True) as tx:
        return (await tx.session.get_one(Person, school.guardians[who])).language


async def test_a_guardian_chooses_a_language_and_takes_it_back(school: TinySchool, callers: dict[str, Caller]) -> None:
    guardian = callers["guardian"]
    shown, _ = await preview(named("set_language"), guardian, {"language": "Hausa"})
    assert shown.title == "Write to you in Hausa" and await _language(school, "guardian") == "en"
    done = await invoke(named("set_language"), guardian, {"language": "Hausa"}, approved=True)
    assert "saƙonninmu" in done.result.headline() and await _language(school, "guardian") == "ha"
    await invoke(named("undo_change"), guardian, {}, approved=True)
    assert await _language(school, "guardian") == "en"


async def test_the_office_keeps_a_guardians_language_and_nobody_else_does(
    school: TinySchool, callers: dict[str, Caller]
) -> None:
    args = {"language": "Igbo", "guardian": str(school.guardians["of Efe"])}
    with pytest.raises(NotVisible):
        await invoke(named("set_language"), callers["guardian"], args, approved=True)
    with pytest.raises(NotAllowed):
        await invoke(named("set_language"), callers["teacher"], args, approved=True)
    await invoke(named("set_language"), callers["head"], args, approved=True)
    assert await _language(school, "of Efe") == "ig"


async def test_somebody_known_by_phone_alone_sees_and_undoes_only_their_own(
    school: TinySchool, callers: dict[str, Caller]
) -> None:
    """They have no user: their changes are theirs by their person."""
    base = callers["guardian"]
    by_phone = [
        Caller(
            school_id=school.id, user_id=None, role=base.role, person_id=school.guardians[who], door=Door.SMS,
            permissions=base.permissions, name=who,
        )
        for who in ("of Efe", "of Musa")
    ]  # fmt: skip
    await invoke(named("set_language"), by_phone[0], {"language": "Yoruba"}, approved=True)
    assert (await invoke(named("find_changes"), by_phone[1], {})).result.entries == []
    with pytest.raises(trail.NothingToUndo):
        await invoke(named("undo_change"), by_phone[1], {}, approved=True)
    assert len((await invoke(named("find_changes"), by_phone[0], {})).result.entries) == 1
    await invoke(named("undo_change"), by_phone[0], {}, approved=True)
    assert await _language(school, "of Efe") == "en"


def test_a_hosted_model_is_told_the_language(school: TinySchool, callers: dict[str, Caller]) -> None:
    deps = Deps(callers["guardian"], new_id(), new_id(), today=date(2026, 9, 7))
    assert "answered in" not in instructions(deps)
    deps.language = "ha"
    assert "answered in Hausa" in instructions(deps)
