"""A lesson before it is proposed, and everything that can be wrong with it. Pure."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import Enum

from bot.answers.intent import Intent
from bot.evaluation.dialogues.dialogue import DialogueTurn
from bot.learning.deidentified import Doubt, deidentify
from bot.learning.digest import folded
from bot.learning.journeys import JourneyError, plain, read_journey
from bot.reviews.lesson_states import LessonKind, LessonOrigin

LONGEST_TEXT = 500
LONGEST_REASON = 500
MOST_CODES = 10


@dataclass(frozen=True)
class Draft:
    """What somebody proposes. ``text``: the question, empty for a journey; ``turns``: of a journey only.

    ``turn_id`` and ``conversation_id``: where it came from; a lesson in the citizen's words needs the
    conversation.
    """

    kind: LessonKind
    text: str = ""
    intent: Intent | None = None
    procedure_codes: tuple[str, ...] = ()
    in_scope: bool = True
    turns: tuple[DialogueTurn, ...] = ()
    origin: LessonOrigin = LessonOrigin.REWRITTEN
    turn_id: int | None = None
    conversation_id: str | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything that somebody said in it, buttons included."""
        return (self.text,) if self.text else tuple(turn.say or turn.press for turn in self.turns)

    @property
    def codes(self) -> frozenset[str]:
        """All procedures it names."""
        named = [*self.procedure_codes]
        for turn in self.turns:
            named += [*turn.procedure_codes, *turn.also_codes]
        return frozenset(named)


class Fault(Enum):
    """Why a lesson cannot be proposed or approved."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    REASON = "reason"
    """No reason was given, or one that is too long."""
    INTENT = "intent"
    """An example or a question without its kind of question."""
    SCOPE = "scope"
    """A procedure for a question the assistant should not answer, or the other way round."""
    TURNS = "turns"
    """A conversation that cannot be measured with."""
    UNKNOWN_PROCEDURE = "unknown_procedure"
    IDENTIFYING = "identifying"
    """Something in it may say who somebody is."""
    NO_CONSENT = "no_consent"
    SAME_WORDS = "same_words"
    """The citizen's own words where staff should have found others."""
    GONE = "gone"
    """Where it came from was erased."""
    ALREADY = "already"
    """The same words are a lesson, or wait to become one."""
    MEASURED = "measured"
    """Trained and measured with the same words, the measure would say nothing."""


class LessonError(ValueError):
    """``doubts``: for ``IDENTIFYING``."""

    def __init__(self, fault: Fault, doubts: tuple[Doubt, ...] = ()) -> None:
        super().__init__(fault.value)
        self.fault, self.doubts = fault, doubts


def checked(draft: Draft) -> Draft:
    """The draft with clean and masked texts; raises ``LessonError`` for what it shows by itself."""
    text = deidentify(draft.text)
    said = [(deidentify(turn.say), deidentify(turn.press)) for turn in draft.turns]
    turns = tuple(
        replace(turn, say=say.text, press=press.text)
        for turn, (say, press) in zip(draft.turns, said, strict=True)
    )
    done = replace(draft, text=text.text, turns=turns)
    if max(map(len, (draft.text, *(turn.say for turn in draft.turns)))) > LONGEST_TEXT:
        raise LessonError(Fault.TOO_LONG)
    (_check_journey if draft.kind is LessonKind.JOURNEY else _check_question)(done)
    # What stands on a button is said by us: names of procedures and places look like all kinds of things.
    doubts = (*text.doubts, *(doubt for say, _ in said for doubt in say.doubts))
    if doubts:
        raise LessonError(Fault.IDENTIFYING, doubts)
    return done


def repeats(draft: Draft, heard: Collection[str]) -> bool:
    """Whether a text of staff is one of those a citizen wrote."""
    theirs = {folded(words) for words in heard}
    said = (draft.text, *(turn.say for turn in draft.turns))
    return any(folded(words) in theirs for words in said if words)


def _check_question(draft: Draft) -> None:
    if not folded(draft.text) or draft.turns:
        raise LessonError(Fault.EMPTY)
    if draft.intent is None:
        raise LessonError(Fault.INTENT)
    if (draft.procedure_codes and not draft.in_scope) or len(draft.procedure_codes) > MOST_CODES:
        raise LessonError(Fault.SCOPE)
    if draft.intent is Intent.OUT_OF_SCOPE and draft.in_scope:
        raise LessonError(Fault.SCOPE)


def _check_journey(draft: Draft) -> None:
    if draft.text or not draft.turns:
        raise LessonError(Fault.EMPTY)
    try:
        read_journey([plain(turn) for turn in draft.turns])
    except JourneyError as error:
        raise LessonError(Fault.TURNS) from error
    # A conversation in which nothing is labelled would be held by any model.
    if not any(turn.intent or turn.procedure_codes or turn.outcome for turn in draft.turns):
        raise LessonError(Fault.TURNS)
