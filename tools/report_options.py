"""How report cards look and what they count: the school's options, its pictures."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from runtime import files as blobs
from runtime.errors import InvalidInput
from runtime.transaction import Tx
from school import files as kept_files
from school import report_looks, report_options, report_pdf, report_sample, schools
from school.people import Person, Staff
from school.permissions import Permission
from school.report_options import STEP_WORDS, ReportOptions, Step
from school.report_pdf.images import LARGEST, BadImage, data_uri
from school.report_pdf.styles import StyleFault, check_css
from tools.declare import Effect, Said, tool
from tools.present import Block, Column, Fact, Facts, FileLink, Table
from tools.refs import Ref
from tools.results import Done, Preview, Result

WORDS = {
    "layout": "Layout", "colour": "Colour", "font": "Font", "grading_key": "Grading key", "show_positions": "Positions",
    "show_level_position": "Position in the level", "show_trend": "Trend chart", "show_photo": "Photo",
    "show_verification": "QR code and short code", "missing_scores": "Missing scores", "chain": "Approval chain",
    "promotion_average": "Average that promotes", "promotion_failed_at_most": "Failed subjects that still promote",
    "conduct": "Conduct", "skills": "Skills", "hold_for_fees": "Fee hold", "principal_name": "Principal’s name",
    "principal_title": "Principal’s title", "custom_css": "Style sheet", "template": "Template",
}  # fmt: skip
_SAID = {
    "count_as_zero": "count as nothing", "leave_out": "leave the subject out", "sans": "plain (Noto Sans)",
    "serif": "bookish (Noto Serif)", "full": "ranges and words", "short": "ranges alone",
}  # fmt: skip

Layout = Annotated[Literal["classic", "modern"] | None, Field(description="The layout of the cards.")]
Colour = Annotated[str | None, Field(max_length=7, description="Accent, #rrggbb; empty: the school's own colour.")]
Font = Annotated[Literal["sans", "serif"] | None, Field(description="sans (plain) or serif (bookish).")]
GradingKey = Annotated[
    Literal["full", "short", "hidden"] | None, Field(description="Ranges and words, ranges alone, or none.")
]
Positions = Annotated[bool | None, Field(description="Print positions in class and subjects."), Said("positions")]
LevelPosition = Annotated[
    bool | None,
    Field(description="Print the position in the whole level."),
    Said("level position", "level positions", "position in the level"),
]
Trend = Annotated[bool | None, Field(description="Print the trend chart."), Said("trend", "trend chart")]
Photo = Annotated[bool | None, Field(description="Print the student's photo."), Said("photo", "photograph")]
Proof = Annotated[
    bool | None,
    Field(description="Print the QR code and short code that prove a card genuine."),
    Said("qr", "qr code", "verification"),
]
Missing = Annotated[
    Literal["count_as_zero", "leave_out"] | None,
    Field(description="A missing score counts as nothing, or leaves the subject out of averages."),
]
Chain = Annotated[list[Step] | None, Field(max_length=3, description="Who approves, in order; empty: nobody.")]
Average = Annotated[int | None, Field(ge=0, le=100, description="Cumulative average that promotes, percent.")]
FailedAtMost = Annotated[int | None, Field(ge=0, le=30, description="Failed subjects that still promote.")]
Traits = Annotated[
    list[Annotated[str, Field(min_length=1, max_length=30)]] | None, Field(max_length=10, description="Rated traits.")
]
FeeHold = Annotated[
    bool | None, Field(description="Keep back the cards of students the bursar put on hold."), Said("fee hold")
]
PrincipalName = Annotated[str | None, Field(max_length=80, description="Name under the principal's remark.")]
PrincipalTitle = Annotated[str | None, Field(max_length=40, description="Such as Principal or Head Teacher.")]
Css = Annotated[str | None, Field(max_length=20_000, description="The school's own CSS; nothing is fetched.")]
Template = Annotated[str | None, Field(max_length=60_000, description="The school's own Jinja2 page; empty: layout.")]


class OptionsView(Result):
    """The school's report card options."""

    options: ReportOptions
    logo_file_id: UUID | None
    school_colour: str

    def headline(self) -> str:
        chain = ", then ".join(STEP_WORDS[step] for step in self.options.chain) or "nobody"
        hold = "on" if self.options.hold_for_fees else "off"
        return f"Report cards: {self.options.layout} layout, approved by {chain}; fee hold is {hold}."

    def blocks(self) -> list[Block]:
        return [Facts(items=[Fact(label=label, value=said(name, self.options)) for name, label in WORDS.items()])]


def said(name: str, options: ReportOptions) -> str:
    """An option's value in words."""
    value = getattr(options, name)
    match value:
        case bool():
            return "on" if value else "off"
        case tuple():
            return ", ".join(STEP_WORDS[v] if isinstance(v, Step) else str(v) for v in value) or "none"
        case None:
            return "the school’s colour"
        case str() if name in {"custom_css", "template"}:
            return f"{len(value.splitlines())} lines of its own" if value else "none"
        case _:
            return _SAID.get(str(value), str(value)) or "–"


