"""One entry for every format: bytes to elements. Used by workers; only PDF and images are light enough for elsewhere."""

import re
from collections.abc import Callable
from pathlib import PurePath

from knowledge import office, pdf, recognition
from knowledge.elements import Parsed
from knowledge.media import Media

Progress = Callable[[int, int], None]


def parse(name: str, media: Media, data: bytes, progress: Progress = lambda done, total: None) -> Parsed:
    """The elements of a file, titled by its own title, its first heading, or its name.

    Errors: those of document_refused.
    """
    match media:
        case Media.PDF:
            parsed = pdf.parse(name, data, progress)
        case Media.IMAGE:
            parsed = recognition.picture(name, data)
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
