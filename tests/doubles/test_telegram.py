"""The double of Telegram refuses what Telegram refuses: a lenient double would hide our mistakes."""

from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any

import aiohttp
import pytest
from PIL import Image

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


async def test_who_may_be_written_to(telegram: Platform, phone: TelegramPhone) -> None:
    unknown = await refused(telegram, "sendMessage", chat_id=222, text="a")
    assert unknown == (400, "Bad Request: chat not found")
    assert await refused(telegram, "sendMessage", text="a") == (400, "Bad Request: chat_id is empty")
    await phone.blocks()
    for method, more in (("sendMessage", {"text": "a"}), ("sendChatAction", {"action": "typing"})):
        blocked = await refused(telegram, method, chat_id=AN, **more)
        assert blocked == (403, "Forbidden: bot was blocked by the user")
    await phone.blocks(False)
    assert (await telegram.api("sendMessage", chat_id=AN, text="a"))[0] == 200
    kinds = [list(update)[1] for update in (await telegram.api("getUpdates"))[1]["result"]]
    assert kinds == ["message", "my_chat_member", "my_chat_member"]


async def test_one_message_a_second_to_a_chat(telegram: Platform) -> None:
    assert (await telegram.api("sendMessage", chat_id=AN, text="1"))[0] == 200
    status, body = await telegram.api("sendMessage", chat_id=AN, text="2")
    assert status == 429
    assert body == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    await telegram.advance(1.0)
    assert (await telegram.api("sendMessage", chat_id=AN, text="2"))[0] == 200
    await telegram.configure(flood_chat=0)
    assert (await telegram.api("sendMessage", chat_id=AN, text="3"))[0] == 200


async def test_thirty_messages_a_second_overall(telegram: Platform) -> None:
    await telegram.says_many([(chat, "a") for chat in range(1, 32)])
    statuses = [(await telegram.api("sendMessage", chat_id=chat, text="a"))[0] for chat in range(1, 32)]
    assert statuses == [200] * 30 + [429]
    await telegram.advance(1.0)
    assert (await telegram.api("sendMessage", chat_id=31, text="a"))[0] == 200


async def test_twenty_messages_a_minute_to_a_group(telegram: Platform, phone: TelegramPhone) -> None:
    await phone.in_group(-1001).says("xin chào")
    for _ in range(20):
        assert (await telegram.api("sendMessage", chat_id=-1001, text="a"))[0] == 200
        await telegram.advance(1.0)
    status, body = await telegram.api("sendMessage", chat_id=-1001, text="a")
    assert (status, body["parameters"]) == (429, {"retry_after": 40})


async def test_a_press_is_answered_once_and_in_time(telegram: Platform, phone: TelegramPhone) -> None:
    await telegram.api("sendMessage", chat_id=AN, text="Mức nào?", reply_markup=buttons(1, data="t:1"))
    first, second = await phone.taps("Nút"), await phone.taps("Nút")
    update = (await telegram.api("getUpdates", offset=-1))[1]["result"][0]["callback_query"]
    assert (update["id"], update["data"], update["message"]["text"]) == (second, "t:1", "Mức nào?")
    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert (await phone.look())["spinning"] == [first, second]
    assert (await telegram.api("answerCallbackQuery", callback_query_id=first, text="Đã nhận"))[0] == 200
    assert await refused(telegram, "answerCallbackQuery", callback_query_id=first) == (400, too_old)
    await telegram.advance(16.0)
    assert await refused(telegram, "answerCallbackQuery", callback_query_id=second) == (400, too_old)
    assert await refused(telegram, "answerCallbackQuery", callback_query_id="9") == (400, too_old)
    look = await phone.look()
    assert (look["spinning"], look["toasts"][first]["text"]) == ([second], "Đã nhận")


