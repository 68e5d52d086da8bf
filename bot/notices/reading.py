"""What a message about reminders asks for. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from bot.notices.purpose import Purpose
from bot.text import analyse


@dataclass(frozen=True)
class Words:
    """Folded phrases by what they mean; see ``data/dossiers/notices.yaml``."""

    stop: frozenset[str]
    stop_whole: frozenset[str]
    withdraw: frozenset[str]
    list: frozenset[str]
    remind: frozenset[str]
    remind_sometime: frozenset[str]
    agree: frozenset[str]
    decline: frozenset[str]
    politeness: frozenset[str]
    opening: frozenset[str]
    only: Mapping[Purpose, frozenset[str]]
    stop_improve: frozenset[str]
    stop_changes: frozenset[str]
    improve: frozenset[str]


class Wish(Enum):
    """What somebody wants of the reminders."""

    STOP = "stop"
    WITHDRAW = "withdraw"
    """Of all or of some: see ``withdrawn``."""
    STOP_IMPROVE = "stop_improve"
    STOP_CHANGES = "stop_changes"
    IMPROVE = "improve"
    """Would agree to have the conversation used."""
    LIST = "list"
    REMIND = "remind"
    """Perhaps: whether a time is named decides."""
    REMIND_SOMETIME = "remind_sometime"


def folded(text: str) -> str:
    """The words of a text as they are compared, one space between them."""
    return " ".join(analyse(text).folded)


def read_wish(text: str, words: Words) -> Wish | None:
    """What is asked for; None when it is something else."""
    openings = without_openings(folded(text), words.opening)
    begun = frozenset(start for form in openings for start in _starts(form))
    for wish, phrases in (
        (Wish.STOP_IMPROVE, words.stop_improve),
        (Wish.STOP_CHANGES, words.stop_changes),
        (Wish.IMPROVE, words.improve),
        (Wish.STOP, words.stop),
        (Wish.WITHDRAW, words.withdraw),
        (Wish.LIST, words.list),
    ):
        if not begun.isdisjoint(phrases):
            return wish
    whole = without_endings(openings, words.politeness)
    if whole & words.stop_whole:
        return Wish.STOP
    if whole & words.remind_sometime:
        return Wish.REMIND_SOMETIME
    return None if begun.isdisjoint(words.remind) else Wish.REMIND


def withdrawn(text: str, words: Words) -> frozenset[Purpose]:
    """What a withdrawal is about: the purposes it names, or all there are."""
    message = f" {folded(text)} "
    named = {
        purpose
        for purpose, phrases in words.only.items()
        if any(f" {phrase} " in message for phrase in phrases)
    }
    return frozenset(named or Purpose)


def before_wish(text: str, words: Words) -> str:
    """What stands before a wish to be reminded ("cuối tuần nhắc tôi"); empty when there is none."""
    message = folded(text)
    places = [message.find(f" {phrase}") for phrase in words.remind]
    found = [place for place in places if place > 0]
    return message[: min(found)] if found else ""


def read_consent(text: str, words: Words) -> bool | None:
    """The answer to whether one agrees; None when the message is not an answer to that. Only the listed words
    agree: what is merely likely to mean yes does not.
    """
    forms = without_endings(without_openings(folded(text), words.opening), words.politeness)
    if forms & words.decline:
        return False
    return True if forms & words.agree else None


def without_openings(message: str, opening: frozenset[str]) -> frozenset[str]:
    """The message, and what is left of it without words that only open it."""
    forms = {message}
    # Messages have fewer starts than there are phrases.
    for start in _starts(message):
        if start in opening and start != message:
            forms |= without_openings(message.removeprefix(f"{start} "), opening)
    return frozenset(forms)


def without_endings(messages: frozenset[str], politeness: frozenset[str]) -> frozenset[str]:
    """The messages, and what is left of them without polite words at their ends."""
    shorter = frozenset(
        message.removesuffix(f" {end}")
        for message in messages
        for end in _ends(message)
        if end in politeness and end != message
    )
    return messages | without_endings(shorter, politeness) if shorter else messages


def _starts(message: str) -> Iterator[str]:
    """The first word of a message, the first two, up to all of it."""
    place = message.find(" ")
    while place >= 0:
        yield message[:place]
        place = message.find(" ", place + 1)
    yield message


def _ends(message: str) -> Iterator[str]:
    """The last word of a message, the last two, up to all of it."""
    place = message.rfind(" ")
    while place >= 0:
        yield message[place + 1 :]
        place = message.rfind(" ", 0, place)
    yield message
