"""What everybody loses here: an installation that passes every schema and does not work.

``make containers`` runs it; figures are printed.
"""

import asyncio
import re
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from uuid import uuid4

import aiohttp
import pytest

from tests.blobs.making import pdf
from tests.deploy.stack import Container, Stack, image_mb, needed
from tests.e2e.visitor import Visitor

DOOR = "https://localhost"
QUESTION, ANSWER = "lệ phí đăng ký kết hôn", "1.000894"
# What is asked while something is away may wait until it is back, or until somebody else takes it.
_PATIENCE = 60.0


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Built, started and healthy; taken down with all it kept."""
    needed()
    stack = Stack(tmp_path_factory.mktemp("containers"))
    stack.compose("down", "--volumes")
    try:
        began = time.monotonic()
        stack.build()
        built = time.monotonic()
        stack.compose("up", "--detach")
        stack.wait_until_healthy()
        ready = time.monotonic()
        print(f"\nimage {image_mb()} MB, built in {built - began:.0f} s, healthy after {ready - built:.0f} s")
        yield stack
    finally:
        stack.compose("down", "--volumes")


async def _ask(citizen: Visitor) -> None:
    sent = {"client_msg_id": uuid4().hex, "text": QUESTION}
    await _until_done(lambda: citizen.call("POST", "messages", sent, 202))
    await _until_done(lambda: citizen.hears_of(ANSWER, _PATIENCE))


async def _somebody_asks() -> None:
    async with Visitor.at(DOOR, checked=False) as citizen:
        await _ask(citizen)


async def _until_done(step: Callable[[], Awaitable[object]]) -> None:
    """As the widget does it: what met a gateway that just went is sent again, as the same."""
    began = time.monotonic()
    while True:
        try:
            await step()
            return
        except AssertionError:
            if time.monotonic() > began + _PATIENCE:
                raise
            await asyncio.sleep(1)


def _ours(stack: Stack) -> list[Container]:
    return [one for one in stack.containers() if one.service not in ("postgres", "nginx")]


async def test_a_citizen_is_answered_through_the_proxy(stack: Stack) -> None:
    await _somebody_asks()
    print(stack.memory())


def test_what_prepares_is_done_before_anything_serves(stack: Stack) -> None:
    prepared = stack.of("prepare")
    assert (prepared.running, prepared.exit_code) == (False, 0)
    assert stack.compose("run", "--rm", "--no-TTY", "prepare")


def test_nobody_is_root_and_nothing_is_written_but_where_it_is_meant(stack: Stack) -> None:
    """Whoever gets in through a hole of a library would otherwise change the program."""
    assert {one.user for one in _ours(stack)} == {"10001:10001"}
    for service in ("assistant", "gateway-1", "console", "nginx"):
        tried = stack.compose(
            "exec", "-T", service, "sh", "-c", "touch /x /etc/x /tmp/x 2>&1 || true; ls /tmp/x"
        )
        assert tried.count("Read-only file system") == 2 and tried.endswith("/tmp/x\n"), service


async def test_one_client_meets_one_gateway(stack: Stack) -> None:
    """Each gateway counts for itself: met in turn, many let one client do many times as much."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=False)) as browser:
        for _ in range(12):
            async with browser.get(f"{DOOR}/") as page:
                assert page.status == 200
    log = stack.compose("logs", "--no-log-prefix", "nginx")
    met = Counter(re.findall(r" GET / 200 .* (\S+:8080)$", log, re.MULTILINE))
    assert sum(met.values()) >= 12 and len(met) == 1


async def test_a_file_is_kept_in_the_common_folder(stack: Stack) -> None:
    """The gateway that takes it is not the one that hands it on."""
    async with Visitor.at(DOOR, checked=False) as citizen:
        ref = await citizen.uploads(pdf(), "giay.pdf")
    for service in ("gateway-1", "gateway-2", "console"):
        assert ref in stack.compose("exec", "-T", service, "find", "/blobs", "-type", "f")


async def test_a_request_about_ones_data_leaves_the_audit_log_whole(stack: Stack) -> None:
    """The assistant writes it down without the key of staff, and the console must not call that a forgery."""
    verify = ("exec", "-T", "console", "bot", "staff", "audit", "verify")
    assert "the log is whole" in stack.compose(*verify)
    async with Visitor.at(DOOR, checked=False) as citizen:
        await citizen.says("xem dữ liệu của tôi")
        await citizen.hears_of("xác nhận gửi")
        await citizen.taps("Gửi yêu cầu")
        await citizen.hears_of("Số tiếp nhận")
    assert "the log is whole" in stack.compose(*verify)


def test_training_finds_room_for_what_it_keeps(stack: Stack) -> None:
    """Rasa keeps results beside the program, which is read-only: the console could never train."""
    opened = "from rasa.engine.caching import LocalTrainingCache as Cache; Cache()"
    stack.compose("exec", "-T", "console", "python", "-c", opened)


async def test_answers_go_on_while_assistants_and_gateways_come_and_go(stack: Stack) -> None:
    stack.compose("up", "--detach", "--no-deps", "--no-recreate", "--scale", "assistant=3", "assistant")
    await _somebody_asks()
    stack.wait_until_healthy()
    async with Visitor.at(DOOR, checked=False) as citizen:
        for service in ("gateway-1", "gateway-2"):
            stack.compose("kill", "--signal", "KILL", service)
            await _ask(citizen)
            stack.compose("start", service)
            stack.wait_until_healthy()
    stack.compose("up", "--detach", "--no-deps", "--no-recreate", "--scale", "assistant=1", "assistant")
    await _somebody_asks()


async def test_everything_ends_in_time_and_comes_back(stack: Stack) -> None:
    """137 would mean that turns under way were cut off."""
    stack.compose("stop")
    ended = {one.service: one.exit_code for one in stack.containers()}
    assert set(ended.values()) <= {0, 143}, ended
    stack.compose("start")
    stack.wait_until_healthy()
    await _somebody_asks()
