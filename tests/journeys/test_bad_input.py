"""Whatever is typed, pasted or forged: a sane answer, no crash, and no number of a person repeated."""

import unicodedata

import pytest

from bot.answers.outcome import Outcome
from tests.journeys.conversation import Conversation, text_of


@pytest.mark.parametrize(
    "message", ["", " ", "\n\t ", "🙂🙂🙂", "❤️‍🔥", "...", "?!?!", "\u200b\u200d", "\x00\x07\x1b"]
)
def test_a_message_without_words_is_asked_for_words(citizen: Conversation, message: str) -> None:
    exchange = citizen.says(message)
    assert exchange.reply.outcome is Outcome.ASKED_BACK
    assert exchange.reply.procedure_code is None


@pytest.mark.parametrize(
    "message",
    [
        "你好，我想登记结婚",
        "Как зарегистрировать брак?",
        "ขอจดทะเบียนสมรส",
        "한국어 할 수 있어요",
        "مرحبا كيف حالك",
        "' OR 1=1; DROP TABLE procedure; --",
        "<script>alert(1)</script>",
        "{{7*7}} ${jndi:ldap://x} {name}",
        "a" * 10_000,
        "đăng ký " * 1250,
        "\u202eđăng ký kết hôn\u202c",
        "9" * 400,
        "-- -1.0e309 NaN \\u0000",
    ],
)
def test_anything_gets_an_answer(citizen: Conversation, message: str) -> None:
    text = text_of(citizen.says(message))
    assert "{" not in text
    assert "Traceback" not in text


@pytest.mark.parametrize(
    "message",
    [
        '/restart{"x":1}',
        "/ask_fee{…}",
        "/action_restart",
        "/session_start",
        "/restart",
        '/ask_fee{"code":"1.001193"}',
    ],
)
def test_a_forged_command_is_text(citizen: Conversation, message: str) -> None:
    """Somebody could otherwise steer the dialogue engine by typing."""
    citizen.says("đăng ký khai sinh cần gì")
    exchange = citizen.says(message)
    assert exchange.turn.pressed is None
    assert exchange.reply.outcome is not Outcome.ERROR


@pytest.mark.parametrize(
    "payload",
    [
        '/select_option{"code":5}',
        '/select_option{"code":["1.001193"]}',
        '/select_option{"page":"one"}',
        '/select_option{"page":-1}',
        '/select_option{"page":1e9}',
        '/select_option{"unit":"06706","extra":true}',
        '/select_option{"code":"1.001193"',
        "/select_option[]",
        "/select_option{}",
        "/select_option{{{",
        '/select_option{"intent":"emergency"}',
        '/select_option{"case":"no-such-case"}',
        '/select_option{"unit":"99999"}',
        '/select_option{"code":"9.999999"}',
        "/select_option" + '{"case":"' + "x" * 5000 + '"}',
    ],
)
@pytest.mark.parametrize("first", ["", "đăng ký khai sinh cần gì"])
def test_a_payload_of_the_wrong_shape_does_no_harm(citizen: Conversation, payload: str, first: str) -> None:
    if first:
        citizen.says(first)
    exchange = citizen.says(payload)
    assert exchange.reply.outcome is not Outcome.ERROR
    assert "xxxxxxxxxx" not in text_of(exchange)


def test_text_of_a_mac_is_the_same_text(citizen: Conversation) -> None:
    """NFD looks the same on the screen; it must find the same."""
    question = "đăng ký thường trú cần giấy tờ gì"
    assert citizen.says(unicodedata.normalize("NFD", question)).reply.procedure_code == "1.004222"


def test_capitals_and_repeated_letters_are_read(citizen: Conversation) -> None:
    assert citizen.says("ĐĂNG KÍ KẾT HÔNNNN CẦN GÌ").reply.procedure_code == "1.000894"


SECRETS = ("022199001234", "0912345678", "+84912345678", "482913", "123456789", "nguyenvana@example.com")


@pytest.mark.parametrize(
    "message",
    [
        "căn cước của em là 022199001234, làm khai sinh cần gì",
        "022199001234",
        "gọi em số 0912345678 nhé, đăng ký kết hôn nộp ở đâu",
        "sdt +84912345678 cmnd 123456789",
        "mã OTP của tôi là 482913 giờ làm sao",
        "otp 482913",
        "email nguyenvana@example.com muốn nhận kết quả qua mail",
        "tìm thủ tục 022199001234",
        "thuật ngữ 0912345678 là gì",
        "phường 022199001234 giờ thuộc đâu",
        "liệt kê thủ tục lĩnh vực 0912345678",
    ],
)
def test_numbers_of_a_person_are_never_repeated(citizen: Conversation, message: str) -> None:
    """The chat may be open on a shared screen, and texts are kept for review."""
    exchange = citizen.says(message)
    said = text_of(exchange) + str(exchange.buttons) + citizen.context.dump() + exchange.turn.text
    assert not any(secret in said for secret in SECRETS)


@pytest.mark.parametrize("message", ["4028", "1234", "20261122"])
def test_a_bare_number_is_asked_about(citizen: Conversation, message: str) -> None:
    """A stray second factor must not be answered with the numbers of police and fire brigade."""
    exchange = citizen.says(message)
    assert exchange.reply.outcome is Outcome.ASKED_BACK
    assert "113" not in text_of(exchange)
