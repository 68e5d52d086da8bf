"""Dates and sums in questions: a wrong day gives the rule of another year."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text import find_amount, find_date

_TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("năm 2020 mức mấy", date(2020, 7, 1)),
        ("nam 2020 muc may", date(2020, 7, 1)),
        ("tháng 6/2020", date(2020, 6, 1)),
        ("tháng 6 năm 2020", date(2020, 6, 1)),
        ("ngày 1/6/2020", date(2020, 6, 1)),
        ("1.6.20", date(2020, 6, 1)),
        ("2020-06-01", date(2020, 6, 1)),
        ("ngày 5 tháng 10 năm 2021", date(2021, 10, 5)),
        ("mùng 5 tháng 10", date(2026, 10, 5)),
        ("ngày 24/11", date(2026, 11, 24)),
        ("hôm qua", date(2026, 11, 21)),
        ("năm ngoái", date(2025, 7, 1)),
        ("ngày 31/2/2020", None),
        ("tháng 13/2020", None),
        ("rằm tháng 7", None),
        ("6 tháng 2 tuần", None),
        ("con 8 tháng tuổi", None),
        ("thủ tục 1.012783", None),
        ("hồ sơ H49.22-261119-0034", None),
        ("", None),
    ],
)
def test_date_of_a_question(text: str, day: date | None) -> None:
    assert find_date(text, _TODAY) == day


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("150k", 150_000),
        ("2tr5", 2_500_000),
        ("2 triệu rưỡi", 2_500_000),
        ("2 triệu 500 nghìn", 2_500_000),
        ("1,5 triệu", 1_500_000),
        ("1.500 nghìn", 1_500_000),
        ("1.000.000đ", 1_000_000),
        ("500000 đồng", 500_000),
        ("hai trăm nghìn", 200_000),
        ("hai mươi lăm nghìn", 25_000),
        ("2 củ", 2_000_000),
        ("mẫu 3 cũ", None),
        ("thửa 12", None),
        ("3 triệu 2 người", 3_000_000),
        ("", None),
    ],
)
def test_sum_of_a_question(text: str, amount: int | None) -> None:
    assert find_amount(text) == amount


@given(st.one_of(st.text(), st.text(alphabet="0123456789 /.-tháng năm trk", max_size=40)))
def test_any_text_is_searched_without_error(text: str) -> None:
    find_date(text, _TODAY)
    find_amount(text)
