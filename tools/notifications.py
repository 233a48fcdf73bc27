"""My notifications: what came, what is unread."""

from typing import Annotated

from pydantic import Field

from runtime.transaction import Tx
from school import bell
from school.bell import Shown as Notification
from school.permissions import Permission
from tools.declare import Effect, Said, tool
from tools.present import Block, Column, Table
from tools.results import Result

Unread = Annotated[
    bool,
    Field(description="Only those not read yet."),
    Said("unread", "not read", "not yet read", "havent read", "not opened", "not seen"),
]


class NotificationList(Result):
    """The caller's notifications, newest first."""

    unread: int
    total: int
    items: list[Notification]

    def headline(self) -> str:
        if not self.total:
            return "You have no notifications."
        unread = f"{self.unread} unread" if self.unread else "all read"
        return f"You have {self.total} notification{'s'[: self.total != 1]}, {unread}."

    def blocks(self) -> list[Block]:
        if not self.items:
            return []
        columns = [
            Column(key="at", label="When", kind="datetime"), Column(key="title", label="What"),
            Column(key="body", label="Message"), Column(key="read", label="Read"),
        ]  # fmt: skip
        rows = [
            {"at": n.created_at.isoformat(), "title": n.title, "body": n.body, "read": "yes" if n.read_at else "no"}
            for n in self.items
        ]
        return [Table(columns=columns, rows=rows, total=self.total)]


@tool(
    permission=Permission.NOTIFICATIONS_READ,
    effect=Effect.READ,
    rest="GET /api/v1/notifications",
    says=(
        "Show my notifications",
        "What is new for me?",
        "Do I have unread notifications?",
        "Which messages did the school send me?",
    ),
)
async def find_notifications(
    tx: Tx, *, unread: Unread = False,
    limit: Annotated[int, Field(ge=1, le=100)] = 20,
) -> NotificationList:  # fmt: skip
    """Find your own notifications, newest first.

    Use when somebody asks what is new for them or what the school told them.

    Shape:  optionally only unread ones -> one row a notification.
    Units:  times in UTC.
    Errors: those of any read.
    Source: table notifications.
    """
    found = await bell.page(tx, 1, limit, unread)
    return NotificationList(unread=found.unread, total=found.total, items=found.items)
