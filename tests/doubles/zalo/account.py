"""The account's side of the API as plainly as can be: for tests of the double, not a client to use."""

import asyncio
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from tests.doubles.zalo.driver import Platform
from tests.doubles.zalo.faults import CS
from tests.doubles.zalo.phone import user_id
from tests.doubles.zalo.tokens import challenge

JSON = dict[str, Any]


class Account:
    """Bodies of answers; an answer that is no JSON, or none, raises as aiohttp does."""

    def __init__(self, platform: Platform, session: aiohttp.ClientSession) -> None:
        self.platform = platform
        self._session = session
        self.access = ""
        self.headers: JSON = {}
        self.status = 0

    @classmethod
    @asynccontextmanager
    async def of(cls, platform: Platform) -> Any:
        """With a valid access token."""
        async with aiohttp.ClientSession() as session:
            account = cls(platform, session)
            account.access = (await platform.tokens())["access_token"]
            yield account

    async def say(
        self, user: int | str, text: str = "xin chào", timeout: float = 5.0, **message: Any
    ) -> JSON:
        body = {"recipient": {"user_id": user_id(user)}, "message": {"text": text, **message}}
        return await self.post(CS, body, timeout)

    async def offer(self, user: int | str, *buttons: JSON, text: str = "Chọn") -> JSON:
        payload = {"buttons": list(buttons)}
        return await self.say(user, text, attachment={"type": "template", "payload": payload})

    async def post(self, path: str, body: Any, timeout: float = 5.0) -> JSON:
        limit = aiohttp.ClientTimeout(total=timeout)
        call = self._session.post(self.platform.url + path, json=body, headers=self._auth(), timeout=limit)
        async with call as response:
            self.headers, self.status = dict(response.headers), response.status
            return dict(await response.json())

    async def get(self, path: str, **query: str) -> JSON:
        address = self.platform.url + path
        async with self._session.get(address, params=query, headers=self._auth()) as response:
            return dict(await response.json())

    async def upload(self, kind: str, name: str, data: bytes) -> JSON:
        form = aiohttp.FormData()
        form.add_field("file", data, filename=name)
        address = f"{self.platform.url}/v2.0/oa/upload/{kind}"
        async with self._session.post(address, data=form, headers=self._auth()) as response:
            return dict(await response.json())

    async def oauth(self, secret: str = "app-secret-key-for-tests", **form: str) -> JSON:
        fields = {"app_id": "5055000000000000001", **form}
        address = f"{self.platform.url}/v4/oa/access_token"
        async with self._session.post(address, data=fields, headers={"secret_key": secret}) as response:
            assert response.status == 200
            return dict(await response.json())

    async def refresh(self, refresh_token: str) -> JSON:
        return await self.oauth(grant_type="refresh_token", refresh_token=refresh_token)

    async def permission(self, verifier: str) -> str:
        """Where the administrator's browser is sent after agreeing."""
        query = {
            "app_id": "5055000000000000001",
            "redirect_uri": "https://bot.example/zalo",
            "code_challenge": challenge(verifier),
            "state": "s1",
        }
        address = f"{self.platform.url}/v4/oa/permission"
        async with self._session.get(address, params=query, allow_redirects=False) as response:
            return response.headers["Location"]

    async def fetch(self, url: str) -> tuple[int, bytes, str]:
        """Status, content and Location of a link, following nothing."""
        async with self._session.get(url, allow_redirects=False) as response:
            return response.status, await response.read(), response.headers.get("Location", "")

    def _auth(self) -> dict[str, str]:
        return {"access_token": self.access} if self.access else {}


async def until(what: Any, turns: int = 500) -> None:
    """Let the loop run until ``what()`` is true; ``AssertionError`` if it does not become so."""
    for _ in range(turns):
        if what():
            return
        await asyncio.sleep(0.005)
    raise AssertionError("it did not come about")
