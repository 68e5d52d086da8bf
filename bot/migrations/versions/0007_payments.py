"""Tables of ``bot.payments``."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "payment",
        sa.Column("reference", sa.String(64), nullable=False),
        sa.Column("way", sa.String(12), nullable=False),
        sa.Column("dossier", sa.String(40), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("draft", sa.String(12)),
        sa.Column("conversation_id", sa.String(32)),
        sa.Column("token", sa.String(40)),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("url", sa.Text()),
        sa.Column("transaction_id", sa.String(80)),
        sa.Column("bank", sa.String(40)),
        sa.Column("told_amount", sa.BigInteger()),
        sa.Column("queries", sa.Integer(), nullable=False),
        sa.Column("query_at", sa.Float()),
        sa.Column("created_at", sa.Float(), nullable=False),
        sa.Column("expires_at", sa.Float(), nullable=False),
        sa.Column("settled_at", sa.Float()),
        sa.PrimaryKeyConstraint("reference", name="pk_payment"),
        sa.UniqueConstraint("token", name="uq_payment_token"),
        sa.UniqueConstraint("dossier", "way", "attempt", name="uq_payment_dossier_way_attempt"),
    )
    op.create_index("ix_payment_conversation_id", "payment", ["conversation_id"])
    asked = sa.text("query_at IS NOT NULL")
    op.create_index(
        "ix_payment_query_at", "payment", ["query_at"], sqlite_where=asked, postgresql_where=asked
    )
    op.create_table(
        "payment_news",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(64), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("created_at", sa.Float(), nullable=False),
        sa.Column("taken_at", sa.Float()),
        sa.PrimaryKeyConstraint("id", name="pk_payment_news"),
        sa.UniqueConstraint("reference", "state", name="uq_payment_news_reference_state"),
    )
    op.create_index("ix_payment_news_conversation_id", "payment_news", ["conversation_id"])
    untold = sa.text("taken_at IS NULL")
    op.create_index(
        "ix_payment_news_untold", "payment_news", ["id"], sqlite_where=untold, postgresql_where=untold
    )


def downgrade() -> None:
    op.drop_table("payment_news")
    op.drop_table("payment")
