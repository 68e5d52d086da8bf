"""Tables of ``bot.dossiers``. Every ``*_at`` is POSIX seconds in UTC; nothing here tells who somebody is."""

from sqlalchemy import JSON, Column, Float, PrimaryKeyConstraint, String, Table

from bot.database import metadata

# The case file of a conversation after its last message, and before it: a turn that is run again after a
# crash starts from where it started the first time.
case_file = Table(
    "case_file",
    metadata,
    Column("conversation_id", String(255), primary_key=True),
    Column("body", JSON, nullable=False),
    Column("before", JSON, nullable=False),
    Column("message_id", String(128), nullable=False),
    Column("updated_at", Float, nullable=False, index=True),
)

# The funnel: each step of a draft once. It outlives the conversation: nothing leads from a draft to a person.
milestone = Table(
    "milestone",
    metadata,
    Column("draft_id", String(12), nullable=False),
    Column("step", String(12), nullable=False),
    Column("procedure_code", String(16), nullable=False),
    Column("channel", String(12), nullable=False),
    Column("reason", String(20)),
    Column("at", Float, nullable=False, index=True),
    PrimaryKeyConstraint("draft_id", "step"),
)
