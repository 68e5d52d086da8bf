"""Requests about data that citizens open and take back themselves, in their conversation."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.engine import Connection, Engine

from bot.answers.phrase import Phrase, phrase
from bot.answers.working_days import WorkCalendar
from bot.channels.erasing import left_behind
from bot.notices.holding import hold
from bot.privacy import requests
from bot.privacy.asking import Asked, Unasked
from bot.privacy.clocks import UnknownDaysError, clocks
from bot.privacy.kinds import RequestKind, RequestSource, RequestState
from bot.privacy.request import Request
from bot.privacy.requests import WrongStepError
from bot.privacy.tables import privacy_request
from bot.staff.audit import CITIZEN

MOST = 10
"""Requests of one conversation within ``MOST_SECONDS``, those taken back too."""
MOST_SECONDS = 30 * 86_400.0


class CitizenRequests:
    """See ``bot.privacy.asking.Desk``. ``say``: what staff read of a request is said in their language;
    ``now``: POSIX seconds.
    """

    def __init__(
        self,
        engine: Engine,
        zone: ZoneInfo,
        calendar: WorkCalendar,
        say: Callable[[Phrase], str],
        now: Callable[[], float],
    ) -> None:
        self._engine, self._zone, self._calendar = engine, zone, calendar
        self._say, self._now = say, now

    def open(self, conversation_id: str, kind: RequestKind, channel: str) -> Asked | Unasked:
        """One of a kind at a time; the identity is the conversation itself."""
        now = self._now()
        try:
            due = clocks(kind, now, self._zone, self._calendar)
        except UnknownDaysError:
            return Unasked.UNAVAILABLE
        with self._engine.begin() as connection:
            # Whoever presses twice at once is taken one after the other.
            if not hold(connection, conversation_id):
                return Unasked.UNAVAILABLE
            ids = _theirs(connection, conversation_id)
            known = requests.of_conversations(connection, ids)
            standing = next((one for one in known if one.kind is kind), None)
            if standing is not None:
                return self._asked(standing)
            if _recent(connection, ids, now - MOST_SECONDS) >= MOST:
                return Unasked.TOO_MANY
            number = requests.open_request(
                connection,
                CITIZEN,
                kind,
                RequestSource.CHAT,
                self._say(phrase("utter_data_summary", what=phrase(f"utter_data_kind_{kind.value}"))),
                now,
                due,
                now,
                conversation_id=conversation_id,
                identified=self._say(
                    phrase("utter_data_identified", channel=phrase(f"utter_notice_channel_{channel}"))
                ),
            )
            made = requests.find(connection, number)
        assert made is not None
        return self._asked(made)

    def running(self, conversation_id: str) -> tuple[Asked, ...]:
        """Those that have not ended, the oldest first."""
        with self._engine.connect() as connection:
            ids = _theirs(connection, conversation_id)
            return tuple(map(self._asked, requests.of_conversations(connection, ids)))

    def cancel(self, conversation_id: str, number: int) -> bool:
        """Only one of this conversation; True also when it was taken back before."""
        with self._engine.begin() as connection:
            if not hold(connection, conversation_id):
                return False
            found = requests.find(connection, number)
            if found is None or found.conversation_id not in _theirs(connection, conversation_id):
                return False
            if found.state is RequestState.CANCELLED:
                return True
            answer, now = self._say(phrase("utter_data_taken_back")), self._now()
            try:
                requests.end(connection, CITIZEN, number, RequestState.CANCELLED, answer, now)
            except WrongStepError:
                return False
            return True

    def _asked(self, request: Request) -> Asked:
        return Asked(
            request.id,
            request.kind,
            request.state,
            self._last_day(request.acknowledge_due_at),
            self._last_day(request.answer_due_at),
        )

    def _last_day(self, end: float) -> date:
        """The day before the first moment that is too late."""
        return datetime.fromtimestamp(end - 1, self._zone).date()


def _theirs(connection: Connection, conversation_id: str) -> list[str]:
    """With what was asked for before channels were joined."""
    return [conversation_id, *left_behind(connection, conversation_id)]


def _recent(connection: Connection, ids: Sequence[str], since: float) -> int:
    query = select(func.count()).where(
        privacy_request.c.conversation_id.in_(ids), privacy_request.c.received_at >= since
    )
    return int(connection.execute(query).scalar_one())
