"""Embedded servers with the demo school, for measurements that run in this process."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def demo_school(*, load: bool = True) -> Iterator[None]:
    """Embedded servers with the demo school (or an empty database), and this process's settings pointed at them."""
    from cli.connection import connected
    from cli.database import load_demo
    from runtime.migrate import upgrade
    from runtime.settings import settings

    before = dict(os.environ)
    with TemporaryDirectory() as scratch:
        os.environ["SCHOOLOS_DATA_DIR"] = str(Path(scratch) / "data")
        settings.cache_clear()
        try:
            with connected() as servers:
                assert servers.migration_database_url is not None
                upgrade(servers.migration_database_url)
                if load:
                    load_demo()
                yield
        finally:
            os.environ.clear()
            os.environ.update(before)
            settings.cache_clear()
