"""A model of the bank as staff see it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any


class Refusal(Enum):
    """Why a model is not activated."""

    NOT_MEASURED = "not_measured"
    NOT_RELEASED = "not_released"
    NO_REASON = "no_reason"
    ALREADY_ACTIVE = "already_active"


@dataclass(frozen=True)
class Entry:
    """A model file.

    ``made``: when the file was written. ``size``: bytes. ``card``: None before ``bot release``.
    ``active``: chosen to serve. ``predecessor``: a rollback leads here. ``current``: trained on the data as
    they are now; every other model is older than its data.
    """

    id: str
    made: datetime
    size: int
    card: Mapping[str, Any] | None
    active: bool = False
    predecessor: bool = False
    current: bool = False

    @property
    def released(self) -> bool:
        """Whether it was measured and kept every gate."""
        return bool(self.card and self.card.get("released") is True)


def refusal(entry: Entry, force: bool, why: str) -> Refusal | None:
    """Why ``entry`` must not be activated; None where it may. Force needs a reason."""
    if entry.active:
        return Refusal.ALREADY_ACTIVE
    if entry.released:
        return None
    if force:
        return None if why.strip() else Refusal.NO_REASON
    return Refusal.NOT_RELEASED if entry.card else Refusal.NOT_MEASURED


def find(entries: Sequence[Entry], typed: str) -> list[Entry]:
    """The entry of that name, else all whose name begins so."""
    exact = [entry for entry in entries if entry.id == typed]
    return exact or [entry for entry in entries if typed and entry.id.startswith(typed)]


def superfluous(entries: Sequence[Entry], keep: int, needed: str | None) -> list[Entry]:
    """What may be deleted so that the ``keep`` youngest remain.

    Never the active model, its predecessor, or ``needed`` (what serves where none is active).
    """
    youngest = sorted(entries, key=lambda entry: entry.made, reverse=True)[keep:]
    return [e for e in youngest if not (e.active or e.predecessor or e.id == needed)]
