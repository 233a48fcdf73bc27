"""The built portal and widget, served from web/dist: hashed assets for a year, pages fresh."""

from mimetypes import guess_type
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, HTMLResponse, Response
from starlette.datastructures import Headers
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from runtime.errors import NotVisible

DIST = Path(__file__).parent.parent / "web" / "dist"
CODINGS = {"br": ".br", "gzip": ".gz"}
MISSING = (
    "<!doctype html><title>SchoolOS</title><h1>SchoolOS</h1><p>The portal has not been built here: run <code>make web</code>."
    ' The API is at <a href="/api/docs">/api/docs</a>.</p>'
)


class Assets(StaticFiles):
    """Files whose names carry a hash of their content never change."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        found = smallest(DIST / "assets" / path, Headers(scope=scope))
        response = found or await super().get_response(path, scope)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def smallest(path: Path, asked: Headers) -> Response | None:
    """The file as the build compressed it, where there is such a file and the browser takes it."""
    taken = {part.split(";")[0].strip() for part in asked.get("accept-encoding", "").split(",")}
    for coding, suffix in CODINGS.items():
        kept = path.with_name(path.name + suffix)
        if coding in taken and kept.is_file() and kept.resolve().is_relative_to(DIST.resolve()):
            media_type = guess_type(path.name)[0] or "application/octet-stream"
            return FileResponse(
                kept, media_type=media_type, headers={"Content-Encoding": coding, "Vary": "Accept-Encoding"}
            )
    return None


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
            response = smallest(wanted, request.headers) or FileResponse(wanted)
            response.headers.update(headers)
            return response
        index = DIST / "index.html"
        if not index.is_file():
            return HTMLResponse(MISSING)
        response = smallest(index, request.headers) or FileResponse(index)
        response.headers["Cache-Control"] = "no-cache"
        return response
