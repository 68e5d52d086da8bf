"""The due day from what a citizen reads off the receipt. Pure."""

from datetime import date, datetime, time

from bot.answers.outcome import Outcome
from bot.answers.phrase import Answer, phrase
from bot.catalogue.enums import TimeUnit
from bot.following.deadline import Clock, Limit
from bot.following.telling import computed
from bot.text.dates import find_date
from bot.text.working_time import find_working_days, is_late

_MORNING, _EVENING = time(8), time(16)
_LONGEST = 365


def names_a_day(text: str, today: date) -> bool:
    """Whether a message names a day at all ("3/11" as well)."""
    return _day(text, today) is not None


def answer(text: str, today: date, limit: Limit | None, clock: Clock) -> Answer:
    """The computed day; asks for what is missing. A number of days on the receipt goes before ``limit``."""
    received = _day(text, today)
    if received is None or received > today:
        return Answer(Outcome.ASKED_BACK, (phrase("utter_follow_ask_date"),))
    days = find_working_days(text)
    told = Limit(TimeUnit.WORKING_DAY, days) if days and days <= _LONGEST else limit
    if told is None:
        return Answer(Outcome.ASKED_BACK, (phrase("utter_follow_no_limit"),))
    moment = datetime.combine(received, _EVENING if is_late(text) else _MORNING)
    due = clock.due(moment, told)
    if due is None:
        return Answer(Outcome.GUIDED, (phrase("utter_deadline_rule"),))
    return Answer(Outcome.ANSWERED, (computed(moment, told, due),))


def _day(text: str, today: date) -> date | None:
    """A day and month alone are a day here: that is what was asked for."""
    return find_date(text, today) or find_date(f"ngày {text.strip()}", today)
