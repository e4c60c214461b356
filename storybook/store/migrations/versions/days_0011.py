"""A consent may name a day of its own for each channel."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # What was agreed before ends everywhere on the day it named.
    with op.batch_alter_table("consents") as batch:
        batch.add_column(sa.Column("days", sa.JSON(), nullable=False, server_default="{}"))
