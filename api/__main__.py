"""`python -m api`: the web server of this process."""

import socket

import uvicorn

from channels.web import hub
from runtime import processes
from runtime.settings import settings
from tools.declare import load_all

TCP_SILENCE_MS = 20_000
"""How long a client's network may leave sent bytes unconfirmed: with a heartbeat every 10 s, a dead line is dropped within 30 s."""


class Server(uvicorn.Server):
    """Ends the live streams first when it stops: they would hold it up until its patience ends."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        processes.settle()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        hub.end_all()
        await super().shutdown(sockets)


def main() -> None:
    """Serve on the configured address until told to stop."""
    load_all()  # first: the planner is kept by the order of the capabilities, which is that of their imports
    config = uvicorn.Config(
        "api.app:app", host=settings().host, port=settings().port, log_config=None, access_log=False,
        timeout_graceful_shutdown=10, proxy_headers=True, server_header=False, ws_per_message_deflate=False,
        ws_ping_interval=None,
    )  # fmt: skip
    listening = config.bind_socket()
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, TCP_SILENCE_MS)
    Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
