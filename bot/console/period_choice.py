"""The period a page of figures is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from bot.console.context import Console
from bot.steering.period import Period, day_of

USUAL_DAYS = 30
_CHOICES = (("period_7", 7), ("period_30", 30), ("period_90", 90), ("period_365", 365))


@dataclass(frozen=True)
class Choice:
    """``understood``: False where what was asked for is no period, and the usual one is shown."""

    period: Period
    compare: bool
    understood: bool
    today: date

    @property
    def query(self) -> dict[str, str]:
        """As an address tells it."""
        found = {"since": self.period.first.isoformat(), "until": self.period.last.isoformat()}
        return found | ({"compare": "1"} if self.compare else {})

    def links(self, path: str, **more: str) -> list[tuple[str, str, bool]]:
        """Key of the text, address, and whether it is the one shown, for each usual period until today."""
        found = []
        for key, days in _CHOICES:
            period = _last(self.today, days, self.period.zone)
            query = replace(self, period=period).query | more
            found.append((key, f"{path}?{urlencode(query)}", period == self.period))
        return found


def chosen(asked: Mapping[str, str], console: Console) -> Choice:
    """``since`` and ``until`` of an address or a form, ISO days; nothing after today."""
    zone = ZoneInfo(console.settings.time_zone)
    today = day_of(console.now(), zone)
    since, until = asked.get("since", ""), asked.get("until", "")
    compare = asked.get("compare") == "1"
    usual = _last(today, USUAL_DAYS, zone)
    if not since and not until:
        return Choice(usual, compare, True, today)
    try:
        period = Period(date.fromisoformat(since), min(date.fromisoformat(until), today), zone)
    except ValueError:
        return Choice(usual, compare, False, today)
    return Choice(period, compare, True, today)


def _last(today: date, days: int, zone: ZoneInfo) -> Period:
    return Period(today - timedelta(days=days - 1), today, zone)
