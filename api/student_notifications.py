"""The student portal's own addresses for the bell; what they do is what `/api/notifications` does."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Query

from api import notifications
from api.live import LiveStream
from api.notifications import Count, PreferenceChoices, Preferences
from api.problems import Problem
from api.sign_in import Camel, SignedInCaller
from runtime.caller import Caller, Role
from runtime.errors import NotAllowed
from school.bell import Page

router = APIRouter(prefix="/api/students", tags=["notifications"], responses={403: {"model": Problem}})


class Read(Camel):
    notification_id: UUID | None = None
    """None marks all of them."""


def _check(caller: Caller) -> None:
    if caller.role is not Role.STUDENT:
        raise NotAllowed("These addresses are the student portal's. Use /api/notifications.")


@router.get("/notifications", operation_id="list_student_notifications")
async def page(
    caller: SignedInCaller, page: Annotated[int, Query(ge=1, le=10_000)] = 1,
    limit: Annotated[int, Query(ge=1, le=100)] = 20, unread: bool = True,
) -> Page:  # fmt: skip
    """A student's notifications, the unread ones unless asked for all."""
    _check(caller)
    return await notifications.page(caller, page, limit, unread)


@router.post("/notifications", operation_id="read_student_notifications", responses={404: {"model": Problem}})
async def read(body: Read, caller: SignedInCaller) -> Count:
    """Mark one notification as read, or all of them."""
    _check(caller)
    if body.notification_id is None:
        return await notifications.read_all(caller)
    await notifications.read(body.notification_id, caller)
    return Count(count=1)


@router.get("/notifications/sse", operation_id="stream_student_notifications", response_class=LiveStream)
async def stream(
    caller: SignedInCaller, last_event_id: Annotated[str | None, Header(max_length=60)] = None
) -> LiveStream:
    """A student's notifications as they come; resumes from Last-Event-ID."""
    _check(caller)
    return await notifications.stream(caller, last_event_id)


@router.get("/preferences", operation_id="show_student_preferences")
async def preferences(caller: SignedInCaller) -> Preferences:
    """What reaches the student, per kind of event and channel."""
    _check(caller)
    return await notifications.preferences(caller)


@router.put("/preferences", operation_id="set_student_preferences", responses={422: {"model": Problem}})
async def prefer(choices: PreferenceChoices, caller: SignedInCaller) -> Preferences:
    """Choose what reaches the student."""
    _check(caller)
    return await notifications.prefer(choices, caller)
