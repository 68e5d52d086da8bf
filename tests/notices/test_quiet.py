"""What citizens lose when these fail: their sleep, or a reminder that comes a day late."""

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.notices.quiet import QuietHours, quiet_hours
from tests.notices.conftest import HOURS, ZONE, at


@pytest.mark.parametrize(
    ("asked", "allowed"),
    [
        ("24/11/2026 20:59", "24/11/2026 20:59"),
        ("24/11/2026 21:00", "25/11/2026 07:00"),
        ("24/11/2026 23:59", "25/11/2026 07:00"),
        ("25/11/2026 00:00", "25/11/2026 07:00"),
        ("25/11/2026 06:59", "25/11/2026 07:00"),
        ("25/11/2026 07:00", "25/11/2026 07:00"),
        ("31/12/2026 22:00", "01/01/2027 07:00"),
        ("28/02/2028 22:00", "29/02/2028 07:00"),
    ],
)
def test_nobody_is_woken_around_midnight(asked: str, allowed: str) -> None:
    assert HOURS.next_allowed(at(asked)) == at(allowed)


def test_a_second_before_the_quiet_is_over_is_still_quiet() -> None:
    assert HOURS.next_allowed(at("25/11/2026 07:00") - 1) == at("25/11/2026 07:00")


@pytest.mark.parametrize(
    ("asked", "allowed"),
    [
        ("24/11/2026 11:59", "24/11/2026 11:59"),
        ("24/11/2026 12:00", "24/11/2026 13:30"),
        ("24/11/2026 13:30", "24/11/2026 13:30"),
        ("24/11/2026 23:30", "24/11/2026 23:30"),
    ],
)
def test_quiet_hours_may_lie_within_a_day(asked: str, allowed: str) -> None:
    assert quiet_hours("12:00", "13:30", ZONE).next_allowed(at(asked)) == at(allowed)


def test_equal_times_mean_no_quiet_hours() -> None:
    assert quiet_hours("07:00", "07:00", ZONE).next_allowed(at("24/11/2026 03:00")) == at("24/11/2026 03:00")


def test_the_hours_are_those_of_vietnam_whatever_the_server_thinks() -> None:
    """23:00 UTC is six in the morning here: quiet for another hour."""
    assert HOURS.next_allowed(at("24/11/2026 23:00", ZoneInfo("UTC"))) == at("25/11/2026 07:00")
    assert HOURS.day(at("24/11/2026 17:00", ZoneInfo("UTC"))) == date(2026, 11, 25)


def test_a_night_without_clock_change_is_ten_hours_everywhere_in_the_year() -> None:
    """Vietnam has no summer time: nobody is written to an hour early when other zones change theirs."""
    for day in ("28/03/2026", "24/10/2026", "24/11/2026"):
        evening = at(f"{day} 21:00")
        assert HOURS.next_allowed(evening) - evening == 10 * 3600


@given(st.floats(1.5e9, 2.5e9), st.times(), st.times())
def test_what_is_allowed_is_never_quiet_and_within_a_day(moment: float, start: time, end: time) -> None:
    hours = QuietHours(start.replace(microsecond=0), end.replace(microsecond=0), ZONE)
    allowed = hours.next_allowed(moment)
    assert 0 <= allowed - moment <= 86_400
    assert hours.next_allowed(allowed) == allowed
