"""Report cards: one student's card, a batch of them with its progress, the class's broadsheet."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from pydantic import AliasChoices, Field

from runtime.caller import Door
from runtime.transaction import Tx
from school import file_links, marks, report_access, report_batches, report_links
from school import files as kept_files
from school.calendar import AcademicSession, Term
from school.classes import ClassArm
from school.people import Student
from school.permissions import Permission
from school.report_contract import ReportCard
from school.results import MarksLocked, NotReleased
from school.runs import RunRow
from tools.declare import Effect, tool
from tools.present import Block, Column, Fact, Facts, FileLink, Notice, Progress, Shown, Table, number
from tools.refs import Ref
from tools.results import Done, Preview, Result

STATUS = {
    "queued": "queued",
    "running": "processing",
    "succeeded": "completed",
    "failed": "failed",
    "cancelled": "cancelled",
}
TermGiven = Annotated[
    Ref[Term] | None,
    Field(validation_alias=AliasChoices("term", "termId"), description="Term by name or id; default this term."),
]
SessionGiven = Annotated[
    Ref[AcademicSession] | None,
    Field(
        validation_alias=AliasChoices("session", "sessionId"), description="Session; needed only to tell terms apart."
    ),
]


JobGiven = Annotated[UUID | None, Field(description="The job; default the newest you started.")]


class CardView(Result, ReportCard):
    """A report card, with a link to its PDF that works for a day."""

    pdf_url: str

    def headline(self) -> str:
        average = f"average {self.overall_average:.2f}" if self.overall_average is not None else "no scores yet"
        place = f", {marks.ordinal(self.class_position)} of {self.total_in_class}" if self.class_position else ""
        return f"{self.student.name}, {self.student.class_}, {self.term} {self.session}: {average}{place}."

    def blocks(self) -> list[Block]:
        columns = [
            Column(key="subject", label="Subject"), Column(key="total", label="Total", kind="number"),
            Column(key="grade", label="Grade", kind="grade"), Column(key="position", label="Position"),
            Column(key="average", label="Class average", kind="number"), Column(key="remark", label="Remark"),
        ]  # fmt: skip
        rows = [
            {
                "subject": s.name, "total": number(s.total), "grade": s.grade, "average": number(s.class_average),
                "position": marks.ordinal(s.position) if s.position else None, "remark": s.teacher_remark,
            }
            for s in self.subjects
        ]  # fmt: skip
        said = [("Class teacher", self.class_teacher_remark), ("Principal", self.principal_remark)]
        facts = [Fact(label=label, value=text) for label, text in said if text]
        days = self.attendance
        facts.insert(0, Fact(label="Attendance", value=f"{days.days_present} of {days.total_days} days"))
        link = FileLink(name=f"{self.student.name}, report card.pdf", url=self.pdf_url, media_type="application/pdf")
        return [
            link,
            Facts(items=facts),
            Table(title="Subjects", columns=columns, rows=rows),
        ]  # on a phone the rest may be cut


def _address(tx: Tx, path: str) -> str:
    """A path for a browser that is here; a whole address for a phone."""
    return path if tx.caller.door in {Door.WEB, Door.REST} else report_links.site() + path


@tool(
    permission=Permission.RESULTS_READ,
    effect=Effect.READ,
    rest="GET /api/v1/students/{student}/report-card",
    says=(
        "Show the report card of Ada",
        "My child's report card",
        "Can I have my daughter's report sheet please",
        "Tunde's report card for last term",
        "Send me the report card of Zainab Bello",
        "Please can I have Ada's report card",
        "I want to see the report card of my son",
    ),
    errors=(NotReleased, report_access.CardHeld, MarksLocked),
)
async def show_report_card(tx: Tx, *, student: Ref[Student], term: TermGiven = None) -> CardView:
    """Show one student's report card of a term, with a link to the PDF.

    Use when somebody asks for a report card. Guardians get it once it is released. For marks alone use `show_results`.

    Shape:  one student and term (default this one; a guardian: the newest released) -> one card.
    Units:  percent to the hundredth; positions count ties as one place (1, 1, 3).
    Errors: not_released, card_held, pin_needed.
    Source: tables scores, score_sheets, enrolments, attendance_marks, remarks, conduct_ratings.
    """
    card = await report_access.access_card(tx, student.id, term.id if term else None)
    until = tx.now + timedelta(hours=24)
    path = report_links.card_path(tx.school_id, student.id, card.term_id, until, released=report_access.outsider(tx))
    return CardView(**dict(card), pdf_url=_address(tx, path))


class FailedCard(Shown):
    """A card that could not be made."""

    student: str
    student_id: UUID
    reason: str


class ReportJob(Result):
    """A batch of report cards and how far it is."""

    job_id: UUID
    title: str
    status: str = Field(description="queued, processing, completed, failed or cancelled.")
    progress: int
    total: int
    message: str
    failed: list[FailedCard]
    download_url: str | None = Field(description="The ZIP, once completed; the link works for 24 hours.")

    def headline(self) -> str:
        done = f"{self.progress} of {self.total}"
        return f"{self.title}: {self.status}, {done} cards{f', {len(self.failed)} failed' if self.failed else ''}."

    def blocks(self) -> list[Block]:
        if self.download_url:
            link = FileLink(name=f"{self.title}.zip", url=self.download_url, media_type="application/zip")
            faults = [Notice(tone="warning", text=f"{f.student}: {f.reason}") for f in self.failed]
            return [link, *faults]
        if self.status in {"failed", "cancelled"}:
            return [Notice(tone="danger", text=self.message)]
        return [Progress(run_id=str(self.job_id), title=self.title)]


async def _job(tx: Tx, run: RunRow) -> ReportJob:
    result = run.result or {}
    url = None
    if result.get("fileId"):
        found = await kept_files.access_file(tx, UUID(result["fileId"]))
        url = _address(tx, await file_links.address(tx, found))
    failed = [
        FailedCard(student=f["student"], student_id=UUID(f["studentId"]), reason=f["reason"])
        for f in result.get("failed", [])
    ]
    message = (run.error or {}).get("message", run.message)
    return ReportJob(
        job_id=run.id, title=run.title, status=STATUS[run.status], progress=run.done, total=run.total or 0,
        message=message, failed=failed, download_url=url,
    )  # fmt: skip


async def _plan(
    tx: Tx, student_ids: list[Ref[Student]] | None, class_arm: Ref[ClassArm] | None, term: Ref[Term] | None
) -> report_batches.Plan:
    chosen = await report_access.term_of(tx, term.id if term else None)
    students = [student.id for student in student_ids or []]
    return await report_batches.plan(tx, chosen, class_arm_id=class_arm.id if class_arm else None, student_ids=students)


async def _preview_generate(
    tx: Tx, *, student_ids: list[Ref[Student]] | None = None, class_arm: Ref[ClassArm] | None = None,
    session: SessionGiven = None, term: TermGiven = None,
) -> Preview:  # fmt: skip
    plan = await _plan(tx, student_ids, class_arm, term)
    columns = [Column(key="class", label="Class"), Column(key="cards", label="Cards", kind="number")]
    rows = [{"class": share.class_arm.name, "cards": len(share.student_ids)} for share in plan.shares]
    return Preview(
        title=f"Make {plan.total} report cards", summary=f"{plan.title}. Nobody is sent anything.", included=plan.total,
        blocks=[Table(title="Cards by class", columns=columns, rows=rows)], state=plan.payload(),
    )  # fmt: skip


@tool(
    permission=Permission.REPORTS_WRITE,
    effect=Effect.WRITE,
    rest="POST /api/reports/generate",
    says=(
        "Report cards for JSS 2 Ruby",
        "Generate the report cards of SS 1 Pearl for last term",
        "Print the report sheets of my class",
        "Make report cards for the whole school",
        "I need the report cards of JSS 3 Opal as PDF",
    ),
    preview=_preview_generate,
)
async def generate_report_cards(
    tx: Tx, *, student_ids: list[Ref[Student]] | None = None, class_arm: Ref[ClassArm] | None = None,
    session: SessionGiven = None, term: TermGiven = None,
) -> ReportJob:  # fmt: skip
    """Make the report cards of a class, of some students or of the school as PDF.

    Use when somebody wants cards printed or as files. It sends nothing; to let guardians see them use `release_report_cards`.

    Shape:  students, or one class, or everybody, in one term (default this term) -> one job; a ZIP when it is done.
    Units:  cards; the ZIP is kept 30 days.
    Errors: those of any change.
    Source: tables scores, score_sheets, enrolments, remarks.
    """
    plan = await _plan(tx, student_ids, class_arm, term)
    run = await report_batches.begin(tx, plan)
    tx.undo_with("cancel_report_job", job=str(run.id))
    return await _job(tx, run)


@tool(
    permission=Permission.REPORTS_READ,
    effect=Effect.READ,
    rest="GET /api/reports/jobs/{job}",
    says=("How far are the report cards?", "Are the report cards finished?", "Progress of the report card job"),
)
async def show_report_job(tx: Tx, *, job: JobGiven = None) -> ReportJob:
    """Show how far a batch of report cards is, and its ZIP when it is done.

    Use when somebody asks after report cards being made. To start a batch use `generate_report_cards`.

    Shape:  one job (default your newest) -> status, progress of total, failed cards with reasons.
    Units:  cards.
    Errors: those of any read.
    Source: tables runs, finished_cards.
    """
    run = await (report_batches.access_batch(tx, job) if job else report_batches.newest_batch(tx))
    return await _job(tx, run)


@tool(permission=Permission.REPORTS_WRITE, effect=Effect.WRITE, rest="POST /internal/cancel-report-job", internal=True)
async def cancel_report_job(tx: Tx, *, job: UUID) -> Done:
    """Stop a batch of report cards and delete its archive. The inverse of generating."""
    run = await report_batches.access_batch(tx, job)
    tx.require(Permission.REPORTS_WRITE)
    run.cancel_asked = True
    file_id = (run.result or {}).get("fileId")
    if file_id:
        await kept_files.delete(tx, UUID(file_id))
        run.result = {key: value for key, value in (run.result or {}).items() if key != "fileId"}
    return Done(message=f"{run.title}: stopped, and the archive is deleted.")
