"""The double of Telegram refuses what Telegram refuses: a lenient double would hide our mistakes."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.doubles.telegram.driver import Platform, TelegramPhone

START = 1_800_000_000.0
AN = 111


@pytest.fixture
async def telegram() -> AsyncIterator[Platform]:
    """A double whose clock stands still, with one citizen who has pressed Start."""
    async with Platform.inside(start=START, ticking=False) as platform:
        await platform.phone(AN).starts()
        yield platform


@pytest.fixture
def phone(telegram: Platform) -> TelegramPhone:
    return telegram.phone(AN)


def buttons(*rows: int, data: str = "x") -> dict[str, Any]:
    """A keyboard with that many buttons per row."""
    return {"inline_keyboard": [[{"text": "Nút", "callback_data": data}] * count for count in rows]}


async def refused(telegram: Platform, method: str, **arguments: Any) -> tuple[int, str]:
    status, body = await telegram.api(method, **arguments)
    assert body["ok"] is False
    assert body["error_code"] == status
    return status, body["description"]


@pytest.mark.parametrize(
    ("path", "status", "description"),
    [
        ("bot7000000001:wrong/getMe", 401, "Unauthorized"),
        ("botnonsense/getMe", 404, "Not Found"),
        ("getMe", 404, "Not Found"),
        ("file/bot7000000001:wrong/documents/file_1.pdf", 401, "Unauthorized"),
    ],
)
async def test_wrong_tokens_are_told_from_wrong_paths(
    telegram: Platform, path: str, status: int, description: str
) -> None:
    async with aiohttp.ClientSession() as session, session.get(f"{telegram.url}/{path}") as answer:
        assert answer.status == status
        assert await answer.json() == {"ok": False, "error_code": status, "description": description}


async def test_an_unknown_method_is_not_found_and_the_case_of_names_does_not_matter(
    telegram: Platform,
) -> None:
    assert await refused(telegram, "sendTelepathy") == (404, "Not Found: method not found")
    status, body = await telegram.api("GETME")
    assert status == 200
    assert body["result"]["is_bot"] is True


async def test_dates_are_whole_seconds(telegram: Platform) -> None:
    """Milliseconds, as another double sends them, put messages tens of thousands of years ahead."""
    _, body = await telegram.api("sendMessage", chat_id=AN, text="Chào")
    assert body["result"]["date"] == 1_800_000_000
    assert type(body["result"]["date"]) is int


@pytest.mark.parametrize(
    ("text", "parse_mode", "description"),
    [
        ("", "", "Bad Request: message text is empty"),
        (" \n ", "", "Bad Request: message text is empty"),
        ("<b></b>", "HTML", "Bad Request: message text is empty"),
        ("a" * 4097, "", "Bad Request: message is too long"),
        # A face outside the basic plane is two units of UTF-16: 2 × 2,048 fit, one letter more does not.
        ("😀" * 2048 + "a", "", "Bad Request: message is too long"),
        ("a", "Markdown", "Bad Request: unsupported parse_mode"),
        (
            "<b>a",
            "HTML",
            "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        ("a</b>", "HTML", "Bad Request: can't parse entities: Unexpected end tag at byte offset 1"),
        # "đ" is two bytes: the offset counts bytes, not letters.
        (
            "đ<b>x</i>",
            "HTML",
            "Bad Request: can't parse entities: "
            'Unmatched end tag at byte offset 6, expected "</b>", found "</i>"',
        ),
        (
            "phí < 5",
            "HTML",
            'Bad Request: can\'t parse entities: Unsupported start tag "" at byte offset 5',
        ),
        (
            "<br>",
            "HTML",
            'Bad Request: can\'t parse entities: Unsupported start tag "br" at byte offset 0',
        ),
        ("<b", "HTML", "Bad Request: can't parse entities: Unclosed start tag at byte offset 0"),
        ("<a href='x", "HTML", "Bad Request: can't parse entities: Unclosed start tag at byte offset 0"),
        (
            "<a href='x>a</a>",
            "HTML",
            "Bad Request: can't parse entities: Unclosed start tag at byte offset 0",
        ),
        (
            "<a href>a</a>",
            "HTML",
            "Bad Request: can't parse entities: "
            'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0',
        ),
        ("<b>x</b", "HTML", "Bad Request: can't parse entities: Unclosed end tag at byte offset 4"),
    ],
)
async def test_texts_that_telegram_refuses(
    telegram: Platform, text: str, parse_mode: str, description: str
) -> None:
    got = await refused(telegram, "sendMessage", chat_id=AN, text=text, parse_mode=parse_mode)
    assert got == (400, description)


@pytest.mark.parametrize(
    ("text", "parse_mode", "shown"),
    [
        ("a" * 4096, "", "a" * 4096),
        ("😀" * 2048, "", "😀" * 2048),
        # 4,096 after the tags and references are read, though the source is longer.
        ("<b>" + "&lt;" * 4096 + "</b>", "HTML", "<" * 4096),
        (" Chào \n", "", "Chào"),
        ("a &amp; b &quot;c&quot; &#273; &unknown;", "HTML", 'a & b "c" đ &unknown;'),
    ],
)
async def test_texts_that_just_fit(
    telegram: Platform, phone: TelegramPhone, text: str, parse_mode: str, shown: str
) -> None:
    status, body = await telegram.api("sendMessage", chat_id=AN, text=text, parse_mode=parse_mode)
    assert status == 200, body
    (heard,) = await phone.hears()
    assert heard.text == body["result"]["text"] == shown
    assert heard.source == text


async def test_entities_are_counted_in_utf16(telegram: Platform, phone: TelegramPhone) -> None:
    html = '😀 <b>lệ <i>phí</i></b> <a href="https://dichvucong.gov.vn">Cổng</a>'
    await telegram.api("sendMessage", chat_id=AN, text=html, parse_mode="HTML")
    (heard,) = await phone.hears()
    assert heard.text == "😀 lệ phí Cổng"
    assert heard.entities == [
        {"type": "bold", "offset": 3, "length": 6},
        {"type": "italic", "offset": 6, "length": 3},
        {"type": "text_link", "offset": 10, "length": 4, "url": "https://dichvucong.gov.vn"},
    ]


@pytest.mark.parametrize(
    ("markup", "description"),
    [
        (buttons(1, data="đ" * 33), "Bad Request: BUTTON_DATA_INVALID"),  # 66 bytes in 33 letters
        (buttons(1, data="a" * 65), "Bad Request: BUTTON_DATA_INVALID"),
        (buttons(*[8] * 12, 5), "Bad Request: reply markup is too long"),  # 101
        (buttons(9), "Bad Request: reply markup is too long"),
        ("{", "Bad Request: can't parse reply keyboard markup JSON object"),
        (
            {"inline_keyboard": [[{"text": "a"}]]},
            "Bad Request: can't parse inline keyboard button: "
            "Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"inline_keyboard": [[{"text": "a", "url": "khong phai"}]]},
            "Bad Request: inline keyboard button URL 'khong phai' is invalid: Wrong HTTP URL",
        ),
    ],
)
async def test_keyboards_that_telegram_refuses(telegram: Platform, markup: Any, description: str) -> None:
    got = await refused(telegram, "sendMessage", chat_id=AN, text="a", reply_markup=markup)
    assert got == (400, description)


@pytest.mark.parametrize(
    "markup", [buttons(*[8] * 12, 4), buttons(1, data="a" * 64), buttons(1, data="đ" * 32)]
)
async def test_keyboards_that_just_fit(telegram: Platform, markup: Any) -> None:
    status, body = await telegram.api("sendMessage", chat_id=AN, text="a", reply_markup=markup)
    assert status == 200, body
    assert body["result"]["reply_markup"] == markup
