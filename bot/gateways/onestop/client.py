"""Client of the one-stop system: one endpoint, the service named in the body, a session from a login.

Protocol of the national exchange adapter as provincial systems speak it: login gives a session, every call
carries it with our unit code; ``dstcode`` routes it on the exchange platform.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.aside import aside
from bot.gateways.onestop.breaker import Breaker
from bot.gateways.onestop.errors import Cause, UnavailableError
from bot.gateways.onestop.wire import Reply, reply_of
from bot.settings import Settings

if TYPE_CHECKING:
    import requests

log = logging.getLogger(__name__)

_PAUSE_SECONDS = 0.3
_LARGEST = 8_000_000
# The timeout holds for each piece of an answer; so many times it for the whole.
_PATIENCE = 2
# A second wait would be longer than a citizen waits for an answer.
_NOT_TRIED_AGAIN = frozenset({Cause.TIMEOUT, Cause.BREAKER, Cause.LOGIN, Cause.MAINTENANCE})


@dataclass(frozen=True)
class Access:
    """How the system is reached. ``unit``: ``madonvi`` of each call; ``destination``: header ``dstcode``."""

    login_url: str
    call_url: str
    username: str
    password: str
    unit: str
    destination: str
    timeout_seconds: float


def access_of(settings: Settings) -> Access | None:
    """As configured; None where there is no one-stop system."""
    if not settings.onestop_url:
        return None
    base = settings.onestop_url.rstrip("/")
    return Access(
        login_url=base + settings.onestop_login_path,
        call_url=base + settings.onestop_call_path,
        username=settings.onestop_username,
        password=settings.onestop_password,
        unit=settings.onestop_unit,
        destination=settings.onestop_destination,
        timeout_seconds=settings.onestop_timeout_seconds,
    )


class Client:
    """Speaks the protocol; safe to be used by several threads. ``sleep``: how a repeated look-up waits."""

    def __init__(
        self, access: Access, breaker: Breaker | None = None, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._access = access
        self._breaker = breaker or Breaker()
        self._sleep = sleep
        self._login = threading.Lock()
        self._session = ""
        # Not loaded where there is no such system: 3 MB of every process.
        import requests

        self._http = requests.Session()
        self._http.headers.update(
            {
                "Content-Type": "application/json;charset=utf-8",
                "Accept": "application/json",
                "Charset": "utf-8",
                "dstcode": access.destination,
            }
        )

    def look_up(self, service: str, **fields: Any) -> Reply:
        """A call without effect, tried again once. Raises ``UnavailableError``."""

        def tried() -> Reply:
            try:
                return self.call(service, **fields)
            except UnavailableError as error:
                if error.cause in _NOT_TRIED_AGAIN:
                    raise
            self._sleep(_PAUSE_SECONDS)
            return self.call(service, **fields)

        return aside(tried)

    def call(self, service: str, **fields: Any) -> Reply:
        """One call, repeated only when the system says that our session is over. Raises
        ``UnavailableError``; whether a reply is a refusal is for the caller to see.
        """
        return aside(lambda: self._answered(service, fields))

    def _answered(self, service: str, fields: Mapping[str, Any]) -> Reply:
        started = time.monotonic()
        session = self._session_other_than("")
        reply = self._called(service, session, fields)
        if reply.session_is_over:
            session = self._session_other_than(session)
            reply = self._called(service, session, fields)
            if reply.session_is_over:
                raise UnavailableError(Cause.LOGIN)
        log.info("one-stop %s: code %s in %.0f ms", service, reply.code, (time.monotonic() - started) * 1000)
        return reply

    def _called(self, service: str, session: str, fields: Mapping[str, Any]) -> Reply:
        body = {"session": session, "madonvi": self._access.unit, "service": service, **fields}
        try:
            return self._posted(self._access.call_url, body, service)
        except UnavailableError as error:
            if error.cause is Cause.REDIRECT:
                self._forget(session)
            raise

    def _forget(self, session: str) -> None:
        """Sent to a page to log in: the next call does."""
        with self._login:
            if self._session == session:
                self._session = ""

    def _session_other_than(self, spent: str) -> str:
        """The session in use, or a new one when it is ``spent``; one login at a time for all threads."""
        with self._login:
            if not self._session or self._session == spent:
                self._session = ""
                self._session = self._logged_in()
            return self._session

    def _logged_in(self) -> str:
        body = {"username": self._access.username, "password": self._access.password}
        try:
            reply = self._posted(self._access.login_url, body, "login")
        except UnavailableError as error:
            # Whatever became of the login: the call itself was never made.
            raise UnavailableError(error.cause) from None
        if not reply.ok or not reply.session:
            log.warning("one-stop login refused: code %s", reply.code)
            raise UnavailableError(Cause.LOGIN)
        return reply.session

    def _posted(self, url: str, body: Mapping[str, Any], what: str) -> Reply:
        try:
            return self._breaker.call(lambda: self._exchanged(url, body))
        except UnavailableError as error:
            log.warning("one-stop %s unavailable: %s", what, error.cause.value)
            raise

    def _exchanged(self, url: str, body: Mapping[str, Any]) -> Reply:
        import requests

        timeout = self._access.timeout_seconds
        late = time.monotonic() + timeout * _PATIENCE
        try:
            with self._http.post(
                url, json=body, timeout=timeout, allow_redirects=False, stream=True
            ) as response:
                kind = response.headers.get("Content-Type", "")
                return reply_of(response.status_code, kind, _read(response, late))
        except requests.ConnectTimeout:
            raise UnavailableError(Cause.TIMEOUT) from None
        except requests.Timeout:
            raise UnavailableError(Cause.TIMEOUT, arrived=True) from None
        except requests.RequestException as error:
            raise UnavailableError(Cause.CONNECTION, arrived=not _never_connected(error)) from None


def _read(response: requests.Response, late: float) -> bytes:
    """The whole body, unless it drips or has no end."""
    body = bytearray()
    for piece in response.iter_content(65_536):
        body += piece
        if len(body) > _LARGEST:
            raise UnavailableError(Cause.MALFORMED, arrived=True)
        if time.monotonic() > late:
            raise UnavailableError(Cause.TIMEOUT, arrived=True)
    return bytes(body)


def _never_connected(error: requests.RequestException) -> bool:
    from urllib3.exceptions import NewConnectionError

    inner = error.args[0] if error.args else None
    return isinstance(getattr(inner, "reason", None), NewConnectionError)
