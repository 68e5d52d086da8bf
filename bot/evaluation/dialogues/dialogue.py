"""A labelled conversation: what the citizen says, and what each message should get. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum

from bot.answers.intent import Intent
from bot.answers.outcome import Outcome


class DialogueKind(str, Enum):
    """What a conversation tries out."""

    FOLLOW_UP = "follow_up"
    """A noun that only makes sense with the message before: "còn lệ phí?"."""
    CORRECTION = "correction"
    """The citizen takes something back: "à nhầm, ý tôi là tạm trú"."""
    TWO_WANTS = "two_wants"
    """Two procedures or two facts in one message."""
    OPTION_PICKING = "option_picking"
    """Choosing from what was offered, in words or by a button."""
    PLACE = "place"
    """A commune, old or new, named along the way."""
    TIME = "time"
    """Deadlines, days and earlier law."""
    TOPIC_CHANGE = "topic_change"
    """Another procedure without a farewell to the first."""
    INTERRUPTION_OF_GUIDE = "interruption_of_guide"
    """A question while a dossier is being prepared."""
    RESUME = "resume"
    """Coming back to a dossier or a topic put aside."""
    SMALL_TALK_BETWEEN = "small_talk_between"
    """Thanks, greetings and grumbling in between."""


@dataclass(frozen=True)
class DialogueTurn:
    """One message and its labels; what is not labelled is not judged.

    Exactly one of ``say`` (words) and ``press`` (the beginning of a button's title) is set.
    ``procedure_codes``: every acceptable procedure; ``also_codes``: those of a second procedure wanted in
    the same message. ``picks``: the place, from 1 or -1 for the last, among the procedures offered just
    before; it stands for the code. ``keeps``: what the messages before were about is still meant, where no
    code can be written down because it was picked. ``asked_back``: the assistant has to ask, with one of
    ``procedure_codes`` on offer where there are any; not labelled, it must not where a procedure is meant.
    """

    say: str = ""
    press: str = ""
    intent: Intent | None = None
    procedure_codes: tuple[str, ...] = ()
    also_codes: tuple[str, ...] = ()
    picks: int | None = None
    keeps: bool = False
    outcome: Outcome | None = None
    asked_back: bool | None = None

    @property
    def said(self) -> str:
        """The message for people to read; a button in brackets."""
        return self.say or f"[{self.press}]"


@dataclass(frozen=True)
class Dialogue:
    """A conversation of 2 to 5 turns."""

    id: str
    kind: DialogueKind
    turns: tuple[DialogueTurn, ...]

    def saying(self, change: Callable[[str], str]) -> "Dialogue":
        """The same labels with every typed message written another way; buttons stay."""
        turns = (replace(turn, say=change(turn.say)) if turn.say else turn for turn in self.turns)
        return replace(self, turns=tuple(turns))
