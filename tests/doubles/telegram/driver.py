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

from tests.doubles.telegram.options import TOKEN
from tests.doubles.telegram.phone import PATIENCE, Json, TelegramPhone
from tests.doubles.telegram.records import Attempt, Button, Call, Sent
from tests.doubles.telegram.server import FakeTelegram

ROOT = Path(__file__).resolve().parents[3]
__all__ = ["Attempt", "Button", "Call", "Platform", "Sent", "TelegramPhone"]


class Platform:
    """A running double seen from a test. ``sent`` etc. are snapshots."""

    def __init__(self, url: str, token: str = TOKEN) -> None:
        self.url = url
        self.token = token
        self._session: aiohttp.ClientSession | None = None

    @classmethod
    @asynccontextmanager
    async def inside(cls, *, port: int = 0, start: float | None = None, ticking: bool = True,
                     **options: Any) -> AsyncIterator["Platform"]:  # fmt: skip
        """A double in this event loop; ``options``: fields of ``Options``."""
        async with FakeTelegram(port, start=start, ticking=ticking, **options) as telegram:
            platform = cls(telegram.url, telegram.world.options.token)
            try:
                yield platform
            finally:
                await platform.close()

    @classmethod
    @asynccontextmanager
    async def outside(cls, *, port: int = 0, start: float | None = None, ticking: bool = True,
                      **options: Any) -> AsyncIterator["Platform"]:  # fmt: skip
        """A double in a process of its own, ended with the block."""
        arguments = ["--port", str(port), "--options", json.dumps(options)]
        arguments += ["--start", str(start)] if start is not None else []
        arguments += [] if ticking else ["--frozen"]
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.doubles.telegram",
            *arguments,
            cwd=ROOT,
            stdout=asyncio.subprocess.PIPE,
        )
        assert process.stdout is not None
        url = (await process.stdout.readline()).decode().strip()
        if not url:
            raise RuntimeError(f"the double did not start: exit code {await process.wait()}")
        platform = cls(url, str(options.get("token", TOKEN)))
        try:
            yield platform
        finally:
            await platform.close()
            if process.returncode is None:
                process.terminate()
            await process.wait()

    def phone(self, chat_id: int) -> TelegramPhone:
        """The citizen with that id; each call gives a phone that has heard nothing yet."""
        return TelegramPhone(self, chat_id)

    def gateway_settings(self, secret: str = "telegram-secret-for-tests") -> dict[str, str]:
        """What the gateway must be told to talk to this double: its settings by name."""
        return {"telegram_token": self.token, "telegram_secret": secret, "telegram_api_url": self.url}

    async def hook(
        self, url: str, secret: str = "telegram-secret-for-tests", max_connections: int = 40
    ) -> None:
        """Set the webhook as the bot would, for the kinds of update the gateway takes."""
        kinds = ["message", "edited_message", "callback_query", "my_chat_member"]
        wish = {
            "url": url,
            "secret_token": secret,
            "max_connections": max_connections,
            "allowed_updates": kinds,
        }
        status, body = await self.api("setWebhook", **wish)
        assert status == 200, body

    async def api(self, method: str, **arguments: Any) -> tuple[int, Json]:
        """Call as the bot: HTTP status and body."""
        url = f"{self.url}/bot{self.token}/{method}"
        async with self._opened().post(url, json=arguments) as answer:
            return answer.status, await answer.json(content_type=None)

    async def configure(self, **changes: Any) -> Json:
        """Change fields of ``Options`` while it runs (``copies=3``, ``shuffle=8``, ``flood_chat=0`` …)."""
        return dict(await self.post("configure", **changes))

    async def advance(self, seconds: float) -> float:
        """Move its clock on; redeliveries that become due start. Its time then."""
        return float((await self.post("advance", seconds=seconds))["now"])

    async def fault(self, kind: str, **details: Any) -> None:
        """Order trouble for the next calls; see ``faults.Fault``. ``times=None``: until ``no_faults``."""
        await self.post("fault", kind=kind, **details)

    async def no_faults(self) -> None:
        await self._call("DELETE", "fault", {})

    async def release(self) -> None:
        """Cut the connections of calls that hang."""
        await self.post("release")

    async def says_many(self, messages: Iterable[tuple[int, str]]) -> list[int]:
        """Many messages (citizen, text) in this order in one call; their ids."""
        pairs = [list(message) for message in messages]
        return list((await self.post("say_many", messages=pairs))["message_ids"])

    async def update(self, kind: str, content: Json) -> int | None:
        """Any update; its id, or ``None`` when the bot did not ask for the kind."""
        found = (await self.post("update", kind=kind, content=content))["update_id"]
        return None if found is None else int(found)

    async def sent(self, user: int = 0, after: int = 0) -> list[Sent]:
        """What reached the phones (of one chat), oldest first, after the message ``seq`` = ``after``."""
        return msgspec.convert(await self.get(f"sent?user={user}&after={after}"), list[Sent])

    async def answers_to(self, user: int) -> list[str]:
        """Texts that the bot said in the chat, in order."""
        return [each.text for each in await self.sent(user)]

    async def wait_sent(self, count: int, timeout: float = PATIENCE, after: int = 0) -> list[Sent]:
        """As ``sent`` for all phones, once there are ``count``; ``AssertionError`` if not in time."""
        return await self.wait(0, after, count, timeout)

    async def attempts(self) -> list[Attempt]:
        """Deliveries to the hook in the order they ended."""
        return msgspec.convert(await self.get("records/attempts"), list[Attempt])

    async def calls(self, method: str = "") -> list[Call]:
        """Calls of the bot (of one method), refused ones too."""
        found = msgspec.convert(await self.get("records/calls"), list[Call])
        return [call for call in found if method.lower() in ("", call.method.lower())]

    async def state(self) -> Json:
        """now, pending (updates not taken), waiting (deliveries to be made, copies too), in_flight,
        most_in_flight, sent and calls (counts), commands, hook.
        """
        return dict(await self.get("state"))

    async def settle(self, timeout: float = PATIENCE) -> None:
        """Until every update was taken, copies included; ``AssertionError`` if not in time."""
        deadline = asyncio.get_running_loop().time() + timeout
        while (await self.state())["waiting"]:
            late = asyncio.get_running_loop().time() > deadline
            assert not late, f"deliveries still to be made after {timeout} s: {await self.state()}"
            await asyncio.sleep(0.02)

    async def get(self, path: str) -> Any:
        return await self._call("GET", path, None)

    async def post(self, path: str, **wish: Any) -> Any:
        """Raises ``ValueError`` with the double's explanation when it refuses."""
        return await self._call("POST", path, wish)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def wait(self, user: int, after: int, count: int, timeout: float) -> list[Sent]:
        """At least ``count`` messages in one chat (0: all) after ``after``, or ``AssertionError``."""
        deadline = asyncio.get_running_loop().time() + timeout
        while True:
            left = max(0.0, deadline - asyncio.get_running_loop().time())
            query = f"sent?user={user}&after={after}&count={count}&wait={min(left, 30.0):.3f}"
            found = msgspec.convert(await self.get(query), list[Sent])
            if len(found) >= count:
                return found
            if left <= 0:
                heard = [each.text for each in found]
                raise AssertionError(f"{len(found)} of {count} messages came within {timeout} s: {heard}")

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            timeout = aiohttp.ClientTimeout(total=None)
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), timeout=timeout)
        return self._session

    async def _call(self, method: str, path: str, wish: Json | None) -> Any:
        async with self._opened().request(method, f"{self.url}/_ctl/{path}", json=wish) as response:
            raw = await response.read()
            if response.status != 200:
                raise ValueError(f"{path}: {raw.decode(errors='replace')}")
            return msgspec.json.decode(raw)
