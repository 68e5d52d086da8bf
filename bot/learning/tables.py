"""Tables of the learning loop. Every ``*_at`` is POSIX seconds in UTC; texts are masked before."""

from sqlalchemy import JSON, Column, Float, ForeignKey, Integer, String, Table, Text

from bot.database import metadata
from bot.reviews.tables_lessons import lesson

__all__ = ["lesson", "training_run"]

# One at a time is under way. ``progress``: 0–1; ``compared``: the model that served; ``report``: what the
# gate said, see ``bot.learning.training``; ``problem``: why it failed, in the words of the log.
training_run = Table(
    "training_run",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("state", String(12), nullable=False, index=True),
    Column("progress", Float, nullable=False),
    Column("lessons", Integer, nullable=False),
    Column("started_by", ForeignKey("staff_account.id"), nullable=False),
    Column("reason", Text, nullable=False),
    Column("created_at", Float, nullable=False),
    Column("heartbeat_at", Float, nullable=False),
    Column("finished_at", Float),
    Column("model", String(40)),
    Column("compared", String(40)),
    Column("report", JSON),
    Column("problem", Text),
)
