"""BM25 by hand. A wrong impact ranks a wrong procedure first."""

from math import log

import numpy as np
import pytest

from bot.catalogue.search.holdings import numbered
from bot.catalogue.search.postings import Postings


def postings_of(entries):
    numbers, terms, counts = numbered(entries)
    return Postings(numbers, terms, np.repeat(np.arange(len(entries)), counts), len(entries))


def test_one_term_by_hand():
    """Two entries of 2 and 4 terms, mean 3; "a" once in the first: idf = ln(1 + 1.5/1.5) = ln 2,
    norm = 1.2 × (0.65 + 0.35 × 2/3) = 1.06, impact = ln 2 × 2.2 / 2.06.
    """
    postings = postings_of([["a", "b"], ["b", "c", "d", "e"]])
    scores = postings.score([("a", 1.0)])
    assert scores[0] == pytest.approx(log(2) * 2.2 / 2.06, rel=1e-5)
    assert scores[1] == 0


def test_a_term_said_twice_in_a_name_by_hand():
    """One entry "a a", length = mean: norm = 1.2, idf = ln(1 + 0.5/1.5), impact = idf × 2 × 2.2 / 3.2."""
    postings = postings_of([["a", "a"]])
    assert postings.score([("a", 1.0)])[0] == pytest.approx(log(4 / 3) * 4.4 / 3.2, rel=1e-5)


def test_weights_scale_and_terms_add_up():
    postings = postings_of([["a", "b"], ["b"]])
    a, b = postings.score([("a", 1.0)]), postings.score([("b", 1.0)])
    both = postings.score([("a", 0.5), ("b", 2.0), ("unknown", 9.0)])
    assert both == pytest.approx(0.5 * a + 2 * b)


def test_a_word_never_seen_is_as_rare_as_one_seen_once():
    postings = postings_of([["a"], ["b"], ["b"]])
    assert postings.idf("never") == pytest.approx(log(1 + 3.5 / 1.5))
    assert postings.idf("a") == pytest.approx(log(1 + 2.5 / 1.5))
    assert "a" in postings and "never" not in postings


def test_a_word_numbered_for_others_only_is_as_one_never_seen():
    """Numbers are shared with what holds more words than the names do."""
    numbers, terms, counts = numbered([["a"], ["b"], ["b"]])
    owners = np.repeat(np.arange(3), counts)
    postings = Postings({**numbers, "elsewhere": 2}, terms, owners, 3)
    assert "elsewhere" not in postings and postings.idf("elsewhere") == postings.idf("never")
    assert postings.score([("elsewhere", 9.0)]).tolist() == [0, 0, 0]
    assert postings.score([("b", 1.0), ("elsewhere", 9.0)]).tolist() == postings.score([("b", 1.0)]).tolist()


def test_nothing_to_search_in():
    assert postings_of([]).score([("a", 1.0)]).tolist() == []


def test_entries_tell_which_terms_they_hold():
    postings = postings_of([["a", "b", "a"], ["b"], ["c"]])
    terms, entries = postings.entries().of(np.array([2, 0]), ["a", "never", "c"])
    assert set(zip(terms.tolist(), entries.tolist(), strict=True)) == {(0, 1), (2, 0)}
    assert len(terms) == 2


def test_a_word_of_many_names_and_one_of_few_score_by_the_same_rule():
    """Forty entries: "a" in all, "b" in one of them; all of one length, norm = 1.2, impact = idf."""
    postings = postings_of([["a", "b"], *[["a", f"x{number}"] for number in range(39)]])
    scores = postings.score([("a", 1.0), ("b", 0.5)])
    assert scores[1:] == pytest.approx(log(1 + 0.5 / 40.5), rel=1e-5)
    assert scores[0] == pytest.approx(log(1 + 0.5 / 40.5) + 0.5 * log(1 + 39.5 / 1.5), rel=1e-5)
