"""What the classifier sees of a message."""

from zlib import crc32

import pytest

from bot.nlu.features import BITS, extract, frame
from bot.text import fold

WORDS, CHARACTERS, ACCENTED, FRAME, ASKING, MARKS = range(6)


def test_unaccented_message_differs_only_in_the_accented_group() -> None:
    """People without a Vietnamese keyboard must be understood as well as everybody else."""
    text = "đăng ký khai sinh cần giấy tờ gì"
    written, plain = extract(text), extract(fold(text))
    assert plain[ACCENTED] == ()
    assert written[ACCENTED] != ()
    assert [written[i] == plain[i] for i in range(6) if i != ACCENTED] == [True] * 5


def test_identifiers_of_one_kind_look_alike() -> None:
    """A dossier code the model has never seen must count as a dossier code."""
    assert extract("H49.22-261102-0031 xong chưa") == extract("H49.14-261015-0120 xong chưa")


def test_address_and_thanks_are_left_out() -> None:
    """Politeness must not push a question towards greeting or thanks."""
    plain = extract("thành lập chi nhánh cần giấy tờ gì")
    polite = extract("Dạ anh chị cho em hỏi thành lập chi nhánh cần giấy tờ gì ạ. Em cảm ơn anh chị")
    assert set(plain[ASKING]) & set(polite[ASKING])
    assert len(set(plain[WORDS]) & set(polite[WORDS])) >= len(plain[WORDS]) - 3


def test_a_mere_greeting_keeps_its_words() -> None:
    assert len(extract("chào anh chị")[WORDS]) > 3


def test_frame_keeps_question_words_and_closes_up_the_rest() -> None:
    assert frame(["khai", "sinh", "can", "giay", "to", "gi"])[-4:] == ["giay", "to", "gi", "$"]
    assert frame(["sinh", "voi", "bo"]) == ["^", "_", "voi", "bo", "$"]


def test_last_asking_sentence_is_seen_apart_from_the_story() -> None:
    story = extract("Bố tôi mất cách đây ba năm. Nộp hồ sơ ở đâu?")
    assert set(extract("Nộp hồ sơ ở đâu?")[ASKING]) == set(story[ASKING])


def test_every_feature_fits_the_table() -> None:
    assert all(0 <= number < 1 << BITS for group in extract("làm hộ chiếu ở đâu") for number in group)


def test_text_without_words_gives_no_word_features() -> None:
    for text in ("", "   ", "!!!", "🙂"):
        assert extract(text)[ACCENTED] == ()


@pytest.mark.parametrize(
    ("group", "feature"),
    [
        (WORDS, "w:^"),
        (WORDS, "w:so o dau"),
        (CHARACTERS, "c:[nop]"),
        (CHARACTERS, "c:ho"),
        (ACCENTED, "a:sơ"),
        (ACCENTED, "b:ở đâu"),
        (FRAME, "f:so o dau $"),
        (ASKING, "q:dau"),
        (MARKS, "m:first nop"),
    ],
)
def test_features_keep_the_numbers_models_were_trained_with(group: int, feature: str) -> None:
    """A model of the bank made before a change of the code would understand nothing any more."""
    assert crc32(feature.encode()) % (1 << BITS) in extract("nộp hồ sơ ở đâu")[group]
