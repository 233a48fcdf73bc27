"""What kind of file it is, told by its content; the name only decides between kinds of text."""

import re
from pathlib import PurePath
from typing import Final

import filetype
from charset_normalizer import from_bytes

from runtime.errors import InvalidInput

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLS: Final = "application/vnd.ms-excel"
CSV: Final = "text/csv"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PPTX: Final = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ENCRYPTED_OFFICE: Final = "application/x-encrypted-office"
PDF: Final = "application/pdf"
FET: Final = "application/x-fet+xml"
UNKNOWN: Final = "application/octet-stream"

SPREADSHEETS = frozenset({XLSX, XLS, CSV, ENCRYPTED_OFFICE})
DOCUMENTS = frozenset({PDF, DOCX, PPTX, "text/plain", "text/markdown"})
IMAGES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
AUDIO = frozenset({"audio/ogg", "audio/mpeg", "audio/mp4", "audio/amr", "audio/wav"})
ACCEPTED = SPREADSHEETS | DOCUMENTS | IMAGES | AUDIO | {FET}

_FET_BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>)?\s*<fet[\s>]")
_TEXT = {".csv": CSV, ".tsv": CSV, ".md": "text/markdown", ".markdown": "text/markdown"}
_BY_NAME = {".xlsx": XLSX, ".xlsm": XLSX, ".docx": DOCX, ".pptx": PPTX}


class UnsupportedType(InvalidInput):
    """A kind of file that is not taken here."""

    code = "unsupported_type"


def media_type(head: bytes, name: str) -> str:
    """The media type of a file from its first bytes, 64 kB or so."""
    found = filetype.guess_mime(head)
    if found == "audio/x-wav":
        return "audio/wav"
    if found == "application/zip" and (b"[Content_Types].xml" in head or b"_rels/" in head):
        return _BY_NAME.get(PurePath(name).suffix.lower(), found)  # an Office file whose first part is not telling
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _compound_type(head)
    return found or _text_type(head, name)


def _compound_type(head: bytes) -> str:
    """An OLE compound file: an encrypted Office file keeps its package in a stream of that name, else old Excel."""
    if "EncryptedPackage".encode("utf-16-le") in head or "EncryptionInfo".encode("utf-16-le") in head:
        return ENCRYPTED_OFFICE
    if "WordDocument".encode("utf-16-le") in head:
        return "application/msword"
    return XLS


def _text_type(head: bytes, name: str) -> str:
    suffix = PurePath(name).suffix.lower()
    if not head or (b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff"))):
        return UNKNOWN
    if suffix == ".fet" and _FET_BEGINS.match(head):
        return FET
    lowered = head[:512].lstrip().lower()
    if lowered.startswith((b"<!doctype html", b"<html", b"<svg", b"<?xml", b"<script")):
        return "text/html"
    return _TEXT.get(suffix, "text/plain") if from_bytes(head[:8192]).best() is not None else UNKNOWN


def check_accepted(found: str, name: str, accepted: frozenset[str] = ACCEPTED) -> None:
    """Raise UnsupportedType unless the kind is one of the accepted."""
    if found not in accepted:
        wanted = (
            "an Excel or CSV file" if accepted <= SPREADSHEETS else "a spreadsheet, PDF, Word, text or picture file"
        )
        raise UnsupportedType(f"“{name}” is not {wanted}, whatever its name says. Send {wanted}.", media_type=found)
