"""The web channel on a loopback port, a hub that answers when told to, and a browser that talks to it."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiohttp
import uvicorn
from sqlalchemy import insert, update
from sqlalchemy.engine import Connection, Engine
from starlette.applications import Starlette
from starlette.routing import Mount

from bot.channels import inbox
from bot.channels.adapter import RefusedError
from bot.channels.bell import Bell, Ring
from bot.channels.hub import Accepted, Admit, admitted_as_is
from bot.channels.message import Incoming, Refusal
from bot.channels.store import Store
from bot.channels.tables import attachment
from bot.channels.web.app import PATH, web_app
from bot.channels.web.limits import RATES
from bot.conversations.channel import Author, Channel
from bot.conversations.log import Entry, append
from bot.conversations.people import find
from bot.conversations.said import FileRef, Said
from bot.conversations.tables import conversation
from bot.settings import Settings

START = 1_800_000_000.0
GENEROUS = dict.fromkeys(RATES, ((100000, 1000),))


@dataclass
class Clock:
    """POSIX seconds that move only when told."""

    time: float = START

    def __call__(self) -> float:
        return self.time


class SmallHub:
    """A hub that keeps messages and answers when a test says so."""

    channels: Sequence[str] = ("web",)

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self.store, self.clock, self.bell = Store(engine), clock, Bell()

    def now(self) -> float:
        return self.clock()

    async def accept(self, incoming: Incoming, admit: Admit = admitted_as_is) -> Accepted:
        def work(connection: Connection) -> Accepted:
            return inbox.accept(connection, admit(connection, incoming), self.now(), 0.0)

        accepted: Accepted = await self.run(work)
        self.bell.ring(accepted.conversation_id)
        return accepted

    async def run(self, work: Callable[..., Any], *args: Any) -> Any:
        return await self.store.run(work, *args)

    async def read(self, work: Callable[..., Any], *args: Any) -> Any:
        return await self.store.read(work, *args)

    @contextmanager
    def watch(self, conversation_id: str, ring: Ring | None = None):
        with self.bell.listen(conversation_id, ring) as listening:
            yield listening

    async def conversation(self, sid: str) -> str:
        """Id of the conversation of a session."""
        person = await self.run(find, Channel.WEB, sid)
        assert person is not None
        return person.conversation_id

    async def say(self, conversation_id: str, said: Said | str, author: Author = Author.ASSISTANT) -> int:
        """Add to a conversation as the queues do; the number of the message."""
        said = Said(said) if isinstance(said, str) else said
        entry = Entry(0, author, Channel.WEB, said, self.now())
        seq = await self.run(append, conversation_id, entry)
        self.bell.ring(conversation_id)
        return int(seq)

    async def work_on(self, conversation_id: str, until: float) -> None:
        """Show that an answer is being made until then."""
        await self.run(_lease, conversation_id, until)
        self.bell.ring(conversation_id)


def _lease(connection: Connection, conversation_id: str, until: float) -> None:
    connection.execute(
        update(conversation).where(conversation.c.id == conversation_id).values(lease_until=until)
    )


@dataclass
class Shelf:
    """Keeps the rows of files; refuses what starts with "bad"."""

    engine: Engine
    put_bytes: list[bytes] = field(default_factory=list)

    def put(self, conversation_id: str, name: str, data: bytes) -> FileRef:
        if data.startswith(b"bad"):
            raise RefusedError(Refusal.FILE_TYPE.value)
        self.put_bytes.append(data)
        found = FileRef(uuid4().hex, name, len(data), "application/pdf")
        with self.engine.begin() as connection:
            connection.execute(
                insert(attachment).values(
                    ref=found.ref,
                    conversation_id=conversation_id,
                    name=name,
                    type=found.type,
                    size=found.size,
                    sha256="0" * 64,
                    created_at=START,
                    expires_at=START + 1e6,
                )
            )
        return found


@dataclass
class Reply:
    """A response that was read to its end."""

    status: int
    headers: Any
    raw: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.raw)

    @property
    def code(self) -> str:
        return str(self.json["error"]["code"])


@dataclass
class Browser:
    """One browser on a site of the given origin. Its token travels in the header unless told otherwise."""

    client: aiohttp.ClientSession
    url: str
    origin: str | None
    token: str = ""
    sid: str = ""

    def headers(self, extra: dict[str, str] | None = None) -> dict[str, str]:
        found = {"Origin": self.origin} if self.origin else {}
        if self.token:
            found["Authorization"] = f"Bearer {self.token}"
        return found | (extra or {})

    async def ask(self, method: str, path: str, extra: dict[str, str] | None = None, **kwargs: Any) -> Reply:
        async with self.client.request(
            method, self.url + path, headers=self.headers(extra), **kwargs
        ) as response:
            return Reply(response.status, response.headers, await response.read())

    async def open(self, **body: str) -> Reply:
        reply = await self.ask("POST", "/session", json=body)
        if reply.status in (200, 201):
            self.token, self.sid = reply.json["token"], reply.json["session"]
        return reply

    async def say(self, text: str, client_msg_id: str = "", **more: Any) -> Reply:
        body = {"client_msg_id": client_msg_id or str(uuid4()), "text": text, **more}
        return await self.ask("POST", "/messages", json=body)

    @asynccontextmanager
    async def events(self, after: int = 0, last: int | None = None) -> AsyncIterator[AsyncIterator[Any]]:
        """The events of one stream as ``(name, data, id)``; comments are left out."""
        extra = {} if last is None else {"Last-Event-ID": str(last)}
        url = f"{self.url}/events?after={after}"
        async with self.client.get(url, headers=self.headers(extra)) as response:
            assert response.status == 200, await response.text()
            yield _parsed(response.content)


async def _parsed(content: aiohttp.StreamReader) -> AsyncIterator[tuple[str, Any, str]]:
    block: dict[str, str] = {}
    with suppress(aiohttp.ClientPayloadError):
        async for raw in content:
            name, _, value = raw.decode().rstrip("\n").partition(": ")
            if name:
                block[name] = value
            elif "data" in block:
                yield block["event"], json.loads(block["data"]), block.get("id", "")
                block = {}
            else:
                block = {}


@dataclass
class Site:
    """Everything around a running web channel."""

    hub: SmallHub
    clock: Clock
    shelf: Shelf
    url: str
    client: aiohttp.ClientSession
    forgotten: list[str]

    @property
    def own(self) -> str:
        return self.url.removesuffix(PATH)

    def browser(self, origin: str | None = "") -> Browser:
        return Browser(self.client, self.url, self.own if origin == "" else origin)

    async def visitor(self, origin: str | None = "") -> Browser:
        """A browser with a session."""
        browser = self.browser(origin)
        await browser.open()
        return browser


def say(name: str, **values: str) -> str:
    return " ".join((name, *values.values()))


@asynccontextmanager
async def opened(engine: Engine, var_dir: Path, **options: Any) -> AsyncIterator[Site]:
    """A web channel on a port of its own. Options: ``settings`` (values), and those of ``web_app``."""
    clock, forgotten = Clock(), []
    hub, shelf = SmallHub(engine, clock), Shelf(engine)

    async def forget(conversation_id: str) -> None:
        forgotten.append(conversation_id)

    listener = socket.create_server(("127.0.0.1", 0))
    own = {"gateway_port": listener.getsockname()[1]}
    values = own | {"var_dir": var_dir, "web_origins": "https://tinh.example"} | options.pop("settings", {})
    parts: dict[str, Any] = {"files": shelf, "say": say, "forget": forget, "rates": GENEROUS}
    app = web_app(hub, Settings(**values), **(parts | options))
    config = uvicorn.Config(
        Starlette(routes=[Mount(PATH, app)]),
        lifespan="off",
        ws="none",
        log_level="error",
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve([listener]))
    while not server.started:
        if task.done():
            task.result()
        await asyncio.sleep(0.005)
    url = f"http://127.0.0.1:{listener.getsockname()[1]}{PATH}"
    try:
        async with aiohttp.ClientSession(
            cookie_jar=aiohttp.DummyCookieJar(), timeout=aiohttp.ClientTimeout(20)
        ) as client:
            yield Site(hub, clock, shelf, url, client, forgotten)
    finally:
        server.should_exit = True
        await task
        hub.store.close()
