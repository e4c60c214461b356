"""Questions to linked data: behind an agency's lane, beside an episode."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("agencies", sa.Column("question", sa.String(), nullable=False, server_default=""))
    op.add_column("episodes", sa.Column("counts", sa.JSON(), nullable=False, server_default="[]"))
