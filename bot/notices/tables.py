"""Tables of ``bot.notices``. Every ``*_at`` is POSIX seconds in UTC; nothing here tells who somebody is."""

from sqlalchemy import Column, Float, Index, Integer, String, Table, UniqueConstraint

from bot.database import metadata

# One row for each time somebody agreed; ``given_in`` and ``withdrawn_in``: ids of the messages that said so.
# ``version``: of the text they agreed to.
consent = Table(
    "notice_consent",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation_id", String(32), nullable=False, index=True),
    Column("channel", String(12), nullable=False),
    Column("purpose", String(12), nullable=False),
    Column("version", String(20), nullable=False),
    Column("actor", String(12), nullable=False),
    Column("given_at", Float, nullable=False),
    Column("given_in", String(128), nullable=False),
    Column("withdrawn_at", Float),
    Column("withdrawn_in", String(128)),
    UniqueConstraint("conversation_id", "purpose", "channel", "given_in"),
)

# What stays of a consent once its conversation is erased: the proof that there was one.
consent_proof = Table(
    "notice_consent_proof",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("subject_hash", String(64), nullable=False, index=True),
    Column("channel", String(12), nullable=False),
    Column("purpose", String(12), nullable=False),
    Column("version", String(20), nullable=False),
    Column("given_at", Float, nullable=False),
    Column("withdrawn_at", Float),
    Column("erased_at", Float, nullable=False, index=True),
)

# ``subject``: id of a draft or code of a dossier; ``mark`` tells news of it apart. ``due_day``: ISO day where
# the citizens are. ``try_at``: not before then, because of the hour or a conversation going on. ``told``: see
# ``states.Told``.
reminder = Table(
    "notice_reminder",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation_id", String(32), nullable=False, index=True),
    Column("kind", String(24), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("mark", String(80), nullable=False, default=""),
    Column("due_day", String(10), nullable=False),
    Column("due_at", Float, nullable=False),
    Column("try_at", Float, nullable=False),
    Column("state", String(12), nullable=False),
    Column("told", String(12)),
    Column("identity_id", Integer),
    Column("returns", Integer, nullable=False, default=0),
    Column("created_at", Float, nullable=False),
    Column("finished_at", Float),
    UniqueConstraint("conversation_id", "kind", "subject", "mark", "due_day"),
)
Index("ix_notice_reminder_state_try_at", reminder.c.state, reminder.c.try_at)
Index("ix_notice_reminder_state_finished_at", reminder.c.state, reminder.c.finished_at)

# Whoever asked to be told when a procedure changes. ``revision``: of the catalogue they know.
procedure_watch = Table(
    "procedure_watch",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation_id", String(32), nullable=False, index=True),
    Column("code", String(16), nullable=False, index=True),
    Column("revision", Integer, nullable=False),
    Column("asked_at", Float, nullable=False),
    UniqueConstraint("conversation_id", "code"),
)
