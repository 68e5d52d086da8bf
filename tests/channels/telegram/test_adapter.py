"""Sending and fetching against a strict double of the Bot API."""

import logging
from collections.abc import AsyncIterator
from io import BytesIO

import pytest
from PIL import Image

from bot.channels.adapter import Adapter, RefusedError, Sent
from bot.channels.message import Choice, Reply
from bot.channels.states import Fate
from bot.channels.telegram.adapter import TelegramAdapter
from bot.channels.telegram.client import Client
from tests.doubles.telegram.driver import Platform

CITIZEN = 111


def _token(choice: Choice) -> str:
    return "k" + str(len(choice.title))


def _adapter(telegram: Platform, call_seconds: float = 10.0) -> TelegramAdapter:
    async def at_once(_seconds: float) -> None:
        clock[0] += _seconds

    clock = [0.0]
    client = Client(telegram.token, telegram.url, call_seconds)
    return TelegramAdapter(client, lambda: clock[0], at_once, longest_wait=2.0)


@pytest.fixture
async def telegram() -> AsyncIterator[Platform]:
    async with Platform.inside(flood_chat=0.0) as telegram:
        await telegram.phone(CITIZEN).starts()
        yield telegram


@pytest.fixture
async def adapter(telegram: Platform) -> AsyncIterator[TelegramAdapter]:
    adapter = _adapter(telegram)
    yield adapter
    await adapter.close()


async def _say(adapter: Adapter, reply: Reply, chat: int = CITIZEN) -> list[Sent]:
    return [await adapter.send(part) for part in adapter.parts(str(chat), reply, _token)]


async def test_an_answer_with_buttons_reaches_the_phone_as_written(telegram, adapter):
    text = "Lệ phí < 8.000 đồng & miễn cho trẻ em\nhttps://dichvucong.gov.vn/a?b=1&c=2"
    choices = (Choice("Nơi nộp", "/ask_place"), Choice("Cổng", url="https://dichvucong.gov.vn"))
    (sent,) = await _say(adapter, Reply(text, choices))
    (heard,) = await telegram.phone(CITIZEN).hears()
    assert (sent.fate, sent.external_id) == (Fate.SENT, str(heard.message_id))
    assert heard.text == text
    place, portal = heard.buttons
    assert (place.title, place.data) == ("Nơi nộp", "t:k7")
    assert (portal.title, portal.url.rstrip("/")) == ("Cổng", "https://dichvucong.gov.vn")


async def test_a_long_answer_with_astral_letters_is_taken_in_every_part(telegram, adapter):
    text = "\n\n".join(f"{number}. " + "𝕏&<đ " * 500 for number in range(5))
    fates = [sent.fate for sent in await _say(adapter, Reply(text, (Choice("Có", "/affirm"),)))]
    assert fates == [Fate.SENT] * len(fates) and len(fates) > 2
    heard = await telegram.phone(CITIZEN).hears(len(fates))
    assert "".join("".join(part.text for part in heard).split()) == "".join(text.split())
    assert [bool(part.buttons) for part in heard] == [False] * (len(fates) - 1) + [True]


async def test_markup_telegram_cannot_read_is_sent_as_plain_text(telegram, adapter):
    (part,) = adapter.parts(str(CITIZEN), Reply("An & Bình"), _token)
    part["params"]["text"] = "<b>An &amp; <b>Bình</b>"
    assert (await adapter.send(part)).fate is Fate.SENT
    (heard,) = await telegram.phone(CITIZEN).hears()
    assert heard.text == "An & Bình"


async def test_a_citizen_who_blocked_us_or_never_wrote_is_unreachable(telegram, adapter):
    await telegram.phone(CITIZEN).blocks()
    assert [sent.fate for sent in await _say(adapter, Reply("chào"))] == [Fate.UNREACHABLE]
    assert [sent.fate for sent in await _say(adapter, Reply("chào"), 999)] == [Fate.UNREACHABLE]


async def test_telegram_asking_for_a_pause_is_obeyed(telegram, adapter):
    await telegram.fault("429", retry_after=7)
    (sent,) = await _say(adapter, Reply("chào"))
    assert (sent.fate, sent.retry_after) == (Fate.RETRY, 7)


