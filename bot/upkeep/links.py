"""Asks whether an address still leads to something: HEAD, then GET, redirects followed by hand."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from urllib.parse import urljoin, urlsplit

import requests

from bot.upkeep.addresses import host_of, is_public
from bot.upkeep.links_guard import Allowed, ForbiddenAddressError, GuardedAdapter, resolve
from bot.upkeep.states import LinkState

logger = logging.getLogger(__name__)

USER_AGENT = "QuangNinhAssistant-LinkCheck/1.0"
REDIRECTS = 3
_GONE = frozenset({404, 410})
_FOR_GOOD = frozenset({301, 308})
_ELSEWHERE = _FOR_GOOD | {302, 303, 307}


@dataclass(frozen=True)
class Found:
    """What came of asking. ``status``: of HTTP, the last one; ``target``: where it leads for good."""

    state: LinkState
    status: int | None = None
    target: str | None = None


@dataclass(frozen=True)
class Pace:
    """Seconds: to connect, to wait for a word, for one request at most, between requests of one host."""

    connect: float = 5.0
    read: float = 10.0
    whole: float = 20.0
    apart: float = 1.0


class LinkChecker:
    """Asks one address of a host at a time. ``allowed``: the IP addresses that may be connected to."""

    def __init__(self, allowed: Allowed = is_public, pace: Pace = Pace()) -> None:
        self._allowed, self._pace = allowed, pace
        self._lock = Lock()
        self._hosts: dict[str, Lock] = {}
        self._asked: dict[str, float] = {}

    def check(self, address: str) -> Found:
        """Follow an address; asked a second time when nothing came back or the server failed."""
        found = self._follow(address, ("HEAD", "GET"))
        if found.state is LinkState.FAILING and (found.status is None or found.status >= 500):
            found = self._follow(address, ("GET",))
        return found

    def _follow(self, address: str, methods: tuple[str, ...]) -> Found:
        here, target, for_good = address, None, True
        for _ in range(REDIRECTS + 1):
            try:
                status, leads_to = self._ask(here, methods)
            except ForbiddenAddressError:
                return Found(LinkState.FORBIDDEN)
            except (requests.RequestException, OSError, ValueError) as problem:
                logger.info("no answer from %s: %s", urlsplit(here).hostname, type(problem).__name__)
                return Found(LinkState.FAILING)
            if status not in _ELSEWHERE or not leads_to:
                return _judged(status, target)
            here, for_good = leads_to, for_good and status in _FOR_GOOD
            target = here if for_good else target
        return Found(LinkState.FAILING, status)

    def _ask(self, address: str, methods: tuple[str, ...]) -> tuple[int, str]:
        """Status and where it redirects to. A server that refuses HEAD is asked with GET."""
        place = host_of(address)
        if place is None:
            raise ForbiddenAddressError(address)
        for method in methods:
            status, leads_to = self._request(method, address, *place)
            if status < 400:
                break
        return status, leads_to

    def _request(self, method: str, address: str, host: str, port: int) -> tuple[int, str]:
        pace, adapter = self._pace, GuardedAdapter(self._allowed)
        with self._turn_of(host), requests.Session() as session, adapter.ending_in(pace.whole):
            # Neither a proxy nor a password file of the machine: the guard could not look behind them.
            session.trust_env = False
            session.mount("http://", adapter)
            session.mount("https://", adapter)
            resolve(host, port, self._allowed)
            # The body is never read, however long it is.
            with session.request(
                method,
                address,
                headers={"User-Agent": USER_AGENT, "Accept": "*/*"},
                timeout=(pace.connect, pace.read),
                allow_redirects=False,
                stream=True,
            ) as answer:
                location = answer.headers.get("location", "")
                return answer.status_code, urljoin(address, location) if location else ""

    def _turn_of(self, host: str) -> "_Turn":
        with self._lock:
            return _Turn(self._hosts.setdefault(host, Lock()), host, self._asked, self._pace.apart)


class _Turn:
    """One request at a time, and a pause after the one before."""

    def __init__(self, lock: Lock, host: str, asked: dict[str, float], apart: float) -> None:
        self._lock, self._host, self._asked, self._apart = lock, host, asked, apart

    def __enter__(self) -> None:
        self._lock.acquire()
        wait = self._asked.get(self._host, float("-inf")) + self._apart - time.monotonic()
        if wait > 0:
            time.sleep(wait)

    def __exit__(self, *_: object) -> None:
        self._asked[self._host] = time.monotonic()
        self._lock.release()


Check = Callable[[str], Found]


def _judged(status: int, target: str | None) -> Found:
    if status in _GONE:
        return Found(LinkState.GONE, status, target)
    if status >= 300:
        return Found(LinkState.FAILING, status, target)
    return Found(LinkState.MOVED if target else LinkState.ALIVE, status, target)
