"""`python -m jobs.worker`: everything the worker does (`jobs/work.py`), behind the web server."""

from runtime import processes
from runtime.settings import settings
from tools.declare import load_all


def main() -> None:
    """Work until SIGTERM or SIGINT. Where worker and web server share a machine, people at a door come first."""
    processes.give_way(settings().worker_niceness)
    load_all()  # first: the planner is kept by the order of the capabilities, which is that of their imports
    from jobs.work import work_until_stopped  # here: its imports take seconds of the processor

    work_until_stopped()


if __name__ == "__main__":
    main()
