"""The days of a figure."""

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from bot.steering.period import Period, Step
from tests.steering.town import MONDAY, WEEK, ZONE


def test_a_day_begins_at_midnight_of_the_citizens_not_of_the_server() -> None:
    """Seven hours of each day would count for the day before."""
    assert WEEK.start == datetime(2026, 11, 15, 17, tzinfo=timezone.utc).timestamp()
    assert WEEK.end - WEEK.start == 7 * 86_400


def test_long_periods_are_shown_by_week_and_month() -> None:
    """A chart with a thousand bars shows nothing."""
    year = Period(date(2026, 1, 1), date(2026, 12, 31), ZONE)
    assert (WEEK.step, year.step) == (Step.DAY, Step.WEEK)
    assert year.buckets()[0] == date(2025, 12, 29)
    both = Period(date(2025, 1, 1), date(2026, 12, 31), ZONE)
    assert (both.step, len(both.buckets())) == (Step.MONTH, 24)


def test_a_break_inside_the_period_is_told_and_one_at_its_first_day_is_not() -> None:
    """Numbers on both sides of 1/7/2025 count different units."""
    broken = date(2025, 7, 1)
    assert Period(date(2025, 6, 30), broken, ZONE).crossed([broken]) == [broken]
    assert Period(broken, date(2025, 7, 31), ZONE).crossed([broken]) == []


def test_the_period_before_is_as_long_and_ends_the_day_before() -> None:
    assert WEEK.before() == Period(date(2026, 11, 9), date(2026, 11, 15), ZONE)


@pytest.mark.parametrize("days", [-1, 1100])
def test_what_is_no_period_is_refused(days: int) -> None:
    with pytest.raises(ValueError, match="not a period"):
        Period(MONDAY, MONDAY + timedelta(days=days), ZoneInfo("UTC"))
