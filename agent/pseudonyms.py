"""The switch `SCHOOLOS_HIDE_NAMES`: a hosted model sees stable pseudonyms; the person sees the real names."""

import base64
import hashlib
import hmac
import re
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic_ai import ModelMessage, ModelMessagesTypeAdapter, RunContext
from pydantic_ai.messages import (
    ModelResponse,
    ModelResponseStreamEvent,
    PartDeltaEvent,
    PartEndEvent,
    PartStartEvent,
    TextPart,
    TextPartDelta,
    ToolCallPart,
)
from pydantic_ai.models import Model, ModelRequestParameters, StreamedResponse
from pydantic_ai.models.wrapper import WrapperModel
from pydantic_ai.settings import ModelSettings
from sqlalchemy import select

from runtime.caller import Caller
from runtime.secrets import derived_key
from runtime.transaction import transaction
from school.folding import fold
from school.people import Guardian, Person, PersonKind

_TOKEN = re.compile(
    r"\\[nrtu\"\\]|\+?\d[\d ]{8,14}\d|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\w[\w\u0300-\u036f'’]*(?:-\w[\w\u0300-\u036f'’]*)*"
)
_PSEUDONYM = re.compile(r"\bX[a-z2-7]{7}\b")
_TAIL = re.compile(r"\w+$")
_KEPT = frozenset(
    {"tool_name", "kind", "part_kind", "tool_call_id", "timestamp", "run_id", "model_name", "conversation_id"}
)
_PHONE = re.compile(r"\+?\d[\d ]{8,14}\d")


class Pseudonyms:
    """The school's students and guardians as words that mean nothing, the same ones every time."""

    def __init__(self, key: bytes, words: set[str], addresses: set[str]) -> None:
        self._key = key
        self._words = {fold(word) for word in words if len(word) > 1}
        self._addresses = sorted((a for a in addresses if a.strip()), key=len, reverse=True)
        self._real: dict[str, str] = {}

    @classmethod
    async def of_school(cls, caller: Caller) -> "Pseudonyms":
        """Of everybody whose name, phone, e-mail or address must not leave the school."""
        async with transaction(caller, read_only=True) as tx:
            kinds = (PersonKind.STUDENT.value, PersonKind.GUARDIAN.value)
            columns = (Person.given_name, Person.other_names, Person.family_name)
            names = await tx.session.execute(select(*columns).where(Person.kind.in_(kinds)))
            words = {word for row in names for name in row for word in str(name).split()}
            addresses = set(await tx.session.scalars(select(Guardian.address)))
        return cls(derived_key("pseudonyms"), words, addresses)

    def hide(self, text: str) -> str:
        """A text without names, phones, e-mail addresses and home addresses."""
        for address in self._addresses:
            if address in text:
                text = text.replace(address, self._as(address))
        return _TOKEN.sub(lambda match: self._hidden(match[0]), text)

    def _hidden(self, token: str) -> str:
        bare = re.sub(r"['’]s$", "", token)
        if fold(bare) in self._words:
            return self._as(bare) + token[len(bare) :]
        personal = "@" in token or (_PHONE.fullmatch(token) and sum(c.isdigit() for c in token) >= 10)
        return self._as(token) if personal else token

    def _as(self, real: str) -> str:
        digest = hmac.new(self._key, (fold(real) or real).encode(), hashlib.sha256).digest()
        word = "X" + base64.b32encode(digest[:5]).decode().lower()[:7]
        self._real.setdefault(word, real)
        return word

    def restore(self, text: str) -> str:
        """The real names put back."""
        return _PSEUDONYM.sub(lambda match: self._real.get(match[0], match[0]), text)

    def hidden_messages(self, messages: list[ModelMessage]) -> list[ModelMessage]:
        """The same messages, hidden throughout."""
        dumped = ModelMessagesTypeAdapter.dump_python(messages, mode="json")
        return ModelMessagesTypeAdapter.validate_python(_walk(dumped, self.hide))

    def restored_response(self, response: ModelResponse) -> ModelResponse:
        """A response with the real names in its words and arguments."""
        dumped = ModelMessagesTypeAdapter.dump_python([response], mode="json")
        restored = ModelMessagesTypeAdapter.validate_python(_walk(dumped, self.restore))[0]
        assert isinstance(restored, ModelResponse)
        return restored


