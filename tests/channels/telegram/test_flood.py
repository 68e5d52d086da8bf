"""Too fast, and Telegram refuses answers; too slow, and citizens wait for nothing."""

import pytest

from bot.channels.telegram.flood import PER_CHAT_SECONDS, PER_SECOND, Pace


class _Clock:
    time = 100.0

    def __call__(self) -> float:
        return self.time


def test_one_chat_gets_a_message_a_second_and_others_do_not_wait_for_it() -> None:
    clock = _Clock()
    pace = Pace(clock)
    assert pace.take(1) == 0
    assert pace.take(1) == pytest.approx(PER_CHAT_SECONDS)
    clock.time += 1 / PER_SECOND
    assert pace.take(2) == 0
    clock.time = 100 + PER_CHAT_SECONDS
    assert pace.take(1) == 0


def test_no_second_sees_more_than_thirty_messages() -> None:
    clock = _Clock()
    pace = Pace(clock)
    left: list[float] = []
    for chat in range(100):
        while (pause := pace.take(chat)) > 0:
            clock.time += pause
        left.append(clock.time)
    assert max(sum(at <= other < at + 0.999 for other in left) for at in left) == PER_SECOND
    assert left[-1] - left[0] == pytest.approx(99 / PER_SECOND)


def test_chats_are_forgotten_once_they_are_free() -> None:
    clock = _Clock()
    pace = Pace(clock)
    for chat in range(30_000):
        clock.time += 1 / PER_SECOND
        pace.take(chat)
    assert len(pace._chats) <= 10_001
