"""One measured figure, and how many are made of one series of times."""

import os
import platform
import statistics
from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel


class Measurement(BaseModel, frozen=True):
    """A figure with the size it was measured on; `at_most` or `at_least` is what the product promises."""

    what: str
    size: str
    value: float
    unit: str
    at_most: float | None = None
    at_least: float | None = None

    @property
    def kept(self) -> bool | None:
        """Whether the promise is kept; None when there is none."""
        if self.at_most is not None:
            return self.value <= self.at_most
        return None if self.at_least is None else self.value >= self.at_least

    @property
    def promise(self) -> str:
        if self.at_most is not None:
            return f"at most {self.at_most:g} {self.unit}"
        return "" if self.at_least is None else f"at least {self.at_least:g} {self.unit}"


def percentiles(
    what: str, size: str, seconds: Sequence[float], p50_at_most: float | None = None, p95_at_most: float | None = None
) -> list[Measurement]:
    """The median and 95th percentile of a series of times, in milliseconds."""
    cuts = statistics.quantiles(seconds, n=20, method="inclusive")
    return [
        Measurement(what=f"{what}, p50", size=size, value=cuts[9] * 1000, unit="ms", at_most=p50_at_most),
        Measurement(what=f"{what}, p95", size=size, value=cuts[18] * 1000, unit="ms", at_most=p95_at_most),
    ]


def machine() -> str:
    """What these figures were measured on."""
    model = platform.processor() or platform.machine()
    information = Path("/proc/cpuinfo")
    if information.exists():
        names = [line.split(":")[1].strip() for line in information.read_text().splitlines() if "model name" in line]
        model = names[0] if names else model
    load = f"{os.getloadavg()[0]:.1f}"
    return (
        f"{os.cpu_count()} cores ({model}), {platform.system()}, Python {platform.python_version()}, load {load} before"
    )
