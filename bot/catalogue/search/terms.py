"""Search terms of a sequence of syllables: folded, accented and neighbouring pairs."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from bot.catalogue.search.arrays import Numbers
from bot.catalogue.search.holdings import numbered
from bot.catalogue.search.words import plain

FOLDED, ACCENTED, PAIR = "f:", "a:", "p:"


def terms(syllables: Sequence[str]) -> Iterator[str]:
    """Terms of ``syllables`` (canonical spelling, accents kept where they are known).

    Yields ``f:ket`` for every syllable, ``a:kết`` where it carries accents, and ``p:ket hon``
    for every pair of neighbours.
    """
    folded = [plain(syllable) for syllable in syllables]
    for bare, syllable in zip(folded, syllables, strict=True):
        yield FOLDED + bare
        if bare != syllable:
            yield ACCENTED + syllable
    for left, right in pairwise(folded):
        yield f"{PAIR}{left} {right}"


def numbered_terms(names: Sequence[Sequence[str]]) -> tuple[dict[str, int], Numbers, Numbers]:
    """(number of each term, terms said, which name says each) of all names.

    The same as those of ``terms``, in another order: each different syllable and pair is looked at once.
    """
    of_syllable, said, lengths = numbered(names)
    owners = np.repeat(np.arange(len(lengths)), lengths)
    written = list(of_syllable)
    of_word, word_of, _ = numbered([map(plain, written)])
    bare = list(of_word)
    words = word_of[said]
    vocabulary = [FOLDED + word for word in bare]

    accented = np.array([bare[n] != form for n, form in zip(word_of, written, strict=True)], dtype=np.bool_)
    with_accents = accented[said]
    accents = len(vocabulary) + np.cumsum(accented)[said[with_accents]] - 1
    vocabulary += [ACCENTED + written[number] for number in np.flatnonzero(accented)]

    beside = np.flatnonzero(owners[:-1] == owners[1:])
    both = words[beside] * len(bare) + words[beside + 1]
    different, pairs = np.unique(both, return_inverse=True)
    pairs += len(vocabulary)
    lefts, rights = (side.tolist() for side in np.divmod(different, max(len(bare), 1)))
    vocabulary += [f"{PAIR}{bare[left]} {bare[right]}" for left, right in zip(lefts, rights, strict=True)]

    return (
        {term: number for number, term in enumerate(vocabulary)},
        np.concatenate([words, accents, pairs]),
        np.concatenate([owners, owners[with_accents], owners[beside]]),
    )
