"""What load balancers and operators ask: is it alive, can it work, what do the figures say."""

from collections.abc import Awaitable, Callable

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text
from sqlalchemy.engine import Connection
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.channels.gateway import Gateway
from bot.control.stopping import stopped


def health_routes(gateway: Gateway, brain_ready: Callable[[], Awaitable[bool]]) -> list[Route]:
    """``/health/live``, ``/health/ready`` (503 with what is missing) and ``/metrics``."""

    async def live(_request: Request) -> Response:
        alive = gateway.alive
        return JSONResponse({"workers": alive}, 200 if alive else 503)

    async def ready(_request: Request) -> Response:
        parts = {
            "workers": gateway.alive,
            "database": await _database(gateway),
            "assistant": await brain_ready(),
        }
        halted = await gateway.run(stopped) if parts["database"] else {}
        body = {**parts, "channels": gateway.channels, "stopped": [channel.value for channel in halted]}
        return JSONResponse(body, 200 if all(parts.values()) else 503)

    async def metrics(_request: Request) -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return [
        Route("/health/live", live),
        Route("/health/ready", ready),
        Route("/metrics", metrics),
    ]


async def _database(gateway: Gateway) -> bool:
    def ask(connection: Connection) -> bool:
        return bool(connection.execute(text("SELECT 1")).scalar_one())

    try:
        return await gateway.run(ask)
    except Exception:
        return False
