"""The relay, every consumer and every actor in one process, on one event loop."""

import asyncio
import signal
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

import dramatiq
from dramatiq.asyncio import get_event_loop_thread
from dramatiq.worker import Worker as DramatiqWorker
from uvloop import EventLoopPolicy

from agent.offline import planner_file
from agent.offline.train import ready
from channels import accounts
from jobs import consumers, relay
from jobs.broker import broker, connect
from jobs.load import load_all
from runtime import processes, telemetry
from runtime.redis import redis_url
from runtime.telemetry import log

THREADS = 8
POLL_MS = 100
"""How long an idle queue may go unlooked at: the price of waiting is latency, of looking a Redis call."""
WARM_WITHIN_S = 10

T = TypeVar("T")
_log = log("worker")


class Worker:
    """The worker of this process: start, wait, stop. Whatever is under way at a stop is finished or left for another."""

    def __init__(self, threads: int = THREADS) -> None:
        load_all()
        connect(redis_url())
        accounts.forget()
        self._dramatiq = DramatiqWorker(broker, worker_threads=threads, worker_timeout=POLL_MS)
        self._stop: asyncio.Event | None = None
        self._services: list[Future[None]] = []

    def start(self) -> None:
        self._dramatiq.start()
        stop = self._stop = self._run(_event()).result(10)
        for service in (relay.run(stop), *(consumers.consume(group, stop) for group in consumers.GROUPS)):
            self._services.append(self._run(service))

    def stop(self) -> None:
        """Stop reading, let the actors that run end, then close the connections and the loop."""
        if self._stop is not None:
            self._loop().call_soon_threadsafe(self._stop.set)
        for service in self._services:
            try:
                service.result(5)
            except TimeoutError:
                service.cancel()
        self._dramatiq.stop(timeout=10_000)

    def _loop(self) -> asyncio.AbstractEventLoop:
        thread = get_event_loop_thread()
        assert thread is not None
        return thread.loop

    def _run(self, coroutine: Coroutine[Any, Any, T]) -> "Future[T]":
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop())


async def _event() -> asyncio.Event:
    return asyncio.Event()


def work_until_stopped() -> None:
    """Work until SIGTERM or SIGINT."""
    telemetry.set_up("worker")
    asyncio.set_event_loop_policy(EventLoopPolicy())  # pyright: ignore[reportDeprecated]  # dramatiq makes its own loop
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    worker = Worker()
    worker.start()
    warm = threading.Thread(target=_warm, name="warm", daemon=True)
    warm.start()
    _log.info("working", groups=sorted(consumers.GROUPS), actors=len(dramatiq.get_broker().actors))
    stopping.wait()
    worker.stop()
    warm.join(WARM_WITHIN_S)  # a library being loaded while the interpreter ends would bring it down


def _warm() -> None:
    """Load what the first reply needs, so that nobody waits for it. Training would hold up the rest: that waits."""
    try:
        if planner_file.is_kept():
            ready()
    except Exception:
        _log.exception("not_warm")  # it is loaded where it is needed, or fails there with its reason
    processes.settle()
