"""How long the rows of ``bot.following`` are kept."""

from sqlalchemy import delete
from sqlalchemy.engine import Connection

from bot.following.tables import follow_gate, follow_lookup, follow_news

LOOKUP_SECONDS = 730 * 86_400.0
"""Audit logs: 24 months."""
NEWS_SECONDS = 90 * 86_400.0
"""Longer than any reminder can come twice."""
GATE_SECONDS = 7200.0


def purge(connection: Connection, now: float) -> int:
    """Delete what is past its time; how many look-ups."""
    connection.execute(delete(follow_gate).where(follow_gate.c.touched_at < now - GATE_SECONDS))
    old = follow_news.c.taken_at.is_not(None) & (follow_news.c.created_at < now - NEWS_SECONDS)
    connection.execute(delete(follow_news).where(old))
    gone: int = connection.execute(
        delete(follow_lookup).where(follow_lookup.c.at < now - LOOKUP_SECONDS)
    ).rowcount
    return gone
