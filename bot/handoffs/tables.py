"""Tables of hand-offs. Every ``*_at`` is POSIX seconds in UTC; texts are masked before they come here."""

from sqlalchemy import JSON, Boolean, Column, Float, ForeignKey, Index, Integer, String, Table, Text

from bot.database import metadata

# ``holder_id``: the account that has it (state held), or the one it was forwarded to (state waiting).
# ``contact_sealed``: how to call back, encrypted; only with consent and only in the state left.
# ``from_seq``: number of the citizen's message that led to it; ``answered_at``: first reply of staff.
handoff = Table(
    "handoff",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False),
    Column("identity_id", ForeignKey("identity.id"), nullable=False),
    Column("channel", String(12), nullable=False),
    Column("state", String(12), nullable=False),
    Column("cause", String(12), nullable=False),
    Column("urgency", Integer, nullable=False, default=0),
    Column("intent", String(40), nullable=False, default=""),
    Column("procedure_code", String(40), nullable=False, default=""),
    Column("from_seq", Integer, nullable=False, default=0),
    Column("holder_id", ForeignKey("staff_account.id")),
    Column("opened_at", Float, nullable=False),
    Column("claimed_at", Float),
    Column("answered_at", Float),
    Column("ended_at", Float),
    Column("ending", String(16)),
    Column("comment", Text),
    Column("contact_sealed", Text),
    Column("changed_at", Float, nullable=False, index=True),
)
_is_open = handoff.c.state.in_(["waiting", "held", "left"])
Index(
    "uq_handoff_open_conversation_id",
    handoff.c.conversation_id,
    unique=True,
    sqlite_where=_is_open,
    postgresql_where=_is_open,
)
Index("ix_handoff_state_urgency_opened_at", handoff.c.state, handoff.c.urgency, handoff.c.opened_at)
Index("ix_handoff_holder_id_state", handoff.c.holder_id, handoff.c.state)
Index("ix_handoff_conversation_id", handoff.c.conversation_id)
# All that figures of waiting read: they need not look at the rows of a year one by one.
Index(
    "ix_handoff_opened_at",
    handoff.c.opened_at,
    handoff.c.cause,
    handoff.c.claimed_at,
    handoff.c.answered_at,
    handoff.c.ended_at,
)

handoff_event = Table(
    "handoff_event",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("handoff_id", ForeignKey("handoff.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("happening", String(12), nullable=False),
    Column("account_id", Integer),
    Column("to_account_id", Integer),
    Column("comment", Text),
    Column("at", Float, nullable=False),
)

# What staff say, on its way into the conversation: the gateway takes it, says it and stamps ``said_at`` in
# one transaction. ``client_id`` comes from the browser: pressing twice says it once.
staff_message = Table(
    "staff_message",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("handoff_id", ForeignKey("handoff.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False, index=True),
    Column("account_id", Integer),
    Column("client_id", String(64), nullable=False, unique=True),
    Column("text", Text, nullable=False),
    Column("suggested", Boolean, nullable=False, default=False),
    Column("created_at", Float, nullable=False),
    Column("said_at", Float),
    Column("refused", String(40)),
)
Index(
    "ix_staff_message_waiting",
    staff_message.c.id,
    sqlite_where=staff_message.c.said_at.is_(None) & staff_message.c.refused.is_(None),
    postgresql_where=staff_message.c.said_at.is_(None) & staff_message.c.refused.is_(None),
)

# Internal notes; never shown to citizens.
staff_note = Table(
    "staff_note",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False, index=True),
    Column("account_id", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Float, nullable=False),
)

# Ready-made replies; variables in braces: {name} {procedure} {fee} {time} {place} {hotline}.
canned_reply = Table(
    "canned_reply",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("shortcut", String(40), nullable=False, unique=True),
    Column("title", String(120), nullable=False),
    Column("text", Text, nullable=False),
    Column("active", Boolean, nullable=False, default=True),
    Column("changed_by", Integer),
    Column("changed_at", Float, nullable=False),
)

# Topics whose answers a person approves or edits first. ``value``: an intent, a procedure code or a field.
approval_topic = Table(
    "approval_topic",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(12), nullable=False),
    Column("value", String(160), nullable=False),
    Column("comment", Text, nullable=False),
    Column("changed_by", Integer),
    Column("changed_at", Float, nullable=False),
    Column("active", Boolean, nullable=False, default=True),
)
Index("uq_approval_topic_kind_value", approval_topic.c.kind, approval_topic.c.value, unique=True)

# An answer that waits: what the assistant would have said (list of replies), and what came of it.
answer_proposal = Table(
    "answer_proposal",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False, index=True),
    Column("identity_id", ForeignKey("identity.id"), nullable=False),
    Column("inbox_id", Integer),
    Column("topic", String(160), nullable=False),
    Column("replies", JSON, nullable=False),
    Column("state", String(12), nullable=False),
    Column("edited_text", Text),
    Column("decided_by", Integer),
    Column("created_at", Float, nullable=False),
    Column("due_at", Float, nullable=False),
    Column("decided_at", Float),
    Column("said_at", Float),
)
Index("ix_answer_proposal_state_due_at", answer_proposal.c.state, answer_proposal.c.due_at)
