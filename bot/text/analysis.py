"""The reading of a whole message: tokens, syllables, and whether accents can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from bot.text.misspellings import correct
from bot.text.readings import READINGS, choose
from bot.text.tokens import Token, fold_all, pieces, read_word

_ACCENTED_SHARE = 0.2
# One turn reads its message a dozen times.
_REMEMBERED = 512


@dataclass(frozen=True, slots=True)
class Analysis:
    """A message read: `text` as given, its tokens, and all their syllables in order.

    `accented` is True when at least one word in five carries Vietnamese accents as written.
    """

    text: str
    tokens: tuple[Token, ...]
    syllables: tuple[str, ...]
    folded: tuple[str, ...]
    accented: bool


@lru_cache(maxsize=_REMEMBERED)
def analyse(text: str) -> Analysis:
    """Read a message as it was sent; token offsets refer to `text` itself, also when it is NFD."""
    found = list(pieces(text))
    words = [word for word, _, _ in found]
    forms = [read_word(word) for word in words]
    for index, word in enumerate(words):
        key = word.replace("đ", "d")
        if key in READINGS:
            chosen = _in_context(key, index, text, found, forms)
            if chosen is not None:
                forms[index] = chosen
    read = [syllable for form in forms for syllable in form]
    syllables = correct(read)
    if syllables != read:
        left = iter(syllables)
        forms = [tuple(islice(left, len(form))) for form in forms]
    tokens = tuple(
        [
            Token(text[start:end], start, end, form, fold_all(form))
            for (_, start, end), form in zip(found, forms, strict=True)
        ]
    )
    folded = tuple([part for token in tokens for part in token.folded])
    return Analysis(text, tokens, tuple(syllables), folded, _is_accented(words))


def _in_context(
    key: str,
    index: int,
    text: str,
    found: list[tuple[str, int, int]],
    forms: list[tuple[str, ...]],
) -> tuple[str, ...] | None:
    before = [part for form in forms[max(0, index - 2) : index] for part in fold_all(form)]
    after = [part for form in forms[index + 1 : index + 3] for part in fold_all(form)]
    end = found[index][2]
    stop = found[index + 1][1] if index + 1 < len(found) else len(text)
    last = index + 1 == len(found) or any(mark in text[end:stop] for mark in ".,;?!\n")
    return choose(key, before, after, last=last)


def _is_accented(words: list[str]) -> bool:
    letters = [word for word in words if word[:1].isalpha()]
    marked = sum(1 for word in letters if not word.isascii() and fold_all((word,)) != (word,))
    return marked > 0 and marked >= _ACCENTED_SHARE * len(letters)
