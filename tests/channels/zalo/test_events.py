"""One contract test per webhook payload: an event read wrongly is a citizen without an answer."""

import hashlib

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.message import Incoming, Kind, Refusal
from bot.channels.zalo.events import Echo, Event, Ignored, Receipt, label, understand
from bot.channels.zalo.wire import parse
from bot.conversations.channel import Channel
from tests.channels.zalo.bodies import APP, AT, OA, STAMP, USER, echoed, encode, followed, said

MSG = "e2a641af6661713b2874"


def read(raw: bytes) -> Event:
    return understand(parse(raw), raw, OA)


def incoming(raw: bytes) -> Incoming:
    found = read(raw)
    assert isinstance(found, Incoming)
    assert found.channel is Channel.ZALO and found.external_id == USER and found.sent_at == AT
    return found


def attachment(kind: str, **payload: object) -> dict:
    return {"attachments": [{"type": kind, "payload": payload}]}


def test_text():
    found = incoming(said("user_send_text", {"text": "Xin chào", "quote_msg_id": "x"}))
    assert (found.kind, found.text, found.message_id) == (Kind.TEXT, "Xin chào", MSG)


def test_text_is_normalised_and_masked():
    """A citizen's card number must not be stored."""
    found = incoming(said("user_send_text", {"text": "Số CCCD cu\u0309a tôi là 022190001234"}))
    assert "022190001234" not in found.text and "của" in found.text
    found = incoming(said("user_send_text", {"text": "số tôi là 0912345678"}))
    assert (found.text, found.contact) == ("số tôi là 091****678", "0912345678")


def test_a_tap_on_one_of_our_buttons_is_a_button():
    found = incoming(said("user_send_text", {"text": "#aB3-_x9Qk2Lm"}))
    assert (found.kind, found.text) == (Kind.BUTTON, "aB3-_x9Qk2Lm")


@pytest.mark.parametrize(
    "text", ["#", "#hộ_khẩu", "#tra cứu hồ sơ", "# aB3xxxxx9Qk2Lm", "số #123456789", "#abc"]
)
def test_other_texts_with_a_hash_stay_texts(text):
    assert incoming(said("user_send_text", {"text": text})).kind is Kind.TEXT


@pytest.mark.parametrize(
    "text",
    [
        "/restart",
        "//restart",
        "/ /restart",
        " / / /restart",
        '/select_option{"code":"1.001193"}',
        "\u200b/restart",
        "/\u200b/restart",
    ],
)
def test_nothing_typed_reaches_the_dialogue_engine_as_a_command(text):
    found = incoming(said("user_send_text", {"text": text}))
    assert found.kind is Kind.TEXT and not found.text.startswith("/")


@given(st.text(max_size=200))
def test_no_text_is_a_command(text):
    found = read(
        encode({**msgspec.json.decode(said("user_send_text")), "message": {"text": text, "msg_id": "1"}})
    )
    assert isinstance(found, Incoming)
    assert not found.text.startswith("/")


@pytest.mark.parametrize("text", ["", "   ", "/", None])
def test_an_empty_text_gets_an_answer_all_the_same(text):
    found = incoming(said("user_send_text", {"text": text}))
    assert (found.kind, found.text) == (Kind.UNREADABLE, Refusal.OTHER.value)


@pytest.mark.parametrize("kind", ["image", "gif"])
def test_picture(kind):
    url = "https://f20-zpc.zdn.vn/jpg/8399/don.jpg?x=1"
    raw = said(f"user_send_{kind}", {**attachment(kind, thumbnail=url, url=url), "text": "Đơn của tôi"})
    found = incoming(raw)
    assert (found.kind, found.text) == (Kind.FILES, "Đơn của tôi")
    assert found.fetch == ({"url": url, "name": "don.jpg", "size": 0},)


def test_several_pictures():
    body = {"attachments": [{"type": "image", "payload": {"url": f"https://a.zdn.vn/{n}"}} for n in (1, 2)]}
    assert [handle["name"] for handle in incoming(said("user_send_image", body)).fetch] == ["1", "2"]


def test_file():
    url = "https://dl.zadn.vn/abc"
    payload = {"url": url, "name": "../Tờ khai.docx", "size": "233947", "type": "docx", "checksum": "0"}
    found = incoming(said("user_send_file", attachment("file", **payload)))
    assert found.kind is Kind.FILES
    assert found.fetch == ({"url": url, "name": "Tờ khai.docx", "size": 233947},)


@pytest.mark.parametrize(
    "message",
    [
        {},
        attachment("file", name="a"),
        {"attachments": "?"},
        {"attachments": None},
        attachment("file", url="http://["),
    ],
)
def test_a_file_without_a_usable_address_gets_an_answer(message):
    found = incoming(said("user_send_file", message))
    assert (found.kind, found.text) == (Kind.UNREADABLE, Refusal.FILE_FAILED.value)


