"""Which database and Redis a command works on: the given ones, a running copy's, or embedded ones started for it."""

import os
from collections.abc import Generator
from contextlib import contextmanager

from cli.screen import err
from runtime import instance, processes
from runtime.instance import Servers
from runtime.servers import servers
from runtime.settings import settings


@contextmanager
def connected() -> Generator[Servers]:
    """Point the settings of this process at servers that run, for as long as the block does."""
    chosen = settings()
    running = instance.read(chosen.data_dir.absolute())
    if running is not None:
        _point_at(running.servers)
        yield running.servers
        return
    if chosen.database_url is not None and chosen.redis_url is not None:
        yield Servers(
            database_url=chosen.database_url,
            migration_database_url=chosen.migration_database_url,
            redis_url=chosen.redis_url,
        )
        return
    with instance.only_copy(chosen.data_dir.absolute()):
        processes.end_leftovers(chosen.data_dir.absolute())
        with servers(chosen, lambda sentence: err.print(f"[dim]· {sentence}[/dim]")) as (addresses, _):
            _point_at(addresses)
            yield addresses


def _point_at(addresses: Servers) -> None:
    os.environ["DATABASE_URL"] = addresses.database_url
    os.environ["REDIS_URL"] = addresses.redis_url
    if addresses.migration_database_url is not None:
        os.environ["SCHOOLOS_MIGRATION_DATABASE_URL"] = addresses.migration_database_url
    settings.cache_clear()
