"""What one message of a conversation got. Pure."""

from dataclasses import asdict, dataclass
from typing import Any

from bot.answers.outcome import Outcome


@dataclass(frozen=True)
class Got:
    """A reply as it is judged.

    ``codes``: procedures answered about, in order; while a dossier is prepared, its procedure.
    ``options``: procedures offered to pick from. ``intent``: the kind acted on, empty after a failure.
    """

    said: str
    intent: str
    outcome: Outcome
    codes: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    text: str = ""
    elapsed_ms: float = 0.0

    def as_dict(self) -> dict[str, Any]:
        """For ``--rows`` files."""
        return {**asdict(self), "outcome": self.outcome.value}


def failed(said: str, reason: str) -> Got:
    """A message that got no reply at all, or a button that was not there."""
    return Got(said, "", Outcome.ERROR, text=reason)
