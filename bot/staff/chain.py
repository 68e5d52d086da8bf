"""The chain of the audit log: each entry's hash covers the entry and the hash before it. Pure."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from bot.staff.actions import Action

Detail = Mapping[str, str | int | float | bool | None]

GENESIS = "0" * 64
"""What stands before the first entry."""


@dataclass(frozen=True)
class Entry:
    """A row of the log. ``id``: 1 for the first, without gaps. ``at``: POSIX seconds in UTC.

    ``account_id``: None for the system, for the command line and for logins that do not exist. ``action``: a
    value of ``Action``, or whatever stands there after somebody changed it.
    """

    id: int
    at: float
    account_id: int | None
    login: str
    ip: str
    action: str
    object: str
    reason: str
    detail: Detail
    previous: str
    hash: str = ""

    @property
    def known_action(self) -> Action | None:
        return Action(self.action) if self.action in set(Action) else None


@dataclass(frozen=True)
class Head:
    """The newest entry at some time; noted elsewhere it proves that nothing before it is missing."""

    id: int
    hash: str

    def __str__(self) -> str:
        return f"{self.id}:{self.hash}"


class Breach(str, Enum):
    """What is wrong with an entry."""

    ALTERED = "altered"
    """Its columns are not those its hash was made of."""
    UNLINKED = "unlinked"
    """It does not follow the entry before it: one was taken out, put in or made anew."""
    CUT = "cut"
    """The log ends before an entry that was noted elsewhere, or has another one in its place."""


@dataclass(frozen=True)
class Fault:
    """The first entry of the log at which something is wrong."""

    entry_id: int
    breach: Breach


def hash_of(entry: Entry) -> str:
    """SHA-256, 64 hexadecimal digits, of every column but the hash itself.

    Raises ``ValueError`` for numbers that are none (NaN, infinity).
    """
    columns = [
        entry.id,
        entry.at,
        entry.account_id,
        entry.login,
        entry.ip,
        entry.action,
        entry.object,
        entry.reason,
        dict(entry.detail),
        entry.previous,
    ]
    canonical = json.dumps(columns, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def first_fault(entries: Iterable[Entry], noted: Head | None = None) -> Fault | None:
    """The first fault of the whole log, given in the order of ids; None when it is whole.

    Without ``noted`` a log whose last entries were deleted looks like one that never had them, and one made
    anew from some entry on looks whole: a chain has no key. A head noted elsewhere tells both.
    """
    last = Head(0, GENESIS)
    for entry in entries:
        if breach := _breach(entry, last):
            return Fault(entry.id, breach)
        last = Head(entry.id, entry.hash)
        if noted is not None and last.id == noted.id and last != noted:
            return Fault(entry.id, Breach.CUT)
    if noted is not None and last.id < noted.id:
        return Fault(last.id + 1, Breach.CUT)
    return None


def _breach(entry: Entry, last: Head) -> Breach | None:
    """What is wrong with the entry that follows ``last``."""
    if entry.id != last.id + 1:
        return Breach.UNLINKED
    try:
        whole = entry.hash == hash_of(entry)
    except (TypeError, ValueError):
        whole = False
    if not whole:
        return Breach.ALTERED
    return None if entry.previous == last.hash else Breach.UNLINKED
