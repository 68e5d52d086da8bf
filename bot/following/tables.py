"""Tables of ``bot.following``. Every ``*_at`` is POSIX seconds in UTC; nothing here tells who somebody is."""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.database import metadata

# ``state``: the public part of the last known ``DossierState`` as JSON. ``revision`` counts its changes.
# ``due_at``: when the poller looks next, for those with ``watching``.
followed = Table(
    "followed",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation_id", String(32), nullable=False, index=True),
    Column("code", String(40), nullable=False),
    Column("procedure_code", String(20)),
    Column("draft_id", String(12)),
    Column("state", Text),
    Column("revision", Integer, nullable=False, default=0),
    Column("appointments", Integer, nullable=False, default=0),
    Column("watching", Boolean, nullable=False, default=False),
    Column("seen_at", Float, nullable=False),
    Column("checked_at", Float, nullable=False),
    Column("due_at", Float, nullable=False, index=True),
    UniqueConstraint("conversation_id", "code"),
)

# Something to tell. ``mark`` makes each thing unique for a dossier; ``taken_at``: told to the notices.
follow_news = Table(
    "follow_news",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation_id", String(32), nullable=False, index=True),
    Column("code", String(40), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("mark", String(60), nullable=False),
    Column("old_status", Integer),
    Column("new_status", Integer, nullable=False),
    Column("day", String(10)),
    Column("created_at", Float, nullable=False),
    Column("taken_at", Float),
    UniqueConstraint("conversation_id", "code", "mark"),
)

# The audit log of look-ups, which the limits are counted from. ``code_hash`` is keyed.
follow_lookup = Table(
    "follow_lookup",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation_id", String(32), nullable=False),
    Column("person", String(64), nullable=False),
    Column("message_id", String(128), nullable=False),
    Column("code_hash", String(64), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("outcome", String(12), nullable=False),
    Column("at", Float, nullable=False, index=True),
    UniqueConstraint("conversation_id", "message_id", "code_hash", "kind"),
)

# One row for each key that is counted: whoever holds it counts alone.
follow_gate = Table(
    "follow_gate",
    metadata,
    Column("key", String(80), primary_key=True),
    Column("touched_at", Float, nullable=False, index=True),
)

Index("ix_follow_lookup_person", follow_lookup.c.person, follow_lookup.c.at)
Index("ix_follow_lookup_conversation_id", follow_lookup.c.conversation_id, follow_lookup.c.at)
Index("ix_follow_lookup_code_hash", follow_lookup.c.code_hash, follow_lookup.c.at)
Index("ix_follow_news_taken_at", follow_news.c.taken_at, follow_news.c.created_at)

# The second factor, sealed, until the turn of its message has compared it.
follow_whisper = Table(
    "follow_whisper",
    metadata,
    Column("conversation_id", String(32), nullable=False),
    Column("message_id", String(128), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("at", Float, nullable=False, index=True),
    PrimaryKeyConstraint("conversation_id", "message_id"),
)
