"""A printing process: `python -m school.report_pdf` reads cards on its input and writes PDFs on its output.

Frames, both ways: four bytes of length, then the body. In: a pickled (card or broadsheet, look, picture). Out: one byte, `+` and the
PDF (or a PNG of its first page), or `-` and in words why there is none; before the first, `!` when it is ready. Only the worker that started this process speaks to it.
"""

import gc
import pickle
import sys
from typing import BinaryIO

from runtime.errors import SchoolOSError
from school.report_contract import Broadsheet
from school.report_pdf.broadsheet import broadsheet_pdf
from school.report_pdf.printing import first_page, pdf, prepare


def read_frame(stream: BinaryIO) -> bytes | None:
    """The next frame; None at the end of the input."""
    head = stream.read(4)
    return stream.read(int.from_bytes(head, "big")) if len(head) == 4 else None


def write_frame(stream: BinaryIO, body: bytes) -> None:
    stream.write(len(body).to_bytes(4, "big") + body)
    stream.flush()


def answer(frame: bytes) -> bytes:
    """One card printed. Garbage is collected between cards, not inside one: that saves a tenth."""
    paper, look, picture = pickle.loads(frame)  # noqa: S301  # our own worker wrote it
    gc.disable()
    try:
        made = broadsheet_pdf(paper, look) if isinstance(paper, Broadsheet) else pdf(paper, look)
        return b"+" + (first_page(made) if picture else made)
    except SchoolOSError as error:
        return b"-" + error.message.encode()
    except Exception as error:
        return b"-" + f"The page could not be laid out ({type(error).__name__}).".encode()
    finally:
        gc.enable()


def main() -> None:
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    prepare()
    write_frame(sink, b"!")
    warm = False
    while (frame := read_frame(source)) is not None:
        write_frame(sink, answer(frame))
        if not warm:  # what is loaded now stays: it is not looked through again
            gc.collect()
            gc.freeze()
            warm = True


if __name__ == "__main__":
    main()
