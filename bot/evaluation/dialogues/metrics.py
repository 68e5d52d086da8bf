"""The figures of labelled conversations, each a share of counted messages or conversations. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from bot.answers.outcome import Outcome
from bot.evaluation.dialogues.dialogue import Dialogue, DialogueKind, DialogueTurn
from bot.evaluation.dialogues.got import Got


class Verdict(str, Enum):
    """How a message fared with its procedure."""

    RIGHT = "right"
    WRONG = "wrong"
    """Answered about a procedure that is not meant, or about one where it had to be asked which."""
    ASKED_BACK = "asked_back"
    """Asked which, where an answer was due or without offering the one meant."""
    MISSED = "missed"
    """Neither answered nor asked, or only one of two wants answered."""
    NONE = "none"
    """No procedure meant and none answered."""


@dataclass(frozen=True)
class JudgedTurn:
    """A message and what it got. ``offered``: procedures that could be picked when it was said; ``before``:
    what the messages before it were about.
    """

    turn: DialogueTurn
    got: Got
    offered: tuple[str, ...] = ()
    before: tuple[str, ...] = ()

    @property
    def meant(self) -> tuple[str, ...]:
        """Acceptable procedures; of a pick the one that stood there, none where nothing did."""
        if self.turn.keeps:
            return self.before
        place = self.turn.picks
        if place is None:
            return self.turn.procedure_codes
        if place < 0:
            return self.offered[-1:]
        return self.offered[place - 1 : place]

    @property
    def about_a_procedure(self) -> bool:
        """Whether some procedure is meant."""
        return bool(self.turn.procedure_codes) or self.turn.keeps or self.turn.picks is not None

    @property
    def asked_back(self) -> bool:
        """Got a question in return."""
        return self.got.outcome is Outcome.ASKED_BACK

    @property
    def verdict(self) -> Verdict:
        """How it fared with its procedure."""
        meant, also, codes = set(self.meant), set(self.turn.also_codes), set(self.got.codes)
        if self.turn.asked_back:
            return self._asked(meant)
        if not self.about_a_procedure:
            return Verdict.WRONG if codes and self.got.outcome is Outcome.ANSWERED else Verdict.NONE
        if codes - meant - also:
            return Verdict.WRONG
        if codes & meant and (not also or codes & also):
            return Verdict.RIGHT
        return Verdict.ASKED_BACK if self.asked_back else Verdict.MISSED

    def _asked(self, meant: set[str]) -> Verdict:
        if self.asked_back:
            if not meant:
                return Verdict.NONE
            return Verdict.RIGHT if meant & set(self.got.options) else Verdict.ASKED_BACK
        return Verdict.WRONG if self.got.codes else Verdict.MISSED

    @property
    def asking_right(self) -> bool:
        """Whether a question came back just where one is due."""
        due = self.turn.asked_back
        if due is None:
            return not (self.about_a_procedure and self.asked_back)
        return self.asked_back == due

    @property
    def intent_right(self) -> bool:
        """Whether the kind acted on is the labelled one."""
        return self.turn.intent is not None and self.got.intent == self.turn.intent.value

    @property
    def outcome_right(self) -> bool:
        """Whether it ended as labelled."""
        return self.got.outcome is self.turn.outcome

    @property
    def right(self) -> bool:
        """Everything labelled is as labelled, and a question comes back only where one is due."""
        return (
            self.verdict in (Verdict.RIGHT, Verdict.NONE)
            and self.asking_right
            and (self.turn.intent is None or self.intent_right)
            and (self.turn.outcome is None or self.outcome_right)
        )


@dataclass(frozen=True)
class JudgedDialogue:
    """A conversation and how each of its messages fared."""

    dialogue: Dialogue
    turns: tuple[JudgedTurn, ...]

    @property
    def right(self) -> bool:
        """Whether every message is right."""
        return all(turn.right for turn in self.turns)


_Test = Callable[[JudgedTurn], bool]


def _came_to(verdict: Verdict) -> _Test:
    return lambda turn: turn.verdict is verdict


DIALOGUE_RIGHT = "dialogue_right"
TURN_SHARES: Mapping[str, tuple[_Test, _Test]] = {
    "turn_right": (lambda t: t.right, lambda t: True),
    "procedure_right": (_came_to(Verdict.RIGHT), lambda t: t.about_a_procedure),
    "procedure_wrong": (_came_to(Verdict.WRONG), lambda t: t.about_a_procedure),
    "procedure_asked_back": (_came_to(Verdict.ASKED_BACK), lambda t: t.about_a_procedure),
    "procedure_missed": (_came_to(Verdict.MISSED), lambda t: t.about_a_procedure),
    "answered_wrong": (_came_to(Verdict.WRONG), lambda t: True),
    "intent_right": (lambda t: t.intent_right, lambda t: t.turn.intent is not None),
    "outcome_right": (lambda t: t.outcome_right, lambda t: t.turn.outcome is not None),
}
"""Metric -> (what is counted, among which messages)."""


def report(judged: Sequence[JudgedDialogue]) -> dict[str, Any]:
    """The figures of one run, and of each kind under ``kinds``.

    ``n`` conversations, ``turns`` messages, ``errors`` messages that failed. Shares lie in 0–1, rounded
    to 4 places; ``None`` where nothing counts. Over conversations: ``dialogue_right`` (every message
    right). Over messages that mean a procedure: ``procedure_right``, ``_wrong``, ``_asked_back`` and
    ``_missed``, which add up to 1. Over all messages: ``turn_right`` and ``answered_wrong`` (an answer
    about a procedure not meant). Over labelled messages: ``intent_right``, ``outcome_right``. ``counts``
    gives ``[counted, of]`` behind every share.
    """
    kinds = [kind for kind in DialogueKind if any(d.dialogue.kind is kind for d in judged)]
    return {
        **_figures(judged),
        "kinds": {kind.value: _figures([d for d in judged if d.dialogue.kind is kind]) for kind in kinds},
    }


def _figures(judged: Sequence[JudgedDialogue]) -> dict[str, Any]:
    turns = [turn for dialogue in judged for turn in dialogue.turns]
    counts = {DIALOGUE_RIGHT: [sum(1 for d in judged if d.right), len(judged)]}
    for name, (counted, member) in TURN_SHARES.items():
        among = [turn for turn in turns if member(turn)]
        counts[name] = [sum(1 for turn in among if counted(turn)), len(among)]
    return {
        "n": len(judged),
        "turns": len(turns),
        **{name: round(hits / of, 4) if of else None for name, (hits, of) in counts.items()},
        "errors": sum(1 for turn in turns if turn.got.outcome is Outcome.ERROR),
        "counts": counts,
    }
