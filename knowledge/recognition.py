"""Text of pictures, by the `tesseract` program where it is installed: a picture file, or the scanned pages of a PDF."""

import shutil
import subprocess
import tempfile
from pathlib import Path, PurePath

import pypdfium2

from knowledge import refusals
from knowledge.elements import Element, Kind, Parsed

SECONDS = 120
DPI = 200


def installed() -> str | None:
    """Where the program is; None when it is not installed."""
    return shutil.which("tesseract")


def picture(name: str, data: bytes) -> Parsed:
    """The text of a picture.

    Errors: file_has_no_text, file_corrupt.
    """
    program = installed()
    if program is None:
        raise refusals.FileHasNoText(
            f"{name} is a picture, and text recognition (tesseract) is not installed here. Upload it as text or PDF."
        )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"page{PurePath(name).suffix}"
        path.write_bytes(data)
        paragraphs = _recognised(program, path, name)
    elements = [Element(kind=Kind.TEXT, text=text, page=1) for text in paragraphs]
    if not elements:
        raise refusals.FileHasNoText(f"No text was found in {name}. Upload a sharper picture.")
    return Parsed(title="", elements=elements, pages=1)


def page(program: str, page: pypdfium2.PdfPage, name: str, number: int) -> list[Element]:
    """The text of one scanned page, as paragraphs; none where nothing can be read."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.png"
        image = page.render(scale=DPI / 72, grayscale=True)  # pyright: ignore[reportArgumentType]  # a float will do
        image.to_pil().save(path)
        return [Element(kind=Kind.TEXT, text=text, page=number) for text in _recognised(program, path, name)]


def _recognised(program: str, path: Path, name: str) -> list[str]:
    try:
        done = subprocess.run(
            [program, str(path), "stdout", "--psm", "3"], capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise refusals.FileHasNoText(f"Reading the text of {name} took too long. Upload a smaller picture.") from error
    if done.returncode:
        raise refusals.FileCorrupt(f"{name} is not a picture that can be read. Save it again and upload that.")
    paragraphs = (" ".join(part.split()) for part in done.stdout.decode("utf-8", "replace").split("\n\n"))
    return [text for text in paragraphs if len(text) > 2]
