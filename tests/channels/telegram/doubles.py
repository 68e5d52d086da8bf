"""Small stand-ins for the gateway's middle and for the way to Telegram."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractContextManager, asynccontextmanager
from typing import Any, TypeVar

from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.channels.bell import Ring
from bot.channels.hub import Accepted, Admit, admitted_as_is
from bot.channels.message import Incoming
from bot.channels.telegram.client import Client, Method
from tests.channels.telegram.samples import NOW

T = TypeVar("T")
TOKEN = "7000000001:AAsecretOfTheBot_0123456789"


class MemoryHub:
    """Keeps what it accepted, once per message id."""

    channels: Sequence[str] = ("telegram",)

    def __init__(self) -> None:
        self.accepted: dict[str, Incoming] = {}
        self.asked = 0
        self.broken = False

    async def accept(self, incoming: Incoming, admit: Admit = admitted_as_is) -> Accepted:
        self.asked += 1
        if self.broken:
            raise RuntimeError(f"no database for {incoming.text}")
        new = incoming.message_id not in self.accepted
        self.accepted.setdefault(incoming.message_id, incoming)
        return Accepted(new, "c1", 1)

    async def run(self, work: Callable[..., T], *args: Any) -> T:
        raise NotImplementedError

    async def read(self, work: Callable[..., T], *args: Any) -> T:
        return await self.run(work, *args)

    def watch(self, conversation_id: str, ring: Ring | None = None) -> AbstractContextManager[Ring]:
        raise NotImplementedError

    def now(self) -> float:
        return NOW


class Calls(Client):
    """Notes calls instead of making them; ``errors`` are raised by method."""

    def __init__(self) -> None:
        super().__init__(TOKEN, "http://127.0.0.1:9")
        self.made: list[tuple[Method, dict[str, Any]]] = []
        self.errors: dict[Method, Exception] = {}

    async def call(self, method: Method, params: dict[str, Any] | None = None) -> Any:
        self.made.append((method, params or {}))
        if method in self.errors:
            raise self.errors[method]
        return True


@asynccontextmanager
async def serving(answer: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> AsyncIterator[str]:
    """Address of a server that answers everything the same way."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    server = TestServer(app)
    await server.start_server()
    try:
        yield str(server.make_url("")).rstrip("/")
    finally:
        await server.close()
