"""`python -m agent.offline.train`: train the planner on this registry and keep it, ahead of the first message."""

from agent.offline import intents


def main() -> None:
    made = intents.load()
    print(f"{len(made.tools)} capabilities, {len(made.examples)} examples, trained in {made.trained_s} s")  # noqa: T201


if __name__ == "__main__":
    main()
