"""What the school is called and how it looks: details, colour, logo. One row, changed by those who may."""

import re
from uuid import UUID
from zoneinfo import available_timezones

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from runtime.errors import InvalidInput
from runtime.transaction import Tx
from school import files, schools
from school.files import StoredFile
from school.permissions import Permission
from school.schools import School

LOGO_TYPES = frozenset({"image/png", "image/jpeg", "image/webp"})
LARGEST_LOGO = 1_000_000
DETAILS = ("name", "motto", "address", "phone", "email", "colour", "time_zone", "locale", "currency")
_WRITTEN = {
    "colour": (r"#[0-9a-f]{6}", "Write the colour as #rrggbb, such as #1f4f8f."),
    "locale": (r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?", "Write the locale as language and country, such as en-NG."),
    "currency": (r"[A-Z]{3}", "Write the currency as its three letters, such as NGN."),
    "email": (r"[^@\s]+@[^@\s]+\.[^@\s]+", "This is not an e-mail address."),
    "phone": (r"\+[1-9]\d{6,14}", "Write the phone number with its country, such as +2348012345678."),
}


def check_details(given: dict[str, str]) -> dict[str, str]:
    """The details as they are kept: trimmed, the colour in small letters. Errors: invalid_input, naming the field."""
    kept = {field: " ".join(value.split()) for field, value in given.items()}
    if "colour" in kept:
        kept["colour"] = kept["colour"].lower()
    for field, value in kept.items():
        if not value and field in {"name", "colour", "time_zone", "locale", "currency"}:
            raise InvalidInput(f"The school's {field.replace('_', ' ')} cannot be empty.", field=field)
        pattern, sentence = _WRITTEN.get(field, ("", ""))
        if value and pattern and not re.fullmatch(pattern, value):
            raise InvalidInput(sentence, field=field)
    if "time_zone" in kept and kept["time_zone"] not in available_timezones():
        raise InvalidInput("This time zone is not known; write it as Africa/Lagos.", field="time_zone")
    return kept


def shown(school: School) -> dict[str, str]:
    """The details as text, what is missing as an empty one."""
    return {field: getattr(school, field) or "" for field in DETAILS}


async def set_details(tx: Tx, given: dict[str, str]) -> dict[str, str]:
    """Change the given details. Returns those of them that stood before. Errors: invalid_input."""
    tx.require(Permission.SCHOOL_WRITE)
    kept = check_details(given)
    school = await schools.current(tx)
    before = {field: value for field, value in shown(school).items() if field in kept and value != kept[field]}
    for field in before:
        setattr(school, field, kept[field] or (None if field in {"phone", "email"} else ""))
    await tx.session.flush()
    return before


async def access_logo(tx: Tx, file_id: UUID) -> StoredFile:
    """A file that can be the logo: a picture of the caller's, small enough for every page. Errors: invalid_input."""
    found = await files.access_file(tx, file_id)
    if found.media_type not in LOGO_TYPES:
        raise InvalidInput("A logo is a PNG, JPEG or WebP picture.", field="file_id")
    if found.size > LARGEST_LOGO:
        raise InvalidInput("The logo is larger than 1 MB; make it smaller and upload it again.", field="file_id")
    return found


async def set_logo(tx: Tx, file_id: UUID | None) -> UUID | None:
    """Show this picture as the logo, or none. Returns the one before."""
    tx.require(Permission.SCHOOL_WRITE)
    if file_id is not None:
        (await access_logo(tx, file_id)).expires_at = None
    school = await schools.current(tx)
    before, school.logo_file_id = school.logo_file_id, file_id
    await tx.session.flush()
    return before


def logo_address(school: School) -> str | None:
    """Where anybody finds the logo; the address changes with the picture, so that it can be kept for long."""
    return f"/api/schools/{school.slug}/logo?v={school.logo_file_id}" if school.logo_file_id else None


async def logo_of(session: AsyncSession, slug: str) -> School | None:
    """The school of this short name, before anybody has signed in."""
    return await session.scalar(select(School).where(School.slug == slug, School.logo_file_id.is_not(None)))
