"""A question as weighted search terms."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.catalogue.search.deeds import Deed
from bot.catalogue.search.lexicon import PhraseTable, Synonym
from bot.catalogue.search.spelling import Spelling
from bot.catalogue.search.tables import SearchTables
from bot.catalogue.search.terms import ACCENTED, FOLDED, PAIR, terms
from bot.catalogue.search.words import plain
from bot.text import Analysis

FRAME_WEIGHT = 0.12
NEAR_WEIGHT = 0.7
KIND_WEIGHTS = {FOLDED: 1.0, ACCENTED: 0.35, PAIR: 0.9}
ADDED_WEIGHT = 0.8


@dataclass(frozen=True)
class Query:
    """``terms``: (search term, weight). ``weights``: how much each folded syllable of the citizen
    counts; ``heard``: how surely a folded syllable is meant, added words included (0–1);
    ``everyday``: folded syllables that stand in every sentence, numbers among them.
    """

    syllables: tuple[str, ...]
    folded: tuple[str, ...]
    weights: tuple[float, ...]
    heard: dict[str, float]
    terms: tuple[tuple[str, float], ...]
    deeds: frozenset[Deed] = frozenset()
    everyday: frozenset[str] = frozenset()


def read_query(analysis: Analysis, tables: SearchTables, spelling: Spelling) -> Query:
    """Weigh the words of a question, add synonyms and likely spellings."""
    folded = spelling.mended(analysis.folded)
    syllables = tuple(
        written if same == bare else bare
        for written, same, bare in zip(analysis.syllables, analysis.folded, folded, strict=True)
    )
    weights = _frame_weights(syllables, folded, tables.frames)
    gathered: dict[str, float] = {}
    heard: dict[str, float] = {}
    for syllable, weight in zip(folded, weights, strict=True):
        sure = heard.get(syllable, 0.0)
        heard[syllable] = weight if weight > sure else sure
    _gather_own(gathered, syllables, folded, heard)
    for position, syllable in enumerate(folded):
        if syllable not in spelling and weights[position] == 1.0:
            near = spelling.near(syllable)
            for other in near:
                heard[other] = max(heard.get(other, 0.0), NEAR_WEIGHT / len(near))
                term = FOLDED + other
                gathered[term] = max(gathered.get(term, 0.0), NEAR_WEIGHT / len(near))
                for pair in _pairs_with(folded, position, other):
                    gathered[pair] = max(gathered.get(pair, 0.0), NEAR_WEIGHT * KIND_WEIGHTS[PAIR])
    for mean, weight in _added(syllables, folded, tables.synonyms):
        words, terms_of_mean = _read_mean(mean)
        for word in words:
            sure = heard.get(word, 0.0)
            heard[word] = weight if weight > sure else sure
        added = weight * ADDED_WEIGHT
        for term, kind_weight in terms_of_mean:
            before, now = gathered.get(term, 0.0), kind_weight * added
            gathered[term] = now if now > before else before
    return Query(
        syllables,
        folded,
        tuple(weights),
        heard,
        tuple(gathered.items()),
        tables.deeds.said(syllables),
        _everyday(syllables, folded, tables.everyday),
    )


def _frame_weights(syllables: tuple[str, ...], folded: tuple[str, ...], frames: PhraseTable) -> list[float]:
    weights = [1.0] * len(syllables)
    reached = 0
    for start, end, _ in frames.matches(syllables, folded):
        if start >= reached:
            weights[start:end] = [FRAME_WEIGHT] * (end - start)
            reached = end
    return weights


def _everyday(syllables: tuple[str, ...], folded: tuple[str, ...], table: PhraseTable) -> frozenset[str]:
    words = {folded[start] for start, _, _ in table.matches(syllables, folded)}
    return frozenset(words.union(filter(str.isdigit, folded)))


def _gather_own(
    into: dict[str, float], syllables: tuple[str, ...], folded: tuple[str, ...], heard: Mapping[str, float]
) -> None:
    """Terms of the words of the question, in the order of ``terms``."""
    for syllable, bare in zip(syllables, folded, strict=True):
        into[FOLDED + bare] = KIND_WEIGHTS[FOLDED] * heard[bare]
        if bare != syllable:
            into[ACCENTED + syllable] = KIND_WEIGHTS[ACCENTED] * heard[bare]
    for left, right in pairwise(folded):
        into[f"{PAIR}{left} {right}"] = KIND_WEIGHTS[PAIR] * min(heard[left], heard[right])


@lru_cache(maxsize=4096)
def _read_mean(mean: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[tuple[str, float], ...]]:
    """Folded words and weighed terms of a phrase of the synonyms, which return in every question."""
    return tuple(map(plain, mean)), tuple((term, KIND_WEIGHTS[term[:2]]) for term in terms(mean))


def _pairs_with(folded: tuple[str, ...], position: int, other: str) -> Iterable[str]:
    if position > 0:
        yield f"{PAIR}{folded[position - 1]} {other}"
    if position + 1 < len(folded):
        yield f"{PAIR}{other} {folded[position + 1]}"


def _added(
    syllables: tuple[str, ...], folded: tuple[str, ...], synonyms: PhraseTable
) -> Iterable[tuple[tuple[str, ...], float]]:
    taken: list[tuple[int, int]] = []
    for start, end, value in synonyms.matches(syllables, folded):
        assert isinstance(value, Synonym)
        inside = any(a <= start and end <= b and (a, b) != (start, end) for a, b in taken)
        taken.append((start, end))
        weight = value.weight * (0.5 if inside else 1.0)
        for mean in value.mean:
            yield mean, weight
