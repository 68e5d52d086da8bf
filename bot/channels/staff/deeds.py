"""Tells a citizen when a person takes their conversation, gives it back or ends it: each deed once.

What was told is a row of ``staff_message`` without an account, under the number of the deed.
"""

from typing import Any

from sqlalchemy import String, cast, exists, literal, or_, select
from sqlalchemy.engine import Connection
from sqlalchemy.sql import Select
from sqlalchemy.sql.elements import BindParameter

from bot.channels.message import Reply
from bot.channels.metrics import CLAIMS
from bot.channels.saying import Adapters, say
from bot.channels.staff.reaching import Unsaid, where_to_speak
from bot.channels.staff.telling import Telling
from bot.channels.words import Words
from bot.database import insert_once
from bot.handoffs.states import Happening
from bot.handoffs.tables import handoff, handoff_event, staff_message
from bot.staff.tables import staff_account

NEWS_SECONDS = 3600.0
"""Older deeds are none to tell any more: a gateway that was away for long says nothing of them."""
_AT_ONCE = 50
_TEXTS = {
    Happening.CLAIMED: "handoff_claimed",
    Happening.RELEASED: "handoff_released",
    Happening.FORWARDED: "handoff_forwarded",
    Happening.ENDED: "handoff_ended",
}
_TURNS_OF_HANDS = [happening.value for happening in _TEXTS]
_told = staff_message.alias()
_number = literal("event:") + cast(handoff_event.c.id, String)


class Announcer:
    """Says what staff did; the assistant's words."""

    def __init__(self, adapters: Adapters, words: Words, telling: Telling) -> None:
        self._adapters, self._words, self._telling = adapters, words, telling

    def announce(self, connection: Connection, now: float) -> set[str]:
        """Tell all deeds that may be told now; the conversations. Whatever a person wrote before they left
        comes first: their deeds wait until it was said.
        """
        touched: set[str] = set()
        blocked: set[str] = set()
        for event in connection.execute(untold(now)).all():
            blocking = event.happening != Happening.CLAIMED.value and _is_unsaid(connection, event)
            if blocking or event.conversation_id in blocked:
                blocked.add(event.conversation_id)
            elif self._tell(connection, event, now):
                touched.add(event.conversation_id)
        return touched

    def _tell(self, connection: Connection, event: Any, now: float) -> bool:
        text = self._text(connection, event)
        values = {
            "handoff_id": event.handoff_id,
            "conversation_id": event.conversation_id,
            "client_id": f"event:{event.id}",
            "text": text,
            "created_at": event.at,
            "said_at": now,
        }
        if not insert_once(connection, staff_message, values):
            return False
        if event.happening == Happening.CLAIMED.value:
            CLAIMS.inc()
        person = where_to_speak(connection, event.conversation_id, self._adapters, now) if text else None
        if person is None or isinstance(person, Unsaid):
            return False
        is_claim = event.happening == Happening.CLAIMED.value
        buttons = (self._telling.back(),) if is_claim else ()
        say(connection, self._adapters, person, (Reply(text, buttons),), now)
        return True

    def _text(self, connection: Connection, event: Any) -> str:
        """Empty for what the citizen did not notice."""
        happening = Happening(event.happening)
        if happening is not Happening.CLAIMED:
            if _neighbour(connection, event, later=False) != Happening.CLAIMED.value:
                return ""
            if happening is not Happening.ENDED and _neighbour(connection, event, later=True):
                return ""
        name = select(staff_account.c.name).where(staff_account.c.id == event.account_id)
        return self._words.text(
            _TEXTS[happening], officer=connection.execute(name).scalar_one_or_none() or ""
        )


def untold(now: float | BindParameter) -> Select:
    """What staff did lately and nobody was told, in order."""
    return (
        select(handoff_event, handoff.c.conversation_id)
        .join(handoff, handoff.c.id == handoff_event.c.handoff_id)
        .where(
            handoff.c.changed_at >= now - NEWS_SECONDS,
            handoff_event.c.at >= now - NEWS_SECONDS,
            handoff_event.c.account_id.is_not(None),
            or_(*(handoff_event.c.happening == happening for happening in _TURNS_OF_HANDS)),
            ~exists().where(_told.c.client_id == _number),
        )
        .order_by(handoff_event.c.id)
        .limit(_AT_ONCE)
    )


def _is_unsaid(connection: Connection, event: Any) -> bool:
    waiting = select(staff_message.c.id).where(
        staff_message.c.conversation_id == event.conversation_id,
        staff_message.c.said_at.is_(None),
        staff_message.c.refused.is_(None),
        staff_message.c.created_at <= event.at,
    )
    return connection.execute(waiting).first() is not None


def _neighbour(connection: Connection, event: Any, later: bool) -> str | None:
    """The change of hands of the same hand-off before or after this one."""
    number = handoff_event.c.id
    query = (
        select(handoff_event.c.happening)
        .where(
            handoff_event.c.handoff_id == event.handoff_id,
            handoff_event.c.happening.in_(_TURNS_OF_HANDS),
            number > event.id if later else number < event.id,
        )
        .order_by(number if later else number.desc())
        .limit(1)
    )
    found: str | None = connection.execute(query).scalar_one_or_none()
    return found
