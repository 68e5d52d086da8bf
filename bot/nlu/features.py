"""What the question classifier sees of a message: hashed features of accented and folded forms. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from zlib import crc32

from bot.nlu.question_words import ADDRESS, CALLS, COURTESY, QUESTION_WORDS
from bot.text import Token, analyse, fold
from bot.text.identifiers import Identifier, find_identifiers

BITS = 20
_MASK = (1 << BITS) - 1
_DIGITS = re.compile(r"\d")
_SENTENCE_END = re.compile(r"[.?!;\n]")
_LENGTHS = (1, 2, 4, 7, 12, 20, 35, 60)
_SHORTEST_SENTENCE = 3
_SHORTEST_REST = 3
_MAX_SYLLABLES = 160
_GAP = "_"

Group = tuple[int, ...]


def extract(text: str) -> tuple[Group, ...]:
    """Hashed feature numbers (< 2**BITS) of a message, in groups that are weighted one by one.

    The groups are: folded syllable n-grams, characters inside words, accented syllables, the
    frame of question words with everything else left out, the frame of the asking sentence, and
    marks of the whole. An unaccented message has an empty third group.
    """
    analysis = analyse(text)
    kinds = find_identifiers(text)
    tokens = _without_courtesy(analysis.tokens)
    words = _words(tokens, kinds)[:_MAX_SYLLABLES]
    asking = _words(_asking(text, tokens), kinds)[-_MAX_SYLLABLES:]
    accented: set[int] = set()
    if analysis.accented:
        forms = [form for token in tokens for form in token.forms if not _DIGITS.search(form)]
        forms = forms[:_MAX_SYLLABLES]
        accented.update(_hash("a", form) for form in forms if fold(form) != form)
        accented.update(_hash("b", f"{one} {two}") for one, two in pairwise(forms))
    return (
        _numbered("w", _grams(["^", *words, "$"], 1, 3)),
        _numbered("c", (gram for word in words for gram in _characters(word))),
        tuple(sorted(accented)),
        _numbered("f", _grams(frame(words), 2, 5)),
        _numbered("q", _grams(frame(asking), 1, 4)),
        _numbered("m", _marks(words, kinds, len(text))),
    )


def frame(words: Sequence[str]) -> list[str]:
    """The question words in order; each run of other words becomes one gap."""
    result = ["^"]
    for word in words:
        kept = word if word in QUESTION_WORDS or word[0] == "<" else _GAP
        if kept != _GAP or result[-1] != _GAP:
            result.append(kept)
    result.append("$")
    return result


def _words(tokens: Sequence[Token], kinds: Sequence[Identifier]) -> list[str]:
    """Folded syllables; an identifier is one placeholder, any other number another."""
    words: list[str] = []
    for token in tokens:
        kind = next((i.kind.value for i in kinds if i.start <= token.start < i.end), None)
        if kind is not None:
            if not words or words[-1] != f"<{kind}>":
                words.append(f"<{kind}>")
            continue
        for part in token.folded:
            if _DIGITS.search(part) and len(part) > 1:
                part = "<number>"
            if part:
                words.append(part)
    return words


def _without_courtesy(tokens: Sequence[Token]) -> Sequence[Token]:
    """The message without the address a question begins with and the thanks it ends with."""
    parts = [token.folded[0] if token.folded else "" for token in tokens]
    opening = 0
    while opening < len(parts) and parts[opening] in ADDRESS:
        opening += 1
    if CALLS.isdisjoint(parts[:opening]) or len(parts) - opening < _SHORTEST_REST:
        opening = 0
    while opening and parts[opening - 1] == "co":
        opening -= 1
    return _without_thanks(tokens[opening:], parts[opening:])


def _without_thanks(tokens: Sequence[Token], parts: Sequence[str]) -> Sequence[Token]:
    for index in range(len(parts) - 2, 5, -1):
        if list(parts[index : index + 2]) == ["cam", "on"] and len(parts) - index < 12:
            while index > 5 and parts[index - 1] in COURTESY:
                index -= 1
            return tokens[:index]
    return tokens


def _asking(text: str, tokens: Sequence[Token]) -> Sequence[Token]:
    """The last sentence long enough to ask something."""
    ends = [m.end() for m in _SENTENCE_END.finditer(text)]
    best: Sequence[Token] = tokens
    start = 0
    for end in [*ends, len(text)]:
        inside = [token for token in tokens if start <= token.start < end]
        if len(inside) >= _SHORTEST_SENTENCE:
            best = inside
        start = end
    return best


def _grams(words: Sequence[str], shortest: int, longest: int) -> Iterator[str]:
    for size in range(shortest, longest + 1):
        for start in range(len(words) - size + 1):
            yield " ".join(words[start : start + size])


def _characters(word: str) -> Iterator[str]:
    if word[0] == "<":
        return
    padded = f"[{word}]"
    for size in range(2, 6):
        for start in range(len(padded) - size + 1):
            yield padded[start : start + size]


def _marks(words: Sequence[str], kinds: Sequence[Identifier], characters: int) -> Iterator[str]:
    yield f"length {sum(len(words) >= step for step in _LENGTHS)}"
    yield f"first {' '.join(words[:2])}"
    yield f"last {' '.join(words[-2:])}"
    for word in words[:1]:
        yield f"first {word}"
    for word in words[-1:]:
        yield f"last {word}"
    for kind in {identifier.kind.value for identifier in kinds}:
        yield f"has {kind}"
    if not any(word in QUESTION_WORDS for word in words):
        yield "no question word"
    if characters > 0 and not words:
        yield "no word"


def _numbered(space: str, grams: Iterator[str]) -> Group:
    return tuple(sorted({_hash(space, gram) for gram in grams}))


def _hash(space: str, gram: str) -> int:
    return crc32(f"{space}:{gram}".encode()) & _MASK
