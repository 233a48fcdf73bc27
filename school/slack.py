"""Slack: the workspaces a school connected, who of the school is who there, and what Slack sent, once each."""

from datetime import datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from runtime.events import Event
from runtime.ids import new_id
from runtime.table import Base, SchoolRow
from runtime.transaction import Tx

CODE_LIFE = timedelta(minutes=15)
CODE_TRIES = 5
CODES_A_DAY = 5


class SlackRequestReceived(Event):
    """Slack told us something; it waits in `slack_requests` for a worker."""

    name: ClassVar[str] = "slack.request_received"
    request_id: UUID


class SlackWorkspace(SchoolRow, Base):
    """A workspace the app was installed in. Tokens are encrypted; a removed workspace keeps none."""

    __tablename__ = "slack_workspaces"

    team_id: Mapped[str] = mapped_column(unique=True)
    enterprise_id: Mapped[str | None]
    name: Mapped[str] = mapped_column(default="")
    app_id: Mapped[str] = mapped_column(default="")
    bot_id: Mapped[str] = mapped_column(default="")
    bot_user_id: Mapped[str] = mapped_column(default="")
    tokens: Mapped[str] = mapped_column(default="")
    scopes: Mapped[list[str]] = mapped_column(default=list)
    installed_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    removed_at: Mapped[datetime | None]


class SlackMember(SchoolRow, Base):
    """A member of a workspace, linked to a sign-in by e-mail and a code sent there."""

    __tablename__ = "slack_members"

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("slack_workspaces.id", ondelete="CASCADE"))
    slack_user_id: Mapped[str]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    email: Mapped[str]
    dm_channel: Mapped[str | None]
    verified_at: Mapped[datetime | None]
    code_hash: Mapped[str | None]
    code_expires_at: Mapped[datetime | None]
    code_tries: Mapped[int] = mapped_column(default=0)
    codes_sent: Mapped[int] = mapped_column(default=0)
    code_sent_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("workspace_id", "slack_user_id"),)


class SlackRequest(SchoolRow, Base):
    """One event, button press or command. `key` is Slack's own id of it, so that a repeat is dropped."""

    __tablename__ = "slack_requests"

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("slack_workspaces.id", ondelete="CASCADE"), index=True)
    key: Mapped[str]
    kind: Mapped[str]
    body: Mapped[dict[str, Any]]
    progress: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What an earlier attempt has already shown, so that the next one goes on with it instead of saying it twice."""
    handled_at: Mapped[datetime | None]
    outcome: Mapped[str | None]

    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        Index("ix_slack_requests_waiting", "created_at", postgresql_where=text("handled_at IS NULL")),
    )


async def keep(tx: Tx, workspace_id: UUID, key: str, kind: str, body: dict[str, Any]) -> UUID | None:
    """Put what Slack sent where the workers find it; null when it came before."""
    made = await tx.session.execute(
        insert(SlackRequest)
        .values(
            id=new_id(), school_id=tx.school_id, created_at=tx.now, workspace_id=workspace_id, key=key[:250], kind=kind,
            body=body, progress={},
        )
        .on_conflict_do_nothing()
        .returning(SlackRequest.id)
    )  # fmt: skip
    request_id = made.scalar_one_or_none()
    if request_id is not None:
        tx.emit(SlackRequestReceived(request_id=request_id))
    return request_id


async def waiting(tx: Tx, older_than: timedelta, newer_than: timedelta = timedelta(days=1)) -> list[UUID]:
    """Requests nobody finished: a worker died, or Redis lost the message that names them."""
    query = select(SlackRequest.id).where(
        SlackRequest.handled_at.is_(None), SlackRequest.created_at < tx.now - older_than,
        SlackRequest.created_at > tx.now - newer_than,
    )  # fmt: skip
    return list(await tx.session.scalars(query.order_by(SlackRequest.created_at).limit(500)))


async def workspaces(tx: Tx) -> list[SlackWorkspace]:
    """The workspaces the school is connected to."""
    query = select(SlackWorkspace).where(SlackWorkspace.removed_at.is_(None)).order_by(SlackWorkspace.name)
    return list(await tx.session.scalars(query))


async def linked(tx: Tx, user_ids: list[UUID]) -> list[SlackMember]:
    """The Slack members these users proved to be."""
    query = select(SlackMember).where(SlackMember.user_id.in_(user_ids), SlackMember.verified_at.is_not(None))
    return list(await tx.session.scalars(query.order_by(SlackMember.created_at)))


async def members(tx: Tx, workspace_id: UUID) -> int:
    """How many people are linked in a workspace."""
    query = select(func.count()).where(SlackMember.workspace_id == workspace_id, SlackMember.verified_at.is_not(None))
    return await tx.session.scalar(query) or 0
