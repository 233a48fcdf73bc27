"""Live updates over SSE: how fast a thousand and five thousand clients connect, and how fast an event reaches them all."""

from bench.live_clients import StreamClient, at_sizes
from bench.measurement import Measurement

TITLE = "Live updates over SSE"


def measure() -> list[Measurement]:
    """One api process, its clients in this one."""
    return at_sizes("SSE", StreamClient, {1000: 100.0, 5000: None})
