"""Scanned pages are read where tesseract is installed; here a program of that name says what it recognises."""

import os
from pathlib import Path

import pytest

from knowledge import parsing, refusals
from knowledge.media import Media
from tests.knowledge import files


@pytest.fixture
def tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    program = tmp_path / "tesseract"
    program.write_text(
        '#!/bin/sh\ntest "$(head -c 4 "$1" | tail -c 3)" = PNG || exit 1\nprintf "Gates close at 07:45.\\n\\nLate book.\\n"\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return program


def test_a_scanned_pdf_is_recognised_page_by_page(tesseract):
    parsed = parsing.parse("scan.pdf", Media.PDF, files.scanned_pdf())
    assert [one.text for one in parsed.elements[:2]] == ["Gates close at 07:45.", "Late book."]
    assert parsed.elements[0].page == 1 and parsed.scanned_pages == []


def test_without_the_program_a_scanned_pdf_says_what_to_do(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(refusals.FileHasNoText, match="text recognition"):
        parsing.parse("scan.pdf", Media.PDF, files.scanned_pdf())


def test_a_page_in_which_nothing_is_recognised_is_said_so(tesseract):
    tesseract.write_text("#!/bin/sh\nexit 0\n")
    with pytest.raises(refusals.FileHasNoText, match="sharper"):
        parsing.parse("scan.pdf", Media.PDF, files.scanned_pdf())
