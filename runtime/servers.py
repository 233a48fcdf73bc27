"""The servers a copy runs on, embedded or given, and the environment that tells its processes where they are."""

import os
import subprocess
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from typing import Protocol

from runtime import processes
from runtime.embedded_postgres import APP_ROLE, OWNER_ROLE, EmbeddedPostgres
from runtime.embedded_valkey import EmbeddedValkey
from runtime.instance import Servers
from runtime.settings import Settings


class Embedded(Protocol):
    """A server that is a child of ours."""

    name: str

    process: subprocess.Popen[bytes] | None

    def start(self) -> None: ...

    def stop(self) -> None: ...


@contextmanager
def servers(chosen: Settings, say: Callable[[str], None]) -> Generator[tuple[Servers, list[Embedded]]]:
    """PostgreSQL and Valkey: the given ones, or embedded ones for as long as the block runs."""
    embedded: list[Embedded] = []
    with ExitStack() as stack:
        data_dir = chosen.data_dir.absolute()
        if chosen.database_url is not None:
            database_url, owner_url = chosen.database_url, chosen.migration_database_url
        else:
            postgres = EmbeddedPostgres(data_dir / "postgres")
            stack.callback(postgres.stop)
            embedded.append(postgres)
            say("Starting PostgreSQL" if (data_dir / "postgres").exists() else "Making the database")
            postgres.start()
            postgres.provision()
            database_url, owner_url = postgres.url(APP_ROLE), postgres.url(OWNER_ROLE)
        if chosen.redis_url is not None:
            redis_url = chosen.redis_url
        else:
            valkey = EmbeddedValkey(data_dir / "valkey")
            stack.callback(valkey.stop)
            embedded.append(valkey)
            valkey.start()
            redis_url = valkey.url
        yield Servers(database_url=database_url, migration_database_url=owner_url, redis_url=redis_url), embedded


def environment(chosen: Settings, addresses: Servers, port: int) -> dict[str, str]:
    """What the services get: our environment, the servers' addresses (never the owner's), and our mark."""
    ours = {
        processes.MARK: str(chosen.data_dir.resolve()),
        "DATABASE_URL": addresses.database_url,
        "REDIS_URL": addresses.redis_url,
        "SCHOOLOS_DATA_DIR": str(chosen.data_dir.absolute()),
        "SCHOOLOS_PORT": str(port),
        "PYTHONUNBUFFERED": "1",
    }
    inherited = {name: value for name, value in os.environ.items() if name != "SCHOOLOS_MIGRATION_DATABASE_URL"}
    return inherited | ours
