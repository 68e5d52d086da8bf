"""The whole road measured: what is not noticed here, citizens notice at the busiest hour."""

import asyncio
import json
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from bot.load import website_table
from bot.load.crowd import Crowd, address
from bot.load.visit import Message, Visit, Wanted
from bot.load.website import ASSISTANT, AT_ONCE, DATABASE, GATEWAY, Road, each, measured, talks

Answer = Callable[[str], list[str]]


class Website:
    """Answers each message by ``answer``, in the wire format of the widget."""

    def __init__(self, answer: Answer) -> None:
        self.answer, self.url = answer, ""
        self.queues: dict[str, asyncio.Queue[list[str]]] = {}
        self.asked_from: list[str] = []

    async def session(self, request: web.Request) -> web.Response:
        token = f"token-{len(self.queues)}"
        self.queues[token] = asyncio.Queue()
        self.asked_from.append(str(request.remote))
        return web.json_response({"token": token}, status=201)

    async def events(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        await response.write(b": open\n\n")
        queue = self.queues[_token(request)]
        while True:
            for text in await queue.get():
                if text == "END":
                    return response
                for author in ("citizen", "assistant"):
                    data = json.dumps({"author": author, "text": text})
                    await response.write(f"id: 1\nevent: message\ndata: {data}\n\n".encode())
                await response.write(b'event: typing\ndata: {"on": false}\n\n')

    async def messages(self, request: web.Request) -> web.Response:
        text = (await request.json())["text"]
        if text == "bị từ chối":
            return web.json_response({}, status=429)
        self.queues[_token(request)].put_nowait(self.answer(text))
        return web.json_response({"seq": 1}, status=202)


def _token(request: web.Request) -> str:
    return request.headers["Authorization"].removeprefix("Bearer ")


@asynccontextmanager
async def serving(answer: Answer) -> AsyncIterator[Website]:
    site, app = Website(answer), web.Application()
    app.router.add_post("/webhooks/web/session", site.session)
    app.router.add_get("/webhooks/web/events", site.events)
    app.router.add_post("/webhooks/web/messages", site.messages)
    runner = web.AppRunner(app, shutdown_timeout=0.1, handler_cancellation=True)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    site.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield site
    await runner.cleanup()


def right(text: str) -> list[str]:
    return [f"về {text}", "còn gì nữa không"]


def visit(sender: str, *texts: str) -> Visit:
    return Visit(sender, tuple(Message(text, Wanted(tuple(right(text)))) for text in texts))


COMING = [visit(f"người {number}", f"câu {number}", "còn phí") for number in range(6)]


async def test_right_answers_are_counted_for_citizens_with_addresses_of_their_own() -> None:
    """The website counts by address: one address for all would measure its refusals."""
    async with serving(right) as site:
        crowd = Crowd(site.url, COMING)
        await crowd.run(3)
        assert len(crowd.times_ms) == 12 and not crowd.checker.faults
        assert len(set(site.asked_from)) == 6


@pytest.mark.parametrize(
    ("answer", "fault", "times"),
    [
        (lambda text: ["câu khác", "còn gì nữa không"], "other", 6),
        (lambda text: [f"về {text}", "END"], "refused", 6),
        (lambda text: right(text) if text != "còn phí" else ["về gì"], "other", 6),
    ],
)
async def test_a_wrong_or_broken_answer_is_a_fault(answer: Answer, fault: str, times: int) -> None:
    """Speed at which wrong things are said is worth nothing."""
    async with serving(answer) as site:
        crowd = Crowd(site.url, COMING)
        await crowd.run(2)
    assert dict(crowd.checker.faults) == {fault: times} and crowd.checker.shown


async def test_refusals_and_absence_are_faults() -> None:
    async with serving(right) as site:
        crowd = Crowd(site.url, [visit("người 1", "câu 1", "bị từ chối", "câu 3")])
        await crowd.run(1)
    assert dict(crowd.checker.faults) == {"refused": 1} and len(crowd.times_ms) == 1
    gone = Crowd(site.url, COMING[:2])
    await gone.run(1)
    assert dict(gone.checker.faults) == {"unreachable": 2}


def test_each_citizen_says_as_many_messages() -> None:
    assert talks([("a",), ("b", "c"), ("d",), ("e",)], 2) == [("a", "b"), ("c", "d")]


def test_addresses_are_of_this_machine_and_differ() -> None:
    assert [address(n) for n in (0, 249, 250, 62_500)] == [
        "127.1.0.1",
        "127.1.0.250",
        "127.1.1.1",
        "127.2.0.1",
    ]


def test_the_work_of_a_message_is_counted_without_what_is_always_done() -> None:
    """2 s in 10 s, of them 0.1 a second anyway: 1 s for 100 messages. Capacity is reckoned from it."""
    spent, resting = {GATEWAY: 2.0, ASSISTANT: 0.5}, {GATEWAY: 0.1, ASSISTANT: 0.0}
    assert each(spent, resting, 10.0, 100) == {GATEWAY: 10.0, ASSISTANT: 5.0}
    assert each(spent, resting, 10.0, 0) == {GATEWAY: None, ASSISTANT: None}


async def test_processes_are_measured_while_they_answer() -> None:
    """This process as all parts: it takes work and memory, and browsers listen before the first message."""
    async with serving(right) as site:
        road = Road(site.url, {ASSISTANT: (os.getpid(),), GATEWAY: (os.getpid(),)})
        found = await measured(road, COMING, 0.1)
        assert len(site.queues) == AT_ONCE + len(COMING)
    assert found["messages"] == 12 and found["faults"] == {} and found["p50"] <= found["p99"]
    assert found["rss_mb"][GATEWAY] > 10 and set(found["cpu_ms"]) == {ASSISTANT, GATEWAY}


def test_the_page_tells_parts_and_what_a_core_carries() -> None:
    """5 + 12 + 3 ms: a core answers 50 messages a second."""
    store = {
        "messages": 400,
        "msg_s": 50.0,
        "p50": 100.0,
        "p95": 150.0,
        "p99": 200.0,
        "cpu_ms": {ASSISTANT: 5.0, GATEWAY: 12.0, DATABASE: 3.0},
        "idle_ms_s": {ASSISTANT: 2.0, GATEWAY: 12.0, DATABASE: 4.0},
        "rss_mb": {ASSISTANT: 200.0, GATEWAY: 150.0},
        "faults": {"late": 1},
        "shown": ["late: người 1"],
    }
    machine = {"cpu": "Một máy", "cores": 2, "ram_gb": 4.0, "python": "3.10"}
    report = {"machine": machine, "load": (0.1, 2.0), "stores": {"postgres": store}}
    plain, page = website_table.plain(report), website_table.markdown(report)
    assert "20 ms CPU cho một tin, một nhân trả lời 50 tin/giây" in plain and "late: người 1" in plain
    assert "| PostgreSQL | Cổng | 12 | 12 | 150 |" in page and "late 1" in page
