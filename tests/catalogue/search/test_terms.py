"""Terms of names, all at once. A name whose terms are lost is never found."""

from collections import Counter

import pytest

from bot.catalogue.search.terms import numbered_terms, terms

NAMES = [("kết", "hôn"), ("khai", "sinh", "khai", "sinh"), (), ("kệt",), ("ket", "hôn", "kết")]


@pytest.mark.parametrize("names", [NAMES, NAMES[::-1], [], [()], [("a",)]])
def test_all_at_once_are_the_terms_of_each(names):
    numbers, said, owners = numbered_terms(names)
    term = {number: text for text, number in numbers.items()}
    assert sorted(term) == list(range(len(numbers)))
    found = [Counter(term[number] for number in said[owners == name].tolist()) for name in range(len(names))]
    assert found == [Counter(terms(name)) for name in names]
    assert set(term.values()) == {text for name in names for text in terms(name)}