async def test_changing_messages(telegram: Platform, phone: TelegramPhone) -> None:
    mine = await phone.says("của tôi")
    _, body = await telegram.api("sendMessage", chat_id=AN, text="Chọn", reply_markup=buttons(1))
    where = {"chat_id": AN, "message_id": body["result"]["message_id"]}
    assert (await telegram.api("editMessageReplyMarkup", **where))[0] == 200
    assert (await phone.screen())[0].buttons == []
    with pytest.raises(ValueError, match="no button"):
        await phone.taps("Nút")
    await phone.taps("Nút", stale=True)
    status, text = await refused(telegram, "editMessageReplyMarkup", **where)
    assert (status, text.startswith("Bad Request: message is not modified: ")) == (400, True)
    assert (await telegram.api("editMessageText", **where, text="Đã chọn"))[0] == 200
    assert ((await phone.screen())[0].text, (await phone.screen())[0].edited) == ("Đã chọn", True)
    foreign = await refused(telegram, "editMessageText", chat_id=AN, message_id=mine, text="x")
    assert foreign == (400, "Bad Request: message can't be edited")
    await telegram.advance(49 * 3600)
    assert await refused(telegram, "deleteMessage", **where) == (400, "Bad Request: message can't be deleted")
    absent = {"chat_id": AN, "message_id": 9999}
    assert await refused(telegram, "deleteMessage", **absent) == (
        400,
        "Bad Request: message to delete not found",
    )
    assert await refused(telegram, "editMessageText", **absent, text="x") == (
        400,
        "Bad Request: message to edit not found",
    )


async def test_typing_shows_for_five_seconds(telegram: Platform, phone: TelegramPhone) -> None:
    await telegram.api("sendChatAction", chat_id=AN, action="typing")
    await phone.sees_typing()
    await telegram.advance(5.0)
    assert (await phone.look())["typing"] is False
    wrong = await refused(telegram, "sendChatAction", chat_id=AN, action="thinking")
    assert wrong == (400, "Bad Request: wrong parameter action in request")


def picture(width: int, height: int) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height), "red").save(out, "JPEG")
    return out.getvalue()


async def get(url: str) -> tuple[int, bytes]:
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return answer.status, await answer.read()


async def test_documents_of_citizens_are_fetched_by_a_link_that_ends(
    telegram: Platform, phone: TelegramPhone
) -> None:
    await phone.sends_document(b"%PDF-1.7 x", "đơn.pdf", caption="đơn của tôi")
    update = (await telegram.api("getUpdates", offset=-1))[1]["result"][0]["message"]
    document = update["document"]
    told = (document["file_name"], document["mime_type"], document["file_size"], update["caption"])
    assert told == ("đơn.pdf", "application/pdf", 10, "đơn của tôi")
    _, body = await telegram.api("getFile", file_id=document["file_id"])
    url = f"{telegram.url}/file/bot{telegram.token}/{body['result']['file_path']}"
    await telegram.advance(3599)
    assert await get(url) == (200, b"%PDF-1.7 x")
    await telegram.advance(1)
    assert (await get(url))[0] == 404
    assert await refused(telegram, "getFile", file_id="x") == (
        400,
        "Bad Request: wrong file_id or the file is temporarily unavailable",
    )


async def test_photos_come_in_sizes_and_big_files_cannot_be_fetched(
    telegram: Platform, phone: TelegramPhone
) -> None:
    await phone.sends_photo(picture(1280, 853))
    limit = 20 * 1024 * 1024
    await phone.sends_document(b"x", size=limit)
    await phone.sends_document(b"x", size=limit + 1)
    await phone.sends_document(b"x", size=-1)
    photo, fits, big, untold = (
        update["message"] for update in (await telegram.api("getUpdates", offset=-4))[1]["result"]
    )
    assert [(size["width"], size["height"]) for size in photo["photo"]] == [(90, 60), (1280, 853)]
    assert (await telegram.api("getFile", file_id=fits["document"]["file_id"]))[0] == 200
    too_big = await refused(telegram, "getFile", file_id=big["document"]["file_id"])
    assert too_big == (400, "Bad Request: file is too big")
    assert "file_size" not in untold["document"]


