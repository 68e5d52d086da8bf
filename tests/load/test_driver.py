"""Citizens at a small server of lies: what the driver does not notice nobody will."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from inspect import isawaitable

import msgspec
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.load.driver import PATH, Driven, Plan, drive
from bot.load.ports import free_port
from bot.load.visit import Message, Visit, Wanted

Call = dict[str, str]
ABOUT = "1.001193"


@asynccontextmanager
async def server(answer: Callable[[Call], object]) -> AsyncIterator[str]:
    """Address of a server that answers each call with what ``answer`` makes of it, at once or later."""

    async def webhook(request: Request) -> Response:
        said = answer(msgspec.json.decode(await request.body()))
        if isawaitable(said):
            said = await said
        return Response(msgspec.json.encode(said), 500 if said is None else 200)

    port = free_port()
    app = Starlette(routes=[Route(PATH, webhook, methods=["POST"])])
    running = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning", ws="none"))
    task = asyncio.create_task(running.serve())
    while not running.started:
        await asyncio.sleep(0.01)
    yield f"http://127.0.0.1:{port}"
    running.should_exit = True
    await task


async def driven(answer: Callable[[Call], object], visits: list[Visit], **more) -> Driven:
    async with server(answer) as url:
        return await asyncio.to_thread(drive, Plan((url,), visits, more.pop("concurrency", 4), **more))


def right(call: Call) -> list[dict[str, object]]:
    procedure = {"procedure_code": ABOUT}
    return [
        {"recipient_id": call["sender"], "text": f"về {call['message']}", "custom": procedure},
    ]


def visit(sender: str, *texts: str) -> Visit:
    return Visit(sender, tuple(Message(text, Wanted((f"về {text}",), ABOUT)) for text in texts))


CITIZENS = [visit(f"người {number}", f"câu {number}", "còn phí") for number in range(10)]


async def test_right_replies_are_counted_and_timed() -> None:
    found = await driven(right, CITIZENS)
    assert found.messages == 20 and found.faults == {} and found.seconds > 0
    assert min(found.times_ms) > 0


async def test_swapped_replies_are_caught() -> None:
    """Two citizens get each other's answers."""

    def swapped(call: Call) -> object:
        other = {"câu 1": "câu 2", "câu 2": "câu 1"}.get(call["message"], call["message"])
        return right({**call, "message": other})

    found = await driven(swapped, CITIZENS)
    assert found.faults == {"other": 2} and found.messages == 18


async def test_a_reply_to_somebody_else_is_caught() -> None:
    found = await driven(lambda call: right({**call, "sender": "người 0"}), CITIZENS)
    assert found.faults == {"foreign": 18} and found.messages == 2


async def test_a_lost_follow_up_is_caught() -> None:
    """ "còn phí" needs to know of what."""

    def forgetful(call: Call) -> object:
        said = right(call)
        return [{**said[0], "custom": {"procedure_code": None}}] if call["message"] == "còn phí" else said

    found = await driven(forgetful, CITIZENS)
    assert found.faults == {"lost": 10} and len(found.shown) == 5


async def test_refusals_are_counted_and_the_next_message_is_sent() -> None:
    found = await driven(lambda call: None if call["message"] == "câu 3" else right(call), CITIZENS)
    assert found.faults == {"refused": 1} and found.messages == 19


async def test_a_server_that_is_gone_is_no_reply() -> None:
    port = free_port()
    plan = Plan((f"http://127.0.0.1:{port}",), CITIZENS[:2], 1)
    assert (await asyncio.to_thread(drive, plan)).faults == {"unreachable": 4}


async def test_a_connection_the_server_closed_is_opened_anew() -> None:
    """Rasa closes idle connections; that is no error of a turn."""
    from bot.load.connection import Connection

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"{}")
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n[]")
        await writer.drain()
        writer.close()

    listening = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    connection = Connection(f"http://127.0.0.1:{port}{PATH}", 5.0)
    assert [await connection.post(b"{}") for _ in range(3)] == [(200, b"[]")] * 3
    connection.close()
    listening.close()


async def test_new_citizens_come_until_the_time_is_over() -> None:
    """A soak asks the same questions again, but nobody twice."""
    senders: list[str] = []

    def heard(call: Call) -> object:
        senders.append(call["sender"])
        return right(call)

    found = await driven(
        heard, [visit("an", "a"), visit("binh", "b")], seconds=0.3, again=True, concurrency=1
    )
    assert found.messages == len(senders) == len(set(senders)) > 2


@pytest.mark.parametrize("processes", [1, 2, 3])
async def test_a_citizen_alone_always_meets_the_same_process(processes: int) -> None:
    """As the gateway routes them: the process that has read a citizen's texts before answers sooner."""
    met: dict[str, set[int]] = {}

    def noting(number: int) -> Callable[[Call], object]:
        def answer(call: Call) -> object:
            met.setdefault(call["sender"], set()).add(number)
            return right(call)

        return answer

    async with AsyncExitStack() as stack:
        urls = [await stack.enter_async_context(server(noting(number))) for number in range(processes)]
        await asyncio.to_thread(drive, Plan(tuple(urls), [*CITIZENS, *CITIZENS], 1))
    assert len(met) == 10 and all(len(numbers) == 1 for numbers in met.values())


async def test_no_process_is_left_idle_beside_a_busy_one() -> None:
    """As the gateway shares messages out: a measurement would else tell of waits nobody has."""
    at_once: Counter[int] = Counter()
    most: Counter[int] = Counter()

    def counting(number: int) -> Callable[[Call], object]:
        async def answer(call: Call) -> object:
            at_once[number] += 1
            most[number] = max(most[number], at_once[number])
            await asyncio.sleep(0.01)
            at_once[number] -= 1
            return right(call)

        return answer

    async with AsyncExitStack() as stack:
        urls = [await stack.enter_async_context(server(counting(number))) for number in range(2)]
        found = await asyncio.to_thread(drive, Plan(tuple(urls), CITIZENS, 8))
    # 1.25 times half of eight.
    assert found.messages == 20 and max(most.values()) <= 5
