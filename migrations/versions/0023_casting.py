"""Live votes: when a poll ends by itself, who was in the hall when it was opened, who else answers for a seat."""

import sqlalchemy as sa
from alembic import op

from portal.db import Instant

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

ENDS = "closes_at IS NULL OR opened_at IS NULL OR closes_at > opened_at"
PRESENCE = ("there", "away", "late")
OFFICES = (
    "mayor",
    "deputy_mayor",
    "acting_mayor",
    "commissioner",
    "sub_commissioner",
    "union_president",
    "district_president",
    "councillor",
    "delegated_councillor",
    "officer",
    "forum_delegate",
    "forum_substitute",
    "forum_secretary",
    "secretariat",
    "moderator",
    "drafting_officer",
    "drafting_lead",
    "secretary_general",
    "council_clerk",
    "auditor",
    "administrator",
)


def upgrade() -> None:
    with op.batch_alter_table("poll") as poll:
        poll.add_column(sa.Column("closes_at", Instant(), nullable=True))
        poll.create_check_constraint(op.f("ck_poll_ends_after_opened"), ENDS)
    op.create_index("ix_poll_closes_at", "poll", ["closes_at"])
    with op.batch_alter_table("poll_seat") as seat:
        seat.add_column(sa.Column("presence", sa.String(length=40), nullable=True))
        seat.create_check_constraint(op.f("ck_poll_seat_presence"), sa.column("presence").in_(PRESENCE))
    op.create_table(
        "poll_alternate",
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "office",
            sa.Enum(*OFFICES, name="office", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_poll_alternate_poll_id_poll")),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name=op.f("fk_poll_alternate_mandate_id_mandate")),
        sa.ForeignKeyConstraint(["seat_id"], ["poll_seat.id"], name=op.f("fk_poll_alternate_seat_id_poll_seat")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_poll_alternate_person_id_person")),
        sa.PrimaryKeyConstraint("poll_id", "mandate_id", name=op.f("pk_poll_alternate")),
    )
    op.create_index(op.f("ix_poll_alternate_seat_id"), "poll_alternate", ["seat_id"])


def downgrade() -> None:
    op.drop_table("poll_alternate")
    with op.batch_alter_table("poll_seat") as seat:
        seat.drop_constraint(op.f("ck_poll_seat_presence"), type_="check")
        seat.drop_column("presence")
    op.drop_index("ix_poll_closes_at", "poll")
    with op.batch_alter_table("poll") as poll:
        poll.drop_constraint(op.f("ck_poll_ends_after_opened"), type_="check")
        poll.drop_column("closes_at")