@tool(
    permission=Permission.REPORTS_READ,
    effect=Effect.READ,
    rest="GET /api/reports/options",
    says=("How do our report cards look?", "Show the report card options", "Is the fee hold on report cards on?",
          "Who approves report cards here?"),
)  # fmt: skip
async def show_report_options(tx: Tx) -> OptionsView:
    """Show how the school's report cards look, what they count and who approves.

    Use when somebody asks about report card settings. To change them use `set_report_options`.

    Shape:  nothing -> every option.
    Units:  colours as #rrggbb, averages in percent.
    Errors: those of any read.
    Source: table schools.
    """
    school = await schools.current(tx)
    return OptionsView(options=report_options.of(school), logo_file_id=school.logo_file_id, school_colour=school.colour)


async def _wanted(tx: Tx, given: dict[str, Any]) -> tuple[ReportOptions, ReportOptions]:
    """The options now and as wanted, tried on a real card. Errors: invalid_input, template_fault, style_fault."""
    tx.require(Permission.REPORTS_RELEASE)
    school = await schools.current(tx)
    before = report_options.of(school)
    wanted = report_options.changed(before, {name: value for name, value in given.items() if value is not None})
    check_css(wanted.custom_css)
    if wanted.template and wanted.template != before.template:
        try:
            card = await report_sample.newest(tx, wanted)
        except report_sample.NoCardYet:
            raise InvalidInput("A template is tried on a card first, and no score is recorded yet.") from None
        report_pdf.html(card, await report_looks.look_of(tx, school, wanted))
    return before, wanted


def _changes(before: ReportOptions, wanted: ReportOptions) -> list[dict[str, Any]]:
    return [
        {"what": label, "now": said(name, before), "then": said(name, wanted)}
        for name, label in WORDS.items()
        if getattr(before, name) != getattr(wanted, name)
    ]


async def _preview_options(
    tx: Tx, *, layout: Layout = None, colour: Colour = None, font: Font = None, grading_key: GradingKey = None,
    show_positions: Positions = None, show_level_position: LevelPosition = None, show_trend: Trend = None,
    show_photo: Photo = None, show_verification: Proof = None, missing_scores: Missing = None, chain: Chain = None,
    promotion_average: Average = None, promotion_failed_at_most: FailedAtMost = None, conduct: Traits = None,
    skills: Traits = None, hold_for_fees: FeeHold = None, principal_name: PrincipalName = None,
    principal_title: PrincipalTitle = None, custom_css: Css = None, template: Template = None,
) -> Preview:  # fmt: skip
    given = {name: value for name, value in locals().items() if name in WORDS}
    before, wanted = await _wanted(tx, given)
    rows = _changes(before, wanted)
    columns = [Column(key="what", label="Option"), Column(key="now", label="Now"), Column(key="then", label="Then")]
    warnings = ["Averages and positions of every card are worked out anew."] if any(
        row["what"] == WORDS["missing_scores"] for row in rows
    ) else []  # fmt: skip
    return Preview(
        title=f"Change {len(rows)} report card options" if len(rows) != 1 else f"{rows[0]['what']}: {rows[0]['then']}",
        summary="Every card printed or opened from now on is made this way, those of earlier terms, too.",
        blocks=[Table(title="What changes", columns=columns, rows=rows)], included=len(rows), warnings=warnings,
        state={"before": before.model_dump(mode="json")},
    )  # fmt: skip


@tool(
    permission=Permission.REPORTS_RELEASE,
    effect=Effect.WRITE,
    rest="PATCH /api/reports/options",
    says=("Use the modern layout for report cards", "Turn the fee hold on report cards on",
          "Hide positions on the report cards", "Leave subjects with missing scores out of the report card averages",
          "Make the report cards green"),
    errors=(report_pdf.TemplateFault, StyleFault),
    preview=_preview_options,
)  # fmt: skip
async def set_report_options(
    tx: Tx, *, layout: Layout = None, colour: Colour = None, font: Font = None, grading_key: GradingKey = None,
    show_positions: Positions = None, show_level_position: LevelPosition = None, show_trend: Trend = None,
    show_photo: Photo = None, show_verification: Proof = None, missing_scores: Missing = None, chain: Chain = None,
    promotion_average: Average = None, promotion_failed_at_most: FailedAtMost = None, conduct: Traits = None,
    skills: Traits = None, hold_for_fees: FeeHold = None, principal_name: PrincipalName = None,
    principal_title: PrincipalTitle = None, custom_css: Css = None, template: Template = None,
) -> Done:  # fmt: skip
    """Change how report cards look, what they count, or who approves them.

    Use when the school edits its cards. What is not named stays. For logo and signatures use `set_report_picture`.

    Shape:  some options -> the school's options.
    Units:  colours as #rrggbb, averages in percent.
    Errors: template_fault, style_fault.
    Source: table schools.
    """
    given = {name: value for name, value in locals().items() if name in WORDS}
    before, wanted = await _wanted(tx, given)
    await report_options.save(tx, wanted)
    tx.undo_with("restore_report_options", options=before.model_dump(mode="json", exclude_defaults=True))
    changed = [f"{row['what']}: {row['then']}" for row in _changes(before, wanted)]
    return Done(message=f"Report cards are changed. {'; '.join(changed)}." if changed else "Nothing was to change.")


