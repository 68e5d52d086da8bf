"""Tables of ``bot.dossiers``."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_file",
        sa.Column("conversation_id", sa.String(length=255), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("message_id", sa.String(length=128), nullable=False),
        sa.Column("updated_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_case_file")),
    )
    op.create_index(op.f("ix_case_file_updated_at"), "case_file", ["updated_at"])
    op.create_table(
        "milestone",
        sa.Column("draft_id", sa.String(length=12), nullable=False),
        sa.Column("step", sa.String(length=12), nullable=False),
        sa.Column("procedure_code", sa.String(length=16), nullable=False),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=True),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("draft_id", "step", name=op.f("pk_milestone")),
    )
    op.create_index(op.f("ix_milestone_at"), "milestone", ["at"])


def downgrade() -> None:
    op.drop_table("milestone")
    op.drop_table("case_file")
