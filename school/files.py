"""Files people gave or the school made: who may open them, how big they are, where the bytes are kept."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from runtime.errors import NotVisible
from runtime.table import Base, SchoolRow
from runtime.transaction import Tx
from school.permissions import WHOLE_SCHOOL


class StoredFile(SchoolRow, Base):
    """`key` is unguessable and names the bytes in the store; `purpose` says what the file is for."""

    __tablename__ = "files"

    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[str] = mapped_column(default="upload")
    owner_user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    expires_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]


async def access_file(tx: Tx, file_id: UUID) -> StoredFile:
    """Fetch a file: its owner's, or any for the head and the admin."""
    found = await tx.session.get(StoredFile, file_id)
    visible = found is not None and (tx.caller.role in WHOLE_SCHOOL or found.owner_user_id == tx.caller.user_id)
    if found is None or not visible or found.deleted_at is not None:
        raise NotVisible("There is no such file; upload it again.")
    return found
