"""Today where the citizens are."""

from datetime import date, datetime
from zoneinfo import ZoneInfo


def today_in(time_zone: str) -> date:
    """The calendar day in a time zone, whatever the server's clock is set to."""
    return datetime.now(ZoneInfo(time_zone)).date()
