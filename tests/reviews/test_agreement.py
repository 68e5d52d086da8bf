"""Wilson's interval and Cohen's kappa, counted by hand."""

import pytest

from bot.reviews.agreement import Agreement, Share, agreement, share


def test_wilsons_interval_of_eight_of_ten() -> None:
    """p = 0.8, z² = 3.84146: (0.8 + 0.192073 ± 1.959964·√(0.016 + 0.0096036)) / 1.384146."""
    found = share(8, 10)
    assert (found.count, found.of, found.value) == (8, 10, 0.8)
    assert found.low == pytest.approx(0.490162, abs=1e-5)
    assert found.high == pytest.approx(0.943318, abs=1e-5)


def test_all_right_is_not_certainly_right() -> None:
    """20 of 20: the lower bound is 20 / (20 + 3.84146)."""
    found = share(20, 20)
    assert found.low == pytest.approx(20 / 23.84146, abs=1e-5) and found.high == 1.0
    none = share(0, 20)
    assert none.low == 0.0 and none.high == pytest.approx(3.84146 / 23.84146, abs=1e-5)


def test_a_share_of_nothing_has_no_value() -> None:
    """0 % of no turns would read as a catastrophe."""
    assert share(0, 0) == Share(0, 0, None, None, None)
    with pytest.raises(ValueError, match="no share"):
        share(3, 2)


def test_kappa_of_a_table_counted_by_hand() -> None:
    """Cohen's example form: 20 yes-yes, 15 no-no, 5 yes-no, 10 no-yes.

    Observed 35/50 = 0.7; by chance (25·30 + 25·20)/2500 = 0.5; kappa (0.7 - 0.5)/0.5 = 0.4.
    """
    pairs = [("y", "y")] * 20 + [("n", "n")] * 15 + [("y", "n")] * 5 + [("n", "y")] * 10
    found = agreement(pairs)
    assert found.pairs == 50 and found.observed == 0.7 and found.kappa == pytest.approx(0.4)


def test_kappa_has_no_value_where_chance_explains_all() -> None:
    assert agreement([]) == Agreement(0, None, None)
    assert agreement([("right", "right")] * 7) == Agreement(7, 1.0, None)


def test_kappa_at_its_ends() -> None:
    """Equal labels of two kinds: 1. Opposite ones, half and half: -1. One kind against another: 0."""
    assert agreement([("a", "a"), ("b", "b")]).kappa == 1.0
    assert agreement([("a", "b"), ("b", "a")]).kappa == -1.0
    assert agreement([("a", "b"), ("a", "b")]).kappa == 0.0
