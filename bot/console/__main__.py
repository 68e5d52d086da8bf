"""The console as a process: ``python -m bot.console``."""

import logging

import uvicorn

from bot.console.app import console_app
from bot.settings import get_settings

# Live pages never end by themselves.
_GRACE_SECONDS = 5


def main() -> None:
    """Serve until SIGTERM or SIGINT."""
    settings = get_settings()
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    uvicorn.run(
        console_app(settings),
        host=settings.console_host,
        port=settings.console_port,
        access_log=False,
        ws="none",
        log_level=settings.log_level.lower(),
        server_header=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )


if __name__ == "__main__":
    main()
