"""What was counted of days that are over. Without persons: nothing leads from a count to a conversation."""

from sqlalchemy import Column, Float, Integer, PrimaryKeyConstraint, String, Table

from bot.database import metadata

# ``measure``: of ``bot.steering.measure``, which says what ``a`` and ``b`` are; ``day``: ISO, in the
# citizens' time zone. The key begins with the measure: every figure reads one of them.
count_day = Table(
    "count_day",
    metadata,
    Column("measure", String(12), nullable=False),
    Column("day", String(10), nullable=False),
    Column("channel", String(12), nullable=False),
    Column("a", String(40), nullable=False),
    Column("b", String(40), nullable=False),
    Column("count", Integer, nullable=False),
    PrimaryKeyConstraint("measure", "day", "channel", "a", "b"),
)

# The days ``count_day`` has.
counted_day = Table(
    "counted_day",
    metadata,
    Column("day", String(10), primary_key=True),
    Column("counted_at", Float, nullable=False),
)
