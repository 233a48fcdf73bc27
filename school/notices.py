"""Notices: what is announced when somebody sends one."""

from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime

from runtime.events import Event


class NoticeSent(Event):
    """A notice was sent by a person; the workers write and deliver its messages."""

    name: ClassVar[str] = "notice.sent"
    public: ClassVar[bool] = True
    title: str
    text: str
    student_ids: list[UUID]
    person_ids: list[UUID]
    channel: str | None
    urgent: bool
    timestamp: AwareDatetime
