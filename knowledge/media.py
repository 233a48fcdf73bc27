"""What a file really is, decided from its bytes before anything parses it."""

import io
import zipfile
from enum import StrEnum
from pathlib import PurePath

from charset_normalizer import from_bytes

from knowledge import refusals

MAX_BYTES = 50 * 2**20
MAX_EXPANDED_BYTES = 400 * 2**20
MAX_RATIO = 250  # text in office files packs 10 to 60 times; a bomb a thousand times and more
MAX_PARTS = 10_000


class Media(StrEnum):
    """The formats that can become a document; the value is the usual extension."""

    PDF = "pdf"
    DOCX = "docx"
    PPTX = "pptx"
    XLSX = "xlsx"
    HTML = "html"
    MARKDOWN = "md"
    TEXT = "txt"
    IMAGE = "png"

    @property
    def mime(self) -> str:
        """The media type a browser is told."""
        return MIME[self]


MIME = {
    Media.PDF: "application/pdf",
    Media.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Media.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    Media.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Media.HTML: "text/html",
    Media.MARKDOWN: "text/markdown",
    Media.TEXT: "text/plain",
    Media.IMAGE: "image/png",
}
EXTENSIONS = {media.value: media for media in Media} | {
    "htm": Media.HTML,
    "markdown": Media.MARKDOWN,
    "text": Media.TEXT,
    "jpg": Media.IMAGE,
    "jpeg": Media.IMAGE,
    "tif": Media.IMAGE,
    "tiff": Media.IMAGE,
}
OFFICE_PARTS = {"word/document.xml": Media.DOCX, "ppt/presentation.xml": Media.PPTX, "xl/workbook.xml": Media.XLSX}
IMAGE_STARTS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NAMES = {
    Media.PDF: "a PDF",
    Media.DOCX: "a Word document",
    Media.PPTX: "a PowerPoint file",
    Media.XLSX: "an Excel workbook",
    Media.HTML: "a web page",
    Media.MARKDOWN: "Markdown text",
    Media.TEXT: "plain text",
    Media.IMAGE: "an image",
}


def identify(name: str, data: bytes) -> Media:
    """The media of a file whose name and content agree, and which is safe to open.

    Errors: file_empty, file_too_large, file_type_unknown, file_misnamed, file_encrypted, file_corrupt,
    file_has_macros, file_expands_too_far.
    """
    if not data.strip(b"\x00\t\r\n "):
        raise refusals.FileEmpty(f"{name} is empty.")
    if len(data) > MAX_BYTES:
        raise refusals.FileTooLarge(f"{name} is larger than {MAX_BYTES >> 20} MB. Split it and upload the parts.")
    extension = PurePath(name).suffix.lower().lstrip(".")
    if extension in ("docm", "xlsm", "pptm", "dotm", "xltm"):
        raise refusals.FileHasMacros(f"{name} may run macros. Save it without macros and upload that file.")
    claimed = EXTENSIONS.get(extension)
    if claimed is None:
        known = ", ".join(sorted(EXTENSIONS))
        raise refusals.FileTypeUnknown(f"{name} is of a type that cannot be read. These can: {known}.")
    found = _sniff(name, data, claimed)
    if found is not claimed and not {found, claimed} <= {Media.TEXT, Media.MARKDOWN, Media.HTML}:
        raise refusals.FileMisnamed(
            f"{name} is named like {NAMES[claimed]} but is {NAMES[found]}. Rename it to .{found.value} and upload it again."
        )
    return claimed


def decode(data: bytes) -> str:
    """Text in whatever encoding it came, UTF-8 first."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        best = from_bytes(data[: 2**20]).best()
        return data.decode(best.encoding if best else "latin-1", errors="replace")


def _sniff(name: str, data: bytes, claimed: Media) -> Media:
    head = data[:1024].lstrip()
    if b"%PDF-" in head:
        return Media.PDF
    if data.startswith(IMAGE_STARTS):
        return Media.IMAGE
    if data.startswith(OLE_START):
        raise _ole_refusal(name, data)
    if data.startswith(b"PK\x03\x04"):
        return _check_office(name, data)
    if claimed in (Media.PDF, Media.IMAGE, Media.DOCX, Media.PPTX, Media.XLSX) and b"\x00" in data[:4096]:
        raise refusals.FileCorrupt(
            f"{name} is damaged or not {NAMES[claimed]}. Open it, save it again and upload that file."
        )
    if b"\x00" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refusals.FileCorrupt(f"{name} is not text. Upload it with the extension of the program that made it.")
    if head[:200].lower().startswith((b"<!doctype html", b"<html")):
        return Media.HTML
    return claimed if claimed in (Media.HTML, Media.MARKDOWN) else Media.TEXT


def _ole_refusal(name: str, data: bytes) -> refusals.DocumentRefused:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return refusals.FileEncrypted(f"{name} is locked with a password. Save it without one and upload that file.")
    return refusals.FileTypeUnknown(
        f"{name} is in an old Office format. Save it as .docx, .pptx or .xlsx and upload that."
    )


def _check_office(name: str, data: bytes) -> Media:
    """Refuse damaged, bomb and macro archives without unpacking more than the table of contents."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise refusals.FileCorrupt(f"{name} is damaged: open it, save it again and upload that file.") from error
    expanded = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or expanded > MAX_EXPANDED_BYTES or expanded > MAX_RATIO * max(len(data), 2**16):
        raise refusals.FileExpandsTooFar(f"{name} unpacks to {expanded >> 20} MB or too many parts and is not opened.")
    if any(part.flag_bits & 1 for part in parts):
        raise refusals.FileEncrypted(f"{name} is locked with a password. Save it without one and upload that file.")
    names = {part.filename for part in parts}
    if any(part.lower().endswith("vbaproject.bin") for part in names):
        raise refusals.FileHasMacros(f"{name} holds macros. Save it without macros and upload that file.")
    for part, media in OFFICE_PARTS.items():
        if part in names:
            return media
    raise refusals.FileTypeUnknown(f"{name} is an archive. Unpack it and upload the documents in it.")
