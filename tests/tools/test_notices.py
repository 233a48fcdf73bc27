"""A notice that is too long: what it would come to and what the limit is, in the preview and when it is sent anyway."""

import re

import pytest

from runtime.caller import Caller
from runtime.errors import InvalidInput
from runtime.transaction import transaction
from school import schools
from tools.declare import load_all
from tools.invoke import invoke, preview

TOOLS = load_all()
LONG = "The excursion to the museum leaves at eight. " * 67
ARGS = {"classArms": ["JSS 2 Ruby"], "channel": "sms"}


@pytest.mark.parametrize(("text", "least"), [(LONG[:3000], 20), (LONG[:2999] + "ẹ", 45)])
async def test_three_thousand_characters_by_sms(callers: dict[str, Caller], text: str, least: int) -> None:
    head, tool = callers["head"], TOOLS["send_notice"]
    async with transaction(head) as tx:
        school = await schools.current(tx)
        school.options = {**school.options, "transliterate_sms": False}
    with pytest.raises(InvalidInput) as refused:
        await preview(tool, head, {**ARGS, "text": text})
    said = refused.value.message
    told = re.search(r"(\d+) SMS parts and NGN ([\d.]+) for each person", said)
    assert told, said
    assert least <= int(told[1]) <= least + 2
    assert float(told[2]) == int(told[1]) * 4
    assert "takes 1,530" in said and "e-mail" in said
    with pytest.raises(InvalidInput, match="takes 1,530"):
        await invoke(tool, head, {**ARGS, "text": text}, approved=True)
    shown, _ = await preview(tool, head, {**ARGS, "text": text[:1200]})
    assert shown.messages[0].segments in (8, 9)
