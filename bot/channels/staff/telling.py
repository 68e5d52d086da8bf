"""Tells a citizen who waits for a person what to expect: only what is known."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from bot.channels.message import Choice, Reply
from bot.channels.staff.office import Office, Timetable
from bot.channels.words import Words
from bot.handoffs.measures import expected_wait
from bot.handoffs.record import Handoff
from bot.handoffs.states import Cause, State
from bot.handoffs.tables import handoff
from bot.staff import presence

BACK = "handoff:back"
ALONE = "handoff:alone"
"""Payload of the button that declines to leave a contact; while it can be pressed, a contact is awaited."""


class Telling:
    """The sentences about waiting. Each carries no outcome: the turn keeps that of its answer."""

    def __init__(self, words: Words, timetable: Timetable) -> None:
        self._words, self._timetable = words, timetable

    def waiting(self, connection: Connection, opened: Handoff, now: float) -> Reply:
        """What somebody in the queue has to know, with the buttons they need."""
        if opened.state is State.LEFT:
            return Reply(self._words.text("handoff_left"), (self.back(),))
        office = self._timetable.read(connection)
        why = self._words.text(_WHY.get(opened.cause, "handoff_asked"))
        if presence.here(connection, now):
            return Reply(f"{why} {self._queue(connection, opened, office)}", (self.back(),))
        if office.is_open(now):
            nobody = self._words.text("handoff_nobody")
        else:
            nobody = self._words.text("handoff_closed", opening=self._opening(office, now))
        offer = self._words.text("handoff_contact_offer")
        alone = Choice(self._words.text("handoff_contact_no"), ALONE)
        return Reply(f"{why} {nobody}\n{offer}", (alone, self.back()))

    def back(self) -> Choice:
        """The button that leads back to the assistant."""
        return Choice(self._words.text("handoff_back_button"), BACK)

    def _queue(self, connection: Connection, opened: Handoff, office: Office) -> str:
        place = str(position(connection, opened))
        seconds = expected_wait(connection, opened.opened_at, office.zone)
        if seconds is None:
            return self._words.text("handoff_place", place=place)
        minutes = str(max(1, round(seconds / 60)))
        return self._words.text("handoff_place_wait", place=place, minutes=minutes)

    def _opening(self, office: Office, now: float) -> str:
        opens = office.opens(now)
        if opens is None:
            return self._words.text("handoff_opening_unknown")
        today = datetime.fromtimestamp(now, office.zone).date()
        if opens.date() == today:
            return self._words.text("handoff_opening_today", time=f"{opens:%H:%M}")
        return self._words.text("handoff_opening_day", time=f"{opens:%H:%M}", day=f"{opens:%d/%m/%Y}")


_WHY = {
    Cause.COMPLAINT: "handoff_complaint",
    Cause.SAFETY: "handoff_safety",
    Cause.UNANSWERED: "handoff_unanswered",
    Cause.APPROVAL: "handoff_approval",
}


def position(connection: Connection, opened: Handoff) -> int:
    """The place of a waiting hand-off in the queue, counted from 1: the most urgent first."""
    earlier = (handoff.c.opened_at < opened.opened_at) | (
        (handoff.c.opened_at == opened.opened_at) & (handoff.c.id < opened.id)
    )
    ahead = (handoff.c.urgency > opened.urgency.value) | (
        (handoff.c.urgency == opened.urgency.value) & earlier
    )
    query = select(func.count()).select_from(handoff).where(handoff.c.state == State.WAITING.value, ahead)
    return int(connection.execute(query).scalar_one()) + 1
