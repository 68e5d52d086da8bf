"""Wrong hours promise a person who is not there."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.engine import Engine

from bot.answers.working_days import WorkCalendar
from bot.control import hours
from bot.control.hours_written import WrittenError, blocks_of, days_of, lines_of, written_of
from bot.handoffs.hours import is_open
from bot.knowledge_source import read_yaml
from bot.staff.audit import OPERATOR, entries
from tests.conftest import ROOT
from tests.control.conftest import NOW

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SHIPPED = read_yaml(ROOT / "data" / "console" / "hours.yaml")
MONDAY_SEVEN = datetime(2026, 11, 23, 19, 0, tzinfo=ZONE).timestamp()


def test_changed_hours_hold_until_the_shipped_ones_come_back(engine: Engine) -> None:
    calendar = WorkCalendar()
    longer = {
        **SHIPPED,
        "weekdays": {**SHIPPED["weekdays"], "monday": [["07:30", "20:00"]]},
        "special": [{"date": date(2027, 2, 4), "open": [], "why": "Tất niên"}],
    }
    with engine.begin() as connection:
        assert not is_open(MONDAY_SEVEN, hours.current(connection, SHIPPED, ZONE), calendar)
        hours.change(connection, OPERATOR, longer, "Đợt cao điểm", ZONE, NOW)
        held = hours.current(connection, SHIPPED, ZONE)
        assert is_open(MONDAY_SEVEN, held, calendar)
        assert held.special == {date(2027, 2, 4): ()}
        hours.restore(connection, OPERATOR, "Hết đợt", NOW + 1)
        assert not is_open(MONDAY_SEVEN, hours.current(connection, SHIPPED, ZONE), calendar)
        assert [change.comment for change in hours.changes(connection)] == ["Hết đợt", "Đợt cao điểm"]
        assert [entry.action for entry in entries(connection)] == ["hours_changed"] * 2


def test_hours_that_overlap_or_come_without_a_word_are_refused(sqlite_engine: Engine) -> None:
    wrong = {**SHIPPED, "swap_day": [["07:30", "11:30"], ["11:00", "17:00"]]}
    with sqlite_engine.begin() as connection:
        with pytest.raises(ValueError, match="swap_day"):
            hours.change(connection, OPERATOR, wrong, "x", ZONE, NOW)
        with pytest.raises(ValueError, match="comment"):
            hours.change(connection, OPERATOR, SHIPPED, "", ZONE, NOW)


def test_hours_are_read_as_staff_write_them() -> None:
    assert blocks_of("7:30-11:30, 13h - 17h00") == [["07:30", "11:30"], ["13:00", "17:00"]]
    assert blocks_of("nghỉ") == blocks_of(" ") == []
    assert written_of([["07:30", "11:30"]]) == "07:30-11:30" and written_of([]) == "nghỉ"
    text = "05/02/2027: nghỉ | Tết\n4/2/2027: 07:30-11:30"
    days = days_of(text)
    assert [row["date"] for row in days] == [date(2027, 2, 4), date(2027, 2, 5)]
    assert lines_of(days) == "04/02/2027: 07:30-11:30\n05/02/2027: nghỉ | Tết"


@pytest.mark.parametrize("written", ["sáng", "7.30-11.30", "07:30", "07:30-11:30 13:00-17:00"])
def test_what_is_no_hour(written: str) -> None:
    with pytest.raises(WrittenError):
        blocks_of(written)


@pytest.mark.parametrize("written", ["31/02/2027: nghỉ", "mùng 1: nghỉ"])
def test_what_is_no_day(written: str) -> None:
    with pytest.raises(WrittenError):
        days_of(written)
