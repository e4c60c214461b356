"""What the attack on the ledger needs to know of each number: who of it is known, and which days the data had."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("ledger") as table:
        table.add_column(sa.Column("known", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("first_day", sa.Date(), nullable=True))
        table.add_column(sa.Column("last_day", sa.Date(), nullable=True))
