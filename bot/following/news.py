"""What became of followed dossiers, on its way to the conversations that want to hear of it."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from sqlalchemy import select, update
from sqlalchemy.engine import Connection

from bot.database import insert_once
from bot.following.status import DossierStatus
from bot.following.tables import follow_news


class NewsKind(str, Enum):
    """A reason to write. Values are those of the notices."""

    STATUS_NEWS = "status_news"
    RESULT_READY = "result_ready"
    SUPPLEMENT_7 = "supplement_7"
    SUPPLEMENT_12 = "supplement_12"
    APPOINTMENT_TOMORROW = "appointment_tomorrow"
    OVERDUE = "overdue"


_OF_STATUS = (NewsKind.STATUS_NEWS, NewsKind.RESULT_READY)


@dataclass(frozen=True)
class News:
    """One thing to tell; nothing in it needs a second factor. ``day``: the last day to answer a request to
    complete the dossier, or the day it was promised for. ``old`` None: a reminder, nothing has changed.
    """

    conversation_id: str
    code: str
    kind: NewsKind
    new: DossierStatus
    old: DossierStatus | None = None
    day: date | None = None


def tell(connection: Connection, item: News, mark: str, now: float) -> bool:
    """Queue in the transaction of what happened; False when the same ``mark`` was queued before."""
    values = {
        "conversation_id": item.conversation_id,
        "code": item.code,
        "kind": item.kind.value,
        "mark": mark,
        "old_status": item.old.value if item.old is not None else None,
        "new_status": item.new.value,
        "day": item.day.isoformat() if item.day else None,
        "created_at": now,
    }
    return insert_once(connection, follow_news, values)


def take_news(connection: Connection, now: float, limit: int = 50) -> list[News]:
    """The oldest news up to ``now`` that nobody took: theirs who commit, so whoever queues messages about
    them in the same transaction tells each exactly once.
    """
    waiting = follow_news.c.taken_at.is_(None) & (follow_news.c.created_at <= now)
    query = select(follow_news).where(waiting).order_by(follow_news.c.created_at, follow_news.c.id)
    taken = []
    for row in connection.execute(query.limit(limit)).all():
        mine = (follow_news.c.id == row.id) & follow_news.c.taken_at.is_(None)
        if connection.execute(update(follow_news).where(mine).values(taken_at=now)).rowcount == 1:
            taken.append(
                News(
                    row.conversation_id,
                    row.code,
                    NewsKind(row.kind),
                    DossierStatus(row.new_status),
                    DossierStatus(row.old_status) if row.old_status is not None else None,
                    date.fromisoformat(row.day) if row.day else None,
                )
            )
    return taken


def overtaken(connection: Connection, conversation_id: str, code: str, now: float) -> None:
    """The citizen has just seen for themselves how the dossier stands."""
    waiting = (
        (follow_news.c.conversation_id == conversation_id)
        & (follow_news.c.code == code)
        & follow_news.c.kind.in_([kind.value for kind in _OF_STATUS])
        & follow_news.c.taken_at.is_(None)
    )
    connection.execute(update(follow_news).where(waiting).values(taken_at=now))
