"""Rule sets, polls, rolls and ballots."""

import sqlalchemy as sa
from alembic import op

from portal.db import Instant

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "voting_rule_set",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column(
            "matter",
            sa.Enum(
                "conference_opinion",
                "statute_and_budgets",
                "zones",
                "extra_matters",
                "plan_approval",
                "request_to_convene",
                "zone_size",
                "zone_derogation",
                "zone_coordinator",
                "forum_opinion",
                name="matter",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "electorate",
            sa.Enum(
                "conference",
                "council",
                "forum",
                "zone",
                name="electorate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voting_rule_set")),
        sa.UniqueConstraint("code", name=op.f("uq_voting_rule_set_code")),
        sa.UniqueConstraint("matter", name=op.f("uq_voting_rule_set_matter")),
    )
    op.create_table(
        "voting_rule_set_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule_set_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("definition", sa.JSON(), nullable=False),
        sa.Column("legal_basis", sa.String(length=300), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("mandate_id", sa.Integer(), nullable=True),
        sa.Column("written_at", Instant(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_voting_rule_set_version_number_positive")),
        sa.ForeignKeyConstraint(
            ["mandate_id"], ["mandate.id"], name=op.f("fk_voting_rule_set_version_mandate_id_mandate")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_voting_rule_set_version_person_id_person")),
        sa.ForeignKeyConstraint(
            ["rule_set_id"], ["voting_rule_set.id"], name=op.f("fk_voting_rule_set_version_rule_set_id_voting_rule_set")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voting_rule_set_version")),
        sa.UniqueConstraint("rule_set_id", "number", name=op.f("uq_voting_rule_set_version_rule_set_id_number")),
    )
    op.create_table(
        "poll",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column(
            "matter",
            sa.Enum(
                "conference_opinion",
                "statute_and_budgets",
                "zones",
                "extra_matters",
                "plan_approval",
                "request_to_convene",
                "zone_size",
                "zone_derogation",
                "zone_coordinator",
                "forum_opinion",
                name="matter",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "electorate",
            sa.Enum(
                "conference",
                "council",
                "forum",
                "zone",
                name="electorate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("zone_id", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("rule_version_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.JSON(), nullable=False),
        sa.Column("may_change", sa.Boolean(), nullable=False),
        sa.Column("call", sa.Integer(), nullable=False),
        sa.Column(
            "mode",
            sa.Enum("roll_call", "show_of_hands", name="mode", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("follows_id", sa.Integer(), nullable=True),
        sa.Column("snapshot_id", sa.Integer(), nullable=True),
        sa.Column("population_base", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "prepared",
                "open",
                "closed",
                "proclaimed",
                "annulled",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("prepared_at", Instant(), nullable=False),
        sa.Column("opened_at", Instant(), nullable=True),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("proclaimed_at", Instant(), nullable=True),
        sa.Column("annulled_at", Instant(), nullable=True),
        sa.Column("annul_reason", sa.Text(), nullable=False),
        sa.Column("roll_hash", sa.String(length=64), nullable=True),
        sa.Column("root_hash", sa.String(length=64), nullable=True),
        sa.Column("outcome", sa.JSON(), nullable=True),
        sa.Column("met", sa.Boolean(), nullable=True),
        sa.CheckConstraint(
            "(state = 'annulled') = (annulled_at IS NOT NULL)", name=op.f("ck_poll_annulled_has_instant")
        ),
        sa.CheckConstraint("state <> 'prepared' OR opened_at IS NULL", name=op.f("ck_poll_prepared_is_not_open")),
        sa.CheckConstraint(
            "state <> 'proclaimed' OR proclaimed_at IS NOT NULL", name=op.f("ck_poll_proclaimed_has_instant")
        ),
        sa.CheckConstraint(
            "state IN ('prepared','annulled') OR roll_hash IS NOT NULL", name=op.f("ck_poll_open_has_roll")
        ),
        sa.CheckConstraint(
            "state NOT IN ('closed','proclaimed') OR root_hash IS NOT NULL", name=op.f("ck_poll_closed_has_root")
        ),
        sa.CheckConstraint("(root_hash IS NULL) = (closed_at IS NULL)", name=op.f("ck_poll_closed_has_instant")),
        sa.CheckConstraint("annulled_at IS NULL OR length(annul_reason) > 0", name=op.f("ck_poll_annulled_has_reason")),
        sa.CheckConstraint("call BETWEEN 1 AND 3", name=op.f("ck_poll_call_range")),
        sa.CheckConstraint("closed_at IS NULL OR closed_at >= opened_at", name=op.f("ck_poll_closed_after_opened")),
        sa.CheckConstraint("population_base >= 0", name=op.f("ck_poll_population_not_negative")),
        sa.ForeignKeyConstraint(["follows_id"], ["poll.id"], name=op.f("fk_poll_follows_id_poll")),
        sa.ForeignKeyConstraint(
            ["rule_version_id"],
            ["voting_rule_set_version.id"],
            name=op.f("fk_poll_rule_version_id_voting_rule_set_version"),
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["population_snapshot.id"], name=op.f("fk_poll_snapshot_id_population_snapshot")
        ),
        sa.ForeignKeyConstraint(["version_id"], ["plan_version.id"], name=op.f("fk_poll_version_id_plan_version")),
        sa.ForeignKeyConstraint(["zone_id"], ["body.id"], name=op.f("fk_poll_zone_id_body")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll")),
    )
    op.create_index(op.f("ix_poll_follows_id"), "poll", ["follows_id"], unique=False)
    op.create_index(op.f("ix_poll_version_id"), "poll", ["version_id"], unique=False)
    op.create_table(
        "poll_seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("group_key", sa.String(length=60), nullable=False),
        sa.Column("reserved_for_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("mandate_id", sa.Integer(), nullable=True),
        sa.Column(
            "office",
            sa.Enum(
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
                name="office",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("delegated", sa.Boolean(), nullable=False),
        sa.CheckConstraint("(mandate_id IS NULL) = (office IS NULL)", name=op.f("ck_poll_seat_mandate_has_office")),
        sa.CheckConstraint("(mandate_id IS NULL) = (person_id IS NULL)", name=op.f("ck_poll_seat_mandate_has_person")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_poll_seat_number_positive")),
        sa.CheckConstraint("population >= 0", name=op.f("ck_poll_seat_population_not_negative")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_poll_seat_body_id_body")),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name=op.f("fk_poll_seat_mandate_id_mandate")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_poll_seat_person_id_person")),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_poll_seat_poll_id_poll")),
        sa.ForeignKeyConstraint(["reserved_for_id"], ["mandate.id"], name=op.f("fk_poll_seat_reserved_for_id_mandate")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_seat")),
        sa.UniqueConstraint("poll_id", "key", name=op.f("uq_poll_seat_poll_id_key")),
        sa.UniqueConstraint("poll_id", "number", name=op.f("uq_poll_seat_poll_id_number")),
    )
    op.create_index("ix_poll_seat_mandate", "poll_seat", ["mandate_id", "poll_id"], unique=False)
    op.create_table(
        "ballot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "choice",
            sa.Enum(
                "yes",
                "no",
                "abstain",
                "present_not_voting",
                "withdrawn",
                name="choice",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "channel",
            sa.Enum(
                "form",
                "clerk",
                "show_of_hands",
                "paper",
                "command_line",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("client_key", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=14), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("mandate_id", sa.Integer(), nullable=True),
        sa.Column("cast_at", Instant(), nullable=False),
        sa.CheckConstraint("channel <> 'form' OR mandate_id IS NOT NULL", name=op.f("ck_ballot_form_has_mandate")),
        sa.CheckConstraint(
            "choice <> 'withdrawn' OR channel IN ('clerk','command_line')", name=op.f("ck_ballot_clerk_withdraws")
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_ballot_version_positive")),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name=op.f("fk_ballot_mandate_id_mandate")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_ballot_person_id_person")),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_ballot_poll_id_poll")),
        sa.ForeignKeyConstraint(["seat_id"], ["poll_seat.id"], name=op.f("fk_ballot_seat_id_poll_seat")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot")),
        sa.UniqueConstraint("code", name=op.f("uq_ballot_code")),
        sa.UniqueConstraint("poll_id", "client_key", name=op.f("uq_ballot_poll_id_client_key")),
        sa.UniqueConstraint("seat_id", "version", name=op.f("uq_ballot_seat_id_version")),
    )


def downgrade() -> None:
    op.drop_table("ballot")
    op.drop_index("ix_poll_seat_mandate", table_name="poll_seat")
    op.drop_table("poll_seat")
    op.drop_index(op.f("ix_poll_version_id"), table_name="poll")
    op.drop_index(op.f("ix_poll_follows_id"), table_name="poll")
    op.drop_table("poll")
    op.drop_table("voting_rule_set_version")
    op.drop_table("voting_rule_set")
