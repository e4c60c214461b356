"""Why a column that identifies was kept; what a piece of long work is doing and what came of it."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_columns",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("dataset", sa.String(length=80), nullable=False),
        sa.Column("heading", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_columns")),
    )
    op.create_index(op.f("ix_kept_columns_dataset"), "kept_columns", ["dataset"], unique=False)
    op.add_column("jobs", sa.Column("started_at", UTCDateTime(), nullable=True))
    op.add_column("jobs", sa.Column("stage", sa.String(length=20), nullable=False, server_default=""))
    op.add_column("jobs", sa.Column("result", sa.JSON(), nullable=False, server_default="{}"))
