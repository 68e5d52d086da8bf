"""Branch questions of procedures, and papers only some people need."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("procedure_version", sa.Column("questions", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("paper", sa.Column("optional", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("paper", "optional")
    op.drop_column("procedure_version", "questions")
