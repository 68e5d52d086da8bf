"""What a citizen does in Telegram must reach the assistant as that, and nothing else may."""

from typing import Any

import msgspec
import pytest

from bot.channels.message import Incoming, Kind, Refusal
from bot.channels.telegram.updates import sent_at
from bot.channels.telegram.wire import Key, decode
from bot.conversations.channel import Channel
from tests.channels.telegram.samples import CHAT, CITIZEN, GROUP, NOW, SENT, event, member, message, tap


def _of(update: dict[str, Any]) -> Incoming:
    incoming = event(update).incoming
    assert incoming is not None
    return incoming


def test_a_question_arrives_with_the_keys_that_keep_it_single_and_in_order() -> None:
    incoming = _of(message(text="Lệ phí khai sinh bao nhiêu?"))
    assert incoming == Incoming(
        Channel.TELEGRAM, "111", "700001", Kind.TEXT, sent_at(SENT, 700001), "Lệ phí khai sinh bao nhiêu?"
    )
    assert int(incoming.sent_at) == SENT


def test_messages_of_one_second_stay_in_the_order_they_were_sent() -> None:
    """Telegram dates whole seconds: shuffled deliveries of a burst could not be put right otherwise."""
    burst = [sent_at(SENT, number) for number in range(700001, 700050)]
    assert burst == sorted(set(burst))
    assert burst[-1] < SENT + 1


def test_a_personal_number_is_masked_before_anything_stores_it() -> None:
    assert "022090001234" not in _of(message(text="CCCD của tôi là 022090001234")).text
    photo = {"file_id": "x", "width": 1, "height": 1}
    assert "022090001234" not in _of(message(photo=[photo], caption="số 022090001234")).text
    assert _of(message(text="số tôi là 0912345678")).contact == "0912345678"
    document = {"file_id": "x", "file_name": "CCCD 022090001234.pdf"}
    handle = _of(message(document=document)).fetch[0]
    assert "022090001234" not in handle["name"] and handle["name"].endswith(".pdf")


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("/help", "trợ giúp"),
        ("/huy@DvcBot", "hủy"),
        ("/NhanVien", "gặp cán bộ"),
        ("/nhanvien tôi cần hỏi thêm", "gặp cán bộ: tôi cần hỏi thêm"),
        ("/xoadulieu@DvcBot", "xoadulieu"),
        ("/khai sinh", "khai sinh"),
        ('/select_option{"code":"1.000001"}', 'select_option{"code":"1.000001"}'),
        ('//select_option{"code":"1.000001"}', 'select_option{"code":"1.000001"}'),
        ("/restart", "restart"),
        ("a/b /help", "a/b /help"),
    ],
)
def test_commands_become_words_and_no_citizen_commands_the_dialogue_engine(text: str, heard: str) -> None:
    assert _of(message(text=text)).text == heard


@pytest.mark.parametrize(
    ("text", "payload"),
    [
        ("/start", ""),
        ("/start@DvcBot l_a-B9", "l_a-B9"),
        ("/start l_0912345678", "l_0912345678"),
        ("/start " + "a" * 64, "a" * 64),
        ("/start " + "a" * 65, ""),
        ("/start xin chào", ""),
    ],
)
def test_a_deep_link_keeps_its_payload_so_that_linking_works(text: str, payload: str) -> None:
    incoming = _of(message(text=text))
    assert (incoming.kind, incoming.text) == (Kind.HELLO, payload)


@pytest.mark.parametrize("text", ["/", "///", "\u200b"])
def test_a_message_without_words_gets_a_reply_instead_of_silence(text: str) -> None:
    incoming = _of(message(text=text))
    assert (incoming.kind, incoming.text) == (Kind.UNREADABLE, Refusal.OTHER.value)


def test_the_largest_size_of_a_photo_is_fetched() -> None:
    sizes = [
        {"file_id": "s", "width": 90, "height": 60, "file_size": 1200},
        {"file_id": "L", "width": 1280, "height": 853, "file_size": 180000},
        {"file_id": "m", "width": 320, "height": 213, "file_size": 9000},
    ]
    incoming = _of(message(photo=sizes, caption="/đơn của tôi"))
    assert (incoming.kind, incoming.text) == (Kind.FILES, "đơn của tôi")
    assert incoming.fetch == ({"file_id": "L", "name": "", "size": 180000, "mime": "image/jpeg"},)


