from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.answers.working_days import WorkCalendar
from bot.handoffs.hours import closing, hours_from, is_open, next_opening, opened_between
from bot.knowledge_source import days_off, read_yaml
from tests.conftest import ROOT

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SHIPPED = ROOT / "data" / "console" / "hours.yaml"


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).timestamp()


@pytest.fixture(scope="module")
def holidays():
    return days_off(read_yaml(ROOT / "data" / "holidays.yaml"), 2026)


@pytest.fixture(scope="module")
def hours():
    return hours_from(read_yaml(SHIPPED), ZONE)


def described(**changes):
    return {**read_yaml(SHIPPED), **changes}


@pytest.mark.parametrize(
    ("moment", "opened"),
    [
        ("2026-11-23T07:29:59", False),
        ("2026-11-23T07:30:00", True),
        ("2026-11-23T11:29:59", True),
        ("2026-11-23T11:30:00", False),
        ("2026-11-23T13:00:00", True),
        ("2026-11-23T17:00:00", False),
        # Sunday, the announced Culture Day, National Day, and a Saturday worked in place of a Monday.
        ("2026-11-22T09:00:00", False),
        ("2026-11-24T09:00:00", False),
        ("2026-09-02T09:00:00", False),
        ("2026-08-22T09:00:00", True),
        ("2026-08-29T09:00:00", False),
    ],
)
def test_hours_of_the_shipped_file(hours, holidays, moment, opened):
    """Who is told that somebody comes waits before an empty desk when this is wrong."""
    assert is_open(at(moment), hours, holidays) is opened


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-11-23T06:00:00", "2026-11-23T07:30:00"),
        ("2026-11-23T09:00:00", "2026-11-23T13:00:00"),
        ("2026-11-23T17:00:00", "2026-11-25T07:30:00"),
        ("2026-11-20T17:30:00", "2026-11-23T07:30:00"),
        ("2026-08-21T18:00:00", "2026-08-22T07:30:00"),
    ],
)
def test_the_next_opening_leaves_out_days_off(hours, holidays, moment, opening):
    assert next_opening(at(moment), hours, holidays) == at(opening)


def test_nothing_is_promised_where_the_holidays_are_not_known(hours):
    known = WorkCalendar(since=date(2026, 1, 1), until=date(2026, 12, 31))
    assert next_opening(at("2026-12-31T16:00:00"), hours, known) is None
    assert next_opening(at("2026-12-30T18:00:00"), hours, known) == at("2026-12-31T07:30:00")


def test_special_days_come_before_everything(holidays):
    special = [
        {"date": date(2026, 11, 23), "open": [], "why": "Họp toàn cơ quan"},
        {"date": date(2026, 11, 24), "open": [["08:00", "24:00"]], "why": "Trực lễ"},
    ]
    hours = hours_from(described(special=special), ZONE)
    assert not is_open(at("2026-11-23T09:00:00"), hours, holidays)
    assert next_opening(at("2026-11-22T09:00:00"), hours, holidays) == at("2026-11-24T08:00:00")
    assert closing(at("2026-11-24T23:59:00"), hours, holidays) == at("2026-11-25T00:00:00")


def test_a_desk_that_never_opens_promises_nothing(holidays):
    closed: dict[str, list] = {name: [] for name in read_yaml(SHIPPED)["weekdays"]}
    hours = hours_from(described(weekdays=closed, swap_day=[]), ZONE)
    assert next_opening(at("2026-11-23T09:00:00"), hours, holidays) is None


def test_times_are_those_of_the_zone(holidays):
    """07:30 in Quảng Ninh is 00:30 in Greenwich."""
    greenwich = datetime(2026, 11, 23, 0, 30, tzinfo=ZoneInfo("UTC")).timestamp()
    assert is_open(greenwich, hours_from(read_yaml(SHIPPED), ZONE), holidays)
    assert not is_open(greenwich, hours_from(read_yaml(SHIPPED), ZoneInfo("UTC")), holidays)


@pytest.mark.parametrize(
    "blocks",
    [
        [["11:30", "07:30"]],
        [["07:30", "07:30"]],
        [["07:30", "11:30"], ["11:00", "17:00"]],
        [["13:00", "17:00"], ["07:30", "11:30"]],
        [["07:30"]],
        [["7h30", "11:30"]],
        [[450, 690]],
    ],
)
def test_badly_written_blocks_are_refused_with_their_place(blocks):
    with pytest.raises(ValueError, match="swap_day"):
        hours_from(described(swap_day=blocks), ZONE)


def test_a_missing_weekday_or_a_doubled_day_is_refused():
    with pytest.raises(ValueError, match="weekdays"):
        hours_from(described(weekdays={"monday": []}), ZONE)
    twice = [{"date": date(2026, 11, 23), "open": []}] * 2
    with pytest.raises(ValueError, match="special 2026-11-23"):
        hours_from(described(special=twice), ZONE)


@pytest.mark.parametrize(
    ("since", "until", "open_hours"),
    [
        # Friday 15:00 to Wednesday, past a weekend and the announced Culture Day: 2 + 8 + 0 + 2.
        ("2026-11-20T15:00:00", "2026-11-25T09:30:00", 12.0),
        ("2026-11-23T11:00:00", "2026-11-23T13:15:00", 0.75),
        ("2026-11-21T08:00:00", "2026-11-22T20:00:00", 0.0),
        ("2026-11-23T09:00:00", "2026-11-23T09:00:00", 0.0),
    ],
)
def test_only_time_in_which_somebody_could_come_counts(hours, holidays, since, until, open_hours):
    """Else a request of Friday evening would be given up before anybody was there to see it."""
    assert opened_between(at(since), at(until), hours, holidays) == open_hours * 3600
