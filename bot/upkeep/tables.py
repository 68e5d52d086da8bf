"""Tables of the upkeep of the catalogue. Every ``*_at`` is POSIX seconds in UTC; texts are masked."""

from sqlalchemy import JSON, Column, Float, ForeignKey, Integer, String, Table, Text

from bot.database import metadata

# ``failing_since`` and ``failures`` count without a break until now; ``target``: where it leads for good.
link_check = Table(
    "link_check",
    metadata,
    Column("url", Text, primary_key=True),
    Column("state", String(12), nullable=False, index=True),
    Column("status", Integer),
    Column("target", Text),
    Column("failures", Integer, nullable=False),
    Column("failing_since", Float),
    Column("checked_at", Float, nullable=False, index=True),
)

# What citizens ask and the catalogue lacks. ``questions``: a few of them, without a sign of who asked;
# ``asked`` and ``citizens``: how often and by how many when this was written.
editor_order = Table(
    "editor_order",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("need", String(16), nullable=False),
    Column("state", String(12), nullable=False, index=True),
    Column("title", String(200), nullable=False),
    Column("code", String(16), index=True),
    Column("questions", JSON, nullable=False),
    Column("asked", Integer, nullable=False),
    Column("citizens", Integer, nullable=False),
    Column("made_by", ForeignKey("staff_account.id"), nullable=False),
    Column("made_at", Float, nullable=False),
    Column("settled_by", ForeignKey("staff_account.id")),
    Column("settled_at", Float),
    Column("comment", Text),
)

# Those who asked to be told were told that these fields of the record are others now.
change_notice = Table(
    "change_notice",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(16), nullable=False, index=True),
    Column("revision", Integer, nullable=False),
    Column("fields", JSON, nullable=False),
    Column("people", Integer, nullable=False),
    Column("made_by", ForeignKey("staff_account.id"), nullable=False),
    Column("made_at", Float, nullable=False),
)
