"""What Telex and VNI keys look like when the input method is off, and text without accents. Pure."""

import unicodedata
from collections.abc import Mapping

from bot.text.syllables import split_tone

_TELEX = {"đ": "dd", "â": "aa", "ă": "aw", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw"}
_TELEX_TONES = ("", "f", "s", "r", "x", "j")
_VNI = {"đ": "d9", "â": "a6", "ă": "a8", "ê": "e6", "ô": "o6", "ơ": "o7", "ư": "u7"}
_VNI_TONES = ("", "2", "1", "3", "4", "5")


def telex(word: str) -> str:
    """The Telex keys of a word, tone last: ``đường`` is ``dduwowngf``; other words come back unchanged."""
    return _keys(word, _TELEX, _TELEX_TONES)


def vni(word: str) -> str:
    """The VNI keys of a word, tone last: ``đường`` is ``d9u7o7ng2``."""
    return _keys(word, _VNI, _VNI_TONES)


def _keys(word: str, letters: Mapping[str, str], tones: tuple[str, ...]) -> str:
    toneless, tone = split_tone(word)
    typed = "".join(letters.get(letter, letter) for letter in toneless) + tones[max(tone, 0)]
    if typed == word.lower():
        return word
    return typed.capitalize() if word[0].isupper() else typed


def without_accents(text: str) -> str:
    """The same text without accents, case kept."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return bare.replace("đ", "d").replace("Đ", "D")
