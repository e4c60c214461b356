"""Why a story may be shared that few people fit, and the information-governance lead's word beside the reviewer's."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sign_offs", sa.Column("reasons", sa.String(), nullable=False, server_default=""))
    op.add_column("sign_offs", sa.Column("as_lead", sa.Boolean(), nullable=False, server_default=sa.false()))
