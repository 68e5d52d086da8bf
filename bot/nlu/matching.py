"""Names of units, fields, agencies and levels found in a message. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.text import Analysis, Token, analyse

_CUES = frozenset(
    "o tai phuong xa khu huyen thi tran pho thuoc ve ra vao tren ban vuc len qua tu den voi".split()
)
_ACCOUNT = ("vneid", "dinh danh", "tai khoan")
_SCHOOL = frozenset("truong hoc bang sinh hang ky kiem".split())
_RANKS = {"1": "1", "2": "2", "3": "3", "4": "4", "mot": "1", "hai": "2", "ba": "3", "bon": "4"}
_SCALES = (("muc", "do"), ("cap", "do"), ("muc",), ("cap",), ("level",), ("lv",))
_WORDS = {("toan", "trinh"): "full", ("mot", "phan"): "partial", ("1", "phan"): "partial"}
_LEVEL_FIRSTS = frozenset(phrase[0] for phrase in (*_SCALES, *_WORDS))


@dataclass(frozen=True, slots=True)
class Name:
    """A phrase of folded syllables that stands for something.

    `codes` are all things it may stand for; `bare` names count only after a word of place.
    """

    entity: str
    value: str
    phrase: tuple[str, ...]
    codes: tuple[str, ...] = ()
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A name found at text[start:end]; offsets in the text as sent."""

    entity: str
    value: str
    codes: tuple[str, ...]
    start: int
    end: int


class Gazetteer:
    """Names by their phrase, and how long phrases with a first syllable are, longest first."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._by_phrase: dict[tuple[str, ...], list[Name]] = {}
        for name in names:
            self._by_phrase.setdefault(name.phrase, []).append(name)
        lengths: dict[str, set[int]] = {}
        for phrase, group in self._by_phrase.items():
            group.sort(key=lambda name: name.bare)
            lengths.setdefault(phrase[0], set()).add(len(phrase))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def find(self, text: str) -> tuple[Match, ...]:
        """Every name and level, left to right, the longest at each place, never overlapping."""
        analysis = analyse(text)
        owners = [token for token in analysis.tokens for _ in token.folded]
        folded = analysis.folded
        found: list[Match] = []
        position = 0
        while position < len(folded):
            name = self._at(folded, position) or _level_at(folded, position, analysis)
            if name is None:
                position += 1
                continue
            last = position + len(name.phrase) - 1
            found.append(_match(name, owners[position], owners[last]))
            position = last + 1
        return tuple(found)

    def _at(self, folded: tuple[str, ...], position: int) -> Name | None:
        for length in self._lengths.get(folded[position], ()):
            for name in self._by_phrase.get(folded[position : position + length], ()):
                if not name.bare or (position > 0 and folded[position - 1] in _CUES):
                    return name
        return None


def phrase_of(text: str) -> tuple[str, ...]:
    """The folded syllables a name is looked up by."""
    return analyse(text).folded


def _match(name: Name, first: Token, last: Token) -> Match:
    return Match(name.entity, name.value, name.codes, first.start, last.end)


def _level_at(folded: tuple[str, ...], position: int, analysis: Analysis) -> Name | None:
    """A level of online service; not a level of an account, a school or a category of works."""
    if folded[position] not in _LEVEL_FIRSTS:
        return None
    pair = folded[position : position + 2]
    if pair in _WORDS:
        return Name("level", _WORDS[pair], pair)
    for scale in _SCALES:
        end = position + len(scale)
        if folded[position:end] != scale or end >= len(folded) or folded[end] not in _RANKS:
            continue
        before = folded[position - 1] if position else ""
        if scale == ("cap",) and (before in _SCHOOL or folded[end] in ("mot", "hai", "ba", "bon", "1", "2")):
            return None
        whole = " ".join(analysis.folded)
        if any(word in whole for word in _ACCOUNT):
            return None
        return Name("level", _RANKS[folded[end]], (*scale, folded[end]))
    return None
