"""Which letter sequences can be a Vietnamese syllable, and their canonical spelling."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from bot.text.fold import fold

_TONE_MARKS = {"\u0300": 1, "\u0301": 2, "\u0309": 3, "\u0303": 4, "\u0323": 5}
_MARK_OF_TONE = {tone: mark for mark, tone in _TONE_MARKS.items()}
_STOP_TONES = frozenset({0, 2, 5})
VOWELS = frozenset("aăâeêioôơuưy")

ONSETS = (
    "ngh", "nh", "ng", "ch", "gh", "gi", "kh", "ph", "qu", "th", "tr",
    "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
)  # fmt: skip

_RIME_LIST = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on
    ong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ uôc uôi uôm uôn uông uôt up ut uy uya uych uyên
    uyêt uyn uynh uyp uyt uyu
    ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
    y yêm yên yêng yêt yêu
"""
_AFTER_QU_LIST = """
    a ac ach ai an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt ân âng ât âu ây e en eng eo et ê ên ênh êch êt êu
    i in it ich inh iu o oc on ơ ơi ơt ôc ôi y ych yên yêt yn ynh yt yu
"""
_RIMES = frozenset(_RIME_LIST.split())
_AFTER_QU = frozenset(_AFTER_QU_LIST.split())
_RARE = ("xoong", "boong", "coong", "goong", "giêng", "giêt", "giên", "pi")
_FRONT = frozenset("eêiy")
_BEFORE_FRONT = frozenset({"k", "gh", "ngh"})
_NEVER_BEFORE_FRONT = frozenset({"c", "ng"})
_Y_ONSETS = frozenset({"", "h", "k", "l", "m", "s", "t", "v"})
_SPELLED_WITH_Y = frozenset({"ki", "li", "mi", "ti", "qui"})


def _fits(onset: str, rime: str) -> bool:
    first = rime[0]
    if onset == "qu":
        return rime in _AFTER_QU
    if rime not in _RIMES:
        return False
    if first == "y":
        return (rime == "y" and onset in _Y_ONSETS) or (rime != "y" and onset == "")
    if onset in _BEFORE_FRONT:
        return first in _FRONT
    if onset in _NEVER_BEFORE_FRONT:
        return first not in _FRONT
    if onset == "g":
        return first not in "eê"
    if onset == "gi":
        return first != "i"
    return True


_TONELESS = frozenset({o + r for o in ONSETS for r in _RIMES | _AFTER_QU if _fits(o, r)} | set(_RARE))
_FOLDED = frozenset(fold(syllable) for syllable in _TONELESS)


@lru_cache(maxsize=16384)
def split_tone(syllable: str) -> tuple[str, int]:
    """(letters without tone mark, tone 0-5: none, huyền, sắc, hỏi, ngã, nặng); two tones give -1."""
    tone = 0
    letters = []
    for mark in unicodedata.normalize("NFD", syllable.lower()):
        found = _TONE_MARKS.get(mark)
        if found is None:
            letters.append(mark)
        else:
            tone = found if tone == 0 else -1
    return unicodedata.normalize("NFC", "".join(letters)), tone


@lru_cache(maxsize=16384)
def is_syllable(s: str) -> bool:
    """True when s can be one Vietnamese syllable, written with accents or wholly without."""
    letters, tone = split_tone(s)
    if tone == 0 and letters in _FOLDED:
        return True
    if letters not in _TONELESS or tone < 0:
        return False
    return tone in _STOP_TONES if letters.endswith(("c", "ch", "p", "t")) else True


def split_onset(letters: str) -> tuple[str, str]:
    """(onset, rime) of a toneless syllable, e.g. "nghiêng" -> ("ngh", "iêng")."""
    for onset in ONSETS:
        if letters.startswith(onset) and len(letters) > len(onset):
            if onset == "gi" and letters[2] not in VOWELS:
                continue
            return onset, letters[len(onset) :]
    return "", letters


def with_tone(letters: str, tone: int) -> str:
    """The toneless syllable with its tone mark in the traditional place (hòa, thủy, toán, khuỷu)."""
    if tone <= 0:
        return letters
    onset, rime = split_onset(letters)
    vowels = [i for i, letter in enumerate(rime) if letter in VOWELS]
    if not vowels:
        return letters
    marked = [i for i in vowels if rime[i] in "ăâêôơư"]
    if marked:
        place = marked[-1] if rime[marked[-1]] != "ư" else marked[0]
    elif len(vowels) == 1:
        place = vowels[0]
    elif len(vowels) == 3 or vowels[-1] < len(rime) - 1:
        place = vowels[1]
    else:
        place = vowels[0]
    index = len(onset) + place
    return unicodedata.normalize("NFC", letters[: index + 1] + _MARK_OF_TONE[tone] + letters[index + 1 :])


@lru_cache(maxsize=16384)
def canonical(syllable: str) -> str:
    """One spelling per syllable, lower case: hoà -> hòa, uỷ -> ủy, kí -> ký, sỹ -> sĩ.

    The choice between i and y does not depend on the tone, so that the unaccented copy of a
    syllable gets the folded spelling of the accented one.
    """
    lowered = unicodedata.normalize("NFC", syllable.lower())
    if not is_syllable(lowered):
        return lowered
    letters, tone = split_tone(lowered)
    if letters in _SPELLED_WITH_Y:
        letters = letters[:-1] + "y"
    elif letters == "sy":
        letters = "si"
    return with_tone(letters, tone)
