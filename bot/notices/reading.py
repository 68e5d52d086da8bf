"""What a message about reminders asks for. Pure."""

from dataclasses import dataclass
from enum import Enum

from bot.text import analyse


@dataclass(frozen=True)
class Words:
    """Folded phrases by what they mean; see ``data/dossiers/notices.yaml``."""

    stop: frozenset[str]
    withdraw: frozenset[str]
    list: frozenset[str]
    remind: frozenset[str]
    remind_sometime: frozenset[str]
    agree: frozenset[str]
    decline: frozenset[str]
    politeness: frozenset[str]
    opening: frozenset[str]


class Wish(Enum):
    """What somebody wants of the reminders."""

    STOP = "stop"
    WITHDRAW = "withdraw"
    LIST = "list"
    REMIND = "remind"
    """Perhaps: whether a time is named decides."""
    REMIND_SOMETIME = "remind_sometime"


def folded(text: str) -> str:
    """The words of a text as they are compared, one space between them."""
    return " ".join(analyse(text).folded)


def read_wish(text: str, words: Words) -> Wish | None:
    """What is asked for; None when it is something else."""
    message = _without_opening(folded(text), words.opening)
    for wish, phrases in (
        (Wish.STOP, words.stop),
        (Wish.WITHDRAW, words.withdraw),
        (Wish.LIST, words.list),
    ):
        if _begins(message, phrases):
            return wish
    if _forms(message, words.politeness) & words.remind_sometime:
        return Wish.REMIND_SOMETIME
    return Wish.REMIND if _begins(message, words.remind) else None


def before_wish(text: str, words: Words) -> str:
    """What stands before a wish to be reminded ("cuối tuần nhắc tôi"); empty when there is none."""
    message = _without_opening(folded(text), words.opening)
    places = [message.find(f" {phrase}") for phrase in words.remind]
    found = [place for place in places if place > 0]
    return message[: min(found)] if found else ""


def read_consent(text: str, words: Words) -> bool | None:
    """The answer to whether one agrees; None when the message is not an answer to that. Only the listed words
    agree: what is merely likely to mean yes does not.
    """
    message = _without_opening(folded(text), words.opening)
    forms = _forms(message, words.politeness)
    if forms & words.decline:
        return False
    return True if forms & words.agree else None


def _begins(message: str, phrases: frozenset[str]) -> bool:
    return any(message == phrase or message.startswith(f"{phrase} ") for phrase in phrases)


def _forms(message: str, politeness: frozenset[str]) -> frozenset[str]:
    """The message, and what is left of it without polite words at its end."""
    forms = {message}
    for phrase in politeness:
        if message.endswith(f" {phrase}"):
            forms |= _forms(message.removesuffix(f" {phrase}"), politeness)
    return frozenset(forms)


def _without_opening(message: str, opening: frozenset[str]) -> str:
    shorter = True
    while shorter:
        shorter = False
        for phrase in opening:
            if message.startswith(f"{phrase} "):
                message = message.removeprefix(f"{phrase} ")
                shorter = True
    return message
