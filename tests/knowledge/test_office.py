"""Office, web and text files become the same elements; nothing reaches the network."""

import socket
import subprocess
import sys

import pytest

from knowledge import office, refusals
from knowledge.media import Media
from tests.knowledge import files

PAGE = b"""<html><nav>menu</nav><h1>Notice</h1><p>School closes at noon.</p><h2>Transport</h2><ul><li>Bus A</li></ul>
<table><tr><th>Route</th><th>Time</th></tr><tr><td>North</td><td>12:15</td></tr></table><script>alert(1)</script></html>"""
MARKDOWN = b"# Handbook\n\n## Late coming\n\nGates close at **07:45**.\n\n| A | B |\n|---|---|\n| 1 | 2 |\n"
TEXT = "RULES OF THE LIBRARY\n\n1. Borrowing\n\nTwo books for\none week.\n\n- quiet\n- clean\n\n17\n".encode("utf-16")


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    monkeypatch.setattr(socket.socket, "connect", lambda *args: pytest.fail("a parser went to the network"))


def kinds(media: Media, data: bytes) -> list[tuple[str, str]]:
    return [(one.kind.value, one.text) for one in office.parse(f"x.{media.value}", media, data).elements]


def test_word_keeps_headings_lists_and_tables():
    assert kinds(Media.DOCX, files.word()) == [
        ("title", "Policy handbook"), ("title", "Uniform"), ("text", "Students wear blue on every school day."),
        ("item", "Black shoes"), ("table", "Day | Dress\nFriday | Sports wear"),
    ]  # fmt: skip


def test_slides_and_sheets_are_pages():
    slides = office.parse("x.pptx", Media.PPTX, files.slides())
    assert [(one.kind.value, one.text, one.page) for one in slides.elements] == [
        ("title", "Photosynthesis", 1), ("item", "Leaves take in light", 1), ("item", "Roots take in water", 1),
    ]  # fmt: skip
    assert kinds(Media.XLSX, files.workbook()) == [("title", "Term 1"), ("table", "Week | Topic\n1 | Fractions")]
    assert office.parse("plan.xlsx", Media.XLSX, files.workbook()).title == "", "a sheet does not name its workbook"


def test_a_web_page_loses_its_menu_and_scripts():
    assert kinds(Media.HTML, PAGE) == [
        ("title", "Notice"), ("text", "School closes at noon."), ("title", "Transport"), ("item", "Bus A"),
        ("table", "Route | Time\nNorth | 12:15"),
    ]  # fmt: skip


def test_markdown_and_text_in_any_encoding():
    assert kinds(Media.MARKDOWN, MARKDOWN) == [
        ("title", "Handbook"), ("title", "Late coming"), ("text", "Gates close at 07:45."), ("table", "A | B\n1 | 2"),
    ]  # fmt: skip
    assert kinds(Media.TEXT, TEXT) == [
        ("title", "RULES OF THE LIBRARY"), ("title", "1. Borrowing"), ("text", "Two books for one week."),
        ("item", "- quiet"), ("item", "- clean"),
    ]  # fmt: skip


def test_a_file_without_text_is_refused():
    with pytest.raises(refusals.FileHasNoText):
        office.parse("x.html", Media.HTML, b"<html><body><script>x()</script></body></html>")


@pytest.mark.slow
@pytest.mark.timeout(120)
def test_the_web_process_loads_no_reader_of_office_files():
    code = "import sys, api.app; print({'unstructured', 'spacy', 'torch'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("set()")
