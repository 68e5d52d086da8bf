"""Listens for turns until the process is told to end, and finishes those under way."""

import uvicorn
from starlette.types import ASGIApp

from bot.settings import Settings


def listen(app: ASGIApp, settings: Settings, port: int) -> None:
    """Serve until SIGTERM or SIGINT: then nothing new is accepted, and turns under way get their answer for
    as long as the gateway waits for it.
    """
    uvicorn.run(
        app,
        host=settings.host,
        port=port,
        access_log=False,
        ws="none",
        log_level=settings.log_level.lower(),
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=int(settings.turn_timeout_seconds),
    )
