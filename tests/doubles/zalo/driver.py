"""Citizens with phones, for journeys and load: talks to the double over HTTP, in this process or another."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import msgspec

from tests.doubles.zalo.faults import Fault
from tests.doubles.zalo.phone import PATIENCE, ZaloPhone, user_id
from tests.doubles.zalo.records import Attempt, Call, Event, Sent
from tests.doubles.zalo.server import FakeZalo
from tests.doubles.zalo.settings import Settings

ROOT = Path(__file__).resolve().parents[3]
__all__ = ["Platform", "ZaloPhone", "user_id"]


class Platform:
    """A running double seen from a test. ``sent`` etc. are snapshots."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._session: aiohttp.ClientSession | None = None

    @classmethod
    @asynccontextmanager
    async def inside(
        cls, *, start: float | None = None, ticking: bool = True, **settings: Any
    ) -> AsyncIterator["Platform"]:
        """A double in this event loop; ``settings``: fields of ``Settings``."""
        async with FakeZalo(Settings().but(settings), start=start, ticking=ticking) as zalo:
            platform = cls(zalo.url)
            try:
                yield platform
            finally:
                await platform.close()

    @classmethod
    @asynccontextmanager
    async def outside(
        cls, *, port: int = 0, start: float | None = None, ticking: bool = True, **settings: Any
    ) -> AsyncIterator["Platform"]:
        """A double in a process of its own, ended with the block."""
        options = ["--port", str(port), "--settings", json.dumps(settings)]
        options += ["--start", str(start)] if start is not None else []
        options += [] if ticking else ["--frozen"]
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.doubles.zalo", *options, cwd=ROOT, stdout=asyncio.subprocess.PIPE
        )
        assert process.stdout is not None
        url = (await process.stdout.readline()).decode().strip()
        if not url:
            raise RuntimeError(f"the double did not start: exit code {await process.wait()}")
        platform = cls(url)
        try:
            yield platform
        finally:
            await platform.close()
            if process.returncode is None:
                process.terminate()
            await process.wait()

    def phone(self, number: int | str) -> "ZaloPhone":
        """The citizen with that number (small numbers are turned into ids of the usual length) or id."""
        return ZaloPhone(self, user_id(number))

    async def settings(self) -> Settings:
        return msgspec.convert(await self.get("settings"), Settings)

    async def gateway_settings(self) -> dict[str, str]:
        """What the gateway must be told to talk to this double: its settings by name."""
        own = await self.settings()
        return {
            "zalo_app_id": own.app_id,
            "zalo_app_secret": own.app_secret,
            "zalo_oa_id": own.oa_id,
            "zalo_oa_secret": own.oa_secret,
            "zalo_api_url": self.url,
            "zalo_oauth_url": self.url,
            "zalo_file_hosts": "127.0.0.1",
        }

    async def configure(self, **changes: Any) -> None:
        """Change fields of ``Settings`` while it runs (``hook_url=…``, ``copies=3``, ``shuffle=8`` …)."""
        await self.post("configure", **changes)

    async def advance(self, seconds: float) -> float:
        """Move its clock on; redeliveries that become due start. Its time then."""
        return float((await self.post("advance", seconds=seconds))["now"])

    async def now(self) -> float:
        return float((await self.state())["now"])

    async def tokens(self) -> dict[str, str]:
        """A fresh pair ``access_token``, ``refresh_token``, ``expires_in``, as from the console."""
        return await self.post("tokens")

    async def revoke(self, refresh_too: bool = False) -> None:
        """All access tokens (and refresh tokens) stop working at once."""
        await self._call("DELETE", f"tokens?refresh={int(refresh_too)}", {})

    async def fault(self, kind: str, /, **details: Any) -> Fault:
        """Order trouble for the next calls; see ``faults.Fault``. ``times=None``: until ``no_faults``."""
        return msgspec.convert(await self.post("fault", kind=kind, **details), Fault)

    async def no_faults(self) -> None:
        await self._call("DELETE", "fault", {})

    async def says_many(self, messages: Iterable[tuple[int | str, str]]) -> list[str]:
        """Many messages (citizen, text) in this order in one call; their ids."""
        pairs = [[user_id(number), text] for number, text in messages]
        return list((await self.post("say_many", messages=pairs))["msg_ids"])

    async def sent(self, user: int | str = "", after: int = 0) -> list[Sent]:
        """What reached the phones (of one citizen), oldest first, after the message ``seq`` = ``after``."""
        query = f"sent?user={user_id(user) if user != '' else ''}&after={after}"
        return msgspec.convert((await self.get(query))["sent"], list[Sent])

    async def answers_to(self, user: int | str) -> list[str]:
        """Texts that the gateway said to the citizen, in order."""
        return [each.text for each in await self.sent(user) if each.via != "operator"]

    async def wait_sent(self, count: int, timeout: float = PATIENCE, after: int = 0) -> list[Sent]:
        """As ``sent`` for all phones, once there are ``count``; ``AssertionError`` if not in time."""
        return await self.wait("", after, count, timeout)

    async def events(self, user: int | str = "") -> list[Event]:
        return msgspec.convert(await self._records("events", user), list[Event])

    async def attempts(self, user: int | str = "") -> list[Attempt]:
        """Deliveries to the hook in the order they ended."""
        return msgspec.convert(await self._records("attempts", user), list[Attempt])

    async def calls(self, user: int | str = "") -> list[Call]:
        """Calls of the API."""
        return msgspec.convert(await self._records("calls", user), list[Call])

    async def state(self) -> dict[str, Any]:
        """now, people, sent, events, attempts, busy, waiting, undelivered, given_up, fetched."""
        return await self.get("state")

    async def settle(self, timeout: float = PATIENCE, retries: bool = False) -> None:
        """Until no delivery is under way (``retries``: nor waits); ``AssertionError`` if not in time."""
        done = (await self.post("settle", timeout=timeout, retries=retries))["settled"]
        assert done, f"deliveries still under way after {timeout} s: {await self.state()}"

    async def replay(self, msg_id: str) -> None:
        """Deliver an old event once more."""
        await self.post("replay", msg_id=msg_id)

    async def forge(self, trick: str, user: int | str = 1, text: str = "xin chào", **more: Any) -> int:
        """A forged message (``forgery.Trick``); HTTP status of the hook, 0: none."""
        return int((await self.post("forge", trick=trick, user=user_id(user), text=text, **more))["status"])

    async def probe(self, shape: str = "braces") -> int:
        """The console's probe (braces, empty, get); HTTP status."""
        return int((await self.post("probe", shape=shape))["status"])

    async def get(self, path: str) -> dict[str, Any]:
        return await self._call("GET", path, None)

    async def post(self, path: str, /, **wish: Any) -> dict[str, Any]:
        """Raises ``ValueError`` with the double's explanation when it refuses."""
        return await self._call("POST", path, wish)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _records(self, kind: str, user: int | str) -> list[Any]:
        return list((await self.get(f"records/{kind}?user={user_id(user) if user != '' else ''}"))[kind])

    async def wait(self, user: str, after: int, count: int, timeout: float) -> list[Sent]:
        """At least ``count`` messages to one id (empty: all) after ``after``, or ``AssertionError``."""
        deadline = asyncio.get_running_loop().time() + timeout
        while True:
            left = max(0.0, deadline - asyncio.get_running_loop().time())
            query = f"sent?user={user}&after={after}&count={count}&wait={min(left, 30.0):.3f}"
            found = msgspec.convert((await self.get(query))["sent"], list[Sent])
            if len(found) >= count:
                return found
            if left <= 0:
                heard = [each.text for each in found]
                raise AssertionError(f"{len(found)} of {count} messages came within {timeout} s: {heard}")

    async def _call(self, method: str, path: str, wish: dict[str, Any] | None) -> dict[str, Any]:
        if self._session is None:
            timeout = aiohttp.ClientTimeout(total=None)
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), timeout=timeout)
        async with self._session.request(method, f"{self.url}/_ctl/{path}", json=wish) as response:
            raw = await response.read()
            if response.status != 200:
                raise ValueError(f"{path}: {raw.decode(errors='replace')}")
            return dict(msgspec.json.decode(raw))
