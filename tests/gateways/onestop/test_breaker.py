"""What citizens lose when these fail: answers that hang because a system is down, or never come back."""

import time
from threading import Event, Thread

import pytest

from bot.gateways.onestop.breaker import Breaker
from bot.gateways.onestop.errors import Cause, RefusedError, UnavailableError

REST = 0.2


def _fail() -> None:
    raise UnavailableError(Cause.TIMEOUT)


def _refuse() -> None:
    raise RefusedError("3", "no")


def _cause(breaker: Breaker) -> Cause:
    with pytest.raises(UnavailableError) as caught:
        breaker.call(_fail)
    return caught.value.cause


def test_after_five_failures_it_is_left_alone_until_the_rest_is_over() -> None:
    breaker = Breaker(5, REST)
    assert [_cause(breaker) for _ in range(6)] == [Cause.TIMEOUT] * 5 + [Cause.BREAKER]
    time.sleep(REST * 1.5)
    assert breaker.call(lambda: "there") == "there"
    assert breaker.call(lambda: "there") == "there"


def test_a_failed_probe_begins_another_rest() -> None:
    breaker = Breaker(2, REST)
    assert [_cause(breaker) for _ in range(3)] == [Cause.TIMEOUT, Cause.TIMEOUT, Cause.BREAKER]
    time.sleep(REST * 1.5)
    assert [_cause(breaker), _cause(breaker)] == [Cause.TIMEOUT, Cause.BREAKER]


def test_answers_between_failures_and_refusals_do_not_count() -> None:
    breaker = Breaker(2, REST)
    for _ in range(5):
        _cause(breaker)
        breaker.call(lambda: None)
    for _ in range(5):
        with pytest.raises(RefusedError):
            breaker.call(_refuse)
    assert breaker.call(lambda: 1) == 1


def test_calls_do_not_wait_for_one_another() -> None:
    """One slow look-up must not hold up those of other citizens."""
    breaker, inside, release = Breaker(), Event(), Event()

    def slow() -> None:
        inside.set()
        release.wait(10)

    worker = Thread(target=breaker.call, args=(slow,))
    worker.start()
    assert inside.wait(10)
    began = time.monotonic()
    assert breaker.call(lambda: "quick") == "quick"
    assert time.monotonic() - began < 5
    release.set()
    worker.join(10)
