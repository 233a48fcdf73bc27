"""The school itself: its name, place, money, look and rules."""

from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from runtime.ids import new_id
from runtime.table import Base
from runtime.transaction import Tx


class School(Base):
    __tablename__ = "schools"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    slug: Mapped[str] = mapped_column(unique=True)
    address: Mapped[str] = mapped_column(default="")
    phone: Mapped[str | None]
    email: Mapped[str | None]
    motto: Mapped[str] = mapped_column(default="")
    time_zone: Mapped[str] = mapped_column(default="Africa/Lagos")
    country: Mapped[str] = mapped_column(default="NG")
    locale: Mapped[str] = mapped_column(default="en-NG")
    currency: Mapped[str] = mapped_column(default="NGN")
    colour: Mapped[str] = mapped_column(default="#1f4f8f")
    logo_file_id: Mapped[UUID | None]
    options: Mapped[dict[str, Any]] = mapped_column(default=dict)

    __table_args__ = (CheckConstraint("name <> ''", name="name_given"),)


async def current(tx: Tx) -> School:
    """The caller's school."""
    return await tx.session.get_one(School, tx.school_id)
