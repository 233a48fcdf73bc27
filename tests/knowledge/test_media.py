"""A file is taken for what its bytes are, and a bad one is refused with a reason."""

import pytest

from knowledge import office, pdf, refusals
from knowledge.media import Media, identify
from tests.knowledge import files

MARKDOWN = b"# Rules\n\nBe on time.\n"


@pytest.mark.parametrize(
    ("name", "data", "media"),
    [
        ("a.pdf", files.scanned_pdf(), Media.PDF), ("b.DOCX", files.word(), Media.DOCX),
        ("c.pptx", files.slides(), Media.PPTX), ("d.xlsx", files.workbook(), Media.XLSX),
        ("e.htm", b"<!DOCTYPE html><p>Rules</p>", Media.HTML), ("f.md", MARKDOWN, Media.MARKDOWN),
        ("g.txt", b"# looks like Markdown", Media.TEXT), ("h.jpg", b"\xff\xd8\xff\xe0 JFIF", Media.IMAGE),
    ],
)  # fmt: skip
def test_a_good_file_is_recognised(name, data, media):
    assert identify(name, data) is media


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("empty.pdf", b"  \n", refusals.FileEmpty),
        ("song.mp3", b"ID3....", refusals.FileTypeUnknown),
        ("old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, refusals.FileTypeUnknown),
        (
            "locked.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            refusals.FileEncrypted,
        ),
        ("macros.docm", files.word(), refusals.FileHasMacros),
        ("hidden-macros.docx", files.with_macros(), refusals.FileHasMacros),
        ("torn.docx", files.word()[:900], refusals.FileCorrupt),
        ("noise.pdf", b"\x00\x01\x02" * 500, refusals.FileCorrupt),
        ("binary.txt", b"MZ\x00\x00\x01", refusals.FileCorrupt),
        ("really-word.pdf", files.word(), refusals.FileMisnamed),
        ("really-pdf.docx", files.scanned_pdf(), refusals.FileMisnamed),
        ("text.pdf", b"only text", refusals.FileMisnamed),
        ("archive.docx", b"PK\x03\x04", refusals.FileCorrupt),
    ],
)
def test_a_bad_file_is_refused_with_its_own_reason(name, data, error):
    with pytest.raises(error) as refused:
        identify(name, data)
    assert type(refused.value) is error and name in str(refused.value)


def test_a_bomb_is_refused_without_unpacking_it(monkeypatch):
    data = files.bomb()
    assert len(data) < 4_000_000
    monkeypatch.setattr("zipfile.ZipFile.open", lambda *args, **kwargs: pytest.fail("it was unpacked"))
    with pytest.raises(refusals.FileExpandsTooFar):
        identify("bomb.docx", data)


def test_a_file_over_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr("knowledge.media.MAX_BYTES", 10)
    with pytest.raises(refusals.FileTooLarge):
        identify("big.md", MARKDOWN)
    assert identify("small.md", MARKDOWN[:9]) is Media.MARKDOWN


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (files.locked_pdf(), refusals.FileEncrypted), (files.scanned_pdf(), refusals.FileHasNoText),
        (b"%PDF-1.7 and then nothing of use", refusals.FileCorrupt),
    ],
)  # fmt: skip
def test_a_pdf_that_cannot_be_read_says_why(data, error):
    with pytest.raises(error):
        pdf.parse("scan.pdf", data)


def test_a_pdf_with_too_many_pages_is_refused(monkeypatch):
    monkeypatch.setattr("knowledge.pdf.MAX_PAGES", 0)
    with pytest.raises(refusals.TooManyPages):
        pdf.parse("long.pdf", files.scanned_pdf())


def test_an_office_file_broken_inside_is_corrupt_not_a_crash():
    with pytest.raises(refusals.FileCorrupt):
        office.parse("broken.docx", Media.DOCX, files.bomb()[:500])
