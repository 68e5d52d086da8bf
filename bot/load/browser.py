"""One citizen's browser at the website, without the page: what the widget sends and hears."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count

import aiohttp
import msgspec

_LONGEST_LINE = 2**20
_FOREVER = aiohttp.ClientTimeout(total=None)
_ASSISTANT = "assistant"


class BrowserError(Exception):
    """The website refuses or ends the stream; the message says what it did."""


class _Heard(msgspec.Struct):
    author: str
    text: str = ""


class Browser:
    """Made by ``at``. ``says`` and ``hears`` from one task only."""

    def __init__(
        self, http: aiohttp.ClientSession, url: str, token: str, stream: aiohttp.ClientResponse
    ) -> None:
        self._http, self._url, self._token, self._stream = http, url, token, stream
        self._numbers = count(1)

    @classmethod
    @asynccontextmanager
    async def at(cls, url: str, address: str) -> AsyncIterator["Browser"]:
        """A new session with its open stream. ``url``: of the gateway. ``address``: of this machine
        (127.x.y.z) from which it is asked: the website counts by it, and citizens have their own.
        Raises ``BrowserError`` and ``aiohttp.ClientError``.
        """
        there = f"{url}/webhooks/web"
        connector = aiohttp.TCPConnector(local_addr=(address, 0))
        jar = aiohttp.DummyCookieJar()
        async with aiohttp.ClientSession(
            connector=connector, cookie_jar=jar, read_bufsize=_LONGEST_LINE
        ) as http:
            async with http.post(f"{there}/session", json={}) as opened:
                if opened.status != 201:
                    raise BrowserError(f"session {opened.status}")
                token = (await opened.json())["token"]
            async with http.get(f"{there}/events", headers=_shown(token), timeout=_FOREVER) as stream:
                if stream.status != 200:
                    raise BrowserError(f"events {stream.status}")
                yield cls(http, there, token, stream)

    async def says(self, text: str) -> None:
        """The website has kept the message when this is over. Raises as ``at`` does."""
        said = {"client_msg_id": f"message-{next(self._numbers)}", "text": text}
        async with self._http.post(f"{self._url}/messages", json=said, headers=_shown(self._token)) as taken:
            if taken.status != 202:
                raise BrowserError(f"messages {taken.status}")

    async def hears(self) -> str:
        """The next text of the assistant. Raises ``BrowserError`` when the stream ends."""
        event = b""
        async for line in self._stream.content:
            name, _, value = line.rstrip(b"\n").partition(b": ")
            if name == b"event":
                event = value
            elif name == b"data" and event == b"message":
                heard = msgspec.json.decode(value, type=_Heard)
                if heard.author == _ASSISTANT:
                    return heard.text
        raise BrowserError("the stream ended")


def _shown(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
