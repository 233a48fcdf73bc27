"""A broadsheet on paper: A4 across, the head repeated on every page."""

from school.report_contract import Broadsheet
from school.report_pdf.look import Look
from school.report_pdf.page import own_page
from school.report_pdf.printing import print_page


def broadsheet_pdf(sheet: Broadsheet, look: Look) -> bytes:
    """A class's broadsheet as PDF; equal sheets give equal bytes."""
    colours = f"thead th {{ background: {look.accent}; color: {look.on_accent}; }} h1 {{ color: {look.ink}; }}"
    return print_page(own_page("broadsheet.html.j2", sheet=sheet, look=look), ("page", "broadsheet"), colours)
