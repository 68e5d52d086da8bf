"""The calls as Zalo wants them; and knowing whether a failed call may have been carried out."""

import asyncio
import json
import socket

import pytest
from aiohttp import web

from bot.channels.zalo.answer import Answer
from bot.channels.zalo.client import Client, NoAnswerError, NotSentError
from tests.channels.zalo.bodies import APP
from tests.channels.zalo.doubles import settings
from tests.channels.zalo.server import serving

OK = {"error": 0, "message": "Success", "data": {"message_id": "m1"}}


async def ok(_request: web.Request) -> web.Response:
    return web.json_response(OK)


def client_of(url: str, seconds: float = 5.0) -> Client:
    return Client(settings(zalo_api_url=url + "/", zalo_oauth_url=url), seconds)


async def test_each_call_is_made_as_documented():
    async with serving(ok) as server:
        client = client_of(server.url)
        body = {"recipient": {"user_id": "U"}, "message": {"text": "Chào"}}
        answers: list[Answer] = [
            await client.consult("T", body),
            await client.template("T", {"user_id": "U", "template_id": "1", "template_data": {}}),
            await client.quota("T", "U"),
            await client.user_detail("T", "U"),
            await client.account("T"),
            await client.upload("T", "file", "Tờ khai.pdf", b"%PDF-1.7"),
        ]
        await client.close()
    assert all(answer.message_id == "m1" for answer in answers)
    assert [(method, path) for method, path, _, _ in server.asked] == [
        ("POST", "/v3.0/oa/message/cs"),
        ("POST", "/v3.0/oa/message/template"),
        ("POST", "/v3.0/oa/quota/message"),
        ("GET", "/v3.0/oa/user/detail?data=%7B%22user_id%22:%22U%22%7D"),
        ("GET", "/v2.0/oa/getoa"),
        ("POST", "/v2.0/oa/upload/file"),
    ]
    for _, _, headers, _ in server.asked:
        assert headers["access_token"] == "T" and "authorization" not in headers
    assert json.loads(server.asked[0][3]) == body
    assert server.asked[0][2]["content-type"].startswith("application/json")
    assert b'name="file"' in server.asked[5][3] and b"%PDF-1.7" in server.asked[5][3]


async def test_tokens_are_asked_for_with_the_app_secret():
    async with serving(ok) as server:
        client = client_of(server.url)
        await client.refresh("R")
        await client.exchange("C", "V")
        await client.close()
    for _, path, headers, _ in server.asked:
        assert path == "/v4/oa/access_token"
        assert headers["secret_key"] == "app-secret" and "access_token" not in headers
        assert headers["content-type"] == "application/x-www-form-urlencoded"
    assert server.asked[0][3].decode() == f"refresh_token=R&grant_type=refresh_token&app_id={APP}"
    assert server.asked[1][3].decode() == f"code=C&code_verifier=V&grant_type=authorization_code&app_id={APP}"


async def test_a_refused_connection_sent_nothing():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        client = client_of(f"http://127.0.0.1:{free.getsockname()[1]}")
        with pytest.raises(NotSentError):
            await client.consult("T", {})
    await client.close()


async def test_a_slow_or_broken_answer_may_have_arrived():
    """Sending again here would say the same thing to the citizen twice."""

    async def hang(request: web.Request) -> web.Response:
        await asyncio.sleep(5)
        return web.Response()

    async def hang_up(request: web.Request) -> web.Response:
        assert request.transport is not None
        request.transport.close()
        return web.Response()

    for answering in (hang, hang_up):
        async with serving(answering) as server:
            client = client_of(server.url, 0.2)
            with pytest.raises(NoAnswerError) as failure:
                await client.consult("TOKEN", {})
            assert "TOKEN" not in str(failure.value) and failure.value.__suppress_context__
            await client.close()


async def test_a_redirect_is_not_followed_with_the_token():
    async def away(_request: web.Request) -> web.Response:
        raise web.HTTPFound("https://example.invalid/")

    async with serving(away) as server:
        client = client_of(server.url)
        assert (await client.account("T")).status == 302
        await client.close()
