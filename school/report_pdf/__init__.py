"""Report cards on paper: a card and the school's look become one A4 PDF, the same bytes every time."""

from school.report_pdf.broadsheet import broadsheet_pdf
from school.report_pdf.look import Look
from school.report_pdf.page import TemplateFault, html
from school.report_pdf.printing import font_path, pdf

__all__ = ["Look", "TemplateFault", "broadsheet_pdf", "font_path", "html", "pdf"]