def _walk(value: Any, change: Any, key: str = "") -> Any:
    if isinstance(value, str):
        return value if key in _KEPT else change(value)
    if isinstance(value, dict):
        return {name: value[name] if name == "metadata" else _walk(value[name], change, name) for name in value}
    if isinstance(value, list):
        return [_walk(item, change, key) for item in value]
    return value


class HiddenNames(WrapperModel):
    """A hosted model that never sees a name."""

    def __init__(self, wrapped: Model, caller: Caller) -> None:
        super().__init__(wrapped)
        self._caller = caller
        self._pseudonyms: Pseudonyms | None = None

    async def _ready(self) -> Pseudonyms:
        self._pseudonyms = self._pseudonyms or await Pseudonyms.of_school(self._caller)
        return self._pseudonyms

    async def request(
        self, messages: list[ModelMessage], model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:  # fmt: skip
        names = await self._ready()
        response = await self.wrapped.request(names.hidden_messages(messages), model_settings, model_request_parameters)
        return names.restored_response(response)

    @asynccontextmanager
    async def request_stream(
        self, messages: list[ModelMessage], model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters, run_context: RunContext[Any] | None = None,
    ) -> AsyncGenerator[StreamedResponse]:  # fmt: skip
        names = await self._ready()
        hidden = names.hidden_messages(messages)
        async with self.wrapped.request_stream(hidden, model_settings, model_request_parameters, run_context) as stream:
            yield RestoredStream(model_request_parameters=model_request_parameters, inner=stream, names=names)


@dataclass
class RestoredStream(StreamedResponse):
    """A stream whose words get their real names back as they pass; a word cut between two chunks waits for its end."""

    inner: StreamedResponse = field(kw_only=True)
    names: Pseudonyms = field(kw_only=True)

    async def _get_event_iterator(self) -> AsyncIterator[ModelResponseStreamEvent]:
        held = ""
        async for event in self.inner:
            match event:
                case PartStartEvent(index=index, part=TextPart(content=content)):
                    ready, held = _cut(content)
                case PartDeltaEvent(index=index, delta=TextPartDelta(content_delta=content)):
                    ready, held = _cut(held + content)
                case PartEndEvent(index=index, part=TextPart()):
                    ready, held = held, ""
                case PartEndEvent(index=index, part=ToolCallPart() as part):
                    called = self._parts_manager.handle_tool_call_delta(
                        vendor_part_id=index, tool_name=part.tool_name, tool_call_id=part.tool_call_id,
                        args=self.names.restore(part.args_as_json_str()),
                    )  # fmt: skip
                    if called is not None:
                        yield called
                    continue
                case _:
                    continue
            for said in self._parts_manager.handle_text_delta(vendor_part_id=index, content=self.names.restore(ready)):
                yield said
        self._usage = self.inner.usage
        self.finish_reason = self.inner.finish_reason
        self.provider_details = self.inner.provider_details

    async def close_stream(self) -> None:
        await self.inner.close_stream()

    @property
    def model_name(self) -> str:
        return self.inner.model_name

    @property
    def provider_name(self) -> str | None:
        return self.inner.provider_name

    @property
    def provider_url(self) -> str | None:
        return self.inner.provider_url

    @property
    def timestamp(self) -> datetime:
        return self.inner.timestamp


def _cut(text: str) -> tuple[str, str]:
    """What may go out, and the word at the end that may go on."""
    tail = _TAIL.search(text)
    return (text[: tail.start()], text[tail.start() :]) if tail else (text, "")
