"""What is counted of a day: closed sets shared by code and database. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum


class Measure(str, Enum):
    """Each can be added up over days."""

    TURN = "turn"
    """Messages; ``a``: outcome, "" where the assistant was not asked; ``b``: ``Letters``."""
    CONTACT = "contact"
    """Conversations in which the assistant was asked that day; ``a``: ``ASKED_BACK`` or ""."""
    TOPIC = "topic"
    """Conversations and procedures of a day; ``a``: ``AGAIN`` when the same conversation was about the same
    procedure on one of the seven days before, else "".
    """
    ASKED = "asked"
    """Messages about a procedure; ``a``: its code."""
    NO_DATA = "no_data"
    """Messages without an answer in the catalogue; ``a``: intent; ``b``: procedure code or ""."""
    SPEED = "speed"
    """Messages; ``a``: the bound of ``BOUNDS`` that the answer did not take longer than, in ms."""
    THUMB = "thumb"
    """Judged answers; ``a``: ``UP`` or ``DOWN``; ``b``: ``Letters`` of the question."""


class Letters(str, Enum):
    """How a message was written."""

    ACCENTED = "accented"
    PLAIN = "plain"
    NONE = ""
    """It has no letters."""


ASKED_BACK = "asked_back"
AGAIN = "again"
UP, DOWN = "up", "down"
AGAIN_DAYS = 7

BOUNDS = (
    *range(10, 100, 10),
    *range(100, 200, 20),
    *range(200, 1000, 50),
    *range(1000, 2000, 100),
    *range(2000, 5000, 250),
    *range(5000, 10_000, 500),
    *range(10_000, 30_001, 1000),
    600_000,
)
"""Milliseconds; steps of at most a tenth from 100 ms on. Nothing takes longer than the last."""


@dataclass(frozen=True)
class Counted:
    """So many of a measure. ``day``: None in totals."""

    channel: str
    a: str
    b: str
    count: int
    day: date | None = None


def number(rows: Iterable[Counted]) -> int:
    return sum(row.count for row in rows)
