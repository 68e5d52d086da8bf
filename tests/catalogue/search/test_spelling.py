"""Help with slips of the finger and the ear: without it a misspelt word finds nothing."""

import pytest

from bot.catalogue.search.spelling import Spelling
from bot.catalogue.search.terms import terms

KNOWN = Spelling(["khai", "sinh", "nop", "tru", "doi", "cap"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("sihn", "sinh"), ("sin", "sinh"), ("sinhh", "sinh"), ("senh", "sinh"), ("lop", "nop"), ("chu", "tru")],
)
def test_one_slip_or_a_regional_sound_is_mended(typed, meant):
    assert meant in KNOWN.near(typed)


@pytest.mark.parametrize("typed", ["zzzz", "", "4", "12345", "xo"])
def test_what_is_not_near_stays_as_it_is(typed):
    assert KNOWN.near(typed) == ()


def test_at_most_the_limit_of_guesses():
    many = Spelling([f"b{letter}n" for letter in "aeiouy"])
    assert len(many.near("bxn")) == 4


def test_terms_of_a_name():
    assert list(terms(("kết", "hôn"))) == ["f:ket", "a:kết", "f:hon", "a:hôn", "p:ket hon"]
    assert list(terms(())) == []
