"""Small files made on the spot: one of each kind a school uploads, and one of each kind that must be refused."""

import io
import zipfile

import docx
import openpyxl
import pptx
from weasyprint import HTML

STYLE = """
@page { size: A4; margin: 22mm 18mm; @top-center { content: "Hillcrest College - Scheme of work"; }
        @bottom-center { content: "Page " counter(page) " of " counter(pages); } }
body { font-family: "DejaVu Sans"; font-size: 10pt; } h1 { font-size: 20pt; } h2 { font-size: 14pt; }
.two { columns: 2; column-gap: 10mm; } td, th { border: 1px solid black; padding: 3px; text-align: left; }
table { border-collapse: collapse; width: 100%; } .break { break-before: page; }
"""


def pdf(body: str, title: str = "Scheme of work", style: str = STYLE) -> bytes:
    """A PDF of this HTML."""
    page = f"<html><head><title>{title}</title><style>{style}</style></head><body>{body}</body></html>"
    made = HTML(string=page).write_pdf()
    assert made is not None
    return made


def locked_pdf() -> bytes:
    """A PDF whose encryption no empty password opens."""
    key = "<" + "5a" * 32 + ">"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
        f"<< /Filter /Standard /V 1 /R 2 /O {key} /U {key} /P -4 >>",
    ]
    return _assembled(objects, " /Encrypt 4 0 R /ID [<00> <00>]")


def scanned_pdf() -> bytes:
    """A page that is one picture."""
    draw = "q 180 0 0 180 10 10 cm /Im Do Q"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /Resources << /XObject << /Im 5 0 R >> >> >>",
        f"<< /Length {len(draw)} >>\nstream\n{draw}\nendstream",
        "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>"
        "\nstream\nA\nendstream",
    ]
    return _assembled(objects, "")


def _assembled(objects: list[str], trailer: str) -> bytes:
    out, offsets = "%PDF-1.4\n", list[int]()
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    xref = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    end = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R{trailer} >>\nstartxref\n{len(out)}\n%%EOF\n"
    return (out + xref + end).encode("latin-1")


def word() -> bytes:
    """Headings, a list and a table."""
    document = docx.Document()
    document.add_heading("Policy handbook", 1)
    document.add_heading("Uniform", 2)
    document.add_paragraph("Students wear blue on every school day.")
    document.add_paragraph("Black shoes", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for row, texts in enumerate([("Day", "Dress"), ("Friday", "Sports wear")]):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    return _saved(document)


def slides() -> bytes:
    show = pptx.Presentation()
    slide = show.slides.add_slide(show.slide_layouts[1])
    slide.shapes.title.text = "Photosynthesis"
    slide.placeholders[1].text = "Leaves take in light\nRoots take in water"
    return _saved(show)


def workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "Term 1"
    book.active.append(["Week", "Topic"])
    book.active.append([1, "Fractions"])
    return _saved(book)


def bomb() -> bytes:
    """A Word file that unpacks to 500 MB."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(500):
            part.write(b" " * 2**20)
    return out.getvalue()


def with_macros() -> bytes:
    out = io.BytesIO(word())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"macro")
    return out.getvalue()


def _saved(document: object) -> bytes:
    out = io.BytesIO()
    document.save(out)  # pyright: ignore[reportAttributeAccessIssue]
    return out.getvalue()
