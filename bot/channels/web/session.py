"""Sessions of browsers: a random id made here, signed together with the site it was given to."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from itsdangerous import BadData, URLSafeSerializer

from bot.channels.web.errors import ApiError, Code

LIFETIME_SECONDS = 24 * 3600.0
_CLOCK_SKEW_SECONDS = 300.0
_KEPT = 4096


@dataclass(frozen=True)
class Session:
    """``sid``: 128 random bits in hexadecimal. ``expires_at``: POSIX seconds."""

    sid: str
    origin: str
    expires_at: float


class Sessions:
    """Makes and checks tokens. No state: whoever has the secret can check them."""

    def __init__(self, secret: str, now: Callable[[], float]) -> None:
        self._now = now
        self._serializer = URLSafeSerializer(secret, salt="dvc-web-session")
        # A browser shows the same token with everything it asks for; those that are not ours are not kept.
        self._signed = lru_cache(maxsize=_KEPT)(self._serializer.loads)

    def open(self, origin: str, sid: str = "") -> tuple[Session, str]:
        """A session for a site, new or continued, and its token."""
        sid = sid or secrets.token_hex(16)
        issued_at = self._now()
        token = self._serializer.dumps([sid, origin, round(issued_at, 3)])
        return Session(sid, origin, issued_at + LIFETIME_SECONDS), str(token)

    def check(self, token: str, origin: str) -> Session:
        """The session of a token sent from ``origin``; raises ``ApiError`` for any other."""
        try:
            sid, bound, issued_at = self._signed(token)
        except (BadData, TypeError, ValueError):
            raise ApiError(Code.NO_SESSION) from None
        if not isinstance(sid, str) or not isinstance(issued_at, (int, float)):
            raise ApiError(Code.NO_SESSION)
        if bound != origin:
            raise ApiError(Code.FOREIGN_ORIGIN)
        age = self._now() - issued_at
        if not -_CLOCK_SKEW_SECONDS <= age < LIFETIME_SECONDS:
            raise ApiError(Code.SESSION_EXPIRED)
        return Session(sid, bound, issued_at + LIFETIME_SECONDS)
