"""Proof that a webhook call comes from Zalo: ``mac=SHA256(app id + raw body + timestamp + OA secret)``.

Plain SHA-256 over joined strings, as the official PHP and JavaScript samples compute it, not HMAC.
"""

import hashlib
import hmac
import re
from collections.abc import Iterable

REPLAY_SECONDS = 24 * 3600
"""Zalo redelivers for about two hours; anything this old is somebody else's replay."""

# Digits only: nothing may move between the end of the body and the beginning of the timestamp.
_TIMESTAMP = re.compile(r"[0-9]{9,16}")
_LAST_SECONDS_VALUE = 100_000_000_000


def sign(app_id: str, raw: bytes, timestamp: str, secret: str) -> str:
    """The header ``X-ZEvent-Signature`` for a body."""
    joined = app_id.encode() + raw + timestamp.encode() + secret.encode()
    return f"mac={hashlib.sha256(joined).hexdigest()}"


def verified(app_id: str, raw: bytes, secret: str, header: str, timestamps: Iterable[str]) -> str | None:
    """The first of ``timestamps`` under which ``header`` signs ``raw``; None when there is none.

    Zalo signs the body's timestamp or that of the header ``X-ZEvent-Timestamp``; both are tried, in
    constant time. An empty secret verifies nothing.
    """
    if not secret:
        return None
    given = header.strip().lower().encode()
    found = None
    for timestamp in timestamps:
        if not _TIMESTAMP.fullmatch(timestamp):
            continue
        if hmac.compare_digest(sign(app_id, raw, timestamp, secret).encode(), given) and found is None:
            found = timestamp
    return found


def seconds(timestamp: str) -> float:
    """POSIX seconds of a timestamp, which Zalo gives in milliseconds. ``ValueError`` when it is no number."""
    if not _TIMESTAMP.fullmatch(timestamp):
        raise ValueError("not a timestamp")
    value = int(timestamp)
    return float(value) if value < _LAST_SECONDS_VALUE else value / 1000


def is_fresh(timestamp: str, now: float) -> bool:
    """Whether a call with this timestamp may still be a first or repeated delivery."""
    return abs(now - seconds(timestamp)) <= REPLAY_SECONDS
