"""A person may hold several cards: a newer one takes none away."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("cards") as batch:
        batch.drop_constraint(op.f("uq_cards_story_id_person"), type_="unique")
