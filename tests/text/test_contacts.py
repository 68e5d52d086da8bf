"""What a citizen leaves to be called back; a question must never be taken for it."""

import pytest

from bot.text.contacts import find_contact


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        ("0912345678", "0912345678"),
        ("số của cháu là 0912.345.678 ạ", "0912345678"),
        ("thu cua toi: lan.tran@gmail.com", "lan.tran@gmail.com"),
        ("0912345678 có phải số của trung tâm không?", ""),
        ("0912345678 hoặc 0987654321", ""),
        ("091234", ""),
        ("cccd 022190001234", ""),
        ("lệ phí khai sinh", ""),
        ("", ""),
        ("tôi " * 13 + "0912345678", ""),
    ],
)
def test_only_a_message_that_is_a_contact_has_one(text: str, contact: str) -> None:
    assert find_contact(text) == contact
