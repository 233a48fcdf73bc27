"""Child processes that never outlive their parent, and the clearing away of those that once did."""

import ctypes
import gc
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

import psutil

MARK = "SCHOOLOS_SUPERVISED_IN"
"""Environment variable that every supervised process carries: the data directory it works for."""

_PR_SET_PDEATHSIG = 1


def _die_with_parent(parent: int, death_signal: signal.Signals | None) -> Callable[[], None] | None:
    """What a child does before it becomes its program: ask Linux for a signal when its parent dies."""
    if death_signal is None or sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def arrange() -> None:
        prctl(_PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return arrange


def spawn(
    command: Sequence[str],
    *,
    environment: Mapping[str, str] | None = None,
    directory: Path | None = None,
    output: IO[bytes] | int | None = None,
    user: str | None = None,
    death_signal: signal.Signals | None = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start a process in its own session: Ctrl-C reaches only the parent, which stops its children in order.

    When the parent dies the child gets `death_signal` (None: it lives on). Call it from a thread that lives as long as
    the process: Linux ties the signal to the thread.
    """
    return subprocess.Popen(
        list(command),
        env=dict(environment) if environment is not None else None,
        cwd=directory,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        user=user,
        group=user,
        extra_groups=[] if user else None,
        start_new_session=True,
        preexec_fn=_die_with_parent(os.getpid(), death_signal),
    )


def give_way(niceness: int) -> None:
    """Let other processes of this machine have the processor first; what this one starts does so, too."""
    if os.getpriority(os.PRIO_PROCESS, 0) < niceness:
        os.setpriority(os.PRIO_PROCESS, 0, niceness)
    with suppress(OSError):  # Linux may share by session first: then it is the session's niceness that counts
        Path("/proc/self/autogroup").write_text(str(niceness))


def settle() -> None:
    """Call when a process is made: what it is made of stays, and is not looked through for garbage again and again."""
    gc.collect()
    gc.freeze()


def stop(process: subprocess.Popen[bytes], with_signal: signal.Signals = signal.SIGTERM, patience_s: float = 10) -> int:
    """Ask a child to end, wait, insist; then sweep what it left of its own group. Returns its exit code."""
    if process.poll() is None:
        process.send_signal(with_signal)
        try:
            process.wait(patience_s)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    sweep_group(process.pid)
    return process.returncode


def sweep_group(group: int) -> None:
    """Kill what remains of an ended child's process group."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


def end_leftovers(data_dir: Path, patience_s: float = 10) -> list[int]:
    """End processes that an earlier, killed copy left working for this data directory; returns their ids."""
    found = list(_leftovers(data_dir.resolve()))
    for process in found:
        with suppress(psutil.NoSuchProcess):
            process.terminate()
    _, alive = psutil.wait_procs(found, timeout=patience_s)
    for process in alive:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(alive, timeout=patience_s)
    return [process.pid for process in found]


def _leftovers(data_dir: Path) -> Iterator[psutil.Process]:
    kin = {os.getpid(), *(parent.pid for parent in psutil.Process().parents())}
    for process in psutil.process_iter():
        if process.pid in kin:
            continue
        with suppress(psutil.Error, OSError):
            if process.environ().get(MARK) == str(data_dir):
                yield process
