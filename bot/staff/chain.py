"""The chain of the audit log: each entry's keyed hash covers the entry and the hash before it. Pure."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from bot.staff.actions import Action

Detail = Mapping[str, str | int | float | bool | None]

GENESIS = "0" * 64
"""What stands before the first entry."""
CITIZEN = "citizen"
"""The login of entries that citizens make themselves, in processes that are open to everybody."""


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


@dataclass(frozen=True)
class Seal:
    """Entries after ``since`` are sealed with ``key``: who has not the key cannot make them anew.

    ``since``: the newest entry when the key came into use.
    """

    key: bytes = field(repr=False)
    since: Head

    def key_of(self, entry_id: int) -> bytes | None:
        """None for an entry from before the key."""
        return self.key if entry_id > self.since.id else None


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


def hash_of(entry: Entry, key: bytes | None = None) -> str:
    """SHA-256, with a key HMAC-SHA256, 64 hexadecimal digits, of every column but the hash itself.

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
    if key is not None:
        return hmac.new(key, canonical.encode(), hashlib.sha256).hexdigest()
    return hashlib.sha256(canonical.encode()).hexdigest()


def first_fault(
    entries: Iterable[Entry], noted: Head | None = None, seal: Seal | None = None
) -> Fault | None:
    """The first fault of the whole log, given in the order of ids; None when it is whole.

    With ``seal`` an entry that was made anew by somebody without the key is found. A log whose last entries
    were deleted looks like one that never had them: only a head ``noted`` elsewhere tells. Entries of
    citizens need no seal, as what writes them has no key; they hold as soon as a sealed entry follows.
    """
    last = Head(0, GENESIS)
    heads = [head for head in (noted, seal.since if seal else None) if head is not None and head.id > 0]
    for entry in entries:
        keys = {seal.key_of(entry.id) if seal else None}
        if entry.login == CITIZEN and entry.account_id is None:
            keys.add(None)
        if breach := _breach(entry, last, keys):
            return Fault(entry.id, breach)
        last = Head(entry.id, entry.hash)
        if any(last.id == head.id and last != head for head in heads):
            return Fault(entry.id, Breach.CUT)
    if any(last.id < head.id for head in heads):
        return Fault(last.id + 1, Breach.CUT)
    return None


def _breach(entry: Entry, last: Head, keys: Iterable[bytes | None]) -> Breach | None:
    """What is wrong with the entry that follows ``last``, sealed with one of ``keys``."""
    if entry.id != last.id + 1:
        return Breach.UNLINKED
    try:
        whole = any(hmac.compare_digest(entry.hash.encode(), hash_of(entry, key).encode()) for key in keys)
    except (TypeError, ValueError):
        whole = False
    if not whole:
        return Breach.ALTERED
    return None if entry.previous == last.hash else Breach.UNLINKED
