"""The school's logo for anybody: the sign-in page, the widget, an <img>, which carries no token."""

from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import StreamingResponse

from api.problems import Problem
from runtime.caller import Caller
from runtime.errors import NotVisible
from runtime.transaction import across_schools, transaction
from school import branding, files
from school.branding import LOGO_TYPES

router = APIRouter(tags=["files"], responses={404: {"model": Problem}})


@router.get("/api/schools/{slug}/logo", operation_id="show_logo", response_class=StreamingResponse)
async def logo(slug: Annotated[str, Path(max_length=100)]) -> StreamingResponse:
    """The logo of a school, by the school's short name."""
    async with across_schools(read_only=True) as session:
        school = await branding.logo_of(session, slug)
    if school is None or school.logo_file_id is None:
        raise NotVisible("This school has no logo.")
    async with transaction(Caller.system(school.id), read_only=True) as tx:
        found = await files.access_file(tx, school.logo_file_id)
    if found.media_type not in LOGO_TYPES:
        raise NotVisible("This school has no logo.")
    headers = {
        "Content-Length": str(found.size), "Cache-Control": "public, max-age=31536000, immutable",
        "Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }  # fmt: skip
    return StreamingResponse(files.stream(found), media_type=found.media_type, headers=headers)
