"""Traffic that repeats where it should not, or is drawn anew each time, would compare unequal things."""

import pytest

from bot.load.traffic import TooFewError, as_they_come, cold, dealt, repeats

SCRIPTS = [
    ("đăng ký khai sinh cần gì",),
    ("lệ phí làm hộ chiếu",),
    ("cấp sổ đỏ mất bao lâu", "còn lệ phí thì sao"),
]


def texts(scripts):
    return [text for script in scripts for text in script]


def test_cold_traffic_never_says_a_text_twice() -> None:
    """A second time would be answered from a cache, and the figure would be too good."""
    said = texts(cold(SCRIPTS, 16))
    assert len(said) == len(set(said)) and len(said) in (16, 17)


def test_cold_traffic_writes_without_accents_when_all_is_said_as_written() -> None:
    assert set(cold(SCRIPTS, 4)) == set(SCRIPTS)
    assert ("dang ky khai sinh can gi",) in cold(SCRIPTS, 8)


def test_cold_traffic_refuses_what_cannot_be_had() -> None:
    with pytest.raises(TooFewError, match="1000 wanted"):
        cold(SCRIPTS, 1000)


def test_questions_are_drawn_the_same_each_time() -> None:
    """Otherwise each contender gets other messages."""
    assert as_they_come(SCRIPTS, 50) == as_they_come(SCRIPTS, 50)
    assert as_they_come(SCRIPTS, 50) != as_they_come(SCRIPTS, 50, seed=1)


def test_frequent_questions_follow_zipfs_law() -> None:
    """Of ten questions with exponent 1 the first comes in 1 / 2.929 = 34 % of all cases, the tenth in 3 %."""
    scripts = [(f"câu {number}",) for number in range(10)]
    drawn = as_they_come(scripts, 20_000)
    counts = sorted((drawn.count(script) for script in scripts), reverse=True)
    assert counts[0] / 20_000 == pytest.approx(0.3414, abs=0.015)
    assert counts[-1] / 20_000 == pytest.approx(0.0341, abs=0.006)


def test_the_share_of_repeats_is_counted_by_message() -> None:
    """Five messages, three different ones: two of five repeat."""
    assert repeats([("a",), ("b", "a"), ("c",), ("a",)]) == pytest.approx(0.4)
    assert repeats([]) == 0


def test_scripts_are_dealt_without_being_cut() -> None:
    """The second script has two messages: the first part ends one later."""
    scripts = [("a",), ("b", "c"), ("d",), ("e",)]
    assert dealt(scripts, [2, 2]) == [[("a",), ("b", "c")], [("d",), ("e",)]]
