"""The school's details, grading scale and four-eyes rule: previewed, changed by administrators alone, undone."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from runtime.caller import Caller
from runtime.errors import InvalidInput, NotVisible
from runtime.transaction import transaction
from school import assessment, schools
from school.classes import Level
from tests.tiny_school import TinySchool
from tools import approve
from tools.declare import load_all
from tools.invoke import ApprovalUsed, invoke, preview

TOOLS = load_all()
BANDS = [
    {"grade": "P", "fromPercent": 50, "remark": "Pass"},
    {"grade": "D", "fromPercent": "74.5", "remark": "Distinction"},
    {"grade": "F", "fromPercent": 0, "remark": "Fail"},
]


async def _undo(caller: Caller) -> None:
    await invoke(TOOLS["undo_change"], caller, {}, approved=True)


async def _details(caller: Caller) -> dict[str, object]:
    return (await invoke(TOOLS["show_school"], caller, {})).result.model_dump()


async def test_details_change_as_previewed_and_come_back(school: TinySchool, callers: dict[str, Caller]) -> None:
    admin, before = callers["admin"], await _details(callers["teacher"])
    args = {"motto": "  Light and  learning ", "colour": "#0D5C4F"}
    shown, _ = await preview(TOOLS["set_school_details"], admin, args)
    assert shown.title == "Change the school's motto, colour"
    assert shown.blocks[0].rows[1] == {"what": "Colour", "now": before["colour"], "then": "#0d5c4f"}
    await invoke(TOOLS["set_school_details"], admin, args, approved=True)
    now = await _details(callers["teacher"])
    assert (now["motto"], now["colour"]) == ("Light and learning", "#0d5c4f")
    await _undo(admin)
    assert await _details(callers["teacher"]) == before


@pytest.mark.parametrize(
    "args",
    [{"colour": "red"}, {"timeZone": "Mars/Olympus"}, {"name": "  "}, {"phone": "0801"}, {"currency": "naira"}, {}],
)
async def test_details_that_cannot_be_are_refused_before_and_after_approval(callers, args) -> None:
    with pytest.raises(InvalidInput):
        await preview(TOOLS["set_school_details"], callers["admin"], args)
    with pytest.raises(InvalidInput):
        await invoke(TOOLS["set_school_details"], callers["admin"], args, approved=True)


async def test_another_scale_says_whose_grades_change_and_is_undone(school: TinySchool, callers) -> None:
    admin = callers["admin"]
    async with transaction(admin, read_only=True) as tx:
        level = await tx.session.scalar(select(Level.id).where(Level.name == "JSS 2"))
    assert level
    args = {"bands": BANDS, "passPercent": 50}
    shown, _ = await preview(TOOLS["set_grading_scale"], admin, args)
    assert [row["grade"] for row in shown.blocks[0].rows] == ["D", "P", "F"]
    async with transaction(admin, read_only=True) as tx:
        before = [(b.grade, b.from_percent, b.remark) for b in (await assessment.bands_for(tx, level))[0]]
    await invoke(TOOLS["set_grading_scale"], admin, args, approved=True)
    async with transaction(admin, read_only=True) as tx:
        bands, passed = await assessment.bands_for(tx, level)
    assert [(b.grade, b.from_percent) for b in bands] == [("D", Decimal("74.50")), ("P", 50), ("F", 0)]
    assert passed == 50
    await _undo(admin)
    async with transaction(admin, read_only=True) as tx:
        bands, passed = await assessment.bands_for(tx, level)
    assert [(b.grade, b.from_percent, b.remark) for b in bands] == before
    assert passed == 40


async def test_a_level_gets_its_own_scale_and_follows_the_school_again(school: TinySchool, callers) -> None:
    admin = callers["admin"]
    await invoke(TOOLS["set_grading_scale"], admin, {"bands": BANDS, "level": "JSS 2"}, approved=True)
    shown = (await invoke(TOOLS["show_grading_scales"], callers["teacher"], {})).result
    assert [scale.level for scale in shown.scales] == [None, "JSS 2"]
    await invoke(TOOLS["remove_grading_scale"], admin, {"level": "JSS 2"}, approved=True)
    with pytest.raises(NotVisible):
        await invoke(TOOLS["remove_grading_scale"], admin, {"level": "JSS 2"}, approved=True)
    await _undo(admin)
    shown = (await invoke(TOOLS["show_grading_scales"], callers["teacher"], {})).result
    assert [band.grade for band in shown.scales[1].bands] == ["D", "P", "F"]


@pytest.mark.parametrize(
    "bands",
    [
        [{"grade": "A", "fromPercent": 10}],
        [{"grade": "A", "fromPercent": 50}, {"grade": "A", "fromPercent": 0}],
        [{"grade": "A", "fromPercent": 0}, {"grade": "B", "fromPercent": 0}],
        [{"grade": "A", "fromPercent": "50.123"}, {"grade": "B", "fromPercent": 0}],
    ],
)
async def test_a_total_never_has_no_grade_or_two(callers, bands) -> None:
    with pytest.raises(InvalidInput):
        await invoke(TOOLS["set_grading_scale"], callers["admin"], {"bands": bands}, approved=True)


async def test_the_rule_of_two_people_holds_for_what_is_asked_next(school: TinySchool, callers) -> None:
    admin = callers["admin"]
    with pytest.raises(InvalidInput):
        await invoke(TOOLS["set_second_approval"], admin, {"capabilities": ["show_school"]}, approved=True)
    await invoke(TOOLS["set_second_approval"], admin, {"capabilities": ["set_school_details"]}, approved=True)
    card = await approve.propose(TOOLS["set_school_details"], admin, {"motto": "Together"})
    assert card.needs_second_person
    await _undo(admin)
    card = await approve.propose(TOOLS["set_school_details"], admin, {"motto": "Together"})
    assert not card.needs_second_person


async def test_a_preview_looked_at_again_after_the_records_moved_is_out_of_date(school: TinySchool, callers) -> None:
    admin = callers["admin"]
    card = await approve.propose(TOOLS["set_school_details"], admin, {"motto": "Onward"})
    assert (await approve.current(admin, card.id)).status == "pending"
    await invoke(TOOLS["set_school_details"], admin, {"name": "Another Name"}, approved=True)
    assert (await approve.current(admin, card.id)).status == "stale"
    with pytest.raises(ApprovalUsed):
        await approve.approve(admin, card.id)
    async with transaction(admin, read_only=True) as tx:
        assert (await schools.current(tx)).motto != "Onward"
