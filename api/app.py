"""The web application: middleware, every router of this package, the REST projection, and the portal's files."""

import importlib
import pkgutil
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi
from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor
from starlette.middleware.cors import CORSMiddleware

import api
from api.limits import BodyLimit
from api.openapi_examples import add_examples
from api.problems import add_handlers
from api.requests import RequestContext
from api.rest import add_routes
from api.web_files import add_web_files
from runtime import database, redis, telemetry
from runtime.settings import settings
from tools.declare import load_all

DESCRIPTION = """
Every capability of SchoolOS, over REST. Each route here is one typed capability that the assistant, MCP and the command
line use, too, with the same rights and refusals. Sign in at `POST /api/auth/token`, or send an API key as a bearer token.

Changes take `?preview=true` (shows exactly what would happen, changes nothing) and an `Idempotency-Key` header (a retry
gets the first answer). Errors are RFC 9457 problem details with a stable `code`.
"""

EXPOSED = [
    "X-Request-Id", "X-Audit-Id", "Retry-After", "x-vercel-ai-ui-message-stream", "ETag", "Link", "RateLimit", "RateLimit-Policy",
    "Idempotency-Replayed",
]  # fmt: skip
"""Headers that pages of other origins may read."""


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
    """Set up this process, run what the routers need while it lives, and close its connections at the end."""
    telemetry.set_up("api")
    async with _started(app):
        yield
    await redis.forget()
    await database.forget()


@asynccontextmanager
async def _started(app: FastAPI) -> AsyncGenerator[None]:
    starting = [module.lifespan for module in _modules() if hasattr(module, "lifespan") and module.__name__ != __name__]
    async with _nested(starting, app):
        yield


@asynccontextmanager
async def _nested(contexts: list[Any], app: FastAPI) -> AsyncGenerator[None]:
    if not contexts:
        yield
        return
    async with contexts[0](app), _nested(contexts[1:], app):
        yield


def _modules() -> list[Any]:
    return [
        importlib.import_module(f"api.{module.name}")
        for module in pkgutil.iter_modules(api.__path__)
        if module.name not in {"__main__", "app"}
    ]


def create_app() -> FastAPI:
    """The application, with one route for each capability."""
    app = FastAPI(
        title="SchoolOS", version="1.0", description=DESCRIPTION, docs_url="/api/docs", redoc_url=None,
        openapi_url="/api/openapi.json", lifespan=lifespan, swagger_ui_oauth2_redirect_url=None,
    )  # fmt: skip
    add_handlers(app)
    app.add_middleware(BodyLimit)
    origins = [origin.strip() for origin in settings().cors_origins.split(",") if origin.strip()]
    if origins:
        app.add_middleware(
            CORSMiddleware, allow_origins=origins, allow_methods=["*"], allow_headers=["*"], allow_credentials=False,
            expose_headers=EXPOSED,
        )  # fmt: skip
    app.add_middleware(RequestContext)
    for module in _modules():
        if isinstance(getattr(module, "router", None), APIRouter):
            app.include_router(module.router)
        if hasattr(module, "mount"):
            module.mount(app)
    capabilities = APIRouter()
    add_routes(capabilities, load_all())
    app.include_router(capabilities)
    add_web_files(app)
    _describe(app)
    FastAPIInstrumentor.instrument_app(app, excluded_urls="health,metrics", exclude_spans=["send", "receive"])
    return app


def _describe(app: FastAPI) -> None:
    """The OpenAPI document, made once, with problem details as the one error body."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = get_openapi(
                title=app.title,
                version=app.version,
                description=app.description,
                routes=app.routes,
                openapi_version="3.1.0",
            )
            _only_problems(app.openapi_schema)
            add_examples(app.openapi_schema, dict(load_all()))
        return app.openapi_schema

    app.openapi = document


def _only_problems(schema: dict[str, Any]) -> None:
    body = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for operations in schema["paths"].values():
        for operation in operations.values():
            for status, answer in operation["responses"].items():
                if status.startswith(("4", "5")):
                    answer["content"] = body
    for unused in ("HTTPValidationError", "ValidationError"):
        schema.get("components", {}).get("schemas", {}).pop(unused, None)


app = create_app()
