"""Words held by procedures. A word taken from the neighbour ranks a wrong procedure first."""

import numpy as np

from bot.catalogue.search.holdings import holdings

HELD = holdings([{"khai", "sinh"}, set(), {"sinh"}, {"ket", "hon"}])


def test_which_rows_hold_which_terms_by_hand():
    found = HELD.of(np.array([3, 0, 2, 1]), ["sinh", "hon"])
    assert found.tolist() == [[False, True, True, False], [True, False, False, False]]


def test_a_term_of_no_row_is_held_by_none():
    assert HELD.of(np.array([0, 3]), ["never"]).tolist() == [[False, False]]


def test_nothing_asked_and_nothing_to_ask():
    assert HELD.of(np.array([0, 3]), []).shape == (0, 2)
    assert HELD.of(np.array([], dtype=np.int64), ["sinh"]).shape == (1, 0)
    assert holdings([set()]).of(np.array([0]), ["sinh"]).tolist() == [[False]]


def test_rows_that_share_what_they_hold():
    shared = HELD.shared(np.array([3, 0, 3]))
    assert shared.of(np.array([0, 1, 2]), ["hon", "khai"]).tolist() == [
        [True, False, True],
        [False, True, False],
    ]
    assert HELD.of(np.array([0]), ["hon"]).tolist() == [[False]]
