"""Printing processes of a worker or of the web application: WeasyPrint holds the interpreter, so pages are laid out outside this one."""

import asyncio
import os
import pickle
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress

from runtime.telemetry import log
from school.report_contract import Broadsheet, ReportCard
from school.report_pdf import Look

PROCESSES = max(1, min(4, os.cpu_count() or 1))
COMMAND = (sys.executable, "-m", "school.report_pdf")
LONGEST_S = 60.0
"""Seconds a card may take; then its process is ended and the card counts as failed."""
STARTS_WITHIN_S = 120.0
_log = log("printing")


def _name(paper: ReportCard | Broadsheet) -> str:
    return str(paper.student.id) if isinstance(paper, ReportCard) else paper.class_arm


class Press:
    """Some printing processes, each with one card at a time; one that dies is replaced."""

    def __init__(
        self, processes: int | None = None, command: tuple[str, ...] = COMMAND, longest_s: float = LONGEST_S
    ) -> None:
        self._command = command
        self._longest_s = longest_s
        self._idle: asyncio.LifoQueue[Process | None] = asyncio.LifoQueue()
        for _ in range(processes or PROCESSES):
            self._idle.put_nowait(None)
        self._all: set[Process] = set()

    async def start(self) -> None:
        """Start the processes now, so that they are ready when the first card is. One that does not start is tried by its card."""

        async def one(process: Process | None) -> None:
            with suppress(OSError, asyncio.IncompleteReadError):
                process = process or await self._start()
            self._idle.put_nowait(process)

        await asyncio.gather(*(one(self._idle.get_nowait()) for _ in range(self._idle.qsize())))

    async def print(self, paper: ReportCard | Broadsheet, look: Look, *, picture: bool = False) -> bytes | str:
        """The PDF (or its first page as PNG), or in words why there is none. What takes its process down is tried once more."""
        for attempt in (1, 2):
            process = await self._idle.get()
            try:
                process = process or await self._start()
                body = await asyncio.wait_for(
                    self._exchange(process, pickle.dumps((paper, look, picture))), self._longest_s
                )
                self._idle.put_nowait(process)
                return body[1:] if body[:1] == b"+" else body[1:].decode()
            except TimeoutError:
                self._end(process)
                self._idle.put_nowait(None)
                return f"The page took more than {self._longest_s:.0f} seconds."
            except (asyncio.IncompleteReadError, ConnectionError, OSError):
                _log.warning("printing_process_died", paper=_name(paper), attempt=attempt)
                self._end(process)
                self._idle.put_nowait(None)
            except BaseException:
                self._end(process)
                self._idle.put_nowait(None)
                raise
        return "The page took its printing process down twice. Look for something extreme in the card."

    async def _start(self) -> Process:
        """A process that has said it is ready: on a busy machine that takes longer than a page may."""
        process = await asyncio.create_subprocess_exec(*self._command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL)
        self._all.add(process)
        try:
            await asyncio.wait_for(self._answer(process), STARTS_WITHIN_S)
        except TimeoutError:
            self._end(process)
            raise ConnectionError("the printing process did not start") from None
        except BaseException:
            self._end(process)
            raise
        return process

    async def _exchange(self, process: Process, frame: bytes) -> bytes:
        assert process.stdin is not None
        process.stdin.write(len(frame).to_bytes(4, "big") + frame)
        await process.stdin.drain()
        return await self._answer(process)

    async def _answer(self, process: Process) -> bytes:
        assert process.stdout is not None
        size = int.from_bytes(await process.stdout.readexactly(4), "big")
        return await process.stdout.readexactly(size)

    def _end(self, process: Process | None) -> None:
        if process is not None:
            self._all.discard(process)
            with suppress(ProcessLookupError):
                process.kill()

    async def close(self) -> None:
        """End the processes and wait until they are gone."""
        ended = list(self._all)
        for process in ended:
            self._end(process)
        await asyncio.gather(*(process.wait() for process in ended))
