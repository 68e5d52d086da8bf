"""The gateway as a process: ``python -m bot.channels``."""

import logging

import uvicorn

from bot.channels.assembly import assemble
from bot.channels.descriptors import open_more
from bot.channels.rules import Rules
from bot.settings import get_settings

# Streams of browsers never end by themselves.
_GRACE_SECONDS = 5


def main(rules: Rules | None = None) -> None:
    """Serve until SIGTERM or SIGINT, by other ``rules`` than the settings give if there are any."""
    settings = get_settings()
    open_more()
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    uvicorn.run(
        assemble(settings, rules=rules),
        host=settings.gateway_host,
        port=settings.gateway_port,
        access_log=False,
        ws="none",
        log_level=settings.log_level.lower(),
        server_header=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )


if __name__ == "__main__":
    main()
