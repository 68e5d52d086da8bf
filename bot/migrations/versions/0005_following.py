"""Tables of ``bot.following``."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "followed",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("procedure_code", sa.String(20)),
        sa.Column("draft_id", sa.String(12)),
        sa.Column("state", sa.Text),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("appointments", sa.Integer, nullable=False),
        sa.Column("watching", sa.Boolean, nullable=False),
        sa.Column("seen_at", sa.Float, nullable=False),
        sa.Column("checked_at", sa.Float, nullable=False),
        sa.Column("due_at", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_followed"),
        sa.UniqueConstraint("conversation_id", "code", name="uq_followed_conversation_id_code"),
    )
    op.create_index("ix_followed_conversation_id", "followed", ["conversation_id"])
    op.create_index("ix_followed_due_at", "followed", ["due_at"])
    op.create_table(
        "follow_news",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("mark", sa.String(60), nullable=False),
        sa.Column("old_status", sa.Integer),
        sa.Column("new_status", sa.Integer, nullable=False),
        sa.Column("day", sa.String(10)),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.Column("taken_at", sa.Float),
        sa.PrimaryKeyConstraint("id", name="pk_follow_news"),
        sa.UniqueConstraint(
            "conversation_id", "code", "mark", name="uq_follow_news_conversation_id_code_mark"
        ),
    )
    op.create_index("ix_follow_news_conversation_id", "follow_news", ["conversation_id"])
    op.create_index("ix_follow_news_taken_at", "follow_news", ["taken_at", "created_at"])
    op.create_table(
        "follow_lookup",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("message_id", sa.String(128), nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("outcome", sa.String(12), nullable=False),
        sa.Column("at", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_follow_lookup"),
        sa.UniqueConstraint(
            "conversation_id",
            "message_id",
            "code_hash",
            "kind",
            name="uq_follow_lookup_conversation_id_message_id_code_hash_kind",
        ),
    )
    op.create_index("ix_follow_lookup_at", "follow_lookup", ["at"])
    op.create_index("ix_follow_lookup_person", "follow_lookup", ["person", "at"])
    op.create_index("ix_follow_lookup_conversation_id", "follow_lookup", ["conversation_id", "at"])
    op.create_index("ix_follow_lookup_code_hash", "follow_lookup", ["code_hash", "at"])
    op.create_table(
        "follow_gate",
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("touched_at", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_follow_gate"),
    )
    op.create_index("ix_follow_gate_touched_at", "follow_gate", ["touched_at"])
    op.create_table(
        "follow_whisper",
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("message_id", sa.String(length=128), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "message_id", name=op.f("pk_follow_whisper")),
    )
    op.create_index(op.f("ix_follow_whisper_at"), "follow_whisper", ["at"])


def downgrade() -> None:
    op.drop_table("follow_whisper")
    for table in ("follow_gate", "follow_lookup", "follow_news", "followed"):
        op.drop_table(table)