@tool(
    permission=Permission.REPORTS_RELEASE, effect=Effect.WRITE, rest="POST /internal/restore-report-options", internal=True
)  # fmt: skip
async def restore_report_options(tx: Tx, *, options: dict[str, Any]) -> Done:
    """Put the report card options back to what they were. The inverse of changing them."""
    tx.require(Permission.REPORTS_RELEASE)
    before = report_options.of(await schools.current(tx))
    await report_options.save(tx, ReportOptions.model_validate(options))
    tx.undo_with("restore_report_options", options=before.model_dump(mode="json", exclude_defaults=True))
    return Done(message="The report card options are back to what they were.")


Kind = Literal["logo", "principal_signature", "teacher_signature"]
KindGiven = Annotated[Kind, Field(description="logo, principal_signature, or a class teacher's signature.")]
FileGiven = Annotated[UUID | None, Field(description="An uploaded PNG or JPEG; leave out to remove the picture.")]
StaffGiven = Annotated[Ref[Staff] | None, Field(description="Whose signature, for teacher_signature.")]
PICTURE_WORDS = {
    "logo": "the logo", "principal_signature": "the principal’s signature", "teacher_signature": "the signature of",
}  # fmt: skip


async def _picture(tx: Tx, kind: Kind, file_id: UUID | None, staff: Ref[Staff] | None) -> tuple[str, UUID | None]:
    """What the picture is in words, and the one there now. The new one is opened, so that it prints.

    Errors: bad_image, invalid_input.
    """
    tx.require(Permission.REPORTS_RELEASE)
    if kind == "teacher_signature" and staff is None:
        raise InvalidInput("Say whose signature it is.")
    if file_id is not None:
        found = await kept_files.access_file(tx, file_id)
        if found.size > LARGEST:
            raise BadImage(f"“{found.name}” has {found.size / 1_000_000:.1f} MB; 5 MB is the most. Send a smaller one.")
        data_uri(await blobs.read(found.key))
    school = await schools.current(tx)
    options = report_options.of(school)
    if kind == "logo":
        return PICTURE_WORDS[kind], school.logo_file_id
    if kind == "principal_signature":
        return PICTURE_WORDS[kind], options.principal_signature_file_id
    assert staff is not None
    person = await tx.session.get_one(Person, staff.id)
    return f"{PICTURE_WORDS[kind]} {person.display_name}", options.teacher_signatures.get(staff.id)


async def _preview_picture(tx: Tx, *, kind: KindGiven, file_id: FileGiven = None, staff: StaffGiven = None) -> Preview:
    what, before = await _picture(tx, kind, file_id, staff)
    blocks: list[Block] = []
    if file_id is not None:
        found = await kept_files.access_file(tx, file_id)
        blocks = [FileLink(name=found.name, url=f"/api/files/{found.id}", media_type=found.media_type)]
    return Preview(
        title=f"{'Print' if file_id else 'Remove'} {what}", blocks=blocks, included=1,
        summary="It is on every card printed or opened from now on." if file_id else "Cards go without it.",
        state={"before": str(before)},
    )  # fmt: skip


@tool(
    permission=Permission.REPORTS_RELEASE,
    effect=Effect.WRITE,
    rest="PUT /api/reports/options/pictures/{kind}",
    says=("Use this picture as our logo", "Put the principal's signature on the report cards",
          "Remove the logo from the report cards", "This is Mr Bode's signature for the report cards"),
    errors=(BadImage,),
    preview=_preview_picture,
)  # fmt: skip
async def set_report_picture(tx: Tx, *, kind: KindGiven, file_id: FileGiven = None, staff: StaffGiven = None) -> Done:
    """Set or remove the school's logo or a signature on report cards.

    Use when somebody uploads a logo or a signature image. Upload it first; PNG and JPEG up to 5 MB are taken.

    Shape:  a kind and an uploaded file (none: remove) -> one picture.
    Units:  one picture.
    Errors: bad_image.
    Source: tables schools, files.
    """
    what, before = await _picture(tx, kind, file_id, staff)
    school = await schools.current(tx)
    options = report_options.of(school)
    if kind == "logo":
        school.logo_file_id = file_id
    elif kind == "principal_signature":
        await report_options.save(tx, options.model_copy(update={"principal_signature_file_id": file_id}))
    elif staff is not None:
        kept = {key: value for key, value in options.teacher_signatures.items() if key != staff.id}
        signed = kept | ({staff.id: file_id} if file_id else {})
        await report_options.save(tx, options.model_copy(update={"teacher_signatures": signed}))
    again: dict[str, Any] = {"kind": kind, "file_id": str(before) if before else None}
    tx.undo_with("set_report_picture", **again, **({"staff": str(staff.id)} if staff else {}))
    return Done(message=f"Report cards {'now carry' if file_id else 'go without'} {what}.")
