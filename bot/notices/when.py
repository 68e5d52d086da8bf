"""When somebody wants to be reminded, from their words. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from bot.notices.quiet import MORNING, QuietHours
from bot.notices.reading import folded
from bot.text import analyse, find_date
from bot.text.shadow import shadow

_DAY_SECONDS = 86_400
_WEEK = 7
_DAY_MONTH = re.compile(r"(?<![\d./-])\d{1,2} ?[/-] ?\d{1,2}(?![\d./-])")
_DAY_OF_MONTH = re.compile(r"\b(?:ngay|mung|mong) (\d{1,2})(?! ?(?:ngay|[/.-]))\b")
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CLOCK = re.compile(r"(?<![\d./:-])(\d{1,2}) ?(?:h(?![a-z])|g(?![a-z])|gio\b|:(?=\d{2}))(?: ?(\d{2})(?!\d))?")


@dataclass(frozen=True)
class Times:
    """Phrases for days and hours, folded but for the parts of the day; see ``data/dossiers/notices.yaml``."""

    days: Mapping[str, int]
    weekdays: Mapping[str, int]
    next_week: frozenset[str]
    units: Mapping[str, int]
    from_now: frozenset[str]
    after: frozenset[str]
    numbers: Mapping[str, int]
    parts_of_day: Mapping[str, int]
    afternoon: frozenset[str]


def read_when(text: str, now: float, hours: QuietHours, times: Times) -> float | None:
    """The moment named, POSIX seconds, in the morning where no hour is; None when none is named. It may be
    past.
    """
    words = folded(text)
    span = _span(words, times)
    if span is not None and span < _DAY_SECONDS:
        return now + span
    today = hours.day(now)
    day = today + timedelta(seconds=span) if span is not None else _day(text, words, today, times)
    clock = _clock(text, times)
    if day is None:
        copy = shadow(text).text
        # Another number is a day that there is not.
        alone = _CLOCK.search(copy) and not _DIGIT.search(_CLOCK.sub("", copy))
        return _next(clock, now, hours) if alone else None
    return hours.moment(day, clock)


def _next(clock: time, now: float, hours: QuietHours) -> float:
    """The next time the clock shows this: an hour without a day is today's as long as it is to come."""
    today = hours.day(now)
    moment = hours.moment(today, clock)
    return moment if moment > now else hours.moment(today + timedelta(days=1), clock)


def _day(text: str, words: str, today: date, times: Times) -> date | None:
    return (
        _calendar_day(text, today)
        or _weekday(words, today, times)
        or _relative(words, today, times)
        or _day_of_month(text, today)
    )


def _calendar_day(text: str, today: date) -> date | None:
    """A day with its month; without a year the next one there is."""
    copy = shadow(text).text
    named = _DAY_MONTH.search(copy)
    # The reader of dates wants a day of a month to be called one.
    found = find_date(f"ngày {named[0]}" if named else text, today)
    if found is None or found >= today or _YEAR.search(copy):
        return found
    try:
        return found.replace(year=today.year + 1) if _DIGIT.search(copy) else None
    except ValueError:
        return None


def _weekday(words: str, today: date, times: Times) -> date | None:
    """The next such day, or that of the coming week; never today."""
    number = _longest(words, times.weekdays)
    coming = any(_has(words, phrase) for phrase in times.next_week)
    if number is None:
        return today + timedelta(days=_WEEK) if coming else None
    if coming:
        return today + timedelta(days=_WEEK - today.weekday() + number)
    return today + timedelta(days=(number - today.weekday() - 1) % _WEEK + 1)


def _relative(words: str, today: date, times: Times) -> date | None:
    number = _longest(words, times.days)
    return None if number is None else today + timedelta(days=number)


def _day_of_month(text: str, today: date) -> date | None:
    """ "Ngày 25": in this month, or in the next when it is past."""
    named = _DAY_OF_MONTH.search(shadow(text).text)
    if named is None or not 1 <= int(named[1]) <= 31:
        return None
    for months in range(12):
        first = (today.replace(day=1) + timedelta(days=31 * months)).replace(day=1)
        try:
            found = first.replace(day=int(named[1]))
        except ValueError:
            continue
        if found > today:
            return found
    return None


def _span(words: str, times: Times) -> int | None:
    """Seconds of "3 ngày nữa" or "sau hai tuần"."""
    units = "|".join(map(re.escape, times.units))
    number = rf"(\d{{1,3}}|{'|'.join(map(re.escape, times.numbers))})"
    ends, starts = "|".join(map(re.escape, times.from_now)), "|".join(map(re.escape, times.after))
    found = re.search(rf"(?<!\bthu )\b{number} ({units}) (?:{ends})\b", words) or re.search(
        rf"\b(?:{starts}) {number} ({units})\b", words
    )
    if found is None:
        return None
    many = int(found[1]) if found[1].isdigit() else times.numbers[found[1]]
    return many * times.units[found[2]]


def _clock(text: str, times: Times) -> time:
    # With their accents: "tối" is an evening, "tôi" is not.
    spoken = " ".join(analyse(text).syllables)
    named = _CLOCK.search(shadow(text).text)
    if named and int(named[1]) < 24 and int(named[2] or 0) < 60:
        hour = int(named[1])
        if hour < 12 and any(_has(spoken, phrase) for phrase in times.afternoon):
            hour += 12
        return time(hour, int(named[2] or 0))
    part = _longest(spoken, times.parts_of_day)
    return MORNING if part is None else time(part)


def _longest(words: str, phrases: Mapping[str, int]) -> int | None:
    """What the longest phrase in the text stands for."""
    found = [phrase for phrase in phrases if _has(words, phrase)]
    return phrases[max(found, key=len)] if found else None


def _has(words: str, phrase: str) -> bool:
    return f" {phrase} " in f" {words} "
