"""The Dramatiq broker on Redis. Imported before any actor is declared."""

import dramatiq
import redis
from dramatiq.asyncio import get_event_loop_thread
from dramatiq.brokers.redis import RedisBroker
from dramatiq.middleware import AsyncIO, Middleware

from channels import http
from runtime import database
from runtime import redis as redis_clients
from runtime.settings import settings

NAMESPACE = "schoolos"
NOT_CONFIGURED = "redis://127.0.0.1:6379/0"


class CloseConnections(Middleware):
    """Closes what the actors' event loop opened, after the last actor and before the loop (so it is added after AsyncIO)."""

    def after_worker_shutdown(self, broker: dramatiq.Broker, worker: dramatiq.Worker) -> None:
        thread = get_event_loop_thread()
        if thread is not None:
            thread.run_coroutine(_close())


async def _close() -> None:
    await http.forget()
    await redis_clients.forget()
    await database.forget()


def _make() -> RedisBroker:
    made = RedisBroker(url=settings().redis_url or NOT_CONFIGURED, namespace=NAMESPACE)
    made.add_middleware(AsyncIO())
    made.add_middleware(CloseConnections())
    return made


def connect(url: str) -> None:
    """Point the broker at a Redis: the settings may name it after this module was imported. Its scripts keep its client."""
    broker.client.connection_pool = redis.ConnectionPool.from_url(url)


broker = _make()
dramatiq.set_broker(broker)
