"""Timetables as files and as calendar feeds. A feed's address is its key: calendar programs cannot sign in."""

from typing import Annotated, Literal
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Query, Response

from api.problems import Problem
from api.sign_in import SignedInCaller
from runtime.caller import Role
from runtime.errors import InvalidInput, NotVisible
from runtime.transaction import transaction
from school import timetable_feeds, timetable_fet, timetable_sheets, timetable_views, timetables

MEDIA = {"pdf": "application/pdf", "xlsx": timetable_feeds.XLSX, "fet": "application/xml"}
router = APIRouter(tags=["timetables"], responses={404: {"model": Problem}})


@router.get("/api/timetable/{timetable_id}/file.{kind}", operation_id="open_timetable_file", response_class=Response)
async def open_timetable_file(
    timetable_id: UUID,
    kind: Literal["pdf", "xlsx", "fet"],
    who: SignedInCaller,
    class_arm: Annotated[UUID | None, Query(alias="classArm")] = None,
    teacher: UUID | None = None,
) -> Response:
    """A timetable as PDF or XLSX: of a class, of a teacher, or of all; or the whole problem as a file of FET."""
    async with transaction(who, read_only=True) as tx:
        table = await timetables.access_timetable(tx, timetable_id)
        if class_arm is not None and not await timetable_views.may_see_class(tx, class_arm):
            raise NotVisible("There is no such class.")
        if class_arm is None and who.role in {Role.GUARDIAN, Role.STUDENT}:
            raise InvalidInput("Ask for one class: your child's, or your own.")
        if kind == "fet":
            body = await timetable_fet.fet(tx, table)
        else:
            make = timetable_sheets.pdf if kind == "pdf" else timetable_sheets.xlsx
            body = await make(tx, table, class_arm, teacher)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(f'{table.name}.{kind}')}"}
    return Response(body, media_type=MEDIA[kind], headers=headers)


@router.get("/api/timetable/calendar/{token}.ics", operation_id="open_timetable_calendar", response_class=Response)
async def open_timetable_calendar(token: str) -> Response:
    """The calendar at a private address: lessons of this term, in the school's time zone, without holidays."""
    caller, whose, key = timetable_feeds.opened(token)
    async with transaction(caller, read_only=True) as tx:
        body = await timetable_feeds.feed(tx, whose, key)
    headers = {"Cache-Control": "private, max-age=3600", "X-Robots-Tag": "noindex"}
    return Response(body, media_type="text/calendar; charset=utf-8", headers=headers)
