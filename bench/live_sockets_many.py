"""Live updates over Socket.IO: how fast five thousand clients connect, and how fast an event reaches them all."""

from bench.live_clients import SocketClient, at_sizes
from bench.measurement import Measurement

TITLE = "Live updates over Socket.IO, many"


def measure() -> list[Measurement]:
    """One api process, its clients in this one."""
    return at_sizes("Socket.IO", SocketClient, {5000: None})
