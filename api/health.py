"""Whether this process lives, whether it can serve, and its metrics."""

import asyncio
from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text

from runtime.database import engine
from runtime.redis import redis_client

router = APIRouter(tags=["health"])


@router.get("/health/live", operation_id="show_liveness")
async def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


async def _database() -> str:
    async with engine().connect() as connection:
        await connection.execute(text("SELECT 1"))
    return "ok"


async def _redis() -> str:
    await redis_client().ping()  # pyright: ignore[reportGeneralTypeIssues]  # redis-py types it for both worlds
    return "ok"


@router.get("/health/ready", operation_id="show_readiness", responses={503: {"description": "A dependency is away."}})
async def ready() -> JSONResponse:
    """The database and Redis answer, too."""
    checks: dict[str, Any] = {}
    for name, check in (("database", _database), ("redis", _redis)):
        try:
            checks[name] = await asyncio.wait_for(check(), timeout=2)
        except Exception as error:  # any failure of a dependency means "not ready", whatever its type
            checks[name] = type(error).__name__
    well = all(value == "ok" for value in checks.values())
    return JSONResponse({"status": "ok" if well else "degraded", "checks": checks}, status_code=200 if well else 503)


@router.get("/metrics", include_in_schema=False)
async def metrics() -> Response:
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
