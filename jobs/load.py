"""Every module of this package with consumers, actors or kinds of run, imported so that they are registered."""

import importlib
import pkgutil

ENTRYPOINTS = {"worker", "work", "scheduler", "__main__"}


def load_all() -> list[str]:
    """Import every module here but the entrypoints; a new noun needs no other registration."""
    import jobs

    names = [module.name for module in pkgutil.iter_modules(jobs.__path__) if module.name not in ENTRYPOINTS]
    for name in names:
        importlib.import_module(f"jobs.{name}")
    return names
