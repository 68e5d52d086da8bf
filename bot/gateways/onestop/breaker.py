"""Leaves a system alone for a while that failed several times in a row."""

import threading
from collections.abc import Callable
from typing import TypeVar

import pybreaker

from bot.gateways.onestop.errors import Cause, UnavailableError

FAILURES = 5
REST_SECONDS = 30.0
T = TypeVar("T")


class Breaker:
    """A circuit breaker that does not make callers wait for one another, as the library's own call does."""

    def __init__(self, failures: int = FAILURES, rest_seconds: float = REST_SECONDS) -> None:
        # Whatever is not unavailability is an answer: the system works.
        self._circuit = pybreaker.CircuitBreaker(
            fail_max=failures,
            reset_timeout=rest_seconds,
            exclude=[lambda error: not isinstance(error, UnavailableError)],
            throw_new_error_on_trip=False,
        )
        self._probing = threading.Lock()

    def call(self, work: Callable[[], T]) -> T:
        """The result of ``work``; raises ``UnavailableError`` at once while the system is left alone, and
        lets one caller try when the rest is over.
        """
        if self._circuit.current_state == pybreaker.STATE_CLOSED:
            return self._counted(work)
        if not self._probing.acquire(blocking=False):
            raise UnavailableError(Cause.BREAKER)
        try:
            return self._circuit.call(work)
        except pybreaker.CircuitBreakerError:
            raise UnavailableError(Cause.BREAKER) from None
        finally:
            self._probing.release()

    def _counted(self, work: Callable[[], T]) -> T:
        try:
            result = work()
        except UnavailableError as error:
            self._note(error)
            raise
        self._note(None)
        return result

    def _note(self, error: UnavailableError | None) -> None:
        def outcome() -> None:
            if error is not None:
                raise error

        try:
            self._circuit.call(outcome)
        except (UnavailableError, pybreaker.CircuitBreakerError):
            return
