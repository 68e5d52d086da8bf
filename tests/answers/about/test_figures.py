"""Numbers as people read them aloud."""

from datetime import date

import pytest

from bot.answers.about.figures import day, money, number


@pytest.mark.parametrize(
    ("amount", "text"), [(0, "0"), (5000, "5.000"), (200000, "200.000"), (1350000, "1.350.000")]
)
def test_money_has_dots_between_thousands(amount: int, text: str) -> None:
    """A missing zero is ten times the price."""
    assert money(amount) == text


@pytest.mark.parametrize(
    ("value", "text"), [(3.0, "3"), (0.5, "0,5"), (10.0, "10"), (120.0, "120"), (1200.0, "1.200")]
)
def test_counts_have_no_needless_zeros(value: float, text: str) -> None:
    """ "3.0 ngày" reads as thirty."""
    assert number(value) == text


def test_date_is_day_first() -> None:
    """03/10 is October here."""
    assert day(date(2026, 10, 3)) == "03/10/2026"
