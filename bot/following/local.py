"""Times as clocks in Vietnam show them."""

from datetime import datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))


def local(moment: datetime) -> datetime:
    """An aware time without its zone, as deadlines are counted."""
    return moment.astimezone(VIETNAM).replace(tzinfo=None)


def at(seconds: float) -> datetime:
    """POSIX seconds as a local time without zone."""
    return datetime.fromtimestamp(seconds, VIETNAM).replace(tzinfo=None)
