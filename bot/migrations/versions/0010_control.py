"""Banners, changed texts and hours, requests about personal data; what is sent on a stopped channel."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "banner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("channels", sa.JSON(), nullable=False),
        sa.Column("starts_at", sa.Float(), nullable=False),
        sa.Column("ends_at", sa.Float(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.Float(), nullable=False),
        sa.Column("withdrawn_by", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_banner")),
    )
    op.create_index(op.f("ix_banner_ends_at"), "banner", ["ends_at"])
    op.create_table(
        "banner_told",
        sa.Column("banner_id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("told_at", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["banner_id"], ["banner.id"], name=op.f("fk_banner_told_banner_id_banner"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_banner_told_conversation_id_conversation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("banner_id", "conversation_id", name=op.f("pk_banner_told")),
    )
    op.create_index(op.f("ix_banner_told_conversation_id"), "banner_told", ["conversation_id"])

    op.create_table(
        "text_override",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("base", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.Float(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.Float(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["staff_account.id"], name=op.f("fk_text_override_proposed_by_staff_account")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["staff_account.id"], name=op.f("fk_text_override_decided_by_staff_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_override")),
    )
    for state in ("proposed", "approved"):
        one = sa.text(f"state = '{state}'")
        op.create_index(
            f"uq_text_override_{state}_name",
            "text_override",
            ["name"],
            unique=True,
            sqlite_where=one,
            postgresql_where=one,
        )
    op.create_index("ix_text_override_name_proposed_at", "text_override", ["name", "proposed_at"])

    op.create_table(
        "office_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("described", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_hours")),
    )

    op.create_table(
        "privacy_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("source", sa.String(length=12), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("contact_sealed", sa.Text(), nullable=True),
        sa.Column("identified", sa.Text(), nullable=False),
        sa.Column("received_at", sa.Float(), nullable=False),
        sa.Column("acknowledge_due_at", sa.Float(), nullable=False),
        sa.Column("answer_due_at", sa.Float(), nullable=False),
        sa.Column("extended_at", sa.Float(), nullable=True),
        sa.Column("acknowledged_at", sa.Float(), nullable=True),
        sa.Column("ended_at", sa.Float(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("report", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("opened_by", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["staff_account.id"], name=op.f("fk_privacy_request_owner_id_staff_account")
        ),
        sa.ForeignKeyConstraint(
            ["opened_by"], ["staff_account.id"], name=op.f("fk_privacy_request_opened_by_staff_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_request")),
    )
    op.create_index(op.f("ix_privacy_request_conversation_id"), "privacy_request", ["conversation_id"])
    op.create_index("ix_privacy_request_received_at", "privacy_request", ["received_at"])
    op.create_index("ix_privacy_request_state_answer_due_at", "privacy_request", ["state", "answer_due_at"])

    # Until now nobody could tell an order from an error; errors send nothing at all.
    op.execute("UPDATE stoppage SET cause = 'broken'")
    op.add_column("outbox", sa.Column("passes", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("outbox", "passes")
    for table in ("privacy_request", "office_hours", "text_override", "banner_told", "banner"):
        op.drop_table(table)
