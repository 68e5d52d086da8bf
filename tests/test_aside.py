"""What citizens lose here: everybody waits while one of them has a dossier looked up."""

import asyncio
import threading
from contextvars import ContextVar

import pytest

from bot.aside import aside, working

WHO: ContextVar[str] = ContextVar("who", default="nobody")


def test_elsewhere_it_is_a_call_like_any_other() -> None:
    assert aside(threading.get_ident) == threading.get_ident()


async def test_others_go_on_while_one_waits() -> None:
    release, here = threading.Event(), threading.get_ident()

    def work() -> tuple[str, bool, bool]:
        waited = aside(lambda: (release.wait(10), threading.get_ident()))
        return "answered", waited[1] != here, threading.get_ident() == here

    waiting = asyncio.create_task(working(work))
    assert await working(lambda: "soon") == "soon"
    await asyncio.sleep(0.01)
    assert not waiting.done()
    release.set()
    assert await waiting == ("answered", True, True)


async def test_many_wait_at_once_and_each_gets_its_own() -> None:
    arrived = threading.Barrier(8)

    def work(number: int) -> list[int]:
        return [aside(lambda: (arrived.wait(10), number)[1]) for _ in range(3)]

    assert await asyncio.gather(*(working(work, number) for number in range(8))) == [
        [number] * 3 for number in range(8)
    ]


async def test_an_error_is_raised_where_it_was_waited_for() -> None:
    def refused() -> None:
        raise ConnectionError("away")

    def work() -> str:
        try:
            aside(refused)
        except ConnectionError as error:
            return f"told: {error}"
        return "nothing was raised"

    assert await working(work) == "told: away"
    with pytest.raises(ConnectionError, match="away"):
        await working(lambda: aside(refused))


async def test_what_is_asked_for_aside_may_ask_in_its_turn() -> None:
    """A look-up that is tried again calls what is itself done aside."""
    assert await working(lambda: aside(lambda: aside(lambda: "found"))) == "found"


async def test_whoever_is_called_off_ends_where_it_waits() -> None:
    release, ended = threading.Event(), []

    def work() -> None:
        try:
            aside(lambda: release.wait(10))
        finally:
            ended.append(True)

    waiting = asyncio.create_task(working(work))
    await asyncio.sleep(0.01)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    release.set()
    assert ended == [True]


async def test_what_is_known_of_the_turn_is_known_in_it() -> None:
    async def turn(name: str) -> list[str]:
        WHO.set(name)

        def work() -> list[str]:
            before = WHO.get()
            aside(lambda: None)
            return [before, WHO.get()]

        return await working(work)

    assert [*await asyncio.gather(turn("An"), turn("Bình"))] == [["An", "An"], ["Bình", "Bình"]]
