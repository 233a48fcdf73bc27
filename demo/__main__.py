"""`python -m demo`: load the demo school into the configured database."""

import asyncio
import time

from demo.load import load
from demo.sign_ins import SIGN_INS
from runtime import database


async def main() -> None:
    began = time.perf_counter()
    loaded = await load()
    await database.forget()
    print(f"Demo school {'loaded' if loaded else 'already there'} ({time.perf_counter() - began:.1f} s). Sign in as:")  # noqa: T201
    for sign_in in SIGN_INS:
        print(f"  {sign_in.role:9} {sign_in.email:24} {sign_in.password}")  # noqa: T201


if __name__ == "__main__":
    asyncio.run(main())
