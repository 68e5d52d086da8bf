"""Cleaning and folding: without them an iPhone or unaccented message finds nothing."""

from __future__ import annotations

import sys
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from bot.text import MAX_LENGTH, clean, fold


def test_decomposed_text_reads_like_composed_text() -> None:
    """A message from macOS or iOS would find nothing."""
    question = "Đăng ký hộ khẩu ở Hòn Gai"
    assert clean(unicodedata.normalize("NFD", question)) == question
    assert fold(unicodedata.normalize("NFD", question)) == "dang ky ho khau o hon gai"


def test_clean_drops_what_cannot_be_seen_and_caps_the_length() -> None:
    """A pasted zero-width mark would hide a word; a huge paste would stall the bot."""
    assert clean("  khai\u200b sinh\n\tcho \x00con\ufeff ") == "khai sinh cho con"
    assert clean("\u200b\n") == ""
    assert len(clean("a " * 10_000)) <= MAX_LENGTH


def test_every_character_folds_to_one_character_and_stays() -> None:
    """An offset into the folded copy would point at the wrong word."""
    for code in range(sys.maxunicode + 1):
        character = unicodedata.normalize("NFC", chr(code))
        folded = fold(character)
        assert len(folded) == len(character)
        assert fold(folded) == folded


@given(st.text())
def test_fold_keeps_the_length_of_composed_text_and_is_idempotent(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert len(fold(composed)) == len(composed)
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.sampled_from("aeoêơ\u0301\u0323\u0302\u031bxđ İ가\u3099か")))
def test_stray_accents_do_not_break_folding(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert len(fold(composed)) == len(composed)
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=300))
def test_clean_is_idempotent(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text(alphabet="aáàảãạăắặâấậđĐêếệôốộơớợưứựyýỵ bcdghk"))
def test_accented_and_unaccented_copies_fold_alike(text: str) -> None:
    """A citizen without a Vietnamese keyboard would get another answer."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    assert fold(text) == fold(bare.replace("đ", "d").replace("Đ", "D"))
