"""A draft written in a sitting can be given up like any other: its tie to the sitting goes with it."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

NAME = "fk_sitting_remark_comment_id_comment"


def _tie(ondelete: str | None) -> None:
    with op.batch_alter_table("sitting_remark") as remark:
        remark.drop_constraint(op.f(NAME), type_="foreignkey")
        remark.create_foreign_key(op.f(NAME), "comment", ["comment_id"], ["id"], ondelete=ondelete)


def upgrade() -> None:
    _tie("CASCADE")


def downgrade() -> None:
    _tie(None)
