"""A citizen's browser by the wire format of the web channel: posts until it is told 202, reads by event
stream or by polling, and comes back to where it stopped whatever happens to the connection.
"""

import asyncio
import random
import uuid
from collections.abc import Callable
from typing import Any

import aiohttp
import msgspec

PATH = "/webhooks/web"
_BROKEN = (aiohttp.ClientError, asyncio.TimeoutError, OSError)

Message = dict[str, Any]


class Browser:
    """``urls``: the gateways, of which it takes another when one does not answer. ``number`` decides its
    loopback address, so that the limits for addresses see as many as there are citizens; ``pause``: the
    longest before it tries again.

    ``shown``: the messages by number as the widget would hold them; ``repeated``: numbers that a stream or a
    page brought again although it had been told they were there; ``reconnects``: streams that opened after
    the first; ``duplicates``: posts answered with "duplicate"; ``failures``: posts answered by nobody.
    """

    def __init__(self, urls: list[str], number: int, dice: random.Random, pause: float = 1.0) -> None:
        self._urls, self._number, self._dice, self._pause = urls, number, dice, pause
        self._session: aiohttp.ClientSession | None = None
        self._token = ""
        self.sid = ""
        self.shown: dict[int, Message] = {}
        self.repeated: list[int] = []
        self.gaps: list[tuple[int, int]] = []
        self.reconnects = -1
        self.duplicates = 0
        self.posts = self.failures = 0

    @property
    def cursor(self) -> int:
        return max(self.shown, default=0)

    def texts(self, author: str) -> list[str]:
        """What ``author`` said, in order."""
        return [self.shown[seq]["text"] for seq in sorted(self.shown) if self.shown[seq]["author"] == author]

    async def open(self) -> None:
        """Get a session; nothing is written by that."""
        status, body = await self._insist("POST", "/session", {})
        assert status == 201, body
        self._token, self.sid = body["token"], body["session"]

    async def post(self, text: str, message_id: str = "") -> str:
        """Say it under one id until the gateway has taken it; the id."""
        message_id = message_id or str(uuid.UUID(int=self._dice.getrandbits(128)))
        status, body = await self._insist("POST", "/messages", {"client_msg_id": message_id, "text": text})
        assert status == 202, body
        self.posts += 1
        self.duplicates += body["duplicate"]
        return message_id

    async def read(self, how_long: Callable[[], float] = lambda: 3600.0) -> None:
        """Follow the event stream until cancelled; hang up and reconnect after ``how_long()`` seconds."""
        while True:
            try:
                await asyncio.wait_for(self._follow(), how_long())
            except _BROKEN:
                await asyncio.sleep(self._dice.uniform(0, self._pause))

    async def poll(self, every: float) -> None:
        """Ask for news until cancelled."""
        while True:
            after = self.cursor
            status, body = await self._insist("GET", f"/messages?after={after}", None)
            assert status == 200, body
            for message in body["messages"]:
                self._show(message)
            await asyncio.sleep(every)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def _follow(self) -> None:
        headers = {**self._headers(), "Last-Event-ID": str(self.cursor)}
        async with self._opened().get(f"{self._url()}{PATH}/events", headers=headers) as response:
            if response.status != 200:
                await asyncio.sleep(float(response.headers.get("Retry-After", "0.5")))
                return
            self.reconnects += 1
            fields: dict[str, str] = {}
            async for line in response.content:
                name, _, value = line.decode().rstrip("\n").partition(": ")
                if name:
                    fields[name] = value
                elif fields.get("event") == "message":
                    message = msgspec.json.decode(fields["data"])
                    assert fields["id"] == str(message["seq"])
                    self._show(message)
                    fields = {}
                else:
                    assert fields.get("event") != "end", fields
                    fields = {}

    def _show(self, message: Message) -> None:
        seq = message["seq"]
        if seq <= self.cursor:
            self.repeated.append(seq)
        elif seq != self.cursor + 1:
            self.gaps.append((self.cursor, seq))
        self.shown[seq] = message

    async def _insist(self, verb: str, path: str, body: Message | None) -> tuple[int, Any]:
        """Ask until somebody answers; waits when told that it is too much."""
        limit = aiohttp.ClientTimeout(total=5.0)
        while True:
            try:
                async with self._opened().request(
                    verb, f"{self._url()}{PATH}{path}", json=body, headers=self._headers(), timeout=limit
                ) as response:
                    answer = await response.json()
                if response.status not in (429, 500, 503):
                    return response.status, answer
                await asyncio.sleep(float(response.headers.get("Retry-After", "0.5")))
            except _BROKEN:
                self.failures += verb == "POST"
                await asyncio.sleep(self._dice.uniform(0, self._pause))

    def _url(self) -> str:
        return self._dice.choice(self._urls)

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token}"} if self._token else {}

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            address = f"127.9.{self._number // 250}.{self._number % 250 + 1}"
            connector = aiohttp.TCPConnector(local_addr=(address, 0), force_close=True)
            jar = aiohttp.DummyCookieJar()
            timeout = aiohttp.ClientTimeout(total=None)
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=jar, timeout=timeout)
        return self._session
