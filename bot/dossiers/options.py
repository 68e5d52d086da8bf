"""Which option of a question a typed message names. Pure.

An option goes by its label and by its id, which is a short name in unaccented words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from bot.answers.ordinal import only_a_pick, picked
from bot.catalogue.records import Option, Question
from bot.dossiers.vocabulary import Vocabulary, Word, words_of
from bot.text import analyse

_LEAST_SHARE = 0.6
_EXACT, _AS_SAID, _WITHIN = 3.0, 2.5, 2.0
_OPPOSED = 0.9
# Of two names that hold what was said, the one that holds more of it.
_MORE, _MOST_MORE = 0.01, 0.2


class Fit(Enum):
    """A message that does not name one option."""

    NONE = "none"
    SEVERAL = "several"


def fit_of(text: str, question: Question, vocabulary: Vocabulary) -> Option | Fit:
    """The one option a message names: by number, by its words, or by a bare yes or no."""
    options = question.options
    words = list(analyse(text).folded)
    position = picked(words, len(options)) if only_a_pick(words) else None
    if position is not None:
        return options[position]
    said = _Said.of(words, question, vocabulary)
    scored = [(max(said.score(name) for name in _names(option)), option) for option in options]
    best = max(score for score, _ in scored)
    fitting = [option for score, option in scored if score == best]
    meanings = vocabulary.meanings(text)
    if best < _EXACT and meanings & {Word.YES, Word.NO}:
        return _by_yes_or_no(meanings, options, vocabulary)
    if best < _WITHIN * _OPPOSED and vocabulary.asks(words):
        return Fit.NONE
    if best < _LEAST_SHARE:
        return Fit.SEVERAL if said.stays_within else Fit.NONE
    return fitting[0] if len(fitting) == 1 else Fit.SEVERAL


def in_its_words(text: str, question: Question, vocabulary: Vocabulary) -> bool:
    """Whether a message has no word but those of the question, its options and fillers."""
    return _Said.of(list(analyse(text).folded), question, vocabulary).stays_within


def _names(option: Option) -> Iterator[list[str]]:
    """What an option may be called, in folded words."""
    yield list(words_of(option.label))
    yield list(words_of(option.id))


@dataclass(frozen=True)
class _Said:
    """A message at a question. ``own``: its words beside fillers and words of the question; ``telling``:
    those and every other that is in some option; ``stays_within``: it has no word but of the question, its
    options and fillers.
    """

    words: list[str]
    own: list[str]
    telling: list[str]
    negating: frozenset[str]
    stays_within: bool

    @classmethod
    def of(cls, words: list[str], question: Question, vocabulary: Vocabulary) -> "_Said":
        known = {word for option in question.options for name in _names(option) for word in name}
        idle = (vocabulary.fillers | set(words_of(question.ask))) - vocabulary.negating
        own = [word for word in words if word not in idle]
        telling = [word for word in words if word not in idle or word in known]
        at_home = all(word in known or word in idle for word in own)
        return cls(words, own, telling, vocabulary.negating, stays_within=bool(telling) and at_home)

    def score(self, name: list[str]) -> float:
        """The share of the message that is in the name (0-1), more when all of it is, and still more when it
        stands there as it was said. A message that denies something never fits a name that does not.
        """
        if name and name in (self.words, self.own, self.telling):
            return _EXACT
        counted = [word for word in self.telling if word in name or word in self.own]
        denies = not self.negating.isdisjoint(self.telling)
        denied = not self.negating.isdisjoint(name)
        if not counted or (denies and not denied):
            return 0.0
        found = sum(word in name for word in counted)
        share = found / len(counted)
        if share == 1.0:
            share = _AS_SAID if _stands_in(self.telling, name) or _stands_in(self.own, name) else _WITHIN
        share += min(found * _MORE, _MOST_MORE)
        return share * (_OPPOSED if denied and not denies else 1.0)


def _stands_in(said: list[str], name: list[str]) -> bool:
    """Whether a message is a part of a name, word after word."""
    starts = range(len(name) - len(said) + 1)
    return bool(said) and any(name[start : start + len(said)] == said for start in starts)


def _by_yes_or_no(
    meanings: frozenset[Word], options: Sequence[Option], vocabulary: Vocabulary
) -> Option | Fit:
    """A bare "có" or "chưa" where exactly one label begins like it."""
    for meaning in (Word.YES, Word.NO):
        openings = [option for option in options if meaning in _opening(option.label, vocabulary)]
        if meaning in meanings and len(openings) == 1:
            return openings[0]
    return Fit.SEVERAL


def _opening(label: str, vocabulary: Vocabulary) -> frozenset[Word]:
    words = words_of(label)[:2]
    one, two = " ".join(words[:1]), " ".join(words)
    empty: frozenset[Word] = frozenset()
    return vocabulary.sayings.get(two, empty) | vocabulary.sayings.get(one, empty)
