"""Variations of an example used in training."""

from bot.nlu.variation import Example, Phrases, vary
from bot.text import fold

PHRASES = Phrases([["hộ chiếu", "sổ đỏ"], ["tách thửa"]], ["Nhà em ở đảo."])
QUESTIONS = ("làm hộ chiếu ở đâu", "nộp hộ chiếu ở đâu", "đổi hộ chiếu ở chỗ nào", "cấp hộ chiếu nộp chỗ nào")


def test_each_example_gets_its_unaccented_copy_or_the_other_variations() -> None:
    """All of both would train half as long again for nothing; neither would lose unaccented messages."""
    copies = {text: list(vary(Example(text, "ask_place"), PHRASES)) for text in QUESTIONS}
    alone = [text for text, made in copies.items() if made == [fold(text)]]
    varied = [text for text, made in copies.items() if fold(text) not in made]
    assert alone and varied and sorted([*alone, *varied]) == sorted(QUESTIONS)


def test_subject_is_replaced_only_from_its_own_list() -> None:
    copies = list(vary(Example("nộp hộ chiếu ở đâu", "ask_place"), PHRASES))
    assert copies[0] in {"nộp hộ chiếu ở đâu", "nộp sổ đỏ ở đâu"}


def test_opening_is_told_only_before_questions() -> None:
    """A greeting after a story is no greeting; a question after a story is the same question."""
    asked = list(vary(Example("nộp hộ chiếu ở đâu", "ask_place"), PHRASES))
    greeted = list(vary(Example("xin chào tất cả mọi người", "greet"), PHRASES))
    assert asked[-1] == "Nhà em ở đảo. nộp hộ chiếu ở đâu"
    assert not greeted


def test_subject_inside_a_word_is_left_alone() -> None:
    assert not list(vary(Example("mổ đỏ", "greet"), Phrases([["đỏ"]])))


def test_a_bare_subject_is_not_replaced() -> None:
    """A bare name stays a bare name of that procedure."""
    assert not list(vary(Example("tách thửa đất", "ask_procedure"), Phrases([["tách thửa đất", "hộ chiếu"]])))
