"""Where an answer goes. There is no way here to write into a channel for all to see: only to one person.

A direct message is written to openly; anywhere else the answer is one only the asker sees (ephemeral).
"""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from channels.slack.text import safe

FALLBACK = 3000
MOST_BLOCKS = 50


@dataclass(frozen=True, slots=True)
class Place:
    """One person at one spot of a workspace."""

    client: AsyncWebClient
    team: str
    user: str
    channel: str | None
    thread: str | None = None
    response_url: str | None = None

    @property
    def is_direct(self) -> bool:
        """Whether this is the person's own direct conversation with the app."""
        return bool(self.channel and self.channel.startswith("D"))

    @property
    def address(self) -> str:
        """What the conversation is found again by: a thread of the direct one, or the person in a channel."""
        return f"slack:{self.team}:{self.channel}:{(self.thread if self.is_direct else None) or '-'}:{self.user}"

    async def say(self, text: str, blocks: list[dict[str, Any]] | None = None) -> str | None:
        """Say something to this person alone; gives the message's ts where it has one."""
        shown, parts = safe(text)[:FALLBACK], (blocks or [])[:MOST_BLOCKS]
        if self.is_direct:
            sent: Any = await self.client.chat_postMessage(
                channel=str(self.channel), thread_ts=self.thread, text=shown, blocks=parts or None,
                unfurl_links=False, unfurl_media=False,
            )  # fmt: skip
            return str(sent["ts"])
        if self.response_url:
            hook = AsyncWebhookClient(self.response_url)
            answer = await hook.send(
                text=shown, blocks=parts or None, response_type="ephemeral", replace_original=False
            )
            if answer.status_code == 200:
                return None
        return await self._ephemeral(shown, parts)

    async def _ephemeral(self, text: str, blocks: list[dict[str, Any]]) -> str | None:
        try:
            await self.client.chat_postEphemeral(
                channel=str(self.channel), user=self.user, thread_ts=self.thread, text=text, blocks=blocks or None
            )
            return None
        except SlackApiError:
            return await (await self.direct()).say(text, blocks)

    async def direct(self) -> "Place":
        """The same person's direct conversation."""
        if self.is_direct:
            return self
        opened: Any = await self.client.conversations_open(users=self.user)
        return Place(self.client, self.team, self.user, opened["channel"]["id"])

    async def status(self, text: str) -> None:
        """What the assistant is doing, under the composer; only assistant threads show it."""
        if self.is_direct and self.thread:
            with suppress(SlackApiError):
                await self.client.assistant_threads_setStatus(
                    channel_id=str(self.channel), thread_ts=self.thread, status=text
                )

    async def suggest(self, prompts: list[str], title: str | None = None) -> None:
        """Prompts to press, in an assistant thread; elsewhere nothing happens."""
        if self.is_direct and self.thread and prompts:
            shown = [{"title": prompt[:75], "message": prompt} for prompt in prompts[:4]]
            with suppress(SlackApiError):
                await self.client.assistant_threads_setSuggestedPrompts(
                    channel_id=str(self.channel), thread_ts=self.thread, prompts=shown, title=title
                )

    async def call_it(self, title: str) -> None:
        """The thread's title in the person's history."""
        if self.is_direct and self.thread:
            with suppress(SlackApiError):
                await self.client.assistant_threads_setTitle(
                    channel_id=str(self.channel), thread_ts=self.thread, title=title[:100]
                )
