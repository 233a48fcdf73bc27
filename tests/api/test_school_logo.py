"""The logo: an administrator sets it, anybody's <img> shows it."""

import pytest
from httpx import ASGITransport, AsyncClient

from runtime.caller import Caller
from runtime.errors import InvalidInput
from runtime.transaction import transaction
from school import files
from tests.tiny_school import TinySchool
from tools.declare import load_all
from tools.invoke import invoke

TOOLS = load_all()
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cf50"
    "0f0003860180a57d9b470000000049454e44ae426082"
)


async def _file(caller: Caller, name: str, content: bytes, media_type: str) -> str:
    async with transaction(caller) as tx:
        return str((await files.save(tx, name, content, media_type)).id)


async def test_a_logo_is_seen_without_signing_in_and_removed_by_undo(school: TinySchool, callers, application) -> None:
    admin = callers["admin"]
    crest = await _file(admin, "crest.png", PNG, "image/png")
    page = await _file(admin, "page.html", b"<script>", "text/html")
    with pytest.raises(InvalidInput):
        await invoke(TOOLS["set_school_logo"], admin, {"file": page}, approved=True)
    await invoke(TOOLS["set_school_logo"], admin, {"file": crest}, approved=True)
    address = (await invoke(TOOLS["show_school"], callers["guardian"], {})).result.model_dump()["logo_url"]
    async with AsyncClient(transport=ASGITransport(application), base_url="http://test") as anybody:
        answer = await anybody.get(str(address))
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
        assert answer.content == PNG
        await invoke(TOOLS["undo_change"], admin, {}, approved=True)
        assert (await anybody.get(str(address))).status_code == 404
