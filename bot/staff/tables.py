"""Tables of staff. Every ``*_at`` is POSIX seconds in UTC."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from bot.database import metadata

# ``roles``: list of ``Role`` values. ``totp_sealed``: the second factor's secret, encrypted; None until
# set up. ``totp_step``: the last time step used, so that a code works once. ``oidc_subject``:
# "<issuer>#<sub>".
staff_account = Table(
    "staff_account",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("login", String(80), nullable=False, unique=True),
    Column("name", String(120), nullable=False),
    Column("roles", JSON, nullable=False),
    Column("password_hash", Text),
    Column("must_change", Boolean, nullable=False, default=False),
    Column("totp_sealed", Text),
    Column("totp_step", Integer, nullable=False, default=0),
    Column("oidc_subject", String(255), unique=True),
    Column("active", Boolean, nullable=False, default=True),
    Column("failures", Integer, nullable=False, default=0),
    Column("locked_until", Float, nullable=False, default=0.0),
    Column("created_at", Float, nullable=False),
    Column("entered_at", Float),
)

# ``token_hash``: SHA-256 of the cookie. ``complete``: the second factor was given.
staff_session = Table(
    "staff_session",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("account_id", ForeignKey("staff_account.id"), nullable=False, index=True),
    Column("complete", Boolean, nullable=False),
    Column("csrf", String(64), nullable=False),
    Column("ip", String(64), nullable=False),
    Column("created_at", Float, nullable=False),
    Column("seen_at", Float, nullable=False),
    Column("expires_at", Float, nullable=False, index=True),
)

# Append-only and chained: ``hash`` covers the row and the ``hash`` before it. No words of citizens in here.
staff_audit = Table(
    "staff_audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Float, nullable=False, index=True),
    Column("account_id", Integer),
    Column("login", String(80), nullable=False),
    Column("ip", String(64), nullable=False),
    Column("action", String(40), nullable=False, index=True),
    Column("object", String(160), nullable=False),
    Column("reason", Text, nullable=False),
    Column("detail", JSON, nullable=False),
    Column("previous", String(64), nullable=False, unique=True),
    Column("hash", String(64), nullable=False, unique=True),
)

# One row an account: is somebody there?
staff_presence = Table(
    "staff_presence",
    metadata,
    Column("account_id", ForeignKey("staff_account.id"), primary_key=True),
    Column("state", String(12), nullable=False),
    Column("reason", String(160), nullable=False, default=""),
    Column("seen_at", Float, nullable=False),
)
Index("ix_staff_presence_state_seen_at", staff_presence.c.state, staff_presence.c.seen_at)
