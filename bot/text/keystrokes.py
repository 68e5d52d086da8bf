"""Residue of Vietnamese input methods: keys typed while the method was switched off."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.text.abbreviations import is_known
from bot.text.syllables import is_syllable, with_tone

_TELEX_TONES = {"f": 1, "s": 2, "r": 3, "x": 4, "j": 5}
_VNI_TONES = {"2": 1, "1": 2, "3": 3, "4": 4, "5": 5}
_TELEX_LETTERS = (
    ("dd", "đ"), ("aa", "â"), ("ee", "ê"), ("oo", "ô"), ("aw", "ă"),
    ("uwow", "ươ"), ("uow", "ươ"), ("uw", "ư"), ("ow", "ơ"),
)  # fmt: skip
_VNI_LETTERS = (
    ("d9", "đ"), ("a6", "â"), ("e6", "ê"), ("o6", "ô"), ("a8", "ă"),
    ("u7o7", "ươ"), ("uo7", "ươ"), ("u7", "ư"), ("o7", "ơ"),
)  # fmt: skip
_TELEX = re.compile(r"[a-z]{2,10}")
_VNI = re.compile(r"(?=[a-z]*[0-9])[a-z]{1,2}[a-z0-9]{1,9}")
_NUMBERED = re.compile(r"[a-z][0-9]+|(?:muc|cap|lop|mau|tang|quan|khu|to|cach|hang)[0-9]")
_HAT = {"a": "â", "e": "ê", "o": "ô"}
_HORN = {"a": "ă", "o": "ơ", "u": "ư"}


def _telex(word: str) -> str | None:
    tone = 0
    letters = word
    for index in range(len(word) - 1, 0, -1):
        if word[index] in _TELEX_TONES and any(vowel in "aeiouyw" for vowel in word[:index]):
            tone = _TELEX_TONES[word[index]]
            letters = word[:index] + word[index + 1 :]
            break
    for keys, letter in _TELEX_LETTERS:
        letters = letters.replace(keys, letter)
    if letters.endswith("w"):
        letters = _delayed(letters[:-1], _HORN)
    if letters[:1] == "d" and letters.endswith("d"):
        letters = "đ" + letters[1:-1]
    return _syllable(word, letters, tone)


def _vni(word: str) -> str | None:
    tone = 0
    for key, number in _VNI_TONES.items():
        if word.count(key) == 1 and word.index(key) > 0:
            tone = number
            word = word.replace(key, "")
            break
    letters = word
    for keys, letter in _VNI_LETTERS:
        letters = letters.replace(keys, letter)
    if letters.endswith("6"):
        letters = _delayed(letters[:-1], _HAT)
    elif letters.endswith("7"):
        letters = _delayed(letters[:-1], {"o": "ơ", "u": "ư"})
    elif letters.endswith("8"):
        letters = _delayed(letters[:-1], {"a": "ă"})
    elif letters.endswith("9") and letters[:1] == "d":
        letters = "đ" + letters[1:-1]
    return _syllable(word, letters, tone)


def _delayed(letters: str, change: dict[str, str]) -> str:
    """Apply a vowel key that was typed after the final consonant (duocw, duoc7)."""
    if change.get("u") and "uo" in letters:
        return letters.replace("uo", "ươ", 1)
    for index in range(len(letters) - 1, -1, -1):
        if letters[index] in change:
            return letters[:index] + change[letters[index]] + letters[index + 1 :]
    return letters


def _syllable(word: str, letters: str, tone: int) -> str | None:
    if not any(letter in "aăâeêioôơuưy" for letter in letters):
        return None
    decoded = with_tone(letters, tone)
    return decoded if decoded != word and is_syllable(decoded) else None


@lru_cache(maxsize=8192)
def decode_typing(s: str) -> str | None:
    """The syllable meant by Telex (ddawng, khaaur) or VNI (d9a8ng, kha63u) keys of one token.

    None when the token is a Vietnamese syllable or a known word as it stands, or when the keys
    do not spell a syllable.
    """
    word = s.lower()
    if is_syllable(word) or is_known(word):
        return None
    if _TELEX.fullmatch(word):
        return _telex(word)
    if _VNI.fullmatch(word) and not _NUMBERED.fullmatch(word):
        return _vni(word)
    return None
