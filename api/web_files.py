"""The built portal and widget, served from web/dist: hashed assets for a year, pages fresh."""

from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, HTMLResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from runtime.errors import NotVisible

DIST = Path(__file__).parent.parent / "web" / "dist"
MISSING = (
    "<!doctype html><title>SchoolOS</title><h1>SchoolOS</h1><p>The portal has not been built here: run <code>make web</code>."
    ' The API is at <a href="/api/docs">/api/docs</a>.</p>'
)


class Assets(StaticFiles):
    """Files whose names carry a hash of their content never change."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def add_web_files(app: FastAPI) -> None:
    """Serve the built files; any other path that is not the API's is a page of the portal."""
    if (DIST / "assets").is_dir():
        app.mount("/assets", Assets(directory=DIST / "assets"), name="assets")

    @app.get("/{path:path}", include_in_schema=False)
    async def page(path: str, request: Request) -> Response:
        if path.startswith(("api/", "health", "metrics", "assets/", "mcp", "webhooks/")):
            raise NotVisible("There is nothing at this address.")
        wanted = (DIST / path).resolve()
        if path and wanted.is_file() and wanted.is_relative_to(DIST.resolve()):
            headers = {"Cache-Control": "no-cache"}
            if path.startswith("widget"):
                headers |= {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
            return FileResponse(wanted, headers=headers)
        index = DIST / "index.html"
        if not index.is_file():
            return HTMLResponse(MISSING)
        return FileResponse(index, headers={"Cache-Control": "no-cache"})
