"""One process tree: servers, migrations, demo, then api, worker, scheduler. Stopped in order, restarted on death."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from runtime import instance, processes
from runtime.errors import SchoolOSError, Upstream
from runtime.instance import Running
from runtime.servers import Embedded, environment, servers
from runtime.settings import Settings

Say = Callable[[str], None]

STEADY_S = 30
"""A service that lived this long before it died is restarted at once; a quicker death waits longer each time."""
LONGEST_WAIT_S = 30
READY_WITHIN_S = 120
LARGEST_LOG = 10_000_000
ALL_ADDRESSES = "0.0.0.0"  # noqa: S104  # compared with, not bound


@dataclass(frozen=True)
class Service:
    """A child of the supervisor: the module it runs and how long it may take to finish its work."""

    name: str
    module: str
    patience_s: float


SERVICES = (
    Service("api", "api", patience_s=13),
    Service("worker", "jobs.worker", patience_s=15),
    Service("scheduler", "jobs.scheduler", patience_s=8),
)


class StartFailed(SchoolOSError):
    """The program cannot start; the sentence says what to mend."""

    code = "start_failed"


@dataclass
class Tree:
    """The running children and what they share."""

    logs: Path
    variables: Mapping[str, str]
    stop: asyncio.Event
    say: Say
    workers: int = 1
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict[str, "subprocess.Popen[bytes]"])


async def supervise(chosen: Settings, say: Say, ready: Callable[[str], None], prepare: Sequence[str]) -> None:
    """Run everything until SIGINT or SIGTERM; `prepare` is the command that migrates and loads the demo."""
    data_dir = chosen.data_dir.absolute()
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    with instance.only_copy(data_dir):
        if left := processes.end_leftovers(data_dir):
            say(f"An earlier copy did not end well; cleared {len(left)} of its processes away")
        port = _port(chosen)
        host = "127.0.0.1" if chosen.host == ALL_ADDRESSES else chosen.host
        address = chosen.public_url or f"http://{host}:{port}"
        with servers(chosen, say) as (addresses, embedded):
            variables = environment(chosen, addresses, port)
            owner = addresses.migration_database_url
            await _prepare(
                prepare, {**variables, **({"SCHOOLOS_MIGRATION_DATABASE_URL": owner} if owner else {})}, stop
            )
            instance.write(data_dir, Running(pid=os.getpid(), address=address, servers=addresses))
            tree = Tree(data_dir / "logs", variables, stop, say, chosen.workers)
            await _run(tree, embedded, f"http://{host}:{port}", lambda: ready(address))
            say("Stopping PostgreSQL and Valkey")
    say("Stopped")


async def _prepare(command: Sequence[str], variables: Mapping[str, str], stop: asyncio.Event) -> None:
    """Migrate and load the demo in a process of its own, whose memory is given back."""
    if stop.is_set():
        return
    process = processes.spawn(command, environment=variables)
    ended, stopped = asyncio.create_task(_wait(process)), asyncio.create_task(stop.wait())
    await asyncio.wait({ended, stopped}, return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    if stop.is_set():
        processes.stop(process)
    if await ended != 0 and not stop.is_set():
        raise StartFailed("The database could not be prepared; the lines above say why.")


async def _run(tree: Tree, embedded: Sequence[Embedded], base: str, ready: Callable[[], None]) -> None:
    """Run the services until asked to stop, or until one of the watchers gives up."""
    tree.logs.mkdir(exist_ok=True)
    installed = [each for service in SERVICES if _installed(service.module) for each in _copies(service, tree.workers)]
    watchers = {
        *(asyncio.create_task(_keep(tree, service)) for service in installed),
        *(asyncio.create_task(_keep_server(tree, server)) for server in embedded),
        asyncio.create_task(_announce(tree, base, ready)),
    }
    waiting = {*watchers, asyncio.create_task(tree.stop.wait())}
    try:
        while not tree.stop.is_set():
            done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
    finally:
        tree.stop.set()
        for service in installed:
            if process := tree.running.pop(service.name, None):
                tree.say(f"Stopping {service.name}")
                await asyncio.to_thread(processes.stop, process, signal.SIGTERM, service.patience_s)
        await asyncio.gather(*watchers, return_exceptions=True)


def _copies(service: Service, workers: int) -> list[Service]:
    """The service itself, and a worker as often as the settings say."""
    more = range(2, workers + 1) if service.name == "worker" else range(0)
    return [service, *(replace(service, name=f"{service.name}-{n}") for n in more)]


async def _keep(tree: Tree, service: Service) -> None:
    """Keep one service alive; wait longer before each restart while it keeps dying early."""
    log = tree.logs / f"{service.name}.log"
    _rotate(log)
    wait_s = 0.5
    while not tree.stop.is_set():
        started = time.monotonic()
        with log.open("ab") as output:
            process = processes.spawn([sys.executable, "-m", service.module], environment=tree.variables, output=output)
        tree.running[service.name] = process
        code = await _wait(process)
        if tree.stop.is_set():
            return
        processes.sweep_group(process.pid)
        wait_s = 1.0 if time.monotonic() - started > STEADY_S else min(wait_s * 2, LONGEST_WAIT_S)
        tree.say(f"{service.name} ended ({_meaning(code)}); starting it again in {wait_s:.0f} s. Its log: {log}")
        await _sleep(wait_s, tree.stop)


async def _keep_server(tree: Tree, server: Embedded) -> None:
    """Start an embedded server again when it dies under us; it recovers from its own log."""
    while not tree.stop.is_set():
        process = server.process
        if process is not None and process.poll() is not None:
            tree.say(f"{server.name} ended ({_meaning(process.returncode)}); starting it again")
            server.start()
        await _sleep(0.5, tree.stop)


async def _announce(tree: Tree, base: str, ready: Callable[[], None]) -> None:
    """Wait until the api says it is ready, then say so."""
    deadline = time.monotonic() + READY_WITHIN_S
    while not tree.stop.is_set():
        if await asyncio.to_thread(_answers, f"{base}/health/ready"):
            ready()
            return
        if time.monotonic() > deadline:
            raise StartFailed(f"The api did not become ready within {READY_WITHIN_S} s; see {tree.logs / 'api.log'}")
        await _sleep(0.1, tree.stop)


async def _wait(process: subprocess.Popen[bytes]) -> int:
    """The exit code of a child. Asked for a few times a second: portable, and no thread per child."""
    while (code := process.poll()) is None:  # noqa: ASYNC110
        await asyncio.sleep(0.1)
    return code


async def _sleep(seconds: float, stop: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return


def _answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=2) as answer:  # noqa: S310  # our own http address
            return answer.status == 200
    except (URLError, OSError):
        return False


def port_problem(chosen: Settings) -> str | None:
    """Why the port of the settings cannot be served on; None when it can."""
    try:
        _free_port(chosen)
    except OSError as error:
        return f"Port {chosen.port} on {chosen.host} cannot be used ({error.strerror})."
    return None


def _port(chosen: Settings) -> int:
    """The port to serve on (0: any free one), or a clear refusal when it is taken."""
    if problem := port_problem(chosen):
        raise Upstream(f"{problem} Choose another, for example SCHOOLOS_PORT={chosen.port % 65535 + 1}.")
    return _free_port(chosen)


def _free_port(chosen: Settings) -> int:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((chosen.host, chosen.port))
        return probe.getsockname()[1]


def _installed(module: str) -> bool:
    """Whether a service is part of this installation."""
    try:
        found = find_spec(module)
    except ModuleNotFoundError:
        return False
    if found is None:
        return False
    return found.submodule_search_locations is None or find_spec(f"{module}.__main__") is not None


def _rotate(log: Path) -> None:
    if log.exists() and log.stat().st_size > LARGEST_LOG:
        log.replace(log.with_suffix(".1.log"))


def _meaning(code: int) -> str:
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
