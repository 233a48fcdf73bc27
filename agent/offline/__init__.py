"""The offline planner: a pydantic-ai model that needs no language model and knows only the registry."""
