"""Tables of ``bot.privacy``. Every ``*_at`` and ``*_by`` that is a time is POSIX seconds in UTC."""

from sqlalchemy import JSON, Column, Float, ForeignKey, Index, Integer, String, Table, Text

from bot.database import metadata

# A request about personal data. ``conversation_id`` refers to nothing: the request outlives what it erased.
# ``contact_sealed``: where to answer somebody who did not write through a channel, encrypted; wiped when the
# request ends. ``report``: what was erased and what is left to do by hand.
privacy_request = Table(
    "privacy_request",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(12), nullable=False),
    Column("state", String(16), nullable=False),
    Column("source", String(12), nullable=False),
    Column("conversation_id", String(32), index=True),
    Column("summary", Text, nullable=False),
    Column("contact_sealed", Text),
    Column("identified", Text, nullable=False, default=""),
    Column("received_at", Float, nullable=False),
    Column("acknowledge_due_at", Float, nullable=False),
    Column("answer_due_at", Float, nullable=False),
    Column("extended_at", Float),
    Column("acknowledged_at", Float),
    Column("ended_at", Float),
    Column("answer", Text, nullable=False, default=""),
    Column("report", JSON(none_as_null=True)),
    Column("owner_id", ForeignKey("staff_account.id")),
    Column("opened_by", ForeignKey("staff_account.id")),
    Column("changed_at", Float, nullable=False),
)
Index("ix_privacy_request_state_answer_due_at", privacy_request.c.state, privacy_request.c.answer_due_at)
Index("ix_privacy_request_received_at", privacy_request.c.received_at)
