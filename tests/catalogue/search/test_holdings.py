"""Words held by procedures. A word taken from the neighbour ranks a wrong procedure first."""

import numpy as np

from bot.catalogue.search.holdings import holdings, with_terms

HELD = holdings([{"khai", "sinh"}, set(), {"sinh"}, {"ket", "hon"}])


def table(of, rows, terms):
    """(terms × rows): whether each row holds each term."""
    lines, owners = of.of(np.array(rows, dtype=np.int64), terms)
    found = np.zeros((len(terms), len(rows)), dtype=np.bool_)
    found[lines, owners] = True
    assert found.sum() == len(lines)
    return found.tolist()


def test_which_rows_hold_which_terms_by_hand():
    found = table(HELD, [3, 0, 2, 1], ["sinh", "hon"])
    assert found == [[False, True, True, False], [True, False, False, False]]


def test_a_term_of_no_row_is_held_by_none():
    assert table(HELD, [0, 3], ["never"]) == [[False, False]]


def test_nothing_asked_and_nothing_to_ask():
    assert table(HELD, [0, 3], []) == []
    assert table(HELD, [], ["sinh"]) == [[]]
    assert table(holdings([set()]), [0], ["sinh"]) == [[False]]


def test_further_rows_hold_known_and_new_terms():
    more = HELD.further([{"ket", "moi"}, set(), {"khai"}])
    assert table(more, [6, 0, 4, 5], ["ket", "moi", "khai"]) == [
        [False, False, True, False],
        [False, False, True, False],
        [True, True, False, False],
    ]
    assert table(HELD, [0], ["moi"]) == [[False]]


def test_new_terms_are_numbered_after_known_ones():
    known = {"khai": 0, "sinh": 1}
    assert with_terms(known, ["moi", "sinh", "cu", "moi"]) == {"khai": 0, "sinh": 1, "moi": 2, "cu": 3}
    assert with_terms(known, ["sinh"]) is known and len(known) == 2
