"""What the supervisor and load balancers ask."""

from sqlalchemy import text
from sqlalchemy.engine import Connection
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.console.context import console_of


def routes() -> list[Route]:
    """``/health/live``, and ``/health/ready``: 503 while the database is away."""
    return [Route("/health/live", live), Route("/health/ready", ready)]


async def live(_request: Request) -> Response:
    return JSONResponse({"alive": True})


async def ready(request: Request) -> Response:
    try:
        there = await console_of(request).run(_ask)
    except Exception:
        there = False
    return JSONResponse({"database": there}, 200 if there else 503)


def _ask(connection: Connection) -> bool:
    return bool(connection.execute(text("SELECT 1")).scalar_one())
