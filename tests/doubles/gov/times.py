"""Times as the systems write them: ``yyyyMMddHHmmss``, local time (UTC+7)."""

from datetime import datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))
FORMAT = "%Y%m%d%H%M%S"


def written(moment: datetime) -> str:
    """The moment in local time; one without a zone is taken as local."""
    local = moment.astimezone(VIETNAM) if moment.tzinfo else moment
    return local.strftime(FORMAT)


def read(text: str) -> datetime:
    """Raises ``ValueError`` unless the text has 14 digits that are a moment."""
    if len(text) != 14 or not text.isdigit():
        raise ValueError(f"not a time: {text}")
    return datetime.strptime(text, FORMAT).replace(tzinfo=VIETNAM)


class Clock:
    """Stands still until a test sets it, so that everything the double writes can be foretold."""

    def __init__(self, now: datetime = datetime(2026, 11, 22, 9, tzinfo=VIETNAM)) -> None:
        self.now = now

    def stamp(self) -> str:
        return written(self.now)
