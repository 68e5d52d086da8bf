"""Tables of conversations. Every ``*_at`` is POSIX seconds in UTC; texts are masked before they come here."""

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
    UniqueConstraint,
)

from bot.database import metadata

# ``lease_*``: the one worker that may run a turn of this conversation now.
conversation = Table(
    "conversation",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("last_seq", Integer, nullable=False, default=0),
    Column("lease_owner", String(80)),
    Column("lease_until", Float, nullable=False, default=0.0),
    Column("created_at", Float, nullable=False),
    Column("active_at", Float, nullable=False, index=True),
)

# A citizen's address on one channel. Several share a conversation once the citizen linked them.
identity = Table(
    "identity",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("channel", String(12), nullable=False),
    Column("external_id", String(128), nullable=False),
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False, index=True),
    Column("reach", String(16), nullable=False),
    Column("created_at", Float, nullable=False),
    Column("heard_at", Float, nullable=False),
    Column("greeted_at", Float),
    UniqueConstraint("channel", "external_id"),
)

# ``seq`` counts from 1 in each conversation without gaps; ``message_id`` is the channel's or client's own.
message = Table(
    "message",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("author", String(12), nullable=False),
    Column("channel", String(12), nullable=False),
    Column("message_id", String(128)),
    Column("body", JSON, nullable=False),
    Column("created_at", Float, nullable=False, index=True),
    UniqueConstraint("conversation_id", "seq"),
)

# ``kind``: see ``bot.conversations.feedback``. One row per message and kind; a new word replaces the old one.
feedback = Table(
    "feedback",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False),
    Column("seq", Integer, nullable=False, default=0),
    Column("kind", String(12), nullable=False),
    Column("score", Integer, nullable=False),
    Column("reason", String(40)),
    Column("comment", Text),
    Column("created_at", Float, nullable=False),
    UniqueConstraint("conversation_id", "seq", "kind"),
)

# A one-time code that joins another channel to this conversation; only its hash is kept.
link_code = Table(
    "link_code",
    metadata,
    Column("code_hash", String(64), primary_key=True),
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False, index=True),
    Column("created_at", Float, nullable=False),
    Column("expires_at", Float, nullable=False),
    Column("used_at", Float),
)

# Wrong link codes told by an address, for as long as they count against it.
link_attempt = Table(
    "link_attempt",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("identity_id", ForeignKey("identity.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", Float, nullable=False),
)

# Proof that something was erased, without what it was.
tombstone = Table(
    "tombstone",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("subject_hash", String(64), nullable=False),
    Column("scope", String(40), nullable=False),
    Column("erased_at", Float, nullable=False),
)

Index("ix_link_code_expires_at", link_code.c.expires_at)
Index("ix_feedback_created_at", feedback.c.created_at)
# Few conversations are held or erased at any time: the others cost nothing here.
Index(
    "ix_conversation_lease_owner",
    conversation.c.lease_owner,
    sqlite_where=conversation.c.lease_owner.is_not(None),
    postgresql_where=conversation.c.lease_owner.is_not(None),
)

# One row for each message the assistant dealt with: what it understood and what came of it. No words: they
# stand in ``message`` under ``seq`` (the citizen's; 0 when unknown) and the numbers up to ``answer_seq``.
# ``candidates``: [{"code", "score"}]; ``sources``: [{"code", "date"}]; ``accented``: None without letters.
turn = Table(
    "turn",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False),
    Column("message_id", String(128), nullable=False),
    Column("seq", Integer, nullable=False, default=0),
    Column("answer_seq", Integer, nullable=False, default=0),
    Column("channel", String(12), nullable=False),
    Column("intent", String(40), nullable=False),
    Column("confidence", Float, nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("procedure_code", String(40)),
    Column("best_score", Float),
    Column("candidates", JSON, nullable=False),
    Column("sources", JSON, nullable=False),
    Column("accented", Boolean),
    Column("revision", Integer, nullable=False, default=0),
    Column("model", String(40), nullable=False, default=""),
    Column("elapsed_ms", Float, nullable=False),
    Column("flagged_at", Float),
    Column("at", Float, nullable=False),
    UniqueConstraint("conversation_id", "message_id"),
)
Index("ix_turn_at", turn.c.at)
Index("ix_turn_outcome_at", turn.c.outcome, turn.c.at)
Index("ix_turn_intent_at", turn.c.intent, turn.c.at)
Index("ix_turn_procedure_code_at", turn.c.procedure_code, turn.c.at)
