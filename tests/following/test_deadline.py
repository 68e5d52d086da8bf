"""Deadlines against a table worked out by hand. A day too early is a wasted trip; a day too late hides that
the agency owes an apology.
"""

import csv
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.enums import TimeUnit
from bot.following.deadline import (
    FORWARDED_UNTIL,
    AskedBack,
    Limit,
    Pause,
    Standing,
    closes_on,
    moved_too_often,
    reminders,
)
from tests.following.calendars import clock

TABLE = Path(__file__).with_name("deadlines.tsv")
CLOCK = clock()


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M")


def asked(text: str) -> AskedBack:
    begins, _, complete = text.partition(">")
    return AskedBack(date.fromisoformat(begins), moment(complete) if complete else None)


def paused(text: str) -> Pause:
    begins, _, ends = text.partition(">")
    return Pause(date.fromisoformat(begins), date.fromisoformat(ends) if ends else None)


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['received']} {row['value']} {row['unit']}")
def test_the_due_day_is_the_one_counted_by_hand(row: dict[str, str]) -> None:
    supplements = [asked(text) for text in row["supplements"].split(";") if text]
    pauses = [paused(text) for text in row["pauses"].split(";") if text]
    limit = Limit(TimeUnit(row["unit"]), float(row["value"]) if row["value"] else None)
    due = CLOCK.due(moment(row["received"]), limit, supplements, pauses)
    found = "-"
    if due:
        found = f"{due.day}" + (f" {due.hour:%H:%M}" if due.hour else "")
    assert found == row["due"], row["reason"]
    starts = [s.complete_at for s in supplements if s.complete_at] or [moment(row["received"])]
    assert (starts[-1].time() > FORWARDED_UNTIL) == (row["late"] == "y")


def test_the_table_is_large_enough() -> None:
    assert len(rows()) >= 60


UNITS = (TimeUnit.WORKING_DAY, TimeUnit.DAY, TimeUnit.MONTH, TimeUnit.WORKING_HOUR, TimeUnit.SAME_DAY)
MOMENTS = st.datetimes(datetime(2025, 6, 1), datetime(2027, 6, 1))
# 21 months later the calendar still knows what is a working day.
BEFORE_THE_LAST_KNOWN_HOLIDAYS = st.datetimes(datetime(2025, 6, 1), datetime(2027, 3, 1))


@given(MOMENTS, st.sampled_from(UNITS), st.integers(0, 12))
def test_nothing_is_ever_due_on_a_day_off(received: datetime, unit: TimeUnit, value: int) -> None:
    due = CLOCK.due(received, Limit(unit, value))
    assert due is not None and CLOCK.calendar.is_working(due.day) and due.day >= received.date()


@given(MOMENTS, st.integers(0, 30 * 24), st.sampled_from(UNITS), st.integers(0, 12))
def test_who_comes_later_is_never_due_earlier(
    first: datetime, hours: int, unit: TimeUnit, value: int
) -> None:
    limit = Limit(unit, value)
    earlier, later = CLOCK.due(first, limit), CLOCK.due(first + timedelta(hours=hours), limit)
    assert earlier and later
    assert (earlier.day, earlier.hour or time()) <= (later.day, later.hour or time())


@given(BEFORE_THE_LAST_KNOWN_HOLIDAYS, st.sampled_from(UNITS), st.integers(0, 20))
def test_more_time_never_ends_earlier(received: datetime, unit: TimeUnit, value: int) -> None:
    shorter, longer = CLOCK.due(received, Limit(unit, value)), CLOCK.due(received, Limit(unit, value + 1))
    assert shorter and longer and shorter.day <= longer.day


@given(MOMENTS, st.integers(1, 15), st.dates(date(2025, 6, 1), date(2027, 6, 1)), st.integers(0, 20))
def test_a_pause_never_shortens(received: datetime, days: int, begins: date, length: int) -> None:
    limit = Limit(TimeUnit.WORKING_DAY, days)
    plain = CLOCK.due(received, limit)
    waited = CLOCK.due(received, limit, pauses=[Pause(begins, begins + timedelta(days=length))])
    assert plain and waited and plain.day <= waited.day


def test_an_online_dossier_is_answered_within_eight_working_hours() -> None:
    """Mon 23/11 16:00: one hour, Tue 24 off, Wed 25 4 hours and 13:00-16:00."""
    assert CLOCK.answer_by(datetime(2026, 11, 23, 16)) == datetime(2026, 11, 25, 16)


def test_the_citizen_is_reminded_on_day_7_and_12_and_the_dossier_closes_on_day_15() -> None:
    assert reminders(date(2026, 11, 10)) == (date(2026, 11, 17), date(2026, 11, 22))
    assert closes_on(date(2026, 11, 10)) == date(2026, 11, 25)


def test_the_apology_comes_on_a_working_day_before_the_due_day() -> None:
    """Due Wed 25/11: Tue 24 is off, so Mon 23. Due Mon 7/9: Fri 4."""
    assert CLOCK.apology_by(date(2026, 11, 25)) == date(2026, 11, 23)
    assert CLOCK.apology_by(date(2026, 9, 7)) == date(2026, 9, 4)


@pytest.mark.parametrize(
    ("today", "standing"),
    [(23, Standing.RUNNING), (25, Standing.TOMORROW), (26, Standing.TODAY), (27, Standing.OVERDUE)],
)
def test_a_dossier_is_late_the_day_after_its_due_day(today: int, standing: Standing) -> None:
    assert CLOCK.standing(date(2026, 11, 26), date(2026, 11, today)) is standing


def test_the_date_may_be_moved_once() -> None:
    assert not moved_too_often(1) and not moved_too_often(2) and moved_too_often(3)
