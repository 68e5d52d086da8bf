"""Tables of ``bot.gateways``. Every ``*_at`` is POSIX seconds in UTC; nothing here tells who somebody is,
but for ``submission.payload``, which is encrypted and wiped when the dossier is handed over.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from bot.database import metadata

# A dossier for the one-stop system. ``token``: address of the page where the citizen completes it.
# ``code``: the dossier code we gave it, which the system takes only once; ``reference``: our own key inside
# the record; ``key_hash``: what is left of it once the conversation was erased. ``claim``: the one try that
# is under way. ``withdraw``: the citizen takes it back as soon as we know where it is.
submission = Table(
    "submission",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("draft_id", String(64), nullable=False, unique=True),
    Column("conversation_id", String(32), nullable=False, index=True),
    Column("token", String(43), unique=True),
    Column("procedure_code", String(20), nullable=False),
    Column("procedure_name", Text, nullable=False),
    Column("agency", String(40), nullable=False),
    Column("agency_name", Text, nullable=False),
    Column("cases", JSON, nullable=False),
    Column("papers", JSON, nullable=False),
    Column("state", String(12), nullable=False),
    Column("code", String(40), unique=True),
    Column("reference", String(40)),
    Column("key_hash", String(64), nullable=False),
    Column("payload", LargeBinary),
    Column("withdraw", Boolean, nullable=False, default=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("due_at", Float, nullable=False),
    Column("claim", String(32)),
    Column("started_at", Float),
    Column("error", String(20)),
    Column("said", Text),
    Column("created_at", Float, nullable=False),
    Column("handed_in_at", Float),
    Column("finished_at", Float),
)
Index("ix_submission_state_due_at", submission.c.state, submission.c.due_at)

# A dossier announced to a counter. ``code`` is shown to staff, ``token`` is the address of the receipt.
registration = Table(
    "registration",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(12), nullable=False, unique=True),
    Column("token", String(43), nullable=False, unique=True),
    Column("draft_id", String(64), nullable=False, unique=True),
    Column("conversation_id", String(32), nullable=False, index=True),
    Column("procedure_code", String(20), nullable=False),
    Column("procedure_name", Text, nullable=False),
    Column("cases", JSON, nullable=False),
    Column("papers", JSON, nullable=False),
    Column("unit", String(12), nullable=False),
    Column("unit_name", Text, nullable=False),
    Column("day", Date),
    Column("state", String(12), nullable=False),
    Column("accepted_by", String(80)),
    Column("dossier_code", String(40)),
    Column("reason", Text),
    Column("created_at", Float, nullable=False),
    Column("settled_at", Float),
)
Index("ix_registration_state_unit_day", registration.c.state, registration.c.unit, registration.c.day)

# What a conversation is still to hear of; a row is deleted in the transaction that tells it.
news = Table(
    "news",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation_id", String(32), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("draft_id", String(64), nullable=False),
    Column("code", String(40), nullable=False),
    Column("created_at", Float, nullable=False),
)
