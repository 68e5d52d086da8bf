"""Tables of ``bot.control``. Every ``*_at`` is POSIX seconds in UTC."""

from sqlalchemy import (
    JSON,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)

from bot.database import metadata

# A channel that was stopped, by whom (``operator`` or an error class) and why; no row means it runs.
stoppage = Table(
    "stoppage",
    metadata,
    Column("channel", String(12), primary_key=True),
    Column("cause", String(20), nullable=False),
    Column("comment", Text, nullable=False),
    Column("since", Float, nullable=False),
)

# ``channels``: list of ``Channel`` values. ``withdrawn_at``: taken down before its time was over.
banner = Table(
    "banner",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("channels", JSON, nullable=False),
    Column("starts_at", Float, nullable=False),
    Column("ends_at", Float, nullable=False, index=True),
    Column("created_by", Integer),
    Column("created_at", Float, nullable=False),
    Column("withdrawn_by", Integer),
    Column("withdrawn_at", Float),
)

# To which conversations a banner was told where it cannot stay on the screen.
banner_told = Table(
    "banner_told",
    metadata,
    Column("banner_id", ForeignKey("banner.id", ondelete="CASCADE"), nullable=False),
    Column("conversation_id", ForeignKey("conversation.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("told_at", Float, nullable=False),
    PrimaryKeyConstraint("banner_id", "conversation_id"),
)

# A change of a response of ``domain.yml``: proposed by one account, decided by another. ``base``: the text
# as it was when the change was proposed.
text_override = Table(
    "text_override",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(80), nullable=False),
    Column("text", Text, nullable=False),
    Column("base", Text, nullable=False),
    Column("state", String(12), nullable=False),
    Column("reason", Text, nullable=False),
    Column("proposed_by", ForeignKey("staff_account.id"), nullable=False),
    Column("proposed_at", Float, nullable=False),
    Column("decided_by", ForeignKey("staff_account.id")),
    Column("decided_at", Float),
    Column("comment", Text),
    Column("ended_at", Float),
)
for _state in ("proposed", "approved"):
    _one = text_override.c.state == _state
    Index(
        f"uq_text_override_{_state}_name",
        text_override.c.name,
        unique=True,
        sqlite_where=_one,
        postgresql_where=_one,
    )
Index("ix_text_override_name_proposed_at", text_override.c.name, text_override.c.proposed_at)

# The newest row holds. ``described``: as in ``data/console/hours.yaml``, dates as text; None for that file.
office_hours = Table(
    "office_hours",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("described", JSON(none_as_null=True)),
    Column("comment", Text, nullable=False),
    Column("changed_by", Integer),
    Column("changed_at", Float, nullable=False),
)
