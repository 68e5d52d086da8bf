"""Calls to the payment platform (protocol 1.0.6): one address, JSON POST, a bearer token.

Every call has a time limit and goes through one breaker: after five failures in a row the platform is left
alone for half a minute. All three messages may be repeated; INIT only as the very same message.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import msgspec
import pybreaker

from bot.aside import aside
from bot.payments import messages
from bot.payments.messages import Init, InitReply, Query, QueryReply, Started
from bot.payments.metrics import CALLS
from bot.payments.settling import Told
from bot.payments.states import PaymentState
from bot.payments.times import stamp

if TYPE_CHECKING:
    import requests

MAX_REPLY = 256 * 1024
MAX_BILL = 4 * 1024 * 1024
FAILURES, REST_SECONDS = 5, 30
TRIES = 2
_STATES = {"1": PaymentState.PAID, "3": PaymentState.PENDING, "4": PaymentState.FAILED}

logger = logging.getLogger(__name__)
T = TypeVar("T")


class PlatformDownError(Exception):
    """No usable answer: the message may have arrived or not."""


class RefusedError(Exception):
    """The platform answered that it will not; ``code`` is its error code."""

    def __init__(self, code: str) -> None:
        super().__init__(f"refused with code {code}")
        self.code = code


@dataclass(frozen=True)
class Access:
    """Where the platform is and who we are to it. ``timeout``: seconds to connect, and between two bytes."""

    url: str
    partner: str
    secret: str
    token: str = ""
    timeout: float = 5.0

    def __post_init__(self) -> None:
        if not self.secret or not self.partner:
            raise ValueError("the payment platform needs a partner code and a secret")


class Client:
    """Safe to use from several threads."""

    def __init__(self, access: Access, now: Callable[[], float]) -> None:
        self._access = access
        self._now = now
        self._breaker = pybreaker.CircuitBreaker(
            fail_max=FAILURES, reset_timeout=REST_SECONDS, exclude=[RefusedError]
        )

    @property
    def access(self) -> Access:
        """What it was made with."""
        return self._access

    def init(self, message: Init) -> str:
        """Begin a payment; the address of the page to pay on. Raises the two errors above."""
        body = messages.signed(message, self._access.secret)

        def read(content: bytes) -> str:
            reply = messages.decoded(content, InitReply)
            if not messages.is_success(reply.error_code):
                raise RefusedError(_short(reply.error_code))
            url = messages.inner(reply.message, Started).url
            return self._checked(url)

        return self._repeated("INIT", msgspec.json.encode(body), read)

    def query(self, reference: str) -> Told | None:
        """How a payment stands; None when the platform does not know it or says nothing usable of it."""

        def read(content: bytes) -> Told | None:
            reply = messages.decoded(content, QueryReply)
            if not messages.is_success(reply.code) or reply.reference not in ("", reference):
                return None
            state = _STATES.get(str(reply.state).strip())
            amount = messages.sum_of(reply.amount)
            if state is None or (state is PaymentState.PAID and amount is None):
                logger.warning("payment platform: a reply to QUERY says nothing usable")
                return None
            return Told(state, amount, str(reply.transaction), str(reply.bank))

        return self._repeated("QUERY", self._ask("QUERY", reference), read)

    def bill(self, reference: str) -> bytes:
        """The receipt as PDF. Raises the two errors above."""

        def read(content: bytes) -> bytes:
            if content.startswith(b"%PDF-"):
                return content
            reply = messages.decoded(content, QueryReply)
            raise RefusedError(_short(reply.code))

        return self._repeated("GET_BILL", self._ask("GET_BILL", reference), read, MAX_BILL)

    def _ask(self, kind: str, reference: str) -> bytes:
        query = Query(kind=kind, partner=self._access.partner, reference=reference, at=stamp(self._now()))
        return msgspec.json.encode(messages.signed(query, self._access.secret))

    def _repeated(self, kind: str, body: bytes, read: Callable[[bytes], T], most: int = MAX_REPLY) -> T:
        return aside(lambda: self._tried(kind, body, read, most))

    def _tried(self, kind: str, body: bytes, read: Callable[[bytes], T], most: int) -> T:
        for left in reversed(range(TRIES)):
            try:
                found: T = self._breaker.call(self._call, body, read, most)
            except RefusedError:
                CALLS.labels(kind, "refused").inc()
                raise
            except pybreaker.CircuitBreakerError:
                CALLS.labels(kind, "resting").inc()
                raise PlatformDownError("left alone after failures") from None
            except PlatformDownError as error:
                CALLS.labels(kind, "failed").inc()
                logger.warning("payment platform: %s failed: %s", kind, error)
                if not left:
                    raise
            else:
                CALLS.labels(kind, "answered").inc()
                return found
        raise AssertionError("unreachable")

    def _call(self, body: bytes, read: Callable[[bytes], T], most: int) -> T:
        # Not loaded where there is no platform: 3 MB of every process.
        import requests

        headers = {"Content-Type": "application/json;charset=utf-8", "Accept": "application/json"}
        if self._access.token:
            headers["Authorization"] = f"Bearer {self._access.token}"
        try:
            # A redirect would carry a signed message to somebody else.
            with requests.post(
                self._access.url,
                data=body,
                headers=headers,
                timeout=self._access.timeout,
                allow_redirects=False,
                stream=True,
            ) as response:
                if response.status_code != 200:
                    raise PlatformDownError(f"status {response.status_code}")
                content = _content(response, most)
            return read(content)
        except requests.RequestException as error:
            raise PlatformDownError(type(error).__name__) from None
        except msgspec.DecodeError:
            raise PlatformDownError("the reply is not what the protocol says") from None

    def _checked(self, url: str) -> str:
        """Citizens are sent there to pay: nothing weaker than how we reach the platform itself."""
        secure = url.startswith("https://")
        if not secure and not (url.startswith("http://") and self._access.url.startswith("http://")):
            raise msgspec.DecodeError("the page to pay on is not an https address")
        return url


def _content(response: requests.Response, most: int) -> bytes:
    content = bytearray()
    for chunk in response.iter_content(16 * 1024):
        content += chunk
        if len(content) > most:
            raise PlatformDownError("the reply is too long")
    return bytes(content)


def _short(code: str | int) -> str:
    return str(code)[:12]
