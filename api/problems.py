"""Errors as RFC 9457 problem details: one body for ours, for FastAPI's own 422, and for what we did not foresee."""

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from starlette.exceptions import HTTPException

from runtime import rate_limits
from runtime.errors import Conflict, InvalidInput, NotVisible, SchoolOSError, TooMany, Upstream
from runtime.field_errors import plain
from runtime.telemetry import log

MEDIA_TYPE = "application/problem+json"
_log = log("api")


class FrameworkError(SchoolOSError):
    """A refusal of the web framework itself: its status, and its phrase as the code."""

    def __init__(self, status: int, phrase: str) -> None:
        super().__init__(phrase)
        self.status, self.code = status, phrase.lower().replace(" ", "_")  # type: ignore[misc]


class FieldError(BaseModel):
    field: str
    message: str


class Problem(BaseModel):
    """Problem details (RFC 9457), with our stable `code`."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="allow")

    type: str = Field(description="Address of the error's description.")
    title: str
    status: int
    detail: str = Field(description="What happened and what to do, for people.")
    code: str = Field(description="Stable name for programs.")
    request_id: str
    errors: list[FieldError] | None = None
    candidates: list[dict[str, Any]] | None = None


def problem(request: Request, error: SchoolOSError) -> JSONResponse:
    """One error as the answer to one request."""
    facts = {key: value for key, value in error.facts.items() if key not in {"errors", "candidates"}}
    body = Problem(
        type=f"/docs/errors#{error.code}", title=error.code.replace("_", " ").capitalize(), status=error.status,
        detail=error.message, code=error.code, request_id=getattr(request.state, "request_id", ""),
        errors=error.facts.get("errors"), candidates=error.facts.get("candidates"),
    )  # fmt: skip
    content = body.model_dump(mode="json", by_alias=True, exclude_none=True)
    content |= {to_camel(key): value for key, value in facts.items() if to_camel(key) not in content}
    headers = {"WWW-Authenticate": "Bearer"} if error.status == 401 else {}
    if isinstance(error, TooMany | Upstream):
        headers["Retry-After"] = str(error.facts.get("retry_after_s", 5))
    if window := rate_limits.current_window.get():
        headers |= window.headers()
    return JSONResponse(_plain(content), status_code=error.status, headers=headers, media_type=MEDIA_TYPE)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def add_handlers(app: FastAPI) -> None:
    """Answer every error of this application with problem details."""

    @app.exception_handler(SchoolOSError)
    async def ours(request: Request, error: SchoolOSError) -> JSONResponse:
        await rate_limits.window()
        return problem(request, error)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        fields = [
            {"field": ".".join(str(part) for part in item["loc"][1:]) or str(item["loc"][0]), "message": plain(item)}
            for item in error.errors()
        ]
        said = " ".join(f"{item['field']}: {item['message']}" for item in fields[:5])
        return problem(request, InvalidInput(f"Some of the request is not right. {said}", errors=fields))

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> JSONResponse:
        known: dict[int, SchoolOSError] = {404: NotVisible("There is nothing at this address.")}
        found = known.get(error.status_code)
        if found is None:
            found = FrameworkError(error.status_code, str(error.detail))
        answer = problem(request, found)
        answer.headers.update(error.headers or {})
        return answer

    @app.exception_handler(DataError)
    async def unstorable(request: Request, error: DataError) -> JSONResponse:
        return problem(
            request, InvalidInput("A value cannot be stored: it holds a character or a number out of range.")
        )

    @app.exception_handler(IntegrityError)
    async def clash(request: Request, error: IntegrityError) -> JSONResponse:
        _log.warning("integrity", constraint=getattr(getattr(error.orig, "diag", None), "constraint_name", None))
        return problem(
            request, Conflict("Somebody changed the same record at the same moment. Look again and repeat it.")
        )

    @app.exception_handler(OperationalError)
    async def database_away(request: Request, error: OperationalError) -> JSONResponse:
        _log.error("database", error=type(error.orig).__name__)
        return problem(request, Upstream("The database does not answer. Nothing was changed; try again in a moment."))

    @app.exception_handler(Exception)
    async def bug(request: Request, error: Exception) -> JSONResponse:
        _log.exception("unforeseen", path=request.url.path)
        return problem(
            request, SchoolOSError("Something went wrong on our side. It was recorded; nothing was half-saved.")
        )
