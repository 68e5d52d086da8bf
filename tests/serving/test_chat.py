"""The terminal chat sends what a citizen would."""

import io

import pytest

from bot.serving import chat

BUTTONS = [{"title": "Đăng ký khai sinh", "payload": "1.001193"}]


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("1", "1.001193"),
        ("2", "2"),
        ("0", "0"),
        ("lệ phí khai sinh", "lệ phí khai sinh"),
        ('/restart{"a":1}', 'restart{"a":1}'),
        ("²", "²"),
    ],
)
def test_a_number_chooses_a_button_and_the_rest_is_text(typed: str, sent: str) -> None:
    assert chat.chosen(typed, BUTTONS) == sent


def test_a_server_that_is_gone_does_not_end_the_chat(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = iter([OSError("connection refused"), [{"text": "Chào anh/chị", "buttons": BUTTONS}]])

    def send(_url: str, _sender: str, _message: str, secret: str) -> object:
        answer = next(answers)
        if isinstance(answer, OSError):
            raise answer
        return answer

    monkeypatch.setattr(chat, "send", send)
    monkeypatch.setattr("sys.stdin", io.StringIO("một\n\nhai\n"))
    chat.main("http://127.0.0.1:1")
    printed = capsys.readouterr().out
    assert "! connection refused" in printed
    assert "Chào anh/chị\n  [1] Đăng ký khai sinh" in printed