def test_a_document_keeps_its_name_and_size() -> None:
    document = {"file_id": "BQAC", "file_name": "don.pdf", "mime_type": "application/pdf", "file_size": 91234}
    assert _of(message(document=document)).fetch == (
        {"file_id": "BQAC", "name": "don.pdf", "size": 91234, "mime": "application/pdf"},
    )


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        ({"voice": {"file_id": "v", "duration": 3}}, Refusal.VOICE),
        ({"audio": {"file_id": "v", "duration": 3}}, Refusal.VOICE),
        ({"video_note": {"file_id": "v", "length": 3}}, Refusal.VOICE),
        ({"sticker": {"file_id": "v", "emoji": "👍"}}, Refusal.STICKER),
        ({"location": {"latitude": 20.95, "longitude": 107.07}}, Refusal.LOCATION),
        ({"venue": {"title": "X"}, "location": {"latitude": 1}}, Refusal.LOCATION),
        ({"animation": {"file_id": "g"}, "document": {"file_id": "g"}}, Refusal.FILE_TYPE),
        ({"video": {"file_id": "g"}}, Refusal.FILE_TYPE),
        ({"poll": {"id": "1"}}, Refusal.OTHER),
        ({"dice": {"value": 1}}, Refusal.OTHER),
    ],
)
def test_what_is_not_taken_is_refused_by_name_and_not_in_silence(content: Any, refusal: Refusal) -> None:
    incoming = _of(message(**content))
    assert (incoming.kind, incoming.text) == (Kind.UNREADABLE, refusal.value)


@pytest.mark.parametrize("owner", [111, 999, None])
def test_a_shared_phone_number_goes_nowhere(owner: int | None) -> None:
    contact = {"phone_number": "+84912345678", "first_name": "B"} | ({"user_id": owner} if owner else {})
    incoming = _of(message(contact=contact))
    assert (incoming.kind, incoming.text) == (Kind.UNREADABLE, Refusal.CONTACT.value)
    update = decode(msgspec.json.encode(message(contact=contact)))
    assert "912345678" not in repr(update) + repr(incoming)


def test_an_edit_is_told_to_be_unread_and_never_answered_as_new() -> None:
    edit = message(text="sửa lại", edit_date=SENT + 9)
    incoming = _of({"update_id": 700009, "edited_message": edit["message"]})
    assert (incoming.kind, incoming.text, int(incoming.sent_at)) == (Kind.UNREADABLE, "edit", SENT + 9)
    live = message(location={"latitude": 1.0, "longitude": 1.0}, edit_date=SENT + 9)
    assert event({"update_id": 700010, "edited_message": live["message"]}).incoming is None


def test_a_group_is_refused_once_however_much_is_said_in_it() -> None:
    said = [_of(message(number, text="chào", chat=GROUP)) for number in (1, 2)]
    joined = _of(member("member", GROUP))
    assert {incoming.message_id for incoming in [*said, joined]} == {"group:-100222"}
    assert {(incoming.kind, incoming.text) for incoming in said} == {(Kind.UNREADABLE, "group")}
    assert event(member("left", GROUP)).incoming is None
    assert event(message(text="x", chat={"id": -5, "type": "channel"})).incoming is None


def test_a_press_carries_its_token_and_is_dated_by_us() -> None:
    """The date inside is that of the old message: used, it would put the press before the question."""
    pressed = event(tap())
    assert pressed.incoming == Incoming(
        Channel.TELEGRAM, "111", "700002", Kind.BUTTON, sent_at(NOW, 700002), "8f3a"
    )
    assert pressed.tap is not None
    assert (pressed.tap.callback_id, pressed.tap.chat_id, pressed.tap.message_id) == ("4382bf", 111, 12)


def test_addresses_stay_when_the_choices_of_a_message_go() -> None:
    keyboard = [
        [{"text": "Lệ phí", "callback_data": "t:a"}, {"text": "Cổng", "url": "https://dichvucong.gov.vn"}],
        [{"text": "Nơi nộp", "callback_data": "t:b"}],
    ]
    under = {"message_id": 12, "date": 0, "chat": CHAT, "reply_markup": {"inline_keyboard": keyboard}}
    pressed = event(tap(message=under)).tap
    assert pressed is not None
    assert pressed.kept == ((Key("Cổng", "https://dichvucong.gov.vn"),),)


@pytest.mark.parametrize("data", ["8f3a", "t:", "t:" + "a" * 63, "t:a b", '/select_option{"code":"1"}'])
def test_data_that_is_not_ours_means_an_expired_menu(data: str) -> None:
    incoming = _of(tap(data=data))
    assert (incoming.kind, incoming.text) == (Kind.UNREADABLE, Refusal.MENU_EXPIRED.value)


def test_a_press_without_its_message_still_counts_and_one_without_data_is_only_answered() -> None:
    orphan = tap()
    del orphan["callback_query"]["message"]
    assert (_of(orphan).external_id, _of(orphan).text) == ("111", "8f3a")
    game = event(tap(data=None))
    assert game.incoming is None and game.tap is not None


def test_blocking_and_coming_back_are_noticed() -> None:
    assert _of(member("kicked")).kind is Kind.GOODBYE
    back = _of(member("member"))
    assert (back.kind, back.text) == (Kind.HELLO, "")


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 1},
        {
            "update_id": 1,
            "channel_post": {"message_id": 1, "date": SENT, "chat": {"id": -1, "type": "channel"}},
        },
        {"update_id": 1, "poll": {"id": "1"}},
        message(pinned_message={"message_id": 3}),
        message(text="chào") | {"message": message()["message"] | {"from": CITIZEN | {"is_bot": True}}},
    ],
)
def test_other_updates_are_nothing_and_break_nothing(update: dict[str, Any]) -> None:
    """The ready-made connector answered these with an error, was sent them again and lost the chat."""
    assert event(update) == event({"update_id": 1})
