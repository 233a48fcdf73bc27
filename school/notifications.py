"""Notifications: what a person is told about an event, and its delivery on each channel."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import DDL, CheckConstraint, ForeignKey, Index, Numeric, UniqueConstraint, event, func
from sqlalchemy.orm import Mapped, mapped_column

from runtime.table import Base, SchoolRow


class Channel(StrEnum):
    SMS = "sms"
    WHATSAPP = "whatsapp"
    EMAIL = "email"
    PUSH = "push"
    IN_APP = "in_app"


class EventType(StrEnum):
    """What people are told about. Preferences, rules and templates are kept per event type."""

    SCORES_PUBLISHED = "scores.published"
    ATTENDANCE_MARKED = "attendance.marked"
    ATTENDANCE_THRESHOLD = "attendance.threshold"
    FEE_REMINDER = "fee.reminder"
    REPORT_READY = "report.ready"
    TIMETABLE_CHANGED = "timetable.changed"
    NOTICE_SENT = "notice.sent"
    DIGEST = "digest"
    CHAT_REPLY = "chat.reply"


class Priority(StrEnum):
    URGENT = "urgent"
    NORMAL = "normal"
    LOW = "low"


class DeliveryState(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"
    DEAD = "dead"
    SKIPPED = "skipped"
    WITHDRAWN = "withdrawn"


class Notification(SchoolRow, Base):
    """One person told of one event, once."""

    __tablename__ = "notifications"

    event_id: Mapped[UUID]
    event_type: Mapped[str]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    about_student_ids: Mapped[list[str]] = mapped_column(default=list)
    title: Mapped[str]
    body: Mapped[str]
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    priority: Mapped[str] = mapped_column(default="normal")
    in_app: Mapped[bool] = mapped_column(default=True)
    """False keeps it out of the bell: a reply to a text message, or a person who wants no bell."""
    read_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("event_id", "person_id"),
        Index("ix_notifications_person", "person_id", "created_at"),
    )


class Delivery(SchoolRow, Base):
    """One message to one address on one channel, and all that became of it."""

    __tablename__ = "deliveries"

    notification_id: Mapped[UUID] = mapped_column(ForeignKey("notifications.id", ondelete="CASCADE"), index=True)
    event_id: Mapped[UUID]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    channel: Mapped[str]
    address: Mapped[str | None]
    text: Mapped[str]
    subject: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default=DeliveryState.QUEUED.value)
    reason: Mapped[str | None]
    attempts: Mapped[int] = mapped_column(default=0)
    provider: Mapped[str | None]
    provider_message_id: Mapped[str | None]
    segments: Mapped[int] = mapped_column(default=1)
    cost: Mapped[Decimal] = mapped_column(Numeric(10, 4), default=Decimal(0))
    priority: Mapped[str] = mapped_column(default="normal")
    extra: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What one channel needs beside the text: an approved template's name, a subject, a link."""
    not_before: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    updated_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("event_id", "person_id", "channel"),
        Index("ix_deliveries_state", "school_id", "state"),
        Index("ix_deliveries_provider_message", "provider", "provider_message_id"),
        CheckConstraint("attempts >= 0", name="attempts"),
    )


class DeliveryAttempt(SchoolRow, Base):
    """One call to a provider. Kept for years and by the month: a month is a partition in the schema `delivery_months`."""

    __tablename__ = "delivery_attempts"

    created_at: Mapped[datetime] = mapped_column(primary_key=True, server_default=func.now())
    delivery_id: Mapped[UUID] = mapped_column(ForeignKey("deliveries.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    provider: Mapped[str]
    outcome: Mapped[str]
    detail: Mapped[str] = mapped_column(default="")
    duration_ms: Mapped[int] = mapped_column(default=0)

    __table_args__ = ({"postgresql_partition_by": "RANGE (created_at)"},)


MAKE_MONTH = "make_delivery_month"
_PARTITIONS = (
    "CREATE SCHEMA IF NOT EXISTS delivery_months",
    "CREATE TABLE delivery_months.other PARTITION OF delivery_attempts DEFAULT",
    f"""
    CREATE FUNCTION {MAKE_MONTH}(day date) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    DECLARE
        first date := date_trunc('month', day);
        name text := to_char(first, '"attempts_"YYYY_MM');
    BEGIN
        EXECUTE format(
            'CREATE TABLE IF NOT EXISTS delivery_months.%I PARTITION OF delivery_attempts FOR VALUES FROM (%L) TO (%L)',
            name, first::timestamptz, (first + interval '1 month')::timestamptz);
        RETURN name;
    END $$""",
    f"SELECT {MAKE_MONTH}((now() + make_interval(months => n))::date) FROM generate_series(0, 2) AS n",
)
"""The application may not make tables, so the owner gives it a function that makes just these."""

for _statement in _PARTITIONS:
    event.listen(DeliveryAttempt.__table__, "after_create", DDL(_statement.replace("%", "%%")))


class ChannelRule(SchoolRow, Base):
    """The channels a school uses for one kind of event and one role, in order; absent means the default."""

    __tablename__ = "channel_rules"

    event_type: Mapped[str]
    role: Mapped[str]
    channels: Mapped[list[str]]

    __table_args__ = (UniqueConstraint("school_id", "event_type", "role"),)


class NotificationPreference(SchoolRow, Base):
    """A person's own choice for one kind of event on one channel; absent means the school's default."""

    __tablename__ = "notification_preferences"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    channel: Mapped[str]
    event_type: Mapped[str]
    enabled: Mapped[bool]

    __table_args__ = (UniqueConstraint("person_id", "channel", "event_type"),)


class OptOut(SchoolRow, Base):
    """An address that said STOP on a channel. Kept apart from preferences: only START lifts it."""

    __tablename__ = "opt_outs"

    channel: Mapped[str]
    address: Mapped[str]
    said: Mapped[str] = mapped_column(default="STOP")
    lifted_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("school_id", "channel", "address"),)


class MessageTemplate(SchoolRow, Base):
    """A school's own wording of one kind of event, on one channel, in one language."""

    __tablename__ = "message_templates"

    event_type: Mapped[str]
    channel: Mapped[str]
    language: Mapped[str] = mapped_column(default="en")
    subject: Mapped[str] = mapped_column(default="")
    body: Mapped[str]

    __table_args__ = (UniqueConstraint("school_id", "event_type", "channel", "language"),)
