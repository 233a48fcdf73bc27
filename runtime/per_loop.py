"""Something made once for each event loop, as its connections belong to the loop."""

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class PerLoop(Generic[T]):
    """What `make` makes of an address, for the running loop; made anew when the address is another."""

    def __init__(self, make: Callable[[str], T]) -> None:
        self._make = make
        self._made: dict[asyncio.AbstractEventLoop, tuple[str, T]] = {}

    def of(self, address: str) -> T:
        """The running loop's own."""
        loop = asyncio.get_running_loop()
        held = self._made.get(loop)
        if held is None or held[0] != address:
            for ended in [other for other in self._made if other.is_closed()]:
                del self._made[ended]
            held = self._made[loop] = (address, self._make(address))
        return held[1]

    def forget(self) -> T | None:
        """Take the running loop's own away, for the caller to close."""
        held = self._made.pop(asyncio.get_running_loop(), None)
        return held[1] if held else None
