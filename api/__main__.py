"""`python -m api`: the web server of this process."""

import uvicorn

from runtime.settings import settings


def main() -> None:
    """Serve on the configured address until told to stop."""
    uvicorn.run(
        "api.app:app", host=settings().host, port=settings().port, log_config=None, access_log=False,
        timeout_graceful_shutdown=10, proxy_headers=True, server_header=False,
    )  # fmt: skip


if __name__ == "__main__":
    main()
