"""`python -m agent.offline.train`: train the planner on this registry and keep it, ahead of the first message."""

from agent.offline import planner_file
from agent.offline.intents import Intents
from knowledge import safeguarding


def ready() -> Intents:
    """Load what a first message needs, so that it is quick: the planner (trained if the registry changed), its embedder,
    the classifier of concerns."""
    made = planner_file.load()
    safeguarding.probability("ready")
    return made


def main() -> None:
    made = ready()
    print(f"{len(made.tools)} capabilities, {len(made.examples)} examples, trained in {made.trained_s} s")  # noqa: T201


if __name__ == "__main__":
    main()
