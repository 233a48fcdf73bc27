"""The school's look on paper: its colours and style, its pictures read from the store."""

from collections.abc import Sequence
from dataclasses import replace
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
from school.report_pdf.look import Look, contrast, mixed, readable
from school.schools import School

_log = log("report_looks")


def look(school: School, options: ReportOptions, logo: str | None = None, signature: str | None = None) -> Look:
    """A school's look, with pictures that are already data."""
    accent = options.colour or school.colour or "#1f4f8f"
    return Look(
        layout=options.layout, font=options.font, grading_key=options.grading_key, teacher_signature=None, photo=None, accent=accent, ink=readable(accent),
        on_accent="#ffffff" if contrast(accent, "#ffffff") >= 3.5 else "#1a1a1a", tint=mixed(accent, "#ffffff", 0.93),
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
