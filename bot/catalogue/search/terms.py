"""Search terms of a sequence of syllables: folded, accented and neighbouring pairs."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

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
