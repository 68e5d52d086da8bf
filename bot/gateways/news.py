"""What became of something handed in, on its way to the conversation that waits for it."""

from dataclasses import dataclass

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection

from bot.gateways.states import NewsKind
from bot.gateways.tables import news


@dataclass(frozen=True)
class News:
    """One thing to tell. ``code``: a dossier code or that of a receipt, "" where there is none."""

    conversation_id: str
    kind: NewsKind
    draft_id: str
    code: str = ""


def tell(connection: Connection, item: News, now: float) -> None:
    """Queue in the transaction of what happened. Nobody is left to hear of an erased conversation."""
    if not item.conversation_id:
        return
    values = {
        "conversation_id": item.conversation_id,
        "kind": item.kind.value,
        "draft_id": item.draft_id,
        "code": item.code,
        "created_at": now,
    }
    connection.execute(insert(news).values(values))


def take_news(connection: Connection, now: float, limit: int = 50) -> list[News]:
    """The oldest news up to ``now``, gone from here when the transaction of the caller commits: whoever
    queues messages about them in the same transaction tells each exactly once.
    """
    query = select(news).where(news.c.created_at <= now).order_by(news.c.id).limit(limit)
    taken = []
    for row in connection.execute(query).all():
        if connection.execute(delete(news).where(news.c.id == row.id)).rowcount == 1:
            taken.append(News(row.conversation_id, NewsKind(row.kind), row.draft_id, row.code))
    return taken
