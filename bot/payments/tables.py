"""Tables of ``bot.payments``. Every ``*_at`` is POSIX seconds in UTC; nothing here tells who somebody is."""

from sqlalchemy import JSON, BigInteger, Column, Float, Index, Integer, String, Table, Text, UniqueConstraint

from bot.database import metadata

# ``reference``: MaThamChieu; ``attempt`` counts the payments of one dossier by one way, from 1. ``token``:
# opens the citizen's page. ``items``: [{name, amount, code}]. ``told_amount``: what the platform says was
# paid. ``query_at``: when the platform is asked next; null once there is nothing to ask.
payment = Table(
    "payment",
    metadata,
    Column("reference", String(64), primary_key=True),
    Column("way", String(12), nullable=False),
    Column("dossier", String(40), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("draft", String(12)),
    Column("conversation_id", String(32), index=True),
    Column("token", String(40), unique=True),
    Column("amount", BigInteger, nullable=False),
    Column("items", JSON, nullable=False),
    Column("state", String(12), nullable=False),
    Column("url", Text),
    Column("transaction_id", String(80)),
    Column("bank", String(40)),
    Column("told_amount", BigInteger),
    Column("queries", Integer, nullable=False, default=0),
    Column("query_at", Float),
    Column("created_at", Float, nullable=False),
    Column("expires_at", Float, nullable=False),
    Column("settled_at", Float),
    UniqueConstraint("dossier", "way", "attempt"),
)

# What the citizen has still to hear of; one row per payment and state.
payment_news = Table(
    "payment_news",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("reference", String(64), nullable=False),
    Column("state", String(12), nullable=False),
    Column("conversation_id", String(32), nullable=False, index=True),
    Column("created_at", Float, nullable=False),
    Column("taken_at", Float),
    UniqueConstraint("reference", "state"),
)

# Few payments are open and few news untold at any time: the others cost nothing here.
Index(
    "ix_payment_query_at",
    payment.c.query_at,
    sqlite_where=payment.c.query_at.is_not(None),
    postgresql_where=payment.c.query_at.is_not(None),
)
Index(
    "ix_payment_news_untold",
    payment_news.c.id,
    sqlite_where=payment_news.c.taken_at.is_(None),
    postgresql_where=payment_news.c.taken_at.is_(None),
)
