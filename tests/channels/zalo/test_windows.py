"""A message outside of its window is refused by Zalo or costs the province money."""

import pytest

from bot.channels.zalo.windows import Purpose, Way, closes_at, way

HOUR = 3600.0


@pytest.mark.parametrize(
    ("hours", "reply", "notice"),
    [
        (0, Way.FREE, Way.FREE),
        (48, Way.FREE, Way.FREE),
        (48.001, Way.BILLED, Way.TEMPLATE),
        (168, Way.BILLED, Way.TEMPLATE),
        (168.001, Way.NONE, Way.TEMPLATE),
        (-1, Way.FREE, Way.FREE),
    ],
)
def test_windows_by_hours_of_silence(hours, reply, notice):
    now = 1_800_000_000.0
    assert way(Purpose.REPLY, now - hours * HOUR, now) is reply
    assert way(Purpose.NOTICE, now - hours * HOUR, now) is notice


def test_anonymous_visitors_get_replies_only():
    assert way(Purpose.REPLY, 0, HOUR, anonymous=True) is Way.FREE
    assert way(Purpose.NOTICE, 0, HOUR, anonymous=True) is Way.NONE


def test_the_reply_window_is_seven_days():
    assert closes_at(0) == 604_800
