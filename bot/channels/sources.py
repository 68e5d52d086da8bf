"""The news of the other packages in the shape of the notices."""

from collections.abc import Iterator

from sqlalchemy.engine import Connection

from bot.channels.happenings import Happening
from bot.following.news import take_news as take_followed
from bot.gateways.news import take_news as take_handed_in
from bot.gateways.states import NewsKind
from bot.notices import reminders
from bot.notices.kinds import Kind
from bot.payments.news import take_news as take_paid

_ARRIVED = frozenset({NewsKind.SENT, NewsKind.ACCEPTED})


def handed_in(connection: Connection, now: float) -> Iterator[Happening]:
    """What became of dossiers handed in through us; the subject is the draft. Nobody is asked any more to
    hand in what has arrived.
    """
    for news in take_handed_in(connection, now):
        if news.kind in _ARRIVED:
            reminders.cancel(connection, news.conversation_id, news.draft_id, now)
        mark = f"{news.kind.value}:{news.code}"
        yield Happening(news.conversation_id, Kind.REGISTRATION_NEWS, news.draft_id, mark)


def paid(connection: Connection, now: float) -> Iterator[Happening]:
    """How payments ended; the subject is the reference of the payment."""
    for news in take_paid(connection, now):
        yield Happening(news.conversation_id, Kind.PAYMENT_NEWS, news.reference, news.state.value)


def followed(connection: Connection, now: float) -> Iterator[Happening]:
    """What became of followed dossiers; the subject is the code."""
    for news in take_followed(connection, now):
        mark = f"{news.old.value if news.old else ''}:{news.new.value}:{news.day or ''}"
        yield Happening(news.conversation_id, Kind(news.kind.value), news.code, mark)
