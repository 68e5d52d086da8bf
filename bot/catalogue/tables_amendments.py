"""Tables of what editors change in records. An import goes beneath them, see ``bot.catalogue.amending``.

``*_at`` is POSIX seconds in UTC; days are ISO days where the citizens are.
"""

from sqlalchemy import JSON, Column, Float, ForeignKey, Index, Integer, String, Table, Text

from bot.database import metadata

# ``patch``: field → what is done to it; ``base``: the fields as they were when this was proposed.
# ``source_*``: the document the change stands on. ``valid_from``: its first day. ``revision``: of the
# catalogue that has it. ``turn_id``: the turn that showed what was wrong, where there is one.
amendment = Table(
    "amendment",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(16), nullable=False, index=True),
    Column("state", String(12), nullable=False),
    Column("patch", JSON, nullable=False),
    Column("base", JSON, nullable=False),
    Column("reason", Text, nullable=False),
    Column("source_title", Text, nullable=False),
    Column("source_url", Text),
    Column("source_day", String(10)),
    Column("valid_from", String(10)),
    Column("turn_id", ForeignKey("turn.id", ondelete="SET NULL"), index=True),
    Column("proposed_by", ForeignKey("staff_account.id"), nullable=False),
    Column("proposed_at", Float, nullable=False),
    Column("decided_by", ForeignKey("staff_account.id")),
    Column("decided_at", Float),
    Column("comment", Text),
    Column("applied_at", Float),
    Column("revision", Integer),
    Column("ended_at", Float),
)
Index("ix_amendment_state", amendment.c.state, amendment.c.valid_from)

# Somebody looked at the source on ``day`` and found the record as it is.
record_check = Table(
    "record_check",
    metadata,
    Column("code", String(16), primary_key=True),
    Column("day", String(10), nullable=False),
    Column("account_id", ForeignKey("staff_account.id"), nullable=False),
    Column("at", Float, nullable=False),
    Column("note", Text, nullable=False),
)

# What the newest import said of a record that editors have changed: ``Procedure`` as plain values, without
# levels, which are rows of their own. Gone with the last change.
record_beneath = Table(
    "record_beneath",
    metadata,
    Column("code", String(16), primary_key=True),
    Column("record", JSON, nullable=False),
)
