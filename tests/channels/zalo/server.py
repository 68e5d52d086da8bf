"""A small HTTP server that answers as told and remembers what it was asked."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web
from aiohttp.test_utils import TestServer

Answering = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Served:
    url: str
    stop: Callable[[], Awaitable[None]]
    asked: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)


@asynccontextmanager
async def serving(answering: Answering) -> AsyncIterator[Served]:
    """``answering`` makes each response; ``asked``: method, path with query, headers (lower case), body."""

    async def handle(request: web.Request) -> web.StreamResponse:
        headers = {name.lower(): value for name, value in request.headers.items()}
        served.asked.append((request.method, request.path_qs, headers, await request.read()))
        return await answering(request)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handle)
    server = TestServer(app)
    await server.start_server()
    served = Served(str(server.make_url("")).rstrip("/"), server.close)
    try:
        yield served
    finally:
        await server.close()
