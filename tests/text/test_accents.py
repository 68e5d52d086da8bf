"""Whether a message was written with accents: the figures on equity stand on it."""

import unicodedata

import pytest

from bot.text.accents import has_accents


@pytest.mark.parametrize(
    ("text", "accented"),
    [
        ("lệ phí khai sinh", True),
        (unicodedata.normalize("NFD", "lệ phí"), True),
        ("di dang ky", False),
        ("Đi làm CCCD", True),
        ("LE PHI", False),
        ("LỆ PHÍ", True),
        ("1.001193", None),
        ("👍 ?", None),
        ("", None),
    ],
)
def test_one_accented_letter_is_enough(text: str, accented: bool | None) -> None:
    assert has_accents(text) is accented
