"""Files both ways: what people attach comes into the school's store, what the school made goes into their thread."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any
from urllib.parse import urlparse
from uuid import UUID

import aiohttp
from slack_sdk.errors import SlackClientError

from channels import http
from channels.slack import blocks, charts
from channels.slack.blocks import Rendered
from channels.slack.place import Place
from runtime.caller import Caller
from runtime.errors import InvalidInput, SchoolOSError, Upstream
from runtime.settings import settings
from runtime.telemetry import log
from runtime.transaction import transaction
from school import files
from tools.present import FileLink, to_markdown

MOST = 10
OWN_FILE = re.compile(r"^/api/files/([0-9a-f-]{36})$")
_log = log("slack")


async def taken(caller: Caller, token: str, attached: list[dict[str, Any]]) -> list[str]:
    """Fetch what a person attached into the store, as theirs; the ids. Errors: invalid_input, upstream_failed."""
    found: list[str] = []
    for file in attached[:MOST]:
        url = str(file.get("url_private_download") or file.get("url_private") or "")
        received = await files.receive(caller.school_id, str(file.get("name") or "file"), _bytes(url, token))
        async with transaction(caller) as tx:
            found.append(str((await files.keep(tx, received)).id))
    return found


async def _bytes(url: str, token: str) -> AsyncIterator[bytes]:
    if not _is_slacks(url):
        raise InvalidInput("I can only read files that are kept in Slack. Upload the file itself.")
    try:
        headers = {"Authorization": f"Bearer {token}"}
        async with http.session().get(url, headers=headers, allow_redirects=False) as answer:
            if answer.status != 200 or "text/html" in answer.headers.get("content-type", ""):
                raise Upstream("Slack did not hand the file over. Please attach it again.")
            async for chunk in answer.content.iter_any():
                yield chunk
    except (aiohttp.ClientError, TimeoutError):
        raise Upstream("Slack did not hand the file over. Please attach it again.") from None


def _is_slacks(url: str) -> bool:
    """The workspace's token goes to Slack's own hosts and nowhere else."""
    asked, own = urlparse(url), urlparse(settings().slack_api_url)
    if (asked.scheme, asked.netloc) == (own.scheme, own.netloc):
        return True
    host = asked.hostname or ""
    return asked.scheme == "https" and (host == "slack.com" or host.endswith(".slack.com"))


async def send(caller: Caller, place: Place, found: Rendered) -> None:
    """Charts as pictures, long tables as CSV, files as files: into the person's direct conversation only."""
    if not (found.charts or found.sheets or found.files):
        return
    direct = await place.direct()
    for chart in found.charts[:4]:
        picture = await asyncio.to_thread(charts.png, chart)
        if not await _upload(direct, f"{chart.title[:60]}.png", picture, chart.title):
            await direct.say(chart.title, blocks.markdown(to_markdown(chart)))
    for name, content in found.sheets[:4]:
        await _upload(direct, name, content, name)
    for file in found.files[:MOST]:
        await _file(caller, direct, file)


async def _file(caller: Caller, place: Place, file: FileLink) -> None:
    own = OWN_FILE.match(urlparse(file.url).path)
    if own:
        with suppress(SchoolOSError):
            async with transaction(caller, read_only=True) as tx:
                kept, content = await files.read(tx, UUID(own[1]))
            if await _upload(place, kept.name, content, file.name):
                return
    await place.say(file.name, [blocks.section(f"📄 {blocks.link(file.name, file.url)}")])


async def _upload(place: Place, name: str, content: bytes, title: str) -> bool:
    try:
        await place.client.files_upload_v2(
            channel=place.channel, thread_ts=place.thread, filename=name.replace("/", "-"), content=content, title=title
        )
    except SlackClientError as error:
        _log.warning("upload_failed", error=type(error).__name__)
        return False
    return True
