"""Reads a message against the open question of the guide, or against one answered before. Pure.

"à nhầm, làm cho mẹ" takes back the newest answer it fits, however long ago that was given.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import dropwhile

from bot.answers.intent import Intent
from bot.answers.turn import Turn
from bot.catalogue.records import Procedure
from bot.catalogue.view import Catalogue
from bot.dossiers.branching import question_of
from bot.dossiers.casefile import OPEN, CaseFile, Draft, Phase, Waiting
from bot.dossiers.checks import Check
from bot.dossiers.hearing import Heard, Sense, hear
from bot.dossiers.options import in_its_words
from bot.dossiers.orders import NAME
from bot.dossiers.starting import WHICH
from bot.dossiers.step import Kind, Step, step_of
from bot.dossiers.vocabulary import Vocabulary, Word, words_of
from bot.dossiers.ways import ways_of

SHORT = 4
"""So many words at most are a try at an answer when nobody can tell what they mean."""
CLEAR = 0.6
_SHORT_ANSWERS = frozenset({Intent.SELECT_OPTION, Intent.AFFIRM, Intent.DENY})
_ANY_TIME = frozenset({Word.LATER, Word.CANCEL, Word.REVIEW})
_ANSWERS = frozenset({Sense.OPTION, Sense.POSITION, Sense.UNIT})
_CHANGES = frozenset(
    {Word.YES, Word.NO, Word.MYSELF, Word.OTHER, Word.SKIP, Word.ONLINE, Word.COUNTER, Word.POST}
)


@dataclass(frozen=True)
class Reading:
    """What was heard, the step it answers, and what was asked there."""

    heard: Heard
    draft: Draft
    step: Step
    kind: Kind


def read(turn: Turn, file: CaseFile, catalogue: Catalogue, vocabulary: Vocabulary) -> Reading | None:
    """The message as an answer; None when it is none, or nothing is open."""
    waiting = file.waiting or _said_unasked(turn, file, vocabulary)
    if waiting is None or waiting.flow != NAME or waiting.topic == WHICH:
        return None
    draft = file.draft(waiting.subject)
    procedure = catalogue.procedures.get(draft.procedure) if draft else None
    if draft is None or procedure is None:
        return None
    kind, step = Kind(waiting.topic), step_of(procedure, draft, turn.today)
    heard = _fitting(hear(turn, step, kind, vocabulary), step)
    if heard is None:
        return _correction(turn, procedure, draft, vocabulary)
    if heard.sense is Sense.CODE and any(other.dossier == heard.code for other in file.drafts):
        # Another dossier of theirs is spoken of.
        return None
    return Reading(heard, draft, step, kind)


def _said_unasked(turn: Turn, file: CaseFile, vocabulary: Vocabulary) -> Waiting | None:
    """ "Đã nộp" is about the dossier that is ready, "để sau" and "hủy hồ sơ" about the one worked on, also
    when nothing is asked at the moment: another flow may have asked since.
    """
    draft = file.current
    if draft is None or draft.phase not in OPEN or draft.set_aside:
        return None
    understood = _ANY_TIME | {Word.SENT} if draft.phase is Phase.READY else _ANY_TIME
    if not understood & vocabulary.meanings(turn.text):
        return None
    return Waiting(NAME, Kind.READY.value, draft.id)


def misheard(turn: Turn, file: CaseFile) -> bool:
    """Something short that can only be meant for the open question, but is no answer to it."""
    if file.waiting is None or file.waiting.flow != NAME or turn.pressed is not None:
        return False
    if turn.intent in _SHORT_ANSWERS:
        return True
    obscure = turn.confidence < CLEAR and not turn.mentions
    return obscure and len(words_of(turn.text)) <= SHORT


def in_words_asked_for(turn: Turn, reading: Reading, vocabulary: Vocabulary) -> bool:
    """Whether nothing but an answer was said: "có người chưa đủ tuổi" is a button's own title."""
    question = reading.step.question
    return question is not None and in_its_words(turn.text, question, vocabulary)


def _fitting(heard: Heard | None, step: Step) -> Heard | None:
    """A place answers only the question where somebody lives."""
    elsewhere = heard is not None and heard.sense is Sense.UNIT and step.check is not Check.UNIT
    return None if elsewhere else heard


def _correction(turn: Turn, procedure: Procedure, draft: Draft, vocabulary: Vocabulary) -> Reading | None:
    taken_back = vocabulary.opening(turn.text, Word.BACK)
    rest = list(dropwhile(vocabulary.fillers.__contains__, words_of(turn.text)[taken_back:]))
    if not taken_back or not rest or vocabulary.asks(rest):
        return None
    instead = replace(turn, text=" ".join(rest))
    if Word.BACK in vocabulary.meanings(instead.text):
        now = step_of(procedure, draft, turn.today)
        return Reading(Heard(Sense.WORD, word=Word.BACK), draft, now, now.kind)
    for step in _answered(procedure, draft, turn):
        heard = _fitting(hear(instead, step, step.kind, vocabulary), step)
        if heard and (heard.sense in _ANSWERS or heard.word in _CHANGES):
            return Reading(heard, draft, step, step.kind)
    return None


def _answered(procedure: Procedure, draft: Draft, turn: Turn) -> Iterator[Step]:
    """The open step and those answered, the newest first."""
    now = step_of(procedure, draft, turn.today)
    yield now
    for given in reversed(draft.checks):
        yield Step(Kind.CHECK, now.checklist, check=Check(given.question))
    if draft.unit:
        yield Step(Kind.CHECK, now.checklist, check=Check.UNIT)
    if draft.way:
        yield Step(Kind.WAY, now.checklist, ways=ways_of(procedure, turn.today))
    for given in reversed(draft.answers):
        yield Step(Kind.QUESTION, now.checklist, question=question_of(procedure, given.question))