@pytest.mark.parametrize(
    ("name", "payload", "refusal"),
    [
        ("audio", {"url": "https://a.zdn.vn/a.amr"}, Refusal.VOICE),
        (
            "video",
            {"url": "https://a.zdn.vn/a.mp4", "thumbnail": "https://x", "description": "d"},
            Refusal.FILE_TYPE,
        ),
        ("sticker", {"id": 1, "url": "https://a.zdn.vn/s"}, Refusal.STICKER),
        ("location", {"coordinates": {"latitude": "20.95", "longitude": "107.07"}}, Refusal.LOCATION),
        ("link", {"thumbnail": "", "description": "", "url": "https://x"}, Refusal.OTHER),
        ("business_card", {"description": '{"phone":"84912345678"}', "url": "x"}, Refusal.CONTACT),
    ],
)
def test_what_is_not_taken_is_refused_without_its_content(name, payload, refusal):
    """A place or a phone number nobody asked for must not be kept."""
    found = incoming(said(f"user_send_{name}", attachment(name, **payload)))
    assert (found.kind, found.text, found.fetch) == (Kind.UNREADABLE, refusal.value, ())
    assert "84912345678" not in repr(found) and "107.07" not in repr(found)


@pytest.mark.parametrize(
    "more",
    [
        {"info": {"name": "Nguyễn An", "phone": "84912345678", "user_dob": "30/10/1999", "gender": "nam"}},
        {"info": {"address": "1 Trần Phú", "phone": 84912345678, "city": "Hạ Long", "name": "Nguyễn An"}},
        {"phone": "84912345678", "name": "Nguyễn An"},
    ],
)
def test_submitted_personal_data_is_dropped_while_parsing(more):
    raw = said("user_submit_info", **more)
    assert "84912345678" not in repr(parse(raw)) and "Nguyễn" not in repr(parse(raw))
    found = incoming(raw)
    assert (found.kind, found.text) == (Kind.UNREADABLE, Refusal.CONTACT.value)


def test_follow_and_unfollow_have_no_sender():
    for name, kind in (("follow", Kind.HELLO), ("unfollow", Kind.GOODBYE)):
        raw = followed(name)
        found = incoming(raw)
        assert (found.kind, found.text, found.message_id) == (kind, "", hashlib.sha256(raw).hexdigest())


@pytest.mark.parametrize("kind", ["text", "image", "file", "sticker"])
def test_an_anonymous_visitor_is_addressed_by_id_and_conversation(kind):
    message = {"conversation_id": "c-77", "text": "Chào", **attachment(kind, url="https://a.zdn.vn/x")}
    raw = said(f"anonymous_send_{kind}", message, sender={"id": "a1b2"})
    found = read(raw)
    assert isinstance(found, Incoming) and found.external_id == "anon:a1b2:c-77"


def test_echo_of_what_we_sent():
    """Without it a timed-out answer is either lost or sent twice."""
    found = read(echoed(text="Dạ, xin cha\u0300o\r\nbạn\n"))
    assert found == Echo(USER, "echo-1", "Dạ, xin chào\nbạn", None)


def test_echo_of_a_person_and_of_lists():
    found = read(echoed(admin_id="9"))
    assert isinstance(found, Echo) and found.admin_id == "9"
    raw = encode(
        {
            "event_name": "oa_send_list",
            "app_id": APP,
            "sender": {"id": OA},
            "recipient": {"id": USER},
            "message": {"msg_id": "m", "attachments": [{"type": "template", "payload": [1]}]},
            "timestamp": STAMP,
        }
    )
    assert read(raw) == Echo(USER, "m", "", None)


def test_receipts():
    """The phone number of the third form is not kept."""
    oa = {"sender": {"id": OA}, "recipient": {"id": USER}}
    assert read(said("user_received_message", {"msg_id": "m1"}, **oa)) == Receipt(("m1",), False)
    assert read(said("user_seen_message", {"msg_ids": ["m1", "m2"]})) == Receipt(("m1", "m2"), True)
    zns = {"delivery_time": STAMP, "msg_id": "z1", "tracking_id": "t1"}
    found = read(said("user_received_message", zns, sender={"id": OA}, recipient={"id": "84912345678"}))
    assert found == Receipt(("z1",), False, "t1")


@pytest.mark.parametrize(
    "name",
    [
        "user_send_group_text",
        "oa_send_group_text",
        "user_reacted_message",
        "user_click_button",
        "kind_of_tomorrow",
    ],
)
def test_other_events_are_ignored_by_name(name):
    assert read(said(name, {"text": "x"})) == Ignored(name)
    assert label(name) == "other"


def test_labels_of_metrics_are_a_closed_set():
    assert label("user_send_text") == "user_send_text"
    assert label("anonymous_send_text") == "anonymous_send_text"
    assert label("oa_send_file") == "oa_send"
    assert label("x" * 1000) == "other"


def test_ids_longer_than_the_column_fall_back_to_the_hash():
    raw = said("user_send_text", {"text": "x", "msg_id": "m" * 129})
    assert incoming(raw).message_id == hashlib.sha256(raw).hexdigest()


def test_numbers_as_ids_and_malformed_ids_are_no_events():
    with pytest.raises(msgspec.DecodeError):
        parse(said("user_send_text", {"text": "x"}, sender={"id": 5510185758261927916}))
    for sender in ({"id": ""}, {"id": "anon:1:2"}, {"id": "a b"}, {}):
        with pytest.raises(ValueError, match="not an id"):
            read(said("user_send_text", {"text": "x"}, sender=sender))
