"""10,000 guardians who all write at once after results are published. Longer than the other benches: minutes, not seconds.

`SCHOOLOS_BENCH_GUARDIANS=2000 python -m bench inbound_many` for fewer, `SCHOOLOS_BENCH_WORKERS=1` for one worker.
"""

import os
from collections.abc import Iterator

from bench import running
from bench.inbound import burst
from bench.measurement import Measurement

TITLE = "Messages coming in, many"
GUARDIANS = int(os.environ.get("SCHOOLOS_BENCH_GUARDIANS", "10000"))
WORKERS = int(os.environ.get("SCHOOLOS_BENCH_WORKERS", "2"))
LONGEST_S = 3000


def measure() -> Iterator[Measurement]:
    """Their first messages, until the last is answered, by two workers, `SCHOOLOS_WORKERS=2`."""
    yield from running.bounded(burst(GUARDIANS, WORKERS), LONGEST_S)
