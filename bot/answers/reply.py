"""What the assistant gives back for one message."""

from dataclasses import dataclass

from bot.answers.context import Context
from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.answers.phrase import Answer, Button, Candidate, SourceRef

_WEIGHT = (
    Outcome.ERROR,
    Outcome.SAFETY,
    Outcome.HANDED_OFF,
    Outcome.ASKED_BACK,
    Outcome.ANSWERED,
    Outcome.COUNTED,
    Outcome.LISTED,
    Outcome.GUIDED,
    Outcome.NO_DATA,
    Outcome.OUT_OF_SCOPE,
    Outcome.COURTESY,
)


@dataclass(frozen=True)
class Reply:
    """Answers in order and the memory for the next message. ``intent``: the kind that was acted on."""

    answers: tuple[Answer, ...]
    context: Context
    intent: Intent

    @property
    def outcome(self) -> Outcome:
        """The one outcome of the turn: the weightiest of its answers."""
        outcomes = [answer.outcome for answer in self.answers]
        return min(outcomes, key=_WEIGHT.index)

    @property
    def procedure_code(self) -> str | None:
        """The procedure answered about (the first, when there are two)."""
        return next((a.procedure_code for a in self.answers if a.procedure_code), None)

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """Candidates of all answers, best of each first, without repeats."""
        seen: dict[str, Candidate] = {}
        for answer in self.answers:
            for candidate in answer.candidates:
                seen.setdefault(candidate.code, candidate)
        return tuple(seen.values())

    @property
    def buttons(self) -> tuple[Button, ...]:
        """Buttons of the last answer that has some."""
        return next((a.buttons for a in reversed(self.answers) if a.buttons), ())

    @property
    def sources(self) -> tuple[SourceRef, ...]:
        """Sources of all answers, each once."""
        return tuple(dict.fromkeys(source for answer in self.answers for source in answer.sources))
