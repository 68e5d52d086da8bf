"""Tables of what editors change in the tables beside the procedures. ``*_at`` is POSIX seconds in UTC."""

from sqlalchemy import JSON, Column, Float, ForeignKey, Index, Integer, String, Table, Text

from bot.catalogue.shared_tables import ChangeState
from bot.database import metadata

# ``patch``: field → value, days as text; ``base``: the same fields as the source last had them. ``key``: of
# the row, see ``bot.catalogue.shared_tables``. ``source``: the document the change stands on.
table_change = Table(
    "table_change",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("table", String(20), nullable=False),
    Column("key", String(100), nullable=False),
    Column("state", String(12), nullable=False),
    Column("patch", JSON, nullable=False),
    Column("base", JSON, nullable=False),
    Column("reason", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("proposed_by", ForeignKey("staff_account.id"), nullable=False),
    Column("proposed_at", Float, nullable=False),
    Column("decided_by", ForeignKey("staff_account.id")),
    Column("decided_at", Float),
    Column("comment", Text),
    Column("ended_at", Float),
)
Index("ix_table_change_table_key", table_change.c.table, table_change.c.key, table_change.c.id)
for _state in (ChangeState.PROPOSED, ChangeState.IN_FORCE):
    _one = table_change.c.state == _state.value
    Index(
        f"uq_table_change_{_state.value}",
        table_change.c.table,
        table_change.c.key,
        unique=True,
        sqlite_where=_one,
        postgresql_where=_one,
    )

# Somebody looked at a contradiction and says what is to be thought of it; it stays open until it is gone.
contradiction_seen = Table(
    "contradiction_seen",
    metadata,
    Column("contradiction_id", ForeignKey("contradiction.id"), primary_key=True),
    Column("account_id", ForeignKey("staff_account.id"), nullable=False),
    Column("at", Float, nullable=False),
    Column("note", Text, nullable=False),
)
