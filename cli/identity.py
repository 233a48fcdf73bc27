"""Who a command acts as."""

from sqlalchemy import select

from runtime.caller import Caller, Door, Role
from runtime.errors import Ambiguous, NotVisible
from runtime.transaction import across_schools
from school.schools import School
from school.sign_in import caller_for
from school.users import User


async def acting(email: str | None, school_slug: str | None) -> Caller:
    """The user of this e-mail address; without one, the only administrator there is."""
    query = select(User, School).join(School, School.id == User.school_id).where(User.active)
    query = query.where(User.email == email.strip().casefold() if email else User.role == Role.ADMIN.value)
    if school_slug:
        query = query.where(School.slug == school_slug.strip().casefold())
    async with across_schools(read_only=True) as session:
        found = (await session.execute(query.order_by(User.email))).all()
    if not found:
        raise NotVisible(f"There is no active user {email}." if email else "There is no administrator to act as.")
    if len(found) > 1:
        known = ", ".join(f"{user.email} at {school.slug}" for user, school in found[:10])
        raise Ambiguous(f"Say who you act as: --as EMAIL and, if needed, --at SCHOOL. There are {known}.")
    return caller_for(found[0][0], Door.CLI)


async def school_of(slug: str | None) -> School:
    """The school of this short name, or the only one."""
    query = select(School).order_by(School.slug)
    async with across_schools(read_only=True) as session:
        schools = list(await session.scalars(query.where(School.slug == slug.strip().casefold()) if slug else query))
    if not schools:
        raise NotVisible(f"There is no school {slug}." if slug else "There is no school yet.")
    if len(schools) > 1:
        raise Ambiguous(f"Name the school with --at: {', '.join(school.slug for school in schools)}.")
    return schools[0]
