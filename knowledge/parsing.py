"""One entry for every format: bytes to elements. Used by workers; only PDF and images are light enough for elsewhere."""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path, PurePath

from knowledge import office, pdf, refusals
from knowledge.elements import Element, Kind, Parsed
from knowledge.media import Media

Progress = Callable[[int, int], None]
TESSERACT_S = 120


def parse(name: str, media: Media, data: bytes, progress: Progress = lambda done, total: None) -> Parsed:
    """The elements of a file, titled by its own title, its first heading, or its name.

    Errors: those of document_refused.
    """
    match media:
        case Media.PDF:
            parsed = pdf.parse(name, data, progress)
        case Media.IMAGE:
            parsed = _recognised(name, data)
        case _:
            parsed = office.parse(name, media, data)
    return parsed.model_copy(update={"title": title_of(name, parsed.title)})


def title_of(name: str, found: str) -> str:
    """A title for people: what the file says it is, unless that is a file name or empty."""
    plain = found.strip()
    if len(plain) > 2 and not re.search(
        r"\.(docx?|pdf|indd|pptx?|xlsx?)$|^(untitled|microsoft word)", plain, re.IGNORECASE
    ):
        return plain[:200]
    stem = re.sub(r"[_\s]+|(?<=\w)-(?=\w)", " ", PurePath(name).stem).strip()
    return (stem[:1].upper() + stem[1:])[:200] or "Document"


def _recognised(name: str, data: bytes) -> Parsed:
    """Text of an image, by the `tesseract` program where it is installed."""
    program = shutil.which("tesseract")
    if program is None:
        raise refusals.FileHasNoText(
            f"{name} is a picture, and text recognition (tesseract) is not installed here. Upload it as text or PDF."
        )
    with tempfile.TemporaryDirectory() as folder:
        picture = Path(folder) / f"page{PurePath(name).suffix}"
        picture.write_bytes(data)
        try:
            done = subprocess.run(
                [program, str(picture), "stdout", "--psm", "3"], capture_output=True, timeout=TESSERACT_S, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise refusals.FileHasNoText(
                f"Reading the text of {name} took too long. Upload a smaller picture."
            ) from error
    if done.returncode:
        raise refusals.FileCorrupt(f"{name} is not a picture that can be read. Save it again and upload that.")
    paragraphs = [" ".join(part.split()) for part in done.stdout.decode("utf-8", "replace").split("\n\n")]
    elements = [Element(kind=Kind.TEXT, text=text, page=1) for text in paragraphs if len(text) > 2]
    if not elements:
        raise refusals.FileHasNoText(f"No text was found in {name}. Upload a sharper picture.")
    return Parsed(title="", elements=elements, pages=1)
