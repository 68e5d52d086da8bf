"""Our client talks to a server that others wrote: what our own double misunderstands would show here.

``telegram-test-api`` checks nothing, so this is a smoke test only. Skipped where it cannot be installed.
"""

import asyncio
import hashlib
import json
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.channels.telegram.client import Client, Method
from bot.channels.telegram.wire import decode

ROOT = Path(__file__).resolve().parents[2]
SOURCE = Path(__file__).with_name("telegram_npm")
FILES = ("package.json", "package-lock.json", "server.js")
TOKEN = "7000000001:smoke"
CITIZEN = {"id": 5, "first_name": "An", "is_bot": False}
CHAT = {"id": 5, "first_name": "An", "type": "private"}


@pytest.fixture(scope="module")
def installed() -> Path:
    """A folder with the server and its packages, kept under ``var`` for the next run."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("node and npm are not installed")
    digest = hashlib.sha256(b"".join((SOURCE / name).read_bytes() for name in FILES)).hexdigest()[:16]
    kept = ROOT / "var" / "npm" / f"telegram-{digest}"
    if kept.exists():
        return kept
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept.parent) as name:
        folder = Path(name) / "install"
        folder.mkdir()
        for file in FILES:
            shutil.copy(SOURCE / file, folder)
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        try:
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=180)
        except subprocess.TimeoutExpired:
            pytest.skip("npm ci did not end in time")
        if done.returncode:
            pytest.skip(f"npm ci cannot install telegram-test-api (exit code {done.returncode})")
        # Another run may have been quicker; its folder is as good.
        with suppress(OSError):
            os.replace(folder, kept)
    return kept


@pytest.fixture
async def server(installed: Path) -> AsyncIterator[str]:
    """URL of the running server."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        "node", "server.js", str(port), cwd=installed, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        line = await asyncio.wait_for(process.stdout.readline(), 60)
        assert line == b"listening\n"
        yield f"http://127.0.0.1:{port}"
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


@pytest.fixture
async def client(server: str) -> AsyncIterator[Client]:
    client = Client(TOKEN, server)
    yield client
    await client.close()


async def post(url: str, body: dict[str, Any]) -> Any:
    async with aiohttp.ClientSession() as session, session.post(url, json=body) as answer:
        assert answer.status == 200
        return (await answer.json())["result"]


def said(text: str) -> dict[str, Any]:
    """What the citizen's side of the server takes."""
    return {"botToken": TOKEN, "date": 1_800_000_000, "from": CITIZEN, "chat": CHAT, "text": text}


async def test_the_server_hears_our_client(server: str, client: Client) -> None:
    assert (await client.call(Method.GET_ME))["username"] == "TestNameBot"
    keyboard = {"inline_keyboard": [[{"text": "Khai sinh", "callback_data": "t:1"}]]}
    sent = await client.call(
        Method.SEND_MESSAGE, {"chat_id": 5, "text": "Anh/chị cần gì?", "reply_markup": keyboard}
    )
    (heard,) = await post(f"{server}/getUpdates", {"token": TOKEN, "chatId": 5})
    assert heard["message"]["text"] == "Anh/chị cần gì?"
    assert heard["message"]["reply_markup"] == keyboard
    removed = {"chat_id": 5, "message_id": sent["message_id"], "reply_markup": {"inline_keyboard": []}}
    await client.call(Method.EDIT_MESSAGE_REPLY_MARKUP, removed)
    (kept,) = await post(f"{server}/getUpdatesHistory", {"token": TOKEN})
    assert kept["message"]["reply_markup"] == {"inline_keyboard": []}


async def test_we_read_the_updates_of_the_server(server: str, client: Client) -> None:
    await post(f"{server}/sendMessage", said("Đăng ký khai sinh"))
    tap = {"botToken": TOKEN, "from": CITIZEN, "message": {**said("Chọn"), "message_id": 9}, "data": "t:1"}
    await post(f"{server}/sendCallback", tap)
    updates = [
        decode(json.dumps(update).encode())
        for update in await post(f"{server}/bot{TOKEN}/getUpdates", {"timeout": 0})
    ]
    message, press = updates[0].message, updates[1].callback_query
    assert message is not None and press is not None
    assert (message.text, message.chat.id, message.chat.type) == ("Đăng ký khai sinh", 5, "private")
    assert (press.data, press.sender.id) == ("t:1", 5)
    await client.call(Method.ANSWER_CALLBACK_QUERY, {"callback_query_id": press.id})


async def test_the_server_calls_the_hook_our_client_sets(server: str, client: Client) -> None:
    came: asyncio.Queue[bytes] = asyncio.Queue()

    async def take(request: web.Request) -> web.Response:
        came.put_nowait(await request.read())
        return web.Response()

    app = web.Application()
    app.router.add_post("/hook", take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
        await client.call(Method.SET_WEBHOOK, {"url": url, "secret_token": "s", "max_connections": 1})
        await post(f"{server}/sendMessage", said("Lệ phí bao nhiêu?"))
        update = decode(await asyncio.wait_for(came.get(), 10))
        assert update.message is not None and update.message.text == "Lệ phí bao nhiêu?"
        await client.call(Method.DELETE_WEBHOOK)
    finally:
        await runner.cleanup()
