"""A citizen in front of the website: the widget's calls without the widget."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import aiohttp

PATIENCE = 15.0


class Said:
    """A message of the assistant as the widget gets it."""

    def __init__(self, body: dict[str, Any]) -> None:
        self.text: str = body["text"]
        self.card: dict[str, Any] | None = body["card"]
        self.buttons: dict[str, str] = {b["title"]: b.get("id", "") for b in body["buttons"]}

    @property
    def titles(self) -> list[str]:
        return list(self.buttons)


class Visitor:
    """One browser. ``hears_of`` hands out each message once, as the phones of the doubles do."""

    def __init__(self, http: aiohttp.ClientSession, url: str, token: str) -> None:
        self._http, self._url, self._heard = http, f"{url}/webhooks/web", 0
        self._headers = {"Authorization": f"Bearer {token}"}
        self._buttons: dict[str, str] = {}

    @classmethod
    @asynccontextmanager
    async def at(cls, url: str, *, checked: bool = True) -> AsyncIterator["Visitor"]:
        """Open the page. ``checked``: whether a certificate has to be one that is known."""
        connector = aiohttp.TCPConnector(ssl=checked)
        async with aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as http:
            async with http.post(f"{url}/webhooks/web/session", json={}) as answer:
                assert answer.status == 201, await answer.text()
                opened = await answer.json()
            yield cls(http, url, opened["token"])

    async def says(self, text: str = "", **more: Any) -> int:
        """The number of the message."""
        wish = {"client_msg_id": uuid4().hex, **({"text": text} if text else {}), **more}
        return int((await self.call("POST", "messages", wish, 202))["seq"])

    async def taps(self, title: str) -> None:
        """Press the newest button of that title."""
        await self.says(button=self._buttons[title])

    async def uploads(self, data: bytes, name: str) -> str:
        """The ref of a file."""
        form = aiohttp.FormData()
        form.add_field("file", data, filename=name)
        url = f"{self._url}/files"
        async with self._http.post(url, data=form, headers=self._headers) as answer:
            assert answer.status == 201, await answer.text()
            return str((await answer.json())["ref"])

    async def hears_of(self, fragment: str, timeout: float = PATIENCE) -> Said:
        """The next message of the assistant that contains ``fragment``."""
        end, met = asyncio.get_running_loop().time() + timeout, []
        while asyncio.get_running_loop().time() < end:
            for body in (await self.call("GET", f"messages?after={self._heard}"))["messages"]:
                self._heard = body["seq"]
                if body["author"] != "assistant":
                    continue
                said = Said(body)
                self._buttons |= said.buttons
                if fragment in said.text:
                    return said
                met.append(said.text)
            await asyncio.sleep(0.3)
        raise AssertionError(f"{fragment!r} was not said within {timeout} s, but {met}")

    async def log(self) -> list[dict[str, Any]]:
        """The whole conversation."""
        return list((await self.call("GET", "messages?after=0"))["messages"])

    async def call(self, method: str, path: str, wish: Any = None, status: int = 200) -> Any:
        url = f"{self._url}/{path}"
        async with self._http.request(method, url, json=wish, headers=self._headers) as answer:
            assert answer.status == status, (answer.status, await answer.text())
            return await answer.json() if status != 204 else None
