"""Buttons of the guide: ``guide:<verb>[:<argument>…]``. Pure."""

from dataclasses import dataclass
from enum import Enum

from bot.answers.intent import Intent
from bot.answers.turn import Turn

NAME = "guide"


class Verb(str, Enum):
    """What a button of the guide does."""

    START = "start"
    NEW = "new"
    """Begin another dossier for a procedure that has one already."""
    ANSWER = "a"
    HAVE = "have"
    PAPER = "paper"
    WAY = "way"
    CHECK = "check"
    BACK = "back"
    LATER = "later"
    CANCEL = "cancel"
    CANCEL_YES = "cancel-yes"
    WHY = "why"
    RESUME = "resume"
    LIST = "list"
    REVIEW = "review"
    CHANGE = "change"
    CHANGE_WAY = "change-way"
    RECHECK = "recheck"
    SENT = "sent"
    NO_CODE = "no-code"
    DOWN = "down"


@dataclass(frozen=True)
class Order:
    """``subject``: a draft id or a procedure code; ``rest``: what follows."""

    verb: Verb
    subject: str = ""
    rest: tuple[str, ...] = ()

    @property
    def argument(self) -> str:
        """The first thing after the subject."""
        return self.rest[0] if self.rest else ""


def order_of(turn: Turn) -> Order | None:
    """The guide's button that was pressed; None for any other message."""
    pressed = turn.pressed
    if pressed is None:
        return None
    if pressed.intent is Intent.START_DOSSIER and pressed.code:
        return Order(Verb.START, pressed.code)
    name, _, rest = (pressed.act or "").partition(":")
    verb, *arguments = rest.split(":")
    if name != NAME or verb not in {known.value for known in Verb}:
        return None
    return Order(Verb(verb), arguments[0] if arguments else "", tuple(arguments[1:]))
