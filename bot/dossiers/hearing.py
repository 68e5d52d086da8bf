"""Reads a typed message as an answer to the open step, or as nothing of the kind. Pure.

Only what plainly answers is taken: everything else is a question in between, which the assistant answers.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from bot.answers.ordinal import only_a_pick, picked
from bot.answers.turn import Turn
from bot.catalogue.records import Option, Question
from bot.dossiers.checks import OPTIONS
from bot.dossiers.step import Kind, Step
from bot.dossiers.vocabulary import Vocabulary, Word, words_of
from bot.text import analyse

_NUMBERS = re.compile(r"\d{1,2}")
_LEAST_SHARE = 0.6
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
        option = option_said(turn.text, step.question, vocabulary)
        return Heard(Sense.OPTION, option=option) if option else None
    if kind is Kind.CHECKLIST:
        numbered = _numbered(turn.text, len(step.checklist.to_bring), vocabulary)
        if numbered:
            return numbered
    if kind is Kind.CHECK and (turn.mentioned("unit") or turn.mentioned("old_unit")):
        return Heard(Sense.UNIT)
    if kind in (Kind.CODE, Kind.READY):
        code = next(iter(turn.mentioned("dossier")), "")
        if code:
            return Heard(Sense.CODE, code=code)
    if kind in _CHOICES:
        folded = analyse(turn.text).folded
        position = picked(folded, _CHOICES[kind](step)) if only_a_pick(folded) else None
        if position is not None:
            return Heard(Sense.POSITION, position=position)
    understood = words & _WORDS.get(kind, frozenset())
    return Heard(Sense.WORD, word=min(understood)) if understood else None


_CHOICES: dict[Kind, Callable[[Step], int]] = {
    Kind.WAY: lambda step: len(step.ways),
    Kind.CHECK: lambda step: len(OPTIONS[step.check]) if step.check else 0,
    Kind.PAPER: lambda _step: 2,
    Kind.INSTEAD: lambda _step: 2,
}
"""How many choices a step offers that can be picked by number."""

_SUBMITTING = frozenset({Word.SENT, Word.NO_CODE, Word.DOWN})
_WORDS: dict[Kind, frozenset[Word]] = {
    Kind.CHECKLIST: frozenset({Word.ALL, Word.MISSING, Word.YES, Word.NO}),
    Kind.PAPER: frozenset({Word.YES, Word.NO, Word.ALL}),
    Kind.WAY: frozenset({Word.ONLINE, Word.COUNTER, Word.POST}),
    Kind.CHECK: frozenset({Word.YES, Word.NO, Word.MYSELF, Word.OTHER, Word.SKIP}),
    Kind.READY: _SUBMITTING,
    Kind.NOT_READY: _SUBMITTING | {Word.ALL, Word.RECHECK},
    Kind.INSTEAD: frozenset({Word.YES, Word.NO, Word.SWITCH}),
    Kind.CODE: _SUBMITTING | {Word.NO},
}


def option_said(text: str, question: Question, vocabulary: Vocabulary) -> Option | None:
    """The one option a message names: by number, by its words, or by a bare yes or no."""
    folded = analyse(text).folded
    position = picked(folded, len(question.options)) if only_a_pick(folded) else None
    if position is not None:
        return question.options[position]
    said = [word for word in words_of(text) if word not in vocabulary.fillers]
    yes_or_no = _by_yes_or_no(text, question.options, vocabulary)
    if yes_or_no or not said:
        return yes_or_no
    scored = sorted(((_share(said, option), option.id, option) for option in question.options), reverse=True)
    best, second = scored[0], scored[1] if len(scored) > 1 else (0.0, "", None)
    return best[2] if best[0] >= _LEAST_SHARE and best[0] > second[0] else None


def _by_yes_or_no(text: str, options: Sequence[Option], vocabulary: Vocabulary) -> Option | None:
    """A bare "có" or "chưa" where exactly one label begins like it."""
    words = vocabulary.meanings(text)
    for meaning in (Word.YES, Word.NO):
        if meaning not in words:
            continue
        openings = [option for option in options if meaning in _opening(option.label, vocabulary)]
        if len(openings) == 1:
            return openings[0]
    return None


def _opening(label: str, vocabulary: Vocabulary) -> frozenset[Word]:
    words = words_of(label)[:2]
    one, two = " ".join(words[:1]), " ".join(words)
    empty: frozenset[Word] = frozenset()
    return vocabulary.sayings.get(two, empty) | vocabulary.sayings.get(one, empty)


def _share(said: Sequence[str], option: Option) -> float:
    """How much of the message is in the label, times how much of the label is in the message (rooted)."""
    label = set(words_of(option.label))
    if not label:
        return 0.0
    common = sum(1 for word in said if word in label)
    covered = common / len(said)
    return covered if covered < 1.0 else 1.0 + common / len(label)


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
