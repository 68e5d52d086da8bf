"""One machine that asks without end does not take the assistant from the others."""

import pytest

from bot.channels.web.errors import ApiError
from bot.channels.web.limits import RATES, Limiter, Spent
from tests.channels.web.site import Clock


def _taken(limiter: Limiter, what: Spent, key: str, times: int) -> int:
    taken = 0
    for _ in range(times):
        try:
            limiter.spend(what, key)
        except ApiError:
            continue
        taken += 1
    return taken


def test_five_at_once_and_twenty_a_minute() -> None:
    clock = Clock()
    limiter = Limiter(clock)
    assert _taken(limiter, Spent.WRITE, "a", 10) == 5
    assert _taken(limiter, Spent.WRITE, "b", 10) == 5, "each session for itself"
    for _ in range(3):
        clock.time += 3.1
        assert _taken(limiter, Spent.WRITE, "a", 10) == 5
    clock.time += 3.1
    with pytest.raises(ApiError) as refused:
        limiter.spend(Spent.WRITE, "a")
    assert refused.value.retry_after == 48  # 60 s after the first, of which 12.4 s are over
    clock.time += 48
    assert _taken(limiter, Spent.WRITE, "a", 10) == 5


def test_an_address_writes_sixty_times_a_minute_and_opens_twenty_sessions() -> None:
    limiter = Limiter(Clock())
    assert _taken(limiter, Spent.WRITE_ADDRESS, "203.0.113.9", 100) == 60
    assert _taken(limiter, Spent.OPEN_ADDRESS, "203.0.113.9", 100) == 20


def test_memory_stays_bounded_when_addresses_never_end() -> None:
    limiter = Limiter(Clock(), RATES, most=500)
    for number in range(5000):
        limiter.spend(Spent.WRITE_ADDRESS, str(number))
    assert len(limiter) <= 500
    assert len(limiter._buckets) <= 500


def test_so_does_the_number_of_addresses() -> None:
    limiter = Limiter(Clock(), most_keys=10)
    for number in range(100):
        limiter.spend(Spent.READ_ADDRESS, str(number))
    assert len(limiter) == 10


def test_a_clock_that_is_set_back_keeps_nobody_out() -> None:
    clock = Clock()
    limiter = Limiter(clock)
    assert _taken(limiter, Spent.WRITE, "a", 10) == 5
    clock.time -= 3600
    assert _taken(limiter, Spent.WRITE, "a", 10) == 5
