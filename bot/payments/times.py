"""Times as the payment platform writes them: ``yyyyMMddHHmmss``, 24 hours, UTC+7."""

from datetime import datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))


def stamp(at: float) -> str:
    """POSIX seconds as 14 digits."""
    return datetime.fromtimestamp(at, VIETNAM).strftime("%Y%m%d%H%M%S")


def local(at: float) -> datetime:
    """POSIX seconds as a moment in Vietnam."""
    return datetime.fromtimestamp(at, VIETNAM)
