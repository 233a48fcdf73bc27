"""A look at a real card in options that are not saved yet."""

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import Field

from api.problems import Problem
from api.report_printing import printed
from api.sign_in import Camel, SignedInCaller
from runtime.transaction import transaction
from school import report_options, report_sample, schools
from school.permissions import Permission
from school.report_looks import looks_of
from school.report_pdf.styles import check_css

router = APIRouter(tags=["reports"], responses={404: {"model": Problem}, 422: {"model": Problem}})
_KINDS = {"png": "image/png", "pdf": "application/pdf"}


class Draft(Camel):
    """Options as they stand on the page; what is not named is as kept."""

    options: Annotated[dict[str, Any], Field(default_factory=dict, max_length=40)]
    student_id: UUID | None = None
    format: Literal["png", "pdf"] = "png"


@router.post(
    "/api/reports/preview", operation_id="preview_report_card", response_class=Response,
    responses={200: {"content": {kind: {} for kind in _KINDS.values()}}},
)  # fmt: skip
async def preview(draft: Draft, who: SignedInCaller) -> Response:
    """The newest card of a student, or of somebody, printed with these options. Nothing is kept."""
    async with transaction(who, read_only=True) as tx:
        tx.require(Permission.REPORTS_RELEASE)
        school = await schools.current(tx)
        options = report_options.changed(report_options.of(school), draft.options)
        check_css(options.custom_css)
        card = await report_sample.newest(tx, options, draft.student_id)
        look = (await looks_of(tx, school, options, [card]))[card.student.id]
    made = await printed(card, look, picture=draft.format == "png")
    return Response(made, media_type=_KINDS[draft.format], headers={"Cache-Control": "no-store"})
