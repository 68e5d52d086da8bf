"""One message of a citizen, understood but not yet answered."""

from dataclasses import dataclass
from datetime import date

from bot.answers.intent import Intent


@dataclass(frozen=True)
class Mention:
    """Something named in the message. ``kind``: an entity of ``domain.yml``; ``value``: its code or word."""

    kind: str
    value: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Pressed:
    """A button: the procedure, case, kind of question, unit or page it stands for, or an act of a flow."""

    code: str | None = None
    intent: Intent | None = None
    case: str | None = None
    unit: str | None = None
    page: int | None = None
    act: str | None = None


@dataclass(frozen=True)
class Turn:
    """A message with what the understanding made of it.

    ``text`` is cleaned and masked. ``intents`` are sorted, best first, with probabilities.
    ``conversation_id`` and ``message_id`` are empty where no conversation is kept.
    """

    text: str
    intents: tuple[tuple[Intent, float], ...]
    today: date
    mentions: tuple[Mention, ...] = ()
    pressed: Pressed | None = None
    as_of: date | None = None
    channel: str = ""
    conversation_id: str = ""
    message_id: str = ""

    @property
    def intent(self) -> Intent:
        """Most likely kind; out of scope when nothing was understood."""
        return self.intents[0][0] if self.intents else Intent.OUT_OF_SCOPE

    @property
    def confidence(self) -> float:
        """Probability of ``intent``."""
        return self.intents[0][1] if self.intents else 0.0

    def mentioned(self, kind: str) -> tuple[str, ...]:
        """Values of one kind in order of appearance."""
        return tuple(m.value for m in self.mentions if m.kind == kind)
