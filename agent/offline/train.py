"""`python -m agent.offline.train`: train the planner on this registry and keep it, ahead of the first message."""

from agent.offline import intents
from knowledge.embedding import embed


def ready() -> intents.Intents:
    """Load the planner (training it if the registry changed) and its embedder, so that the first message is quick."""
    made = intents.load()
    embed(["ready"])
    return made


def main() -> None:
    made = ready()
    print(f"{len(made.tools)} capabilities, {len(made.examples)} examples, trained in {made.trained_s} s")  # noqa: T201


if __name__ == "__main__":
    main()
