"""The school's look on paper: colours that can be read on each other, its pictures, its own style."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select

from runtime import files as blobs
from runtime.errors import SchoolOSError
from runtime.telemetry import log
from runtime.transaction import Tx
from school.files import StoredFile
from school.people import Person
from school.report_contract import ReportCard
from school.report_options import ReportOptions
from school.report_pdf.images import data_uri
from school.schools import School

_log = log("report_pdf")


@dataclass(frozen=True, slots=True)
class Look:
    """What a page needs beside the card. Pictures are data URIs; `on_accent` is legible on `accent`."""

    layout: str
    accent: str
    ink: str
    on_accent: str
    tint: str
    font: str
    logo: str | None
    signature: str | None
    teacher_signature: str | None
    photo: str | None
    principal_title: str
    grading_key: str
    show_trend: bool
    show_verification: bool
    custom_css: str
    template: str
    locale: str


def _channels(colour: str) -> tuple[float, float, float]:
    return tuple(int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))  # type: ignore[return-value]


def _mixed(colour: str, other: str, share: float) -> str:
    """`share` of `other` in `colour`."""
    mixed = (
        round(255 * (a * (1 - share) + b * share))
        for a, b in zip(_channels(colour), _channels(other), strict=True)
    )  # fmt: skip
    return "#" + "".join(f"{value:02x}" for value in mixed)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG has it, 0..1."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(a: str, b: str) -> float:
    lighter, darker = sorted((luminance(a), luminance(b)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable(colour: str) -> str:
    """The colour, darkened until it can be read on white (contrast 4.5)."""
    for step in range(20):
        darker = _mixed(colour, "#000000", step * 0.05)
        if _contrast(darker, "#ffffff") >= 4.5:
            return darker
    return "#000000"


def look(school: School, options: ReportOptions, logo: str | None = None, signature: str | None = None) -> Look:
    """A school's look, with pictures that are already data."""
    accent = options.colour or school.colour or "#1f4f8f"
    return Look(
        layout=options.layout, font=options.font, grading_key=options.grading_key, teacher_signature=None, photo=None, accent=accent, ink=readable(accent),
        on_accent="#ffffff" if _contrast(accent, "#ffffff") >= 3.5 else "#1a1a1a", tint=_mixed(accent, "#ffffff", 0.93),
        logo=logo, signature=signature, principal_title=options.principal_title, show_trend=options.show_trend,
        show_verification=options.show_verification, custom_css=options.custom_css, template=options.template,
        locale=school.locale,
    )  # fmt: skip


async def look_of(tx: Tx, school: School, options: ReportOptions) -> Look:
    """A school's look with its pictures read from the store. One that cannot be printed is left out, not fatal."""
    logo = await _picture(tx, school.logo_file_id)
    return look(school, options, logo, await _picture(tx, options.principal_signature_file_id))


async def looks_of(tx: Tx, school: School, options: ReportOptions, cards: Sequence[ReportCard]) -> dict[UUID, Look]:
    """The look of each student's card: the school's, with the class teacher's signature and, by option, the photo."""
    plain = await look_of(tx, school, options)
    teachers = {card.class_teacher_id for card in cards if card.class_teacher_id}
    signed = {key: await _picture(tx, options.teacher_signatures.get(key)) for key in teachers}
    photos: dict[UUID, UUID | None] = {}
    if options.show_photo:
        query = select(Person.id, Person.photo_file_id).where(Person.id.in_([card.student.id for card in cards]))
        photos = {row.id: row.photo_file_id for row in await tx.session.execute(query)}
    return {
        card.student.id: replace(
            plain, teacher_signature=signed.get(card.class_teacher_id) if card.class_teacher_id else None,
            photo=await _picture(tx, photos.get(card.student.id)),
        )
        for card in cards
    }  # fmt: skip


async def _picture(tx: Tx, file_id: UUID | None) -> str | None:
    found = await tx.session.get(StoredFile, file_id) if file_id else None
    if found is None or found.deleted_at is not None:
        return None
    try:
        return data_uri(await blobs.read(found.key))
    except SchoolOSError as error:
        _log.warning("picture_left_out", file_id=str(file_id), code=error.code)
        return None
