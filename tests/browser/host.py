"""A website of another origin with a strict Content-Security-Policy, for embedding the widget."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

STRICT = (
    "default-src 'none'; script-src {server} 'nonce-host'; connect-src {server}; style-src 'nonce-host'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
)
PAGE = """<!doctype html><html lang="en"><head><title>Our school</title>
<style nonce="host">html {{ font-size: 62.5%; }} * {{ color: rgb(255, 0, 0) !important; letter-spacing: 9px !important; }}</style>
</head><body><h1>Our school</h1><p>Welcome.</p><script src="{server}/widget.js" data-school="{school}" {attributes}></script></body></html>"""


@dataclass
class Host:
    """The site's origin, and what its page is to hold."""

    origin: str
    server: str = ""
    school: str = ""
    attributes: str = ""


@contextmanager
def serving() -> Iterator[Host]:
    """Serve the site on a free port."""
    host = Host("")

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", STRICT.format(server=host.server))
            self.end_headers()
            page = PAGE.format(server=host.server, school=host.school, attributes=host.attributes)
            self.wfile.write(page.encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is the base class's
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    host.origin = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
