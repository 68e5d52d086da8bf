"""A question the assistant could not answer, or answered badly. Pure."""

from dataclasses import dataclass
from enum import Enum

from bot.conversations.channel import Channel


class Miss(str, Enum):
    """What the citizen got instead of an answer."""

    NO_DATA = "no_data"
    OUT_OF_SCOPE = "out_of_scope"
    """It was turned away although it looks like a question about a procedure."""
    ASKED_BACK = "asked_back"
    """None of the procedures it was asked back about was the one."""
    THUMBS_DOWN = "thumbs_down"
    """An answer that the citizen judged to be bad."""


@dataclass(frozen=True)
class Question:
    """``who``: the same for all questions of one conversation; ``text``: masked; ``at``: POSIX seconds;
    ``candidates``: (code of a procedure, probability that it is meant), best first.
    """

    turn_id: int
    who: str
    text: str
    at: float
    channel: Channel
    miss: Miss
    candidates: tuple[tuple[str, float], ...] = ()
