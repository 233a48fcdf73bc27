"""How good it is: datasets and evaluators, runnable on any model."""
