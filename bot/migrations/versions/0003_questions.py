"""Branch questions of procedures."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("procedure_version", sa.Column("questions", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("procedure_version", "questions")
