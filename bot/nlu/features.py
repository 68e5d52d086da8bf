"""What the question classifier sees of a message: hashed features of accented and folded forms. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, repeat
from zlib import crc32

from bot.nlu.question_words import ADDRESS, CALLS, COURTESY, QUESTION_WORDS
from bot.text import Token, analyse
from bot.text.identifiers import Identifier, find_identifiers

BITS = 20
_MASK = (1 << BITS) - 1
_DIGITS = re.compile(r"\d")
_SENTENCE_END = re.compile(r"[.?!;\n]")
_LENGTHS = (1, 2, 4, 7, 12, 20, 35, 60)
_SHORTEST_SENTENCE = 3
_SHORTEST_REST = 3
_MAX_SYLLABLES = 160
_LONGEST_SYLLABLE = 24
_GAP = "_"

Group = tuple[int, ...]


def extract(text: str) -> tuple[Group, ...]:
    """Hashed feature numbers (< 2**BITS) of a message, each once, in groups that are weighted one by one.

    The groups are: folded syllable n-grams, characters inside words, accented syllables, the
    frame of question words with everything else left out, the frame of the asking sentence, and
    marks of the whole. An unaccented message has an empty third group.
    """
    analysis = analyse(text)
    kinds = find_identifiers(text)
    tokens = _without_courtesy(analysis.tokens)
    everything = _words(tokens, kinds)
    words = everything[:_MAX_SYLLABLES]
    asked = _asking(text, tokens)
    asking = (everything if asked is tokens else _words(asked, kinds))[-_MAX_SYLLABLES:]
    return (
        tuple(_grams("w", ["^", *words, "$"], 1, 3)),
        tuple(_characters(words)),
        tuple(_accented(tokens)) if analysis.accented else (),
        tuple(_grams("f", frame(words), 2, 5)),
        tuple(_grams("q", frame(asking), 1, 4)),
        tuple(_hashes("m", _marks(words, kinds, len(text)))),
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
        kind = next((i.kind.value for i in kinds if i.start <= token.start < i.end), None) if kinds else None
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
    """The last sentence long enough to ask something; `tokens` itself where that is all of it."""
    ends = [m.end() for m in _SENTENCE_END.finditer(text)]
    best: Sequence[Token] = tokens
    start = 0
    for end in [*ends, len(text)]:
        inside = [token for token in tokens if start <= token.start < end]
        if len(inside) >= _SHORTEST_SENTENCE:
            best = inside
        start = end
    return tokens if len(best) == len(tokens) else best


def _accented(tokens: Sequence[Token]) -> set[int]:
    """Accented syllables, and pairs of any two."""
    pairs = [
        pair
        for token in tokens
        for pair in zip(token.forms, token.folded, strict=True)
        if pair[0].isalpha() or not _DIGITS.search(pair[0])
    ][:_MAX_SYLLABLES]
    alone = _hashes("a", (form for form, plain in pairs if form != plain))
    return alone | _grams("b", [form for form, _ in pairs], 2, 2)


def _grams(space: str, words: Iterable[str], shortest: int, longest: int) -> set[int]:
    """Runs of words with a space between them."""
    first = [word.encode() for word in words]
    return _runs(space, first, [b" " + word for word in first], shortest, longest)


def _characters(words: Iterable[str]) -> set[int]:
    """Runs of characters in words and at their ends; none in placeholders."""
    numbers: set[int] = set()
    for word in words:
        if word[0] != "<":
            numbers.update(_in_word(word) if len(word) <= _LONGEST_SYLLABLE else _in_any(word))
    return numbers


def _in_any(word: str) -> tuple[int, ...]:
    characters = [character.encode() for character in f"[{word}]"]
    return tuple(_runs("c", characters, characters, 2, 5))


# The syllables of the language are few, and most questions are made of the same few hundred.
_in_word = lru_cache(maxsize=4096)(_in_any)


def _runs(
    space: str, first: Sequence[bytes], further: Sequence[bytes], shortest: int, longest: int
) -> set[int]:
    """Hashes of all runs; a CRC goes on from that of the run shorter by one, so none is put together.

    `first` are the pieces as a run begins with them, `further` as it goes on with them.
    """
    reached = list(map(crc32, first, repeat(_empty(space))))
    found = [reached] if shortest == 1 else []
    for size in range(2, longest + 1):
        # The last run has nothing to go on with.
        reached = list(map(crc32, further[size - 1 :], reached))
        if size >= shortest:
            found.append(reached)
    return {number & _MASK for number in chain.from_iterable(found)}


def _hashes(space: str, grams: Iterable[str]) -> set[int]:
    empty = _empty(space)
    return {crc32(gram.encode(), empty) & _MASK for gram in grams}


@lru_cache(maxsize=16)
def _empty(space: str) -> int:
    return crc32(f"{space}:".encode())


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
