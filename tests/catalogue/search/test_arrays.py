"""Sums of rarities. Rounded otherwise than their order wants, equal names would rank by chance."""

from math import fsum

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.search.arrays import exact_sums, runs

rarities = st.lists(st.one_of(st.just(0.0), st.floats(1e-5, 20)), min_size=1, max_size=60)


@given(rarities)
def test_sums_are_those_of_fsum(values):
    assert exact_sums(values, np.ones((len(values), 1))).tolist() == [fsum(values)]


def test_each_column_sums_what_it_holds():
    held = np.array([[1.0, 1.0], [1.0, 0.0], [1.0, 0.0]])
    assert exact_sums((0.1, 0.2, 0.3), held).tolist() == [fsum((0.1, 0.2, 0.3)), 0.1]


def test_nothing_to_hold_sums_to_nothing():
    assert exact_sums((), np.zeros((0, 2))).tolist() == [0.0, 0.0]


def test_runs_by_hand():
    """Rows at 5 and 2 of 2 and 1 items, one without any between them."""
    owners, places = runs(np.array([5, 9, 2]), np.array([2, 0, 1]))
    assert owners.tolist() == [0, 0, 2]
    assert places.tolist() == [5, 6, 2]
