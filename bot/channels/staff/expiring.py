"""Tells citizens to whom nobody came that nobody came, and what they can do now."""

from sqlalchemy.engine import Connection

from bot.answers.outcome import Outcome
from bot.channels.saying import Adapters, say
from bot.channels.staff.contacts import await_no_more
from bot.channels.staff.office import Timetable
from bot.channels.staff.reaching import where_to_speak
from bot.channels.words import Words
from bot.conversations.erasing import hold_living
from bot.conversations.people import Person
from bot.handoffs.expiring import Stay, expire, stays
from bot.handoffs.hours import opened_between

_AT_ONCE = 50
_HOUR = 3600.0


class Expiring:
    """``wait_hours``: how many hours of opening somebody waits before it is given up."""

    def __init__(self, adapters: Adapters, words: Words, timetable: Timetable, wait_hours: float) -> None:
        self._adapters, self._words, self._timetable = adapters, words, timetable
        self._wait_hours = wait_hours

    def late(self, connection: Connection, now: float) -> list[Stay]:
        """Who has waited that long while staff were to be there. Nights and days off do not count: nobody
        could have come.
        """
        office, longest = self._timetable.read(connection), self._wait_hours * _HOUR
        return [
            stay
            for stay in stays(connection, now - longest, _AT_ONCE)
            if opened_between(stay.since, now, office.hours, office.holidays) >= longest
        ]

    def give_up(self, connection: Connection, stay: Stay, now: float) -> bool:
        """End the hand-off and tell its citizen, in one transaction; False when it is not to be ended."""
        if not hold_living(connection, stay.conversation_id) or not expire(connection, stay, now):
            return False
        await_no_more(connection, stay.conversation_id)
        person = where_to_speak(connection, stay.conversation_id, self._adapters, now)
        if isinstance(person, Person):
            told = self._words.reply("handoff_expired", Outcome.GUIDED, hours=f"{self._wait_hours:g}")
            say(connection, self._adapters, person, (told,), now)
        return True
