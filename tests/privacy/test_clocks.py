"""A date told too late breaks the law; one told too early breaks a promise. All days counted by hand."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.answers.working_days import WorkCalendar
from bot.privacy.clocks import UnknownDaysError, clocks, extended
from bot.privacy.kinds import RequestKind

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CALENDAR = WorkCalendar(frozenset({date(2026, 11, 24)}), frozenset(), date(2026, 1, 1), date(2027, 12, 31))


def at(day: int, month: int, hour: int = 0, year: int = 2026) -> float:
    return datetime(year, month, day, hour, tzinfo=ZONE).timestamp()


@pytest.mark.parametrize(
    ("kind", "received", "acknowledge", "answer"),
    [
        # Friday 20/11: Monday 23, not Tuesday 24 (Ngày Văn hóa), Wednesday 25. Ten days on is Monday 30.
        (RequestKind.VIEW, at(20, 11, 16), at(26, 11), at(1, 12)),
        # Received late in the evening it counts from the same day.
        (RequestKind.VIEW, at(20, 11, 23), at(26, 11), at(1, 12)),
        # Sunday 22/11: Monday and Wednesday. Fifteen days on is Monday 7/12.
        (RequestKind.WITHDRAW, at(22, 11, 12), at(26, 11), at(8, 12)),
        # Sunday 22/11 and twenty days is Saturday 12/12: Monday 14.
        (RequestKind.ERASE, at(22, 11, 12), at(26, 11), at(15, 12)),
        # Saturday 14/11 and ten days is Tuesday 24/11, a day off: Wednesday 25.
        (RequestKind.COPY, at(14, 11, 9), at(18, 11), at(26, 11)),
    ],
)
def test_clocks_of_a_request(kind: RequestKind, received: float, acknowledge: float, answer: float) -> None:
    found = clocks(kind, received, ZONE, CALENDAR)
    assert (found.acknowledge_due_at, found.answer_due_at) == (acknowledge, answer)


def test_an_extension_is_as_long_again() -> None:
    """Monday 30/11 and ten days more is Thursday 10/12."""
    assert extended(RequestKind.VIEW, at(1, 12), ZONE, CALENDAR) == at(11, 12)


def test_no_date_is_told_where_the_days_off_are_unknown() -> None:
    with pytest.raises(UnknownDaysError):
        clocks(RequestKind.ERASE, at(20, 12, year=2027), ZONE, CALENDAR)
