"""The log of look-ups and the limits counted from it, for all processes alike.

Codes are guessable: five look-ups in ten minutes for each address, thirty an hour for each conversation,
three wrong second factors an hour for each code.
"""

import hashlib
import hmac
import math
from dataclasses import dataclass
from enum import Enum

from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.sql import ColumnElement

from bot.database import insert_once
from bot.following.ports import Ask
from bot.following.tables import follow_gate, follow_lookup

PERSON_MOST, PERSON_SECONDS = 5, 600.0
CONVERSATION_MOST, CONVERSATION_SECONDS = 30, 3600.0
FACTOR_MOST, FACTOR_SECONDS = 3, 3600.0
GUESSES, GUESS_SECONDS = 5, 3600.0
"""Different unknown codes of one conversation that make a pattern."""
SWARM, SWARM_SECONDS = 30, 600.0
"""Different unknown codes of everybody that make one: sessions of the website are free to open."""


class Kind(str, Enum):
    """What was asked with."""

    CODE = "code"
    FACTOR = "factor"


class Outcome(str, Enum):
    """How a look-up ended."""

    ASKED = "asked"
    """It has begun; stays when the process died."""
    FOUND = "found"
    UNKNOWN = "unknown"
    UNAVAILABLE = "unavailable"
    OPENED = "opened"
    WRONG = "wrong"
    LOCKED = "locked"
    SEALED = "sealed"
    THROTTLED = "throttled"


@dataclass(frozen=True)
class Pass:
    """A look-up that may go on, by its row; or ``wait`` seconds, when it may not."""

    id: int
    wait: int = 0


class Audit:
    """``key``: what codes are hashed with; the hashes cannot be compared without it."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def code_hash(self, code: str) -> str:
        """64 hexadecimal digits that stand for a code."""
        return hmac.new(self._key, f"dossier:{code}".encode(), hashlib.sha256).hexdigest()

    def begin(self, connection: Connection, ask: Ask, now: float) -> Pass:
        """Count a look-up. Two at once are counted one after the other; a turn that is run again is not
        counted again.
        """
        for key in sorted((f"person:{ask.person}", f"conversation:{ask.conversation_id}")):
            _hold(connection, key, now)
        row = self._same(connection, ask)
        if row is not None and row[1] != Outcome.THROTTLED.value:
            return Pass(row[0])
        wait = max(
            _wait(connection, follow_lookup.c.person == ask.person, PERSON_MOST, PERSON_SECONDS, now),
            _wait(
                connection,
                follow_lookup.c.conversation_id == ask.conversation_id,
                CONVERSATION_MOST,
                CONVERSATION_SECONDS,
                now,
            ),
        )
        outcome = Outcome.THROTTLED if wait else Outcome.ASKED
        if row is not None:
            self.end(connection, Pass(row[0]), outcome)
            return Pass(row[0], wait)
        return Pass(self.note(connection, ask, outcome, now), wait)

    def note(self, connection: Connection, ask: Ask, outcome: Outcome, now: float) -> int:
        """Write a look-up down; the id of its row."""
        values = {
            "conversation_id": ask.conversation_id,
            "person": ask.person,
            "message_id": ask.message_id,
            "code_hash": self.code_hash(ask.code),
            "kind": _kind(ask).value,
            "outcome": outcome.value,
            "at": now,
        }
        written = connection.execute(insert(follow_lookup).values(values))
        return int(written.inserted_primary_key[0])

    def end(self, connection: Connection, passed: Pass, outcome: Outcome) -> None:
        """How it ended."""
        here = follow_lookup.c.id == passed.id
        connection.execute(update(follow_lookup).where(here).values(outcome=outcome.value))

    def wrong_lately(self, connection: Connection, passed: Pass, code: str, now: float) -> tuple[int, int]:
        """Wrong factors told for a code before this look-up, and seconds until one of them is forgotten.
        Holds the code until the transaction ends.
        """
        digest = self.code_hash(code)
        _hold(connection, f"code:{digest}", now)
        here = (
            (follow_lookup.c.code_hash == digest)
            & (follow_lookup.c.outcome == Outcome.WRONG.value)
            & (follow_lookup.c.at > now - FACTOR_SECONDS)
            & (follow_lookup.c.id != passed.id)
        )
        count, oldest = connection.execute(
            select(func.count(), func.min(follow_lookup.c.at)).where(here)
        ).one()
        return count, math.ceil(oldest + FACTOR_SECONDS - now) if count else 0

    def guesses(self, connection: Connection, conversation_id: str, now: float) -> tuple[int, int]:
        """Different unknown codes lately: of a conversation, and of everybody."""
        unknown = follow_lookup.c.outcome == Outcome.UNKNOWN.value
        count = select(func.count(func.distinct(follow_lookup.c.code_hash)))
        own = unknown & (follow_lookup.c.conversation_id == conversation_id)
        mine = connection.execute(count.where(own & (follow_lookup.c.at > now - GUESS_SECONDS))).scalar_one()
        all_of = connection.execute(
            count.where(unknown & (follow_lookup.c.at > now - SWARM_SECONDS))
        ).scalar_one()
        return mine, all_of

    def _same(self, connection: Connection, ask: Ask) -> tuple[int, str] | None:
        query = select(follow_lookup.c.id, follow_lookup.c.outcome).where(
            follow_lookup.c.conversation_id == ask.conversation_id,
            follow_lookup.c.message_id == ask.message_id,
            follow_lookup.c.code_hash == self.code_hash(ask.code),
            follow_lookup.c.kind == _kind(ask).value,
        )
        row = connection.execute(query).one_or_none()
        return (row.id, row.outcome) if row else None


def _kind(ask: Ask) -> Kind:
    return Kind.CODE if ask.factor is None else Kind.FACTOR


def _hold(connection: Connection, key: str, now: float) -> None:
    """Whoever comes later with the same key waits until this transaction ends."""
    insert_once(connection, follow_gate, {"key": key, "touched_at": now})
    connection.execute(update(follow_gate).where(follow_gate.c.key == key).values(touched_at=now))


def _wait(connection: Connection, whose: ColumnElement[bool], most: int, seconds: float, now: float) -> int:
    """Seconds until another look-up is allowed; 0 for at once."""
    counted = (
        whose & (follow_lookup.c.at > now - seconds) & (follow_lookup.c.outcome != Outcome.THROTTLED.value)
    )
    # The look-up that has to be forgotten first for there to be room.
    newest = select(follow_lookup.c.at).where(counted).order_by(follow_lookup.c.at.desc()).limit(most)
    times = list(connection.execute(newest).scalars())
    return max(1, math.ceil(times[-1] + seconds - now)) if len(times) >= most else 0
