"""The way on where a story is not enough for the open web: kept off it, or the lead asked, who signs or says no."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("candidates", sa.Column("kept_off", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("sign_offs", sa.Column("refused", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "lead_asks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("candidate_id", sa.Uuid(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["candidate_id"],
            ["candidates.id"],
            name=op.f("fk_lead_asks_candidate_id_candidates"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_asks")),
        sa.UniqueConstraint("candidate_id", "lead_id", name=op.f("uq_lead_asks_candidate_id_lead_id")),
    )
    op.create_index(op.f("ix_lead_asks_candidate_id"), "lead_asks", ["candidate_id"], unique=False)
    op.create_index(op.f("ix_lead_asks_lead_id"), "lead_asks", ["lead_id"], unique=False)
