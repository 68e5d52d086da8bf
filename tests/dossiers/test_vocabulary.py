"""Short messages while being guided: what they may mean, whatever polite words stand around them."""

import pytest

from bot.dossiers.vocabulary import Word
from tests.dossiers.talking import vocabulary


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("Quay lại ạ", Word.BACK),
        ("a nham roi", Word.BACK),
        ("để sau nhé em", Word.LATER),
        ("thoi khong lam nua", Word.CANCEL),
        ("Tiếp tục đi", Word.RESUME),
        ("đủ hết rồi ạ", Word.ALL),
        ("rồi ạ", Word.YES),
        ("dạ vâng", Word.YES),
        ("chưa có ạ", Word.NO),
        ("lam cho me", Word.OTHER),
        ("cho tôi", Word.MYSELF),
        ("nộp qua mạng", Word.ONLINE),
        ("ra phuong", Word.COUNTER),
        ("gui buu dien", Word.POST),
        ("em đã nộp rồi", Word.SENT),
        ("cổng bị lỗi", Word.DOWN),
        ("da bo sung roi a", Word.RECHECK),
    ],
)
def test_a_short_message_is_understood_with_and_without_accents(said: str, word: Word) -> None:
    assert word in vocabulary().meanings(said)


@pytest.mark.parametrize(("said", "not_meant"), [("có", Word.ALL), ("sáu", Word.LATER), ("nộp", Word.SENT)])
def test_one_word_means_no_more_than_it_says(said: str, not_meant: Word) -> None:
    """ "Có" to one paper must not tick all of them."""
    assert not_meant not in vocabulary().meanings(said)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "🙂",
        "đủ tuổi chưa",
        "có mất phí không",
        "hủy hôn có được không",
        "nộp qua mạng thì mất bao lâu",
        "tiếp tục hưởng trợ cấp thất nghiệp cần gì",
        "quay lại Hạ Long làm hộ khẩu",
        "có " * 5000,
        "a" * 10_000,
    ],
)
def test_a_message_that_says_more_means_none_of_the_words(said: str) -> None:
    """A question must not cancel, finish or confirm anything."""
    assert not vocabulary().meanings(said)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("à nhầm, làm cho mẹ", 2),
        ("nham, sinh o nha", 1),
        ("quay lại câu trước", 2),
        ("làm cho mẹ", 0),
        ("", 0),
    ],
)
def test_a_correction_is_known_by_how_it_opens(said: str, words: int) -> None:
    assert vocabulary().opening(said, Word.BACK) == words


@pytest.mark.parametrize(
    ("said", "asks"),
    [
        ("dang ky o dau", True),
        ("khong co giay chung sinh thi sao", True),
        ("co mat phi khong", True),
        ("khong", False),
        ("sinh o nha", False),
        ("ban sao", True),
    ],
)
def test_questions_are_known_by_their_words(said: str, asks: bool) -> None:
    """ "Bản sao" ends like "sao?": such a message is answered as a question, never noted down."""
    assert vocabulary().asks(said.split()) is asks
