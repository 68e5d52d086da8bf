"""What citizens may ask the privacy desk for in a conversation, and where what they asked stands. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Protocol

from bot.notices.reading import folded, without_endings, without_openings
from bot.privacy.kinds import RequestKind, RequestState

OFFERED = (
    RequestKind.VIEW,
    RequestKind.COPY,
    RequestKind.CORRECT,
    RequestKind.ERASE,
    RequestKind.OBJECT,
)
"""Kinds somebody may ask for by a button. Consents are taken back at once, without asking anybody."""


class About(Enum):
    """What else a message about one's data may want."""

    MENU = "menu"
    MINE = "mine"


@dataclass(frozen=True)
class AskingWords:
    """Folded whole messages by what they want, see ``data/dossiers/privacy.yaml``, and the words that only
    open or end one.
    """

    wants: Mapping[str, RequestKind | About]
    opening: frozenset[str]
    politeness: frozenset[str]


@dataclass(frozen=True)
class Asked:
    """A request as its citizen is told of it. ``acknowledge_by`` and ``answer_by``: the last days that are in
    time.
    """

    number: int
    kind: RequestKind
    state: RequestState
    acknowledge_by: date
    answer_by: date


class Unasked(Enum):
    """Why no request was opened."""

    TOO_MANY = "too_many"
    UNAVAILABLE = "unavailable"
    """There is no such conversation any more, or no day can be promised."""


class Desk(Protocol):
    """Requests of one conversation; every call is safe to repeat."""

    def open(self, conversation_id: str, kind: RequestKind, channel: str) -> Asked | Unasked:
        """Take a request; the one of this kind that is open already, where there is one."""

    def running(self, conversation_id: str) -> tuple[Asked, ...]:
        """Those that have not ended, the oldest first."""

    def cancel(self, conversation_id: str, number: int) -> bool:
        """Take one back; False when it is none of this conversation's. True also when it was taken back
        before.
        """


def read_asking(text: str, words: AskingWords) -> RequestKind | About | None:
    """What the message wants; None when it is about something else."""
    wholes = without_endings(without_openings(folded(text), words.opening), words.politeness)
    return next((words.wants[whole] for whole in wholes if whole in words.wants), None)
