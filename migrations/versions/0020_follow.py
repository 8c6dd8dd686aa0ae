"""What delegates ask the secretariat while a sitting goes on."""

import sqlalchemy as sa
from alembic import op

from portal.db import Instant

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sitting_help",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("client_key", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answered_by_id IS NULL)", name=op.f("ck_sitting_help_answer_has_author")
        ),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_sitting_help_sitting_id_sitting")),
        sa.ForeignKeyConstraint(["seat_id"], ["sitting_seat.id"], name=op.f("fk_sitting_help_seat_id_sitting_seat")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sitting_help_person_id_person")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["person.id"], name=op.f("fk_sitting_help_answered_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sitting_help")),
        sa.UniqueConstraint(
            "sitting_id", "person_id", "client_key", name=op.f("uq_sitting_help_sitting_id_person_id_client_key")
        ),
    )
    op.create_index(op.f("ix_sitting_help_sitting_id"), "sitting_help", ["sitting_id"])
    op.create_index(op.f("ix_sitting_help_person_id"), "sitting_help", ["person_id"])
    waiting = sa.text("answered_at IS NULL")
    op.create_index(
        "uq_sitting_help_open",
        "sitting_help",
        ["sitting_id", "person_id"],
        unique=True,
        sqlite_where=waiting,
        postgresql_where=waiting,
    )


def downgrade() -> None:
    op.drop_table("sitting_help")