@pytest.mark.parametrize(
    ("kind", "expected", "arrived"),
    [
        ("500", Fate.RETRY, 0),
        ("502", Fate.RETRY, 0),
        ("hang", Fate.UNKNOWN, 0),
        ("hang_accepted", Fate.UNKNOWN, 1),
        ("reset", Fate.UNKNOWN, 0),
        ("reset_accepted", Fate.UNKNOWN, 1),
    ],
)
async def test_a_call_that_broke_is_only_repeated_when_it_did_not_arrive(telegram, kind, expected, arrived):
    adapter = _adapter(telegram, call_seconds=0.25)
    await telegram.fault(kind)
    (sent,) = await _say(adapter, Reply("chào"))
    assert sent.fate is expected
    assert len(await telegram.sent(CITIZEN)) == arrived
    await telegram.release()
    await adapter.close()


async def test_a_wrong_token_calls_the_operator_and_is_not_written_down(telegram, caplog):
    adapter = TelegramAdapter(Client("7:AAwrongToken", telegram.url))
    with caplog.at_level(logging.DEBUG):
        (sent,) = await _say(adapter, Reply("chào"))
        await adapter.typing(str(CITIZEN))
    await adapter.close()
    assert sent.fate is Fate.OPERATOR
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("aiohttp")]
    assert "AAwrongToken" not in sent.error + "".join(ours)


async def test_typing_shows_and_its_failure_does_not(telegram, adapter):
    await adapter.typing(str(CITIZEN))
    await telegram.phone(CITIZEN).sees_typing()
    await telegram.fault("500")
    await adapter.typing(str(CITIZEN))


async def test_our_pace_is_one_telegram_keeps_up_with():
    """Eight parts to one citizen: the double refuses more than one a second, and refused none. What comes too
    early goes back into the queue: a crash meanwhile must not leave open whether it was sent.
    """
    async with Platform.inside(ticking=False) as telegram:
        await telegram.phone(CITIZEN).starts()

        async def waited(seconds: float) -> None:
            clock[0] += seconds
            await telegram.advance(seconds)

        clock = [0.0]
        adapter = TelegramAdapter(Client(telegram.token, telegram.url), lambda: clock[0], waited)
        fates = []
        for number in range(8):
            (sent,) = await _say(adapter, Reply(f"câu {number}"))
            fates.append(sent.fate)
            if sent.fate is Fate.RETRY:
                assert sent.retry_after is not None
                await waited(sent.retry_after)
                (sent,) = await _say(adapter, Reply(f"câu {number}"))
            assert sent.fate is Fate.SENT
        refused = [call.code for call in await telegram.calls() if not call.ok]
        await adapter.close()
        assert fates == [Fate.SENT, *[Fate.RETRY] * 7] and refused == []


async def _file_id(telegram: Platform) -> str:
    status, answer = await telegram.api("getUpdates")
    assert status == 200
    said = answer["result"][-1]["message"]
    found = said["document"] if "document" in said else said["photo"][-1]
    return str(found["file_id"])


async def test_a_document_and_a_photo_are_fetched_byte_by_byte(telegram, adapter):
    await telegram.phone(CITIZEN).sends_document(b"%PDF-1.4 noi dung")
    handle = {"file_id": await _file_id(telegram), "name": "don.pdf", "size": 17}
    assert await adapter.download(handle) == ("don.pdf", b"%PDF-1.4 noi dung")
    picture = BytesIO()
    Image.new("RGB", (64, 48)).save(picture, "JPEG")
    await telegram.phone(CITIZEN).sends_photo(picture.getvalue())
    name, data = await adapter.download({"file_id": await _file_id(telegram), "name": ""})
    assert name.endswith(".jpg") and data[:3] == b"\xff\xd8\xff"


async def test_files_that_cannot_be_had_are_told_apart_from_bad_luck(telegram, adapter):
    with pytest.raises(RefusedError, match="file_too_big"):
        await adapter.download({"file_id": "x", "size": 20 * 1024 * 1024 + 1})
    with pytest.raises(RefusedError, match="file_failed"):
        await adapter.download({"file_id": "nothing"})
    await telegram.phone(CITIZEN).sends_document(b"%PDF", size=25 * 1024 * 1024)
    with pytest.raises(RefusedError, match="file_too_big"):
        await adapter.download({"file_id": await _file_id(telegram)})
    await telegram.phone(CITIZEN).sends_document(b"%PDF-1.4")
    found = await _file_id(telegram)
    for method in ("getFile", "file"):
        await telegram.fault("500", method=method)
        with pytest.raises(OSError, match="telegram"):
            await adapter.download({"file_id": found})
    assert (await adapter.download({"file_id": found}))[1] == b"%PDF-1.4"
