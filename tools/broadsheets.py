"""A class's broadsheet: every total in every subject on one sheet."""

from runtime.transaction import Tx
from school import broadsheets, report_access, report_sets
from school.classes import ClassArm
from school.permissions import Permission
from school.report_contract import Broadsheet
from tools.declare import Effect, tool
from tools.present import Block, Column, FileLink, Table, number
from tools.refs import Ref
from tools.reports import TermGiven
from tools.results import Result


class BroadsheetView(Result, Broadsheet):
    """A class's broadsheet with its files."""

    xlsx_url: str
    pdf_url: str

    def headline(self) -> str:
        average = f"{self.class_average:.2f}" if self.class_average is not None else "not known yet"
        return f"Broadsheet of {self.class_arm}, {self.term} {self.session}: {len(self.rows)} students, class average {average}."

    def blocks(self) -> list[Block]:
        subjects = [Column(key=f"s{n}", label=s.code, kind="number") for n, s in enumerate(self.subjects)]
        columns = [
            Column(key="position", label="Pos.", kind="number"), Column(key="name", label="Name", kind="person"), *subjects,
            Column(key="average", label="Average", kind="number"), Column(key="failed", label="Failed", kind="number"),
        ]  # fmt: skip
        rows = [
            {"position": r.position, "name": r.name, "average": number(r.average), "failed": r.failed}
            | {f"s{n}": number(total) for n, total in enumerate(r.totals)}
            for r in self.rows
        ]
        sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        name = f"Broadsheet {self.class_arm}"
        return [
            Table(title="Broadsheet", columns=columns, rows=rows, total=len(rows)),
            FileLink(name=f"{name}.xlsx", url=self.xlsx_url, media_type=sheet),
            FileLink(name=f"{name}.pdf", url=self.pdf_url, media_type="application/pdf"),
        ]


@tool(
    permission=Permission.REPORTS_READ,
    effect=Effect.READ,
    rest="GET /api/reports/broadsheets/{class_arm}",
    says=("Show the broadsheet of JSS 2 Ruby", "Broadsheet for SS 1 Pearl last term", "Master sheet of my class",
          "All subjects of JSS 3 Opal on one sheet"),
)  # fmt: skip
async def show_broadsheet(tx: Tx, *, class_arm: Ref[ClassArm], term: TermGiven = None) -> BroadsheetView:
    """Show a class's broadsheet: every total in every subject, as XLSX and PDF.

    Use when staff want all subjects of a class on one sheet. For one subject use `show_score_sheet`.

    Shape:  one class arm and term (default this term) -> one row a student, by position.
    Units:  totals and averages in percent to the hundredth.
    Errors: those of any read.
    Source: tables scores, score_sheets, enrolments.
    """
    await report_sets.access_class_reports(tx, class_arm.id, Permission.REPORTS_READ)
    chosen = await report_access.term_of(tx, term.id if term else None)
    sheet = await broadsheets.broadsheet(tx, class_arm.id, chosen.id)
    path = f"/api/reports/broadsheets/{class_arm.id}/file"
    return BroadsheetView(
        **dict(sheet), xlsx_url=f"{path}.xlsx?term={chosen.id}", pdf_url=f"{path}.pdf?term={chosen.id}"
    )
