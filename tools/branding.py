"""The school's own name, look and place: shown to all, changed by an administrator, with preview and undo."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from runtime.errors import InvalidInput
from runtime.transaction import Tx
from school import branding, schools
from school.permissions import Permission
from tools.declare import Effect, tool
from tools.present import Block, Column, Fact, Facts, Table
from tools.results import Done, Preview, Result

LABELS = {
    "name": "Name", "motto": "Motto", "address": "Address", "phone": "Phone", "email": "E-mail", "colour": "Colour",
    "time_zone": "Time zone", "locale": "Locale", "currency": "Currency",
}  # fmt: skip
Text = Annotated[str | None, Field(max_length=200)]


class SchoolDetails(Result):
    """What the school is called, where it is and how it looks."""

    name: str
    motto: str
    address: str
    phone: str
    email: str
    colour: str
    time_zone: str
    locale: str
    currency: str
    logo_url: str | None

    def headline(self) -> str:
        return f"{self.name}{f': {self.motto}' if self.motto else ''}."

    def blocks(self) -> list[Block]:
        return [
            Facts(items=[Fact(label=label, value=getattr(self, field) or "none") for field, label in LABELS.items()])
        ]


@tool(
    permission=Permission.SCHOOL_READ,
    effect=Effect.READ,
    rest="GET /api/v1/school",
    says=(
        "What is the school's address?",
        "Show the school's details",
        "Which time zone is the school in?",
        "What is our motto?",
    ),
)
async def show_school(tx: Tx) -> SchoolDetails:
    """Show the school's name, motto, address, contacts, colour, logo and place.

    Use when somebody asks about the school itself. To change them use `set_school_details` or `set_school_logo`.

    Shape:  nothing -> one school.
    Units:  time zone and locale as their standard names.
    Errors: those of any read.
    Source: table schools.
    """
    school = await schools.current(tx)
    return SchoolDetails(**branding.shown(school), logo_url=branding.logo_address(school))


def _given(**fields: str | None) -> dict[str, str]:
    given = {field: value for field, value in fields.items() if value is not None}
    if not given:
        raise InvalidInput(
            "Say what to change: the name, motto, address, contacts, colour, time zone, locale or currency."
        )
    return given


async def _preview_details(
    tx: Tx, *, name: Text = None, motto: Text = None, address: Text = None, phone: Text = None, email: Text = None,
    colour: Text = None, time_zone: Text = None, locale: Text = None, currency: Text = None,
) -> Preview:  # fmt: skip
    tx.require(Permission.SCHOOL_WRITE)
    given = branding.check_details(
        _given(name=name, motto=motto, address=address, phone=phone, email=email, colour=colour, time_zone=time_zone,
               locale=locale, currency=currency)
    )  # fmt: skip
    now = branding.shown(await schools.current(tx))
    changed = {field: value for field, value in given.items() if value != now[field]}
    rows = [{"what": LABELS[f], "now": now[f] or "none", "then": value or "none"} for f, value in changed.items()]
    columns = [Column(key="what", label="What"), Column(key="now", label="Now"), Column(key="then", label="Then")]
    warnings = []
    if "currency" in changed:
        warnings.append("Amounts already recorded are not converted: they keep their numbers.")
    if "time_zone" in changed:
        warnings.append("Times of lessons and quiet hours are read in the new zone from now on.")
    what = ", ".join(LABELS[field].lower() for field in changed)
    return Preview(
        title=f"Change the school's {what}" if changed else "Nothing changes", blocks=[Table(columns=columns, rows=rows)],
        summary="Shown to everybody, on pages, messages and report cards made from now on." if changed else "This is how it is.",
        included=len(changed), warnings=warnings, state={"now": now},
    )  # fmt: skip


@tool(
    permission=Permission.SCHOOL_WRITE,
    effect=Effect.WRITE,
    rest="PATCH /api/v1/school",
    says=(
        "Change the school's name",
        "Our new phone number is +2348012345678",
        "Make the school's colour #0d5c4f",
        "Change the school motto",
        "Set the time zone of the school",
    ),
    preview=_preview_details,
)
async def set_school_details(
    tx: Tx, *, name: Text = None, motto: Text = None, address: Text = None, phone: Text = None, email: Text = None,
    colour: Text = None, time_zone: Text = None, locale: Text = None, currency: Text = None,
) -> Done:  # fmt: skip
    """Change the school's name, motto, contacts, colour, zone or currency.

    Use when an administrator changes how the school is called or looks. An empty text clears one; what is left out stays.

    Shape:  any of the details -> those details changed.
    Units:  colour as #rrggbb, phone in E.164, time zone as Area/City, currency as three letters.
    Errors: those of any change.
    Source: table schools.
    """
    given = _given(name=name, motto=motto, address=address, phone=phone, email=email, colour=colour, time_zone=time_zone,
                   locale=locale, currency=currency)  # fmt: skip
    before = await branding.set_details(tx, given)
    if before:
        tx.undo_with("set_school_details", **before)
    what = ", ".join(LABELS[field].lower() for field in before)
    return Done(message=f"Changed the school's {what}." if before else "Nothing changed: this is how it is.")


Picture = Annotated[UUID | None, Field(description="An uploaded PNG, JPEG or WebP file; leave out for no logo.")]


async def _preview_logo(tx: Tx, *, file: Picture = None) -> Preview:
    tx.require(Permission.SCHOOL_WRITE)
    school = await schools.current(tx)
    picture = await branding.access_logo(tx, file) if file else None
    return Preview(
        title="Change the school's logo" if picture else "Remove the school's logo",
        summary="Shown on pages, the widget and report cards made from now on.",
        blocks=[Facts(items=[Fact(label="Picture", value=picture.name)])] if picture else [],
        included=1, state={"logo": str(school.logo_file_id), "sha256": picture.sha256 if picture else ""},
    )  # fmt: skip


@tool(
    permission=Permission.SCHOOL_WRITE,
    effect=Effect.WRITE,
    rest="PUT /api/v1/school/logo",
    says=(
        "Use this picture as our logo",
        "Change the school's logo",
        "Remove the logo",
        "Put our crest on the report cards",
    ),
    preview=_preview_logo,
)
async def set_school_logo(tx: Tx, *, file: Picture = None) -> Done:
    """Show an uploaded picture as the school's logo, or remove the logo.

    Use when an administrator gives the crest or logo as a picture. For the name and colour use `set_school_details`.

    Shape:  a file (none: no logo) -> the school's logo.
    Units:  PNG, JPEG or WebP of at most 1 MB.
    Errors: those of any change.
    Source: tables schools, stored_files.
    """
    before = await branding.set_logo(tx, file)
    tx.undo_with("set_school_logo", file=str(before) if before else None)
    return Done(message="The school's logo is changed." if file else "The school's logo is removed.")
