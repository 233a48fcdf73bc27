"""What hosted models gave, also when no answer came of it: the tokens of a failed attempt are counted like any other."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from pydantic_ai import RunContext
from pydantic_ai.exceptions import ModelAPIError
from pydantic_ai.messages import ModelMessage, ModelResponse
from pydantic_ai.models import Model, ModelRequestParameters, StreamedResponse
from pydantic_ai.models.wrapper import WrapperModel
from pydantic_ai.settings import ModelSettings


class Metered(WrapperModel):
    """A hosted model that leaves every response, whole or cut off, in `given`.

    Once it failed it is not asked again in the same turn: the person waited for it once.
    """

    def __init__(self, wrapped: Model, given: list[ModelResponse]) -> None:
        super().__init__(wrapped)
        self._given = given
        self._failed: ModelAPIError | None = None

    def _still_there(self) -> None:
        if self._failed is not None:
            raise ModelAPIError(self.model_name, "It failed before in this turn.") from self._failed

    async def request(
        self, messages: list[ModelMessage], model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:  # fmt: skip
        self._still_there()
        try:
            response = await self.wrapped.request(messages, model_settings, model_request_parameters)
        except ModelAPIError as error:
            self._failed = error
            raise
        self._given.append(response)
        return response

    @asynccontextmanager
    async def request_stream(
        self, messages: list[ModelMessage], model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters, run_context: RunContext[Any] | None = None,
    ) -> AsyncGenerator[StreamedResponse]:  # fmt: skip
        self._still_there()
        try:
            async with self.wrapped.request_stream(
                messages, model_settings, model_request_parameters, run_context
            ) as stream:
                try:
                    yield stream
                finally:
                    self._given.append(stream.get())
        except ModelAPIError as error:
            self._failed = error
            raise
