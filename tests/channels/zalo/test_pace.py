"""Called too fast, Zalo refuses everybody's messages."""

from bot.channels.zalo.pace import Pace


class Clock:
    time = 1_800_000_000.0

    def __call__(self) -> float:
        return self.time


def test_thirty_calls_a_second():
    clock = Clock()
    pace = Pace(clock)
    assert [pace.wait() for _ in range(30)] == [0.0] * 30
    assert 0 < pace.wait() <= 0.1
    clock.time += 0.5
    assert pace.wait() > 0
    clock.time += 0.6
    assert pace.wait() == 0.0


def test_over_a_minute_the_limit_of_the_application_is_kept():
    clock = Clock()
    pace = Pace(clock)
    calls = 0
    for _ in range(60 * 50):
        while pace.wait() == 0.0:
            calls += 1
        clock.time += 0.02
    assert 1700 <= calls <= 1830


def test_when_zalo_says_that_nothing_remains_everything_waits_for_the_next_minute():
    clock = Clock()
    clock.time += 15
    pace = Pace(clock)
    pace.heed(5)
    pace.heed(None)
    assert pace.wait() == 0.0
    pace.heed(0)
    assert pace.wait() == 45.0
    clock.time += 45
    assert pace.wait() == 0.0


def test_the_first_seconds_of_an_empty_line_are_free():
    assert Pace(lambda: 0.5).wait() == 0.0


def test_a_clock_that_is_set_back_holds_no_call():
    clock = Clock()
    pace = Pace(clock)
    for _ in range(30):
        pace.wait()
    pace.heed(0)
    clock.time -= 3600
    assert pace.wait() == 0.0
