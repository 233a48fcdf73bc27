"""Who is calling. Resolved once at the edge, frozen, and handed to everything below."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    ADMIN = "admin"
    HEAD = "head"
    TEACHER = "teacher"
    BURSAR = "bursar"
    GUARDIAN = "guardian"
    STUDENT = "student"
    SYSTEM = "system"


class Door(StrEnum):
    WEB = "web"
    REST = "rest"
    SMS = "sms"
    WHATSAPP = "whatsapp"
    SLACK = "slack"
    MCP = "mcp"
    CLI = "cli"
    JOB = "job"


@dataclass(frozen=True, slots=True)
class Caller:
    """School, user, role, the person they are, the door they came through, and what they may do."""

    school_id: UUID
    user_id: UUID | None
    role: Role
    person_id: UUID | None
    door: Door
    permissions: frozenset[str]
    name: str = field(default="", repr=False)
    key_id: UUID | None = None
    request_id: str = ""
    marks_unlocked: bool = True
    """False when a phone number alone speaks and its PIN is due: marks and fees wait for it."""

    def may(self, permission: str) -> bool:
        return permission in self.permissions

    def through(self, door: Door) -> "Caller":
        """The same caller at another door."""
        return replace(self, door=door)

    @staticmethod
    def system(school_id: UUID, *permissions: str) -> "Caller":
        """The program itself, with just the permissions a job needs."""
        return Caller(
            school_id=school_id,
            user_id=None,
            role=Role.SYSTEM,
            person_id=None,
            door=Door.JOB,
            permissions=frozenset(permissions),
            name="SchoolOS",
        )
