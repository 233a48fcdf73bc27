"""A stand-in for Twilio in a process of its own: takes messages after a latency, and tells what it took and when."""

import asyncio
import json
import sys
import time

from aiohttp import web


def application(latency_s: float) -> web.Application:
    taken: list[float] = []

    async def take(request: web.Request) -> web.Response:
        form = await request.post()
        await asyncio.sleep(latency_s)
        taken.append(time.time())
        body = {"sid": f"SM{len(taken):032d}", "account_sid": "AC1", "body": form["Body"], "to": form["To"],
                "status": "queued", "error_code": None, "num_segments": "1"}  # fmt: skip
        return web.json_response(body, status=201)

    async def told(request: web.Request) -> web.Response:
        return web.Response(text=json.dumps(taken), content_type="application/json")

    async def clear(request: web.Request) -> web.Response:
        taken.clear()
        return web.Response()

    app = web.Application()
    app.router.add_post("/2010-04-01/Accounts/{sid}/Messages.json", take)
    app.router.add_get("/taken", told)
    app.router.add_post("/clear", clear)
    return app


if __name__ == "__main__":
    web.run_app(application(float(sys.argv[2])), host="127.0.0.1", port=int(sys.argv[1]), print=None)
