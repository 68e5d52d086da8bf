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


BESIDE = Spelling(
    ["cap", "lai", "giay", "phep", "mai", "tang"],
    [*[("cap", "lai")] * 20, *[("giay", "phep", "mai", "tang")] * 20, ("ngay", "mai"), ("bao", "nhieu")],
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("cp lai", "cap lai"),
        ("giy phep", "giay phep"),
        ("giay phe", "giay phep"),
        ("phep bai tang", "phep mai tang"),
        ("ao nhieu", "bao nhieu"),
    ],
)
def test_a_misspelt_word_is_read_as_its_neighbours_want_it(typed, meant):
    assert " ".join(BESIDE.mended(typed.split())) == meant


@pytest.mark.parametrize("typed", ["ngay mai", "lai giay", "phep cap", "halal xyz", "a1 b2", "k lai", ""])
def test_what_was_seen_together_or_has_no_better_reading_stays(typed):
    """A rare but right word must not be talked out of a question."""
    assert BESIDE.mended(typed.split()) == tuple(typed.split())


def test_a_word_met_before_is_weighed_against_its_new_neighbours():
    """What is near a word is remembered, not what it was mended to: "bai" is no slip beside every word."""
    assert BESIDE.mended(("phep", "bai", "tang")) == ("phep", "mai", "tang")
    assert BESIDE.mended(("bai", "tho")) == BESIDE.mended(("bai", "tho")) == ("bai", "tho")
    assert BESIDE.near("bai") == BESIDE.near("bai") != ()
