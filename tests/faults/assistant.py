"""What stands where Rasa would: its local channel with an answer for every text, at once countable."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

SLOWEST_SECONDS = 0.15


class Assistant:
    """Answers "đáp <text>", ``replies`` times (numbered when more than one). ``asked`` counts the calls for
    each text: a turn that a crash cut off is run again.
    """

    def __init__(self, replies: int = 1, seed: int = 1) -> None:
        self.asked: Counter[str] = Counter()
        self.port = 0
        self._replies, self._random = replies, random.Random(seed)

    @classmethod
    @asynccontextmanager
    async def open(cls, replies: int = 1) -> AsyncIterator["Assistant"]:
        """Serves on a free loopback port until the block ends."""
        assistant = cls(replies)
        app = web.Application()
        app.add_routes(
            [
                web.get("/webhooks/local/", assistant._health),
                web.post("/webhooks/local/webhook", assistant._turn),
            ]
        )
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        assistant.port = runner.addresses[0][1]
        try:
            yield assistant
        finally:
            await runner.cleanup()

    async def _health(self, _request: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def _turn(self, request: web.Request) -> web.Response:
        call: dict[str, Any] = await request.json()
        text = str(call["message"])
        self.asked[text] += 1
        # So that crashes meet turns in progress.
        await asyncio.sleep(self._random.uniform(0, SLOWEST_SECONDS))
        said = answers(text, self._replies)
        custom = {"outcome": "answered"}
        return web.json_response(
            [{"recipient_id": call["sender"], "text": t, "custom": custom} for t in said]
        )


def answers(text: str, replies: int = 1) -> list[str]:
    """What ``text`` is answered with."""
    return [f"đáp {text}"] if replies == 1 else [f"đáp {text} ({n})" for n in range(1, replies + 1)]
