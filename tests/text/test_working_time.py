"""A deadline read wrong from the message sends a citizen to the counter on the wrong day."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text import find_working_days, is_late


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("nộp ngày 3/11, 10 ngày làm việc", 10),
        ("nop hom 3/11 hen 5 ngay", 5),
        ("20 hôm nữa có chưa", 20),
        ("nộp 3/11 ngay sau giờ làm", None),
        ("nộp ngày 3/11/2026", None),
        ("nộp 10 ngày 3/11", None),
        ("bao giờ có kết quả", None),
        ("", None),
    ],
)
def test_the_number_of_days_is_not_taken_from_a_date(text, days):
    assert find_working_days(text) == days


@pytest.mark.parametrize(
    "text",
    [
        "nộp lúc 15h30",
        "nop 16h",
        "chiều thứ 6 4h",
        "4 giờ chiều",
        "15:30 hôm qua",
        "nộp sau 15 giờ",
        "5h chieu",
    ],
)
def test_after_three_in_the_afternoon_is_late(text):
    assert is_late(text)


@pytest.mark.parametrize(
    "text",
    [
        "nộp lúc 9h sáng",
        "nộp 8:30",
        "nộp trước 15h",
        "nộp ngày 3/11, 15 hôm thì xong",
        "16 hồ sơ nộp ngày 3/11",
        "trong 16 giờ làm việc",
        "nộp ngày 3/11",
        "",
    ],
)
def test_a_dossier_of_the_morning_is_not_made_a_day_later(text):
    assert not is_late(text)


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading(text):
    days = find_working_days(text)
    assert days is None or 0 <= days <= 999
    assert is_late(text) in (True, False)
