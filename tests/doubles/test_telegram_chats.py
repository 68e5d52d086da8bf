"""Chats, pressed buttons and commands of the double behave as Telegram's, limits included."""

from collections.abc import AsyncIterator
from typing import Any

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
