"""Tables of reviews. Every ``*_at`` is POSIX seconds in UTC; texts are masked before they come here."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.database import metadata

# A sample of turns for an audit, drawn with ``seed`` from those between ``since`` and ``until``.
audit_round = Table(
    "audit_round",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("title", String(120), nullable=False),
    Column("since", Float, nullable=False),
    Column("until", Float, nullable=False),
    Column("seed", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("second_share", Float, nullable=False),
    Column("created_by", Integer),
    Column("created_at", Float, nullable=False),
)

# ``twice``: a second reviewer labels it too.
audit_item = Table(
    "audit_item",
    metadata,
    Column("round_id", ForeignKey("audit_round.id", ondelete="CASCADE"), primary_key=True),
    Column("turn_id", ForeignKey("turn.id", ondelete="CASCADE"), primary_key=True),
    Column("place", Integer, nullable=False),
    Column("twice", Boolean, nullable=False),
)

# One label of a turn by each reviewer; a new one replaces the reviewer's old one. ``round_id``: of an audit.
turn_label = Table(
    "turn_label",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("turn_id", ForeignKey("turn.id", ondelete="CASCADE"), nullable=False),
    Column("account_id", ForeignKey("staff_account.id"), nullable=False),
    Column("round_id", ForeignKey("audit_round.id", ondelete="SET NULL"), index=True),
    Column("verdict", String(12), nullable=False, index=True),
    Column("reason", String(20)),
    Column("intent", String(40)),
    Column("procedure_code", String(40)),
    Column("comment", Text),
    Column("at", Float, nullable=False, index=True),
    UniqueConstraint("turn_id", "account_id"),
)

# ``query``: the query string of the review list.
saved_filter = Table(
    "saved_filter",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account_id", ForeignKey("staff_account.id"), nullable=False),
    Column("name", String(80), nullable=False),
    Column("query", JSON, nullable=False),
    Column("at", Float, nullable=False),
    UniqueConstraint("account_id", "name"),
)

# Who may see the identifiers of a conversation unmasked, why and until when.
unmask_grant = Table(
    "unmask_grant",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account_id", ForeignKey("staff_account.id"), nullable=False, index=True),
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False, index=True),
    Column("reason", Text, nullable=False),
    Column("granted_at", Float, nullable=False),
    Column("expires_at", Float, nullable=False),
)
