"""The double goes wrong on demand, as networks do, and says what a test mistypes."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.doubles.telegram.driver import Platform

AN = 111


@pytest.fixture
async def telegram() -> AsyncIterator[Platform]:
    async with Platform.inside(flood_chat=0) as platform:
        yield platform


async def test_faults_that_are_answered(telegram: Platform) -> None:
    phone = telegram.phone(AN)
    await phone.starts()
    await telegram.fault("429", retry_after=7)
    await telegram.fault("500", method="sendmessage", skip=1)
    await telegram.fault("502", method="sendMessage", user=AN)
    status, body = await telegram.api("getMe")
    assert (status, body["parameters"]) == (429, {"retry_after": 7})
    assert (await telegram.api("getMe"))[0] == 200
    url = f"{telegram.url}/bot{telegram.token}/sendMessage"
    async with aiohttp.ClientSession() as session:
        answers = []
        for _ in range(3):
            async with session.post(url, json={"chat_id": AN, "text": "a"}) as answer:
                answers.append((answer.status, answer.content_type))
    assert answers == [(502, "text/html"), (500, "application/json"), (200, "application/json")]
    assert [sent.text for sent in await phone.unheard()] == ["a"]
    calls = [(call.code, call.fault) for call in await telegram.calls("sendMessage")]
    assert calls == [(502, "502"), (500, "500"), (200, "")]


@pytest.mark.parametrize(
    ("kind", "arrives"),
    [("hang", False), ("hang_accepted", True), ("reset", False), ("reset_accepted", True)],
)
async def test_faults_that_leave_the_bot_in_doubt(telegram: Platform, kind: str, arrives: bool) -> None:
    phone = telegram.phone(AN)
    await phone.starts()
    await telegram.fault(kind)
    call = asyncio.create_task(telegram.api("sendMessage", chat_id=AN, text="Chào"))
    if kind.startswith("hang"):
        await asyncio.wait([call], timeout=0.15)
        assert not call.done()
        await telegram.release()
    with pytest.raises(aiohttp.ClientError):
        await call
    assert [(sent.text, sent.answered) for sent in await phone.unheard()] == [("Chào", False)] * arrives
    assert (await telegram.api("sendMessage", chat_id=AN, text="Chào"))[0] == 200


async def test_a_fault_with_a_chance_strikes_some_calls_until_it_is_cleared(telegram: Platform) -> None:
    await telegram.fault("500", times=None, chance=0.5)
    statuses = Counter([(await telegram.api("getMe"))[0] for _ in range(60)])
    assert 15 < statuses[500] < 45
    assert statuses[200] == 60 - statuses[500]
    await telegram.no_faults()
    assert {(await telegram.api("getMe"))[0] for _ in range(20)} == {200}


async def test_what_a_test_mistypes_is_said(telegram: Platform) -> None:
    with pytest.raises(ValueError, match="no option 'copys'"):
        await telegram.configure(copys=3)
    with pytest.raises(ValueError, match="is a int"):
        await telegram.configure(copies="3")
    with pytest.raises(ValueError, match="explode"):
        await telegram.fault("explode")
    with pytest.raises(AssertionError, match="0 of 1 messages"):
        await telegram.phone(AN).hears(timeout=0.05)
