"""Reads a typed message as an answer to the open step, or as nothing of the kind. Pure.

Only what plainly answers is taken: everything else is a question in between, which the assistant answers.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from bot.answers.ordinal import only_a_pick, picked
from bot.answers.resolve import PLACES
from bot.answers.turn import Turn
from bot.catalogue.records import Option
from bot.dossiers.checks import OPTIONS, Check
from bot.dossiers.options import Fit, fit_of
from bot.dossiers.step import Kind, Step
from bot.dossiers.vocabulary import Vocabulary, Word, words_of
from bot.text import analyse

_NUMBERS = re.compile(r"\d{1,2}")
_UNASKED = frozenset({Word.BACK, Word.LATER, Word.CANCEL, Word.REVIEW})
"""Words understood at every step."""


class Sense(str, Enum):
    """How a message was understood."""

    WORD = "word"
    OPTION = "option"
    HAVE = "have"
    LACK = "lack"
    POSITION = "position"
    UNIT = "unit"
    CODE = "code"
    UNCLEAR = "unclear"
    """Plainly an answer, but more than one choice fits it."""


@dataclass(frozen=True)
class Heard:
    """What was heard: a word, an option of the question, paper numbers, the position (from 0) of a choice
    offered, a place, or a dossier code.
    """

    sense: Sense
    word: Word | None = None
    option: Option | None = None
    numbers: tuple[int, ...] = field(default=())
    position: int = 0
    code: str = ""


def hear(turn: Turn, step: Step, kind: Kind, vocabulary: Vocabulary) -> Heard | None:
    """``kind``: what was asked last; ``step``: where the draft is."""
    words = vocabulary.meanings(turn.text)
    at_once = words & _UNASKED
    if at_once:
        return Heard(Sense.WORD, word=min(at_once))
    if kind is Kind.QUESTION and step.question:
        fit = fit_of(turn.text, step.question, vocabulary)
        if isinstance(fit, Option):
            return Heard(Sense.OPTION, option=fit)
        return Heard(Sense.UNCLEAR) if fit is Fit.SEVERAL else None
    if kind is Kind.CHECKLIST:
        numbered = _numbered(turn.text, len(step.checklist.to_bring), vocabulary)
        if numbered:
            return numbered
    if kind is Kind.CHECK and any(mention.kind in PLACES for mention in turn.mentions):
        return Heard(Sense.UNIT)
    if kind in (Kind.CODE, Kind.READY):
        code = next(iter(turn.mentioned("dossier")), "")
        if code:
            return _code(turn.text, code, vocabulary)
    if kind in _CHOICES:
        folded = analyse(turn.text).folded
        position = picked(folded, _CHOICES[kind](step)) if only_a_pick(folded) else None
        if position is not None:
            return Heard(Sense.POSITION, position=position)
    understood = words & _expected(kind, step)
    return Heard(Sense.WORD, word=min(understood)) if understood else None


def _code(text: str, code: str, vocabulary: Vocabulary) -> Heard | None:
    """The code of the dossier prepared, unless somebody asks about another one. Day and number without
    the unit are no code yet: it is asked for again.
    """
    words = words_of(text)
    if vocabulary.asks(words) or vocabulary.looks_up(words):
        return None
    if not any(letter.isalpha() for letter in code):
        return Heard(Sense.WORD, word=Word.SENT)
    return Heard(Sense.CODE, code=code)


def _expected(kind: Kind, step: Step) -> frozenset[Word]:
    if kind is Kind.CHECK and step.check is not None:
        return _CHECK_WORDS[step.check]
    return _WORDS.get(kind, frozenset())


_CHOICES: dict[Kind, Callable[[Step], int]] = {
    Kind.WAY: lambda step: len(step.ways),
    Kind.CHECK: lambda step: len(OPTIONS[step.check]) if step.check else 0,
    Kind.PAPER: lambda _step: 2,
    Kind.INSTEAD: lambda _step: 2,
}
"""How many choices a step offers that can be picked by number."""

_YES_OR_NO = frozenset({Word.YES, Word.NO})
_CHECK_WORDS = {
    Check.WHO: frozenset({Word.MYSELF, Word.OTHER}),
    Check.UNIT: frozenset({Word.NO, Word.SKIP}),
    Check.ACCOUNT: _YES_OR_NO,
    Check.SCANS: _YES_OR_NO,
}
_SUBMITTING = frozenset({Word.SENT, Word.NO_CODE, Word.DOWN})
_WORDS: dict[Kind, frozenset[Word]] = {
    Kind.CHECKLIST: frozenset({Word.ALL, Word.MISSING, Word.YES, Word.NO}),
    Kind.PAPER: _YES_OR_NO,
    Kind.WAY: frozenset({Word.ONLINE, Word.COUNTER, Word.POST}),
    Kind.READY: _SUBMITTING,
    Kind.NOT_READY: _SUBMITTING | {Word.ALL, Word.RECHECK},
    Kind.INSTEAD: frozenset({Word.YES, Word.NO, Word.SWITCH}),
    Kind.CODE: _SUBMITTING | {Word.NO},
}


def _numbered(text: str, count: int, vocabulary: Vocabulary) -> Heard | None:
    """ "có 1, 3" or "thiếu 2": only numbers of the list, led by a word of having or lacking or by nothing."""
    words = words_of(text)
    numbers = tuple(int(word) for word in words if _NUMBERS.fullmatch(word))
    beside = vocabulary.fillers | vocabulary.between
    rest = " ".join(word for word in words if not word.isdecimal() and word not in beside)
    if not numbers or any(not 1 <= number <= count for number in numbers):
        return None
    lacking = rest in vocabulary.lacking
    if lacking or not rest or rest in vocabulary.having:
        return Heard(Sense.LACK if lacking else Sense.HAVE, numbers=numbers)
    return None
