"""One call of the outbox: what becomes of it decides whether the citizen hears once, twice or never."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web
from prometheus_client import REGISTRY
from sqlalchemy.engine import Engine

from bot.channels.adapter import Adapter
from bot.channels.message import Reply
from bot.channels.states import Fate
from bot.channels.zalo import credentials
from bot.channels.zalo.adapter import ZaloAdapter
from bot.channels.zalo.render import template
from tests.channels.zalo.bodies import AT
from tests.channels.zalo.doubles import MemoryHub, settings
from tests.channels.zalo.server import Answering, Served, serving

SAY = {"call": "consult", "recipient": {"user_id": "U"}, "message": {"text": "Bí mật của người dân"}}
OK = {"error": 0, "message": "Success", "data": {"message_id": "m1"}}


@asynccontextmanager
async def office(
    engine: Engine, answering: Answering, life: float = 90_000
) -> AsyncIterator[tuple[ZaloAdapter, Served]]:
    hub = MemoryHub(engine)
    with engine.begin() as connection:
        credentials.store(connection, "a0", "r0", life, AT)
    async with serving(answering) as server:
        told = settings(zalo_api_url=server.url, zalo_oauth_url=server.url)
        adapter = ZaloAdapter(told, hub.run, hub.now, "one", lambda: "Các lựa chọn khác:")
        try:
            yield adapter, server
        finally:
            await adapter.close()


def scripted(*answers: object) -> Answering:
    """Each call gets the next answer, the last one for ever; refreshes always work."""
    left = list(answers)

    async def answer(request: web.Request) -> web.StreamResponse:
        if request.path.endswith("access_token"):
            return web.json_response({"access_token": "a1", "refresh_token": "r1", "expires_in": "90000"})
        body = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(body, int):
            return web.Response(status=body)
        return web.json_response(body)

    return answer


async def test_a_reply_goes_out_as_rendered(sqlite_engine):
    async with office(sqlite_engine, scripted(OK)) as (adapter, server):
        kept: Adapter = adapter
        (payload,) = kept.parts("U", Reply("Chào"), lambda choice: "t")
        sent = await kept.send(payload)
    assert (sent.fate, sent.external_id) == (Fate.SENT, "m1")
    _, path, headers, body = server.asked[0]
    assert path == "/v3.0/oa/message/cs" and headers["access_token"] == "a0"
    assert json.loads(body) == {"recipient": {"user_id": "U"}, "message": {"text": "Chào"}}


async def test_a_template_goes_to_its_own_endpoint(sqlite_engine):
    async with office(sqlite_engine, scripted(OK)) as (adapter, server):
        assert (await adapter.send(template("U", "1", {"a": "b"}))).fate is Fate.SENT
    _, path, _, body = server.asked[0]
    assert path == "/v3.0/oa/message/template"
    assert json.loads(body) == {"user_id": "U", "template_id": "1", "template_data": {"a": "b"}}


async def test_a_refused_token_is_renewed_once_and_the_call_repeated_once(sqlite_engine):
    for refusal in ({"error": -216}, {"error": "-220"}, {"error": -124}, 401):
        async with office(sqlite_engine, scripted(refusal, OK)) as (adapter, server):
            assert (await adapter.send(SAY)).fate is Fate.SENT
        assert [headers.get("access_token") for _, _, headers, _ in server.asked] == ["a0", None, "a1"]


async def test_a_token_refused_twice_stops_the_channel(sqlite_engine):
    async with office(sqlite_engine, scripted({"error": -216})) as (adapter, server):
        sent = await adapter.send(SAY)
    assert (sent.fate, sent.error, len(server.asked)) == (Fate.OPERATOR, "zalo -216", 3)


async def test_an_account_that_must_be_authorised_again_stops_the_channel(sqlite_engine):
    async def refuse(request: web.Request) -> web.StreamResponse:
        return web.json_response({"error": -14020 if request.path.endswith("access_token") else -216})

    async with office(sqlite_engine, refuse) as (adapter, _):
        assert (await adapter.send(SAY)).fate is Fate.OPERATOR
    async with office(sqlite_engine, refuse, life=0) as (adapter, server):
        assert (await adapter.send(SAY)).fate is Fate.OPERATOR
        assert len(server.asked) == 1


async def test_a_token_about_to_end_is_replaced_before_the_call(sqlite_engine):
    async with office(sqlite_engine, scripted(OK), life=3600) as (adapter, server):
        assert (await adapter.send(SAY)).fate is Fate.SENT
    assert [headers.get("access_token") for _, _, headers, _ in server.asked] == [None, "a1"]


async def test_a_call_without_an_answer_is_unknown_and_nothing_is_logged_of_it(sqlite_engine, caplog):
    caplog.set_level(logging.DEBUG)

    async def hang_up(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.close()
        await asyncio.sleep(0)
        return web.Response()

    async with office(sqlite_engine, hang_up) as (adapter, server):
        assert (await adapter.send(SAY)).fate is Fate.UNKNOWN
    assert len(server.asked) == 1
    assert "Bí mật" not in caplog.text.replace("\\u", "") and "a0" not in caplog.text


async def test_zalo_out_of_reach_is_tried_again(sqlite_engine):
    async with office(sqlite_engine, scripted(OK)) as (adapter, server):
        await server.stop()
        assert (await adapter.send(SAY)).fate is Fate.RETRY


async def test_when_nothing_remains_of_the_rate_calls_go_back_to_the_queue(sqlite_engine):
    async def spent(_request: web.Request) -> web.StreamResponse:
        return web.json_response(OK, headers={"X-RateLimit-Limit": "4000", "X-RateLimit-Remain": "0"})

    async with office(sqlite_engine, spent) as (adapter, server):
        assert (await adapter.send(SAY)).fate is Fate.SENT
        held = await adapter.send(SAY)
    assert held.fate is Fate.RETRY and held.retry_after is not None and 2 <= held.retry_after <= 60
    assert len(server.asked) == 1


async def test_calls_are_counted_by_fate(sqlite_engine):
    def count() -> float:
        labels = {"call": "consult", "fate": "unreachable"}
        return REGISTRY.get_sample_value("bot_zalo_calls_total", labels) or 0.0

    before = count()
    async with office(sqlite_engine, scripted({"error": -213, "message": "User has not followed OA"})) as (
        adapter,
        _,
    ):
        sent = await adapter.send(SAY)
    assert (sent.fate, sent.error) == (Fate.UNREACHABLE, "zalo -213")
    assert count() == before + 1


async def test_the_account_can_be_checked(sqlite_engine):
    async with office(sqlite_engine, scripted({"error": 0, "data": {"oa_id": "1"}})) as (adapter, server):
        assert (await adapter.check()).fate is Fate.SENT
        await adapter.typing("U")
    assert [path for _, path, _, _ in server.asked] == ["/v2.0/oa/getoa"]
