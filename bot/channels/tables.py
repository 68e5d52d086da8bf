"""Tables of the channels' queues. Every ``*_at`` is POSIX seconds in UTC; no text here is unmasked."""

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
    false,
)

from bot.database import metadata

# What citizens sent: written before the channel is told that we have it. ``due_at``: not before then, so
# that messages a platform delivered in the wrong order can be put right.
inbox = Table(
    "inbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("channel", String(12), nullable=False),
    Column("message_id", String(128), nullable=False),
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False),
    Column("identity_id", ForeignKey("identity.id"), nullable=False),
    Column("body", JSON, nullable=False),
    Column("sent_at", Float, nullable=False),
    Column("received_at", Float, nullable=False),
    Column("due_at", Float, nullable=False),
    Column("state", String(12), nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("apologised_at", Float),
    Column("finished_at", Float),
    Column("outcome", String(20)),
    UniqueConstraint("channel", "message_id"),
)
Index("ix_inbox_state_due_at", inbox.c.state, inbox.c.due_at)
Index("ix_inbox_conversation_id_state_due_at", inbox.c.conversation_id, inbox.c.state, inbox.c.due_at)
Index("ix_inbox_identity_id", inbox.c.identity_id)

# What is to be sent: one row per call to the platform, in order of id for each identity. ``passes``: also
# while staff have stopped the channel.
outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("identity_id", ForeignKey("identity.id"), nullable=False),
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False),
    Column("channel", String(12), nullable=False),
    Column("inbox_id", ForeignKey("inbox.id")),
    Column("payload", JSON, nullable=False),
    Column("state", String(12), nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("due_at", Float, nullable=False),
    Column("created_at", Float, nullable=False),
    Column("started_at", Float),
    Column("owner", String(80)),
    Column("external_id", String(128)),
    Column("error", Text),
    Column("finished_at", Float),
    Column("passes", Boolean, nullable=False, default=False, server_default=false()),
)
Index("ix_outbox_state_channel_due_at", outbox.c.state, outbox.c.channel, outbox.c.due_at)
Index("ix_outbox_identity_id_state", outbox.c.identity_id, outbox.c.state)
# Without these each message of an erased conversation would search the whole outbox for parts that answer it.
Index("ix_outbox_conversation_id", outbox.c.conversation_id)
Index("ix_outbox_inbox_id", outbox.c.inbox_id)

# Opaque ids of buttons: what a platform shows is the token, what it means stays here.
button = Table(
    "button",
    metadata,
    Column("token", String(24), primary_key=True),
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("expires_at", Float, nullable=False, index=True),
)

# Credentials a platform rotates. ``version`` grows with every refresh; ``lock_*``: who refreshes.
credential = Table(
    "credential",
    metadata,
    Column("channel", String(12), primary_key=True),
    Column("access_token", Text, nullable=False),
    Column("refresh_token", Text, nullable=False),
    Column("expires_at", Float, nullable=False),
    Column("version", Integer, nullable=False, default=0),
    Column("lock_owner", String(80)),
    Column("lock_until", Float, nullable=False, default=0.0),
    Column("refreshed_at", Float, nullable=False),
)

# Attachments of the blob store. ``deleted_at`` is set once the bytes are gone.
attachment = Table(
    "attachment",
    metadata,
    Column("ref", String(48), primary_key=True),
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("type", String(100), nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("created_at", Float, nullable=False),
    Column("expires_at", Float, nullable=False, index=True),
    Column("deleted_at", Float),
)