async def test_files_of_the_bot_arrive(telegram: Platform, phone: TelegramPhone) -> None:
    await telegram.configure(flood_chat=0)
    url = f"{telegram.url}/bot{telegram.token}"
    cases = [
        ("sendDocument", "document", b"%PDF-1.7", {"caption": "a" * 1024}, 200, ""),
        (
            "sendDocument",
            "document",
            b"%PDF-1.7",
            {"caption": "a" * 1025},
            400,
            "message caption is too long",
        ),
        ("sendDocument", "document", b"", {}, 400, "file must be non-empty"),
        ("sendPhoto", "photo", picture(10, 10), {}, 200, ""),
        ("sendPhoto", "photo", b"%PDF-1.7", {}, 400, "IMAGE_PROCESS_FAILED"),
        ("sendPhoto", "photo", b"x" * (10 * 1024 * 1024 + 1), {}, 400, "file is too big"),
    ]
    async with aiohttp.ClientSession() as session:
        for method, field, data, more, status, reason in cases:
            form = aiohttp.FormData({"chat_id": str(AN), **more})
            form.add_field(field, data, filename="tep.pdf")
            async with session.post(f"{url}/{method}", data=form) as answer:
                body = await answer.json()
                assert (answer.status, body.get("description", "Bad Request: ")) == (
                    status,
                    f"Bad Request: {reason}",
                )
    document, photo = await phone.hears(2)
    assert document.file is not None and document.file["file_name"] == "tep.pdf"
    assert photo.file is not None and photo.file["width"] == 10


async def test_commands_are_checked(telegram: Platform) -> None:
    good = [{"command": "huy", "description": "Bỏ"}] * 100
    assert (await telegram.api("setMyCommands", commands=good))[0] == 200
    assert len((await telegram.state())["commands"]) == 100
    for bad in (
        [*good, good[0]],
        [{"command": "Hủy", "description": "Bỏ"}],
        [{"command": "huy", "description": ""}],
        [{"command": "a" * 33, "description": "Bỏ"}],
        [{"command": "huy", "description": "a" * 257}],
    ):
        assert (await telegram.api("setMyCommands", commands=bad))[0] == 400


async def test_what_phones_send(telegram: Platform, phone: TelegramPhone) -> None:
    """Commands are marked, one's own number is told from a foreign one, groups from private chats."""
    await phone.starts("dvc_abc")
    own, foreign = await phone.sends_contact(), await phone.sends_contact(own=False)
    text = await phone.says("hoi")
    assert await phone.edits("hỏi") == text
    await phone.in_group(-1001234567890).says("@bot chào")
    updates = (await telegram.api("getUpdates", offset=-6))[1]["result"]
    start, mine, other, said, edit, group = updates
    assert start["message"]["text"] == "/start dvc_abc"
    assert start["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert (mine["message"]["message_id"], mine["message"]["contact"]["user_id"]) == (own, AN)
    assert other["message"]["message_id"] == foreign and "user_id" not in other["message"]["contact"]
    assert (said["message"]["message_id"], said["message"]["text"]) == (text, "hoi")
    assert (edit["edited_message"]["message_id"], edit["edited_message"]["text"]) == (text, "hỏi")
    assert (group["message"]["chat"]["type"], group["message"]["from"]["id"]) == ("supergroup", AN)
    assert [update["update_id"] for update in updates] == list(range(700002, 700008))


async def test_a_text_over_the_limit_leaves_the_phone_in_two_messages(
    telegram: Platform, phone: TelegramPhone
) -> None:
    await phone.says("a" * 4095 + "😀b")
    first, second = (
        update["message"]["text"] for update in (await telegram.api("getUpdates", offset=-2))[1]["result"]
    )
    assert (len(first), second) == (4095, "😀b")
