"""A language model behind the OpenAI protocol that says half of its answer and waits: for tests of lost connections."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

FIRST = "The assembly begins in the main hall."
REST = "It ends before the first lesson."


@dataclass
class SlowModel:
    """Where it listens; `go_on` lets every answer in the making end."""

    address: str = ""
    text: tuple[str, str] = (FIRST, REST)
    asked: int = 0
    go_on: threading.Event = field(default_factory=threading.Event)

    def hold(self, first: str = FIRST, rest: str = REST) -> None:
        """Say this from now on, and wait in the middle."""
        self.go_on.clear()
        self.text = (first, rest)


@contextmanager
def speaking() -> Iterator[SlowModel]:
    """Serve it on a free port."""
    model = SlowModel()

    class Completions(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            model.asked += 1
            first, rest = model.text
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            self._say({"role": "assistant", "content": ""})
            for word in first.split(" "):
                self._say({"content": word + " "})
            model.go_on.wait(60)
            self._say({"content": rest})
            self._say({}, "stop")
            self.wfile.write(b"data: [DONE]\n\n")

        def _say(self, delta: dict[str, Any], finish: str | None = None) -> None:
            choice = {"index": 0, "delta": delta, "finish_reason": finish}
            body = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "slow", "choices": [choice]}
            if finish:
                body["usage"] = {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}
            self.wfile.write(f"data: {json.dumps(body)}\n\n".encode())
            self.wfile.flush()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is the base class's
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Completions)
    server.daemon_threads = True
    model.address = f"http://127.0.0.1:{server.server_port}/v1"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield model
    finally:
        model.go_on.set()
        server.shutdown()
        server.server_close()
