"""`python -m jobs.worker`: everything the worker does (`jobs/work.py`), behind the web server."""

from runtime import processes
from runtime.settings import settings


def main() -> None:
    """Work until SIGTERM or SIGINT. Where worker and web server share a machine, people at a door come first."""
    processes.give_way(settings().worker_niceness)
    from jobs.work import work_until_stopped  # here: its imports take seconds of the processor

    work_until_stopped()


if __name__ == "__main__":
    main()
