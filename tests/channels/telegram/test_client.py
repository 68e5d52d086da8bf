"""What a call came to must be known exactly: a wrong guess loses an answer or says it twice."""

import asyncio
import logging
import socket
import traceback

import pytest
from aiohttp import web

from bot.channels.telegram.client import Client, Method, TooBigError
from bot.channels.telegram.errors import ApiError, NoAnswerError, NotSentError
from tests.channels.telegram.doubles import TOKEN, serving


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def _fails(client: Client, caplog: pytest.LogCaptureFixture) -> Exception:
    """The error of a call, once it is sure that neither it nor the log shows the token."""
    with caplog.at_level(logging.DEBUG), pytest.raises((ApiError, NoAnswerError, NotSentError)) as caught:
        await client.call(Method.GET_ME)
    await client.close()
    told = "".join(traceback.format_exception(caught.type, caught.value, caught.tb))
    ours = [record.getMessage() for record in caplog.records if record.name != "aiohttp.access"]
    assert TOKEN not in told + "".join(ours)
    return caught.value


async def test_nobody_there_means_not_sent(caplog):
    error = await _fails(Client(TOKEN, f"http://127.0.0.1:{_free_port()}"), caplog)
    assert isinstance(error, NotSentError)


async def test_a_server_that_takes_the_call_and_says_nothing_may_have_done_it(caplog):
    async def silent(_request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(60)
        raise AssertionError

    async with serving(silent) as url:
        error = await _fails(Client(TOKEN, url, call_seconds=0.2), caplog)
    assert isinstance(error, NoAnswerError)


async def test_a_connection_cut_after_the_call_left_may_have_done_it(caplog):
    async def cut(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    async with serving(cut) as url:
        error = await _fails(Client(TOKEN, url), caplog)
    assert isinstance(error, NoAnswerError)


@pytest.mark.parametrize(
    ("status", "text", "kind", "code"),
    [
        (200, "<html>hello</html>", NoAnswerError, None),
        (200, "[]", NoAnswerError, None),
        (502, "<html>Bad Gateway</html>", ApiError, 502),
        (302, "", ApiError, 302),
        (
            429,
            '{"ok":false,"error_code":429,"parameters":{"retry_after":7}}',
            ApiError,
            429,
        ),
    ],
)
async def test_what_stands_between_us_and_telegram_is_not_taken_for_it(caplog, status, text, kind, code):
    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.Response(status=status, text=text, headers={"Location": "/elsewhere"})

    async with serving(answer) as url:
        error = await _fails(Client(TOKEN, url), caplog)
    assert isinstance(error, kind)
    if isinstance(error, ApiError):
        assert error.code == code
        assert error.retry_after == (7 if code == 429 else None)


async def test_a_file_larger_than_announced_is_cut_off():
    async def endless(_request: web.Request) -> web.StreamResponse:
        return web.Response(body=b"x" * 200_000)

    async with serving(endless) as url:
        client = Client(TOKEN, url)
        with pytest.raises(TooBigError):
            await client.download("documents/a.pdf", limit=100_000)
        assert len(await client.download("documents/a.pdf", limit=200_000)) == 200_000
        await client.close()


@pytest.mark.parametrize(
    "path", ["", "/etc/passwd", "../bot1/getMe", "a/../../b", "a?b", "https://evil.vn/", "a b"]
)
async def test_a_strange_path_is_not_fetched(path):
    client = Client(TOKEN, f"http://127.0.0.1:{_free_port()}")
    with pytest.raises(ApiError, match="strange file path"):
        await client.download(path)
