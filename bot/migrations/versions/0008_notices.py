"""Consent, what is left of it after erasure, and reminders."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notice_consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(12), nullable=False),
        sa.Column("purpose", sa.String(12), nullable=False),
        sa.Column("version", sa.String(20), nullable=False),
        sa.Column("actor", sa.String(12), nullable=False),
        sa.Column("given_at", sa.Float(), nullable=False),
        sa.Column("given_in", sa.String(128), nullable=False),
        sa.Column("withdrawn_at", sa.Float()),
        sa.Column("withdrawn_in", sa.String(128)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_consent")),
        sa.UniqueConstraint(
            "conversation_id",
            "purpose",
            "channel",
            "given_in",
            name=op.f("uq_notice_consent_conversation_id_purpose_channel_given_in"),
        ),
    )
    op.create_index(op.f("ix_notice_consent_conversation_id"), "notice_consent", ["conversation_id"])
    op.create_table(
        "notice_consent_proof",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_hash", sa.String(64), nullable=False),
        sa.Column("channel", sa.String(12), nullable=False),
        sa.Column("purpose", sa.String(12), nullable=False),
        sa.Column("version", sa.String(20), nullable=False),
        sa.Column("given_at", sa.Float(), nullable=False),
        sa.Column("withdrawn_at", sa.Float()),
        sa.Column("erased_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_consent_proof")),
    )
    op.create_index(op.f("ix_notice_consent_proof_subject_hash"), "notice_consent_proof", ["subject_hash"])
    op.create_index(op.f("ix_notice_consent_proof_erased_at"), "notice_consent_proof", ["erased_at"])
    op.create_table(
        "notice_reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("subject", sa.String(64), nullable=False),
        sa.Column("mark", sa.String(80), nullable=False),
        sa.Column("due_day", sa.String(10), nullable=False),
        sa.Column("due_at", sa.Float(), nullable=False),
        sa.Column("try_at", sa.Float(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("told", sa.String(12)),
        sa.Column("identity_id", sa.Integer()),
        sa.Column("returns", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.Float(), nullable=False),
        sa.Column("finished_at", sa.Float()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_reminder")),
        sa.UniqueConstraint(
            "conversation_id",
            "kind",
            "subject",
            "mark",
            "due_day",
            name=op.f("uq_notice_reminder_conversation_id_kind_subject_mark_due_day"),
        ),
    )
    op.create_index(op.f("ix_notice_reminder_conversation_id"), "notice_reminder", ["conversation_id"])
    op.create_index("ix_notice_reminder_state_try_at", "notice_reminder", ["state", "try_at"])
    op.create_index("ix_notice_reminder_state_finished_at", "notice_reminder", ["state", "finished_at"])


def downgrade() -> None:
    op.drop_table("notice_reminder")
    op.drop_table("notice_consent_proof")
    op.drop_table("notice_consent")
