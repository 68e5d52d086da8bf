"""What a citizen loses when a machine is renewed in the middle of his turn."""

import asyncio
import signal
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

ROOT = Path(__file__).parents[2]
SECRET = "s3cret"
SLOW = 1.5
# The server as it runs, with an agent that thinks for a while.
PROGRAM = f"""
import asyncio, sys
from bot.engine.listening import listen
from bot.engine.server import Server
from bot.settings import Settings

class SlowAgent:
    class processor:
        model_filename = "abc.tar.gz"

    async def handle_message(self, message):
        print("begun", flush=True)
        await asyncio.sleep({SLOW})
        await message.output_channel.send_response(message.sender_id, {{"text": message.text}})

listen(Server(SlowAgent, "{SECRET}").app(), Settings(log_level="WARNING"), int(sys.argv[1]))
"""


@pytest.fixture
async def running() -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", PROGRAM, str(port), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    url = f"http://127.0.0.1:{port}"
    try:
        await _until_healthy(url)
        yield process, url
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def _until_healthy(url: str) -> None:
    async with aiohttp.ClientSession() as session:
        for _ in range(600):
            try:
                async with session.get(f"{url}/health") as response:
                    assert response.status == 200
                    return
            except aiohttp.ClientError:
                await asyncio.sleep(0.1)
    raise TimeoutError(url)


async def test_a_turn_under_way_gets_its_answer_though_the_process_is_told_to_end(
    running: tuple[asyncio.subprocess.Process, str],
) -> None:
    """And whoever comes later is turned away at the door, so that another assistant stands in."""
    process, url = running
    assert process.stdout is not None
    call = {"sender": "c1", "message": "xin chào", "input_channel": "web"}
    headers = {"Authorization": f"Bearer {SECRET}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        turn = asyncio.create_task(_post(session, url, call))
        assert await process.stdout.readline() == b"begun\n"
        process.send_signal(signal.SIGTERM)
        await asyncio.sleep(SLOW / 3)
        async with aiohttp.ClientSession(headers=headers) as late:
            with pytest.raises(aiohttp.ClientConnectorError):
                await _post(late, url, call)
        assert not turn.done()
        assert await turn == [{"recipient_id": "c1", "text": "xin chào"}]
    # Ended by the signal it was sent, after its work.
    assert await asyncio.wait_for(process.wait(), 10) in (0, -signal.SIGTERM)


async def _post(session: aiohttp.ClientSession, url: str, call: dict[str, str]) -> object:
    async with session.post(f"{url}/webhooks/local/webhook", json=call) as response:
        assert response.status == 200
        return await response.json()
