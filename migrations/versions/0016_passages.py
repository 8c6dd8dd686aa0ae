"""Passages found by their paragraph: what else speaks of a text is read beside it."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_comment_anchor_paragraph_id"), "comment_anchor", ["paragraph_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_comment_anchor_paragraph_id"), table_name="comment_anchor")
