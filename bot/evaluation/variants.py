"""How citizens mistype: each variant turns a question into another way of writing it. Pure, seeded."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from random import Random

from bot.evaluation.input_methods import telex, vni, without_accents
from bot.text import find_identifiers
from bot.text.abbreviations import ABBREVIATIONS, ACCENTED_ABBREVIATIONS
from bot.text.syllables import canonical

_WORD = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")
_KEYBOARD = """
    a:qwsz b:vghn c:xdfv d:serfcx e:wsdr f:drtgvc g:ftyhbv h:gyujnb i:uojk j:huikmn k:jiolm l:kop m:njk
    n:bhjm o:ipkl p:ol q:wa r:edft s:awedxz t:rfgy u:yhji v:cfgb w:qase x:zsdc y:tghu z:asx
"""
_NEIGHBOURS = dict(pair.split(":") for pair in _KEYBOARD.split())
_SLIPS_EVERY = 6
_SWAP_SHARE = 0.5
_LONGEST_MEANING = 8

Words = Sequence[str]
Rewrite = Callable[[Words, Random], list[str]]


def vary(question: str, name: str) -> str:
    """The question in the variant ``name``: always the same for the same question.

    Identifiers and every word with a digit stay as they are. Raises ``KeyError`` for an unknown name.
    """
    rewrite = VARIANTS[name]
    text = unicodedata.normalize("NFC", question)
    guarded = [(found.start, found.end) for found in find_identifiers(text)]
    matches = [
        match
        for match in _WORD.finditer(text)
        if not _DIGIT.search(match.group())
        and all(match.end() <= start or match.start() >= end for start, end in guarded)
    ]
    written = rewrite([match.group() for match in matches], Random(f"{name}:{question}"))
    pieces: list[str] = []
    reached = 0
    for match, word in zip(matches, written, strict=True):
        # An emptied word was taken into the abbreviation before it, with the space between them.
        if word or not text[reached : match.start()].isspace():
            pieces.append(text[reached : match.start()])
        pieces.append(word)
        reached = match.end()
    return "".join(pieces) + text[reached:]


def _each(change: Callable[[str], str]) -> Rewrite:
    return lambda words, chance: [change(word) for word in words]


def _half(words: Words, chance: Random) -> list[str]:
    return [without_accents(word) if chance.random() < 0.5 else word for word in words]


def _slips(change: Callable[[str, Random], str]) -> Rewrite:
    """One word in six mistyped, at least one."""

    def rewrite(words: Words, chance: Random) -> list[str]:
        result = list(words)
        long = [place for place, word in enumerate(words) if len(word) >= 3]
        for place in chance.sample(long, min(len(long), max(1, len(words) // _SLIPS_EVERY))):
            result[place] = change(words[place], chance)
        return result

    return rewrite


def _double(word: str, chance: Random) -> str:
    place = chance.randrange(len(word))
    return word[: place + 1] + word[place] * chance.randint(1, 2) + word[place + 1 :]


def _neighbour(word: str, chance: Random) -> str:
    plain = [place for place, letter in enumerate(word) if letter.lower() in _NEIGHBOURS]
    if not plain:
        return word
    place = chance.choice(plain)
    return word[:place] + chance.choice(_NEIGHBOURS[word[place].lower()]) + word[place + 1 :]


def _drop(word: str, chance: Random) -> str:
    place = chance.randrange(len(word))
    return word[:place] + word[place + 1 :]


def _swap(one: str, other: str) -> Rewrite:
    """Half of the words that begin with either letter, at least one, begin with the other."""

    def starts(word: str) -> bool:
        folded = without_accents(word).lower()
        return folded[:1] in (one, other) and not folded.startswith(("ng", "nh")) and len(word) > 1

    def rewrite(words: Words, chance: Random) -> list[str]:
        places = [place for place, word in enumerate(words) if starts(word)]
        sure = chance.choice(places) if places else -1
        result = list(words)
        for place in places:
            if place == sure or chance.random() < _SWAP_SHARE:
                first = other if words[place][0].lower() == one else one
                first = first.upper() if words[place][0].isupper() else first
                result[place] = first + words[place][1:]
        return result

    return rewrite


def _shorts() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    found: dict[tuple[str, ...], list[str]] = {}
    for table in (ABBREVIATIONS, ACCENTED_ABBREVIATIONS):
        for short, meaning in table.items():
            found.setdefault(tuple(canonical(word) for word in meaning), []).append(short)
    return {meaning: tuple(sorted(shorts)) for meaning, shorts in found.items()}


_SHORTS = _shorts()


def _teen_code(words: Words, chance: Random) -> list[str]:
    """Everything the abbreviation table knows, longest meaning first."""
    plain = [canonical(word) for word in words]
    result = list(words)
    place = 0
    while place < len(words):
        longest = min(_LONGEST_MEANING, len(words) - place)
        length = next((n for n in range(longest, 0, -1) if tuple(plain[place : place + n]) in _SHORTS), 0)
        if length:
            result[place : place + length] = [
                chance.choice(_SHORTS[tuple(plain[place : place + length])]),
                *[""] * (length - 1),
            ]
        place += length or 1
    return result


VARIANTS: Mapping[str, Rewrite] = {
    "unaccented": _each(without_accents),
    "half_accented": _half,
    "telex": _each(telex),
    "vni": _each(vni),
    "doubled_letter": _slips(_double),
    "neighbour_key": _slips(_neighbour),
    "dropped_letter": _slips(_drop),
    "teen_code": _teen_code,
    "ln_swap": _swap("l", "n"),
    "sx_swap": _swap("s", "x"),
    "nfd": _each(lambda word: unicodedata.normalize("NFD", word)),
    "upper": _each(str.upper),
}
"""Every variant by the name it has in reports."""
