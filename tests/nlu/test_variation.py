"""Variations of an example used in training."""

from bot.nlu.variation import Example, Phrases, vary
from bot.text import fold

PHRASES = Phrases([["hộ chiếu", "sổ đỏ"], ["tách thửa"]], ["Nhà em ở đảo."])


def test_unaccented_copy_comes_first() -> None:
    text = "làm hộ chiếu ở đâu"
    assert next(iter(vary(Example(text, "ask_place"), PHRASES))) == fold(text)


def test_subject_is_replaced_only_from_its_own_list() -> None:
    copies = list(vary(Example("làm hộ chiếu ở đâu", "ask_place"), PHRASES))
    assert copies[1] in {"làm hộ chiếu ở đâu", "làm sổ đỏ ở đâu"}


def test_opening_is_told_only_before_questions() -> None:
    """A greeting after a story is no greeting; a question after a story is the same question."""
    asked = list(vary(Example("làm hộ chiếu ở đâu", "ask_place"), PHRASES))
    greeted = list(vary(Example("xin chào tất cả mọi người", "greet"), PHRASES))
    assert asked[-1] == "Nhà em ở đảo. làm hộ chiếu ở đâu"
    assert len(greeted) == 1


def test_subject_inside_a_word_is_left_alone() -> None:
    assert len(list(vary(Example("mổ đỏ", "greet"), Phrases([["đỏ"]])))) == 1


def test_a_bare_subject_is_not_replaced() -> None:
    """A bare name stays a bare name of that procedure."""
    assert list(vary(Example("tách thửa", "ask_procedure"), PHRASES)) == ["tach thua"]
