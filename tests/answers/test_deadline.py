"""Hand-counted deadlines. A day too early is a wasted trip, a day too late a missed result."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.context import Context
from bot.answers.deadline import compose
from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.answers.working_days import Counted, WorkCalendar
from bot.knowledge_source import days_off as days_off_around
from bot.knowledge_source import read_yaml

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture
def days_off():
    return days_off_around(read_yaml(DATA / "holidays.yaml"), 2026)


def due(received: date, days: int, calendar: WorkCalendar, late: bool = False) -> Counted:
    return calendar.count(calendar.begins(received, late), days)


def test_ten_working_days_from_tuesday_3_november(days_off):
    """Wed 4 (1), 5, 6 (3), Mon 9 (4) … Fri 13 (8), Mon 16 (9), Tue 17 (10)."""
    assert due(date(2026, 11, 3), 10, days_off).day == date(2026, 11, 17)


def test_the_culture_day_of_24_november_is_left_out(days_off):
    """Fri 20/11: Mon 23 (1), Tue 24 is off, Wed 25 (2), Thu 26 (3)."""
    found = due(date(2026, 11, 20), 3, days_off)
    assert found.day == date(2026, 11, 26)
    assert found.skipped == (date(2026, 11, 24),)


def test_tet_of_2027_is_left_out(days_off):
    """Tue 2/2/2027: Wed 3 (1), then Tết Thu 4 to Wed 10, Thu 11 (2), Fri 12 (3)."""
    found = due(date(2027, 2, 2), 3, days_off)
    assert found.day == date(2027, 2, 12)
    assert set(found.skipped) == {date(2027, 2, day) for day in (4, 5, 8, 9, 10)}


def test_1_may_2027_on_a_saturday_is_given_back_on_monday(days_off):
    """Thu 29/4: Fri 30 is off, Mon 3/5 in lieu of Sat 1/5, Tue 4 (1)."""
    assert due(date(2027, 4, 29), 1, days_off).day == date(2027, 5, 4)


def test_handed_in_after_15_moves_to_the_next_working_day(days_off):
    """Fri 6/11 at 16:00 counts as Mon 9: Tue 10 (1), Wed 11 (2)."""
    assert due(date(2026, 11, 6), 2, days_off, late=True).day == date(2026, 11, 11)
    assert due(date(2026, 11, 6), 2, days_off).day == date(2026, 11, 10)


def test_the_longest_count_of_the_assistant_still_knows_its_holidays(days_off):
    """365 working days from today end in 2028: Tết of 2028 (26/1) must be known."""
    assert date(2028, 1, 26) in days_off.days_off
    assert days_off.covers(date(2025, 1, 1), date(2028, 12, 31))


def test_a_saturday_worked_for_a_monday_off_counts(days_off):
    """Thu 20/8/2026: Fri 21 (1), Sat 22 is worked (2), Mon 24 (3)."""
    found = due(date(2026, 8, 20), 2, days_off)
    assert found.day == date(2026, 8, 22)
    assert found.worked == (date(2026, 8, 22),)
    assert due(date(2026, 8, 20), 3, days_off).day == date(2026, 8, 24)


def test_what_came_on_a_day_off_is_not_due_before_what_came_the_evening_before(days_off):
    """Sat 21/11 counts as Mon 23; Tue 24 is off, Wed 25 (1), as for Fri 20/11 after 15:00."""
    assert due(date(2026, 11, 21), 1, days_off).day == date(2026, 11, 25)
    assert due(date(2026, 11, 20), 1, days_off, late=True).day == date(2026, 11, 25)


def test_years_whose_holidays_are_not_known_get_the_rule(days_off):
    assert compose(date(2019, 3, 4), 10, days_off).outcome is Outcome.GUIDED


def test_the_question_of_a_citizen_is_computed(ask, read):
    reply = ask("nộp ngày 3/11, 10 ngày làm việc thì bao giờ xong", Intent.ASK_DEADLINE)
    assert reply.outcome is Outcome.ANSWERED
    assert "thứ Ba, 17/11/2026" in read(reply)


def test_the_skipped_holiday_is_named(ask, read):
    assert "24/11" in read(ask("nộp ngày 20/11, 3 ngày làm việc", Intent.ASK_DEADLINE))


def test_without_both_numbers_the_rule_is_told(ask):
    assert ask("nộp rồi bao giờ xong", Intent.ASK_DEADLINE).outcome is Outcome.GUIDED
    assert compose(date(2026, 11, 3), None, WorkCalendar()).outcome is Outcome.GUIDED
    assert compose(None, 10, WorkCalendar()).outcome is Outcome.GUIDED
    assert compose(date(2026, 11, 3), 0, WorkCalendar()).outcome is Outcome.GUIDED
    assert compose(date(2026, 11, 3), 400, WorkCalendar()).outcome is Outcome.GUIDED


@given(st.dates(date(2025, 1, 1), date(2027, 6, 1)), st.integers(1, 365), st.booleans())
def test_the_last_day_is_a_working_day_and_never_before_the_count(received, days, late):
    calendar = WorkCalendar(frozenset({date(2026, 11, 24), date(2027, 1, 1)}), frozenset({date(2026, 8, 22)}))
    found = due(received, days, calendar, late)
    assert calendar.is_working(found.day)
    assert (found.day - received).days >= days


def test_the_days_of_the_procedure_spoken_of_are_counted(ask, read):
    """Three working days from Monday 23/11/2026: Tue 24 is off, Wed 25 (1), Thu 26 (2), Fri 27 (3)."""
    spoken = Context(procedure="1.004222", intent=Intent.ASK_TIME)
    reply = ask("nộp ngày 23/11/2026 thì bao giờ có", Intent.ASK_DEADLINE, spoken)
    assert reply.procedure_code == "1.004222" and "27/11/2026" in read(reply)


def test_a_question_on_the_calendar_is_not_about_the_procedure(ask):
    spoken = Context(procedure="1.004222", intent=Intent.ASK_TIME)
    assert ask("24/11 có nghỉ không", Intent.ASK_DEADLINE, spoken).procedure_code is None


def test_without_a_plain_number_of_working_days_the_rule_is_told(ask):
    """Birth is registered on the same day: no number of working days to count with."""
    spoken = Context(procedure="1.001193", intent=Intent.ASK_TIME)
    reply = ask("nộp ngày 23/11/2026 thì bao giờ có", Intent.ASK_DEADLINE, spoken)
    assert reply.procedure_code == "1.001193"
