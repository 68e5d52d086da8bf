"""The four digits must be heard, and must not be kept."""

import pytest

from bot.dossiers.casefile import CaseFile, Waiting
from bot.following.factor import asked, digits, hide, waiting_for
from tests.following.doubles import CODE


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("4321", "4321"),
        ("4 số cuối là 4321", "4321"),
        ("4 3 2 1", "4321"),
        ("0 1 2 3", "0123"),
        ("số cuối 0123 ạ", "0123"),
        ("432", None),
        ("43210", None),
        ("4321 hay 1234", None),
        ("năm 2026", None),
        ("không nhớ", None),
        ("gọi 0912345678 nhé 4321", None),
    ],
)
def test_only_four_digits_alone_are_a_factor(text: str, found: str | None) -> None:
    assert digits(text) == found


@pytest.mark.parametrize("text", ["4321", "4 số cuối là 4321 ạ", "4 3 2 1", "4321 hay 1234", "43-21"])
def test_nothing_of_the_digits_is_left_in_what_is_stored(text: str) -> None:
    assert "4321" not in "".join(hide(text).split()) and "••••" in hide(text)
    assert digits(hide(text)) is None


def test_other_words_are_stored_as_they_are() -> None:
    assert hide("làm khai sinh cần gì, nộp ngày 3/11") == "làm khai sinh cần gì, nộp ngày 3/11"


def test_the_channel_can_tell_when_digits_may_come() -> None:
    assert asked(CaseFile(waiting=waiting_for(CODE)))
    assert not asked(CaseFile()) and not asked(CaseFile(waiting=Waiting("guide", "code")))
