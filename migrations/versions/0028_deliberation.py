"""Thematic tables of the Forum, their notes, statements and how members weigh them."""

import sqlalchemy as sa
from alembic import op

from portal.db import Instant

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "forum_discussion",
        sa.Column("request_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("begins_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.CheckConstraint("(closed_at IS NULL) = (seats IS NULL)", name=op.f("ck_forum_discussion_closed_has_seats")),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (sha256 IS NULL)", name=op.f("ck_forum_discussion_closed_has_fingerprint")
        ),
        sa.CheckConstraint("begins_at < ends_at", name=op.f("ck_forum_discussion_begins_before_it_ends")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["opinion_request.id"], name=op.f("fk_forum_discussion_request_id_opinion_request")
        ),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_forum_discussion")),
    )
    op.create_table(
        "forum_table",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=True),
        sa.Column("coordinator_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["coordinator_id"], ["body.id"], name=op.f("fk_forum_table_coordinator_id_body")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["forum_discussion.request_id"], name=op.f("fk_forum_table_request_id_forum_discussion")
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], ["plan_section.id"], name=op.f("fk_forum_table_section_id_plan_section")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_table")),
        sa.UniqueConstraint("request_id", "number", name=op.f("uq_forum_table_request_id_number")),
    )
    op.create_index(op.f("ix_forum_table_coordinator_id"), "forum_table", ["coordinator_id"], unique=False)
    op.create_index(op.f("ix_forum_table_section_id"), "forum_table", ["section_id"], unique=False)
    op.create_table(
        "forum_table_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("table_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("joined_at", Instant(), nullable=False),
        sa.Column("left_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_forum_table_member_body_id_body")),
        sa.ForeignKeyConstraint(
            ["table_id"], ["forum_table.id"], name=op.f("fk_forum_table_member_table_id_forum_table")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_table_member")),
    )
    op.create_index(op.f("ix_forum_table_member_body_id"), "forum_table_member", ["body_id"], unique=False)
    op.create_index(op.f("ix_forum_table_member_table_id"), "forum_table_member", ["table_id"], unique=False)
    op.create_index(
        "uq_forum_table_member_here",
        "forum_table_member",
        ["table_id", "body_id"],
        unique=True,
        sqlite_where=sa.text("left_at IS NULL"),
        postgresql_where=sa.text("left_at IS NULL"),
    )
    op.create_table(
        "forum_table_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("table_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["table_id"], ["forum_table.id"], name=op.f("fk_forum_table_note_table_id_forum_table")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_table_note")),
        sa.UniqueConstraint("table_id", "number", name=op.f("uq_forum_table_note_table_id_number")),
    )
    op.create_table(
        "forum_note_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", Instant(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_at", Instant(), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(approved_at IS NULL) = (approved_by_id IS NULL)", name=op.f("ck_forum_note_version_approved_by_somebody")
        ),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["person.id"], name=op.f("fk_forum_note_version_approved_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["note_id"], ["forum_table_note.id"], name=op.f("fk_forum_note_version_note_id_forum_table_note")
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["person.id"], name=op.f("fk_forum_note_version_written_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_note_version")),
        sa.UniqueConstraint("note_id", "number", name=op.f("uq_forum_note_version_note_id_number")),
    )
    op.create_table(
        "forum_table_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("table_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column("paragraph_id", sa.Integer(), nullable=True),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("written_at", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "action_id IS NULL OR paragraph_id IS NULL", name=op.f("ck_forum_table_proposal_one_target")
        ),
        sa.ForeignKeyConstraint(
            ["action_id"], ["plan_action.id"], name=op.f("fk_forum_table_proposal_action_id_plan_action")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_forum_table_proposal_body_id_body")),
        sa.ForeignKeyConstraint(
            ["paragraph_id"], ["plan_paragraph.id"], name=op.f("fk_forum_table_proposal_paragraph_id_plan_paragraph")
        ),
        sa.ForeignKeyConstraint(
            ["table_id"], ["forum_table.id"], name=op.f("fk_forum_table_proposal_table_id_forum_table")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_table_proposal")),
        sa.UniqueConstraint("table_id", "number", name=op.f("uq_forum_table_proposal_table_id_number")),
    )
    op.create_index(op.f("ix_forum_table_proposal_action_id"), "forum_table_proposal", ["action_id"], unique=False)
    op.create_index(op.f("ix_forum_table_proposal_body_id"), "forum_table_proposal", ["body_id"], unique=False)
    op.create_index(
        op.f("ix_forum_table_proposal_paragraph_id"), "forum_table_proposal", ["paragraph_id"], unique=False
    )
    op.create_table(
        "forum_statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("table_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(length=280), nullable=False),
        sa.Column(
            "origin",
            sa.Enum(
                "secretariat",
                "rapporteur",
                "organisation",
                name="origin",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "offered",
                "admitted",
                "refused",
                "withdrawn",
                "merged",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("offered_at", Instant(), nullable=False),
        sa.Column("offered_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(origin = 'organisation') = (body_id IS NOT NULL)", name=op.f("ck_forum_statement_organisation_has_body")
        ),
        sa.CheckConstraint(
            "(state = 'merged') = (merged_into_id IS NOT NULL)", name=op.f("ck_forum_statement_merged_into_another")
        ),
        sa.CheckConstraint("state <> 'refused' OR reason <> ''", name=op.f("ck_forum_statement_refused_with_a_reason")),
        sa.CheckConstraint(
            "merged_into_id IS NULL OR merged_into_id <> id", name=op.f("ck_forum_statement_not_into_itself")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_forum_statement_body_id_body")),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["forum_statement.id"], name=op.f("fk_forum_statement_merged_into_id_forum_statement")
        ),
        sa.ForeignKeyConstraint(["offered_by_id"], ["person.id"], name=op.f("fk_forum_statement_offered_by_id_person")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["forum_discussion.request_id"], name=op.f("fk_forum_statement_request_id_forum_discussion")
        ),
        sa.ForeignKeyConstraint(["table_id"], ["forum_table.id"], name=op.f("fk_forum_statement_table_id_forum_table")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_statement")),
        sa.UniqueConstraint("request_id", "number", name=op.f("uq_forum_statement_request_id_number")),
    )
    op.create_index(op.f("ix_forum_statement_body_id"), "forum_statement", ["body_id"], unique=False)
    op.create_index(op.f("ix_forum_statement_merged_into_id"), "forum_statement", ["merged_into_id"], unique=False)
    op.create_index(op.f("ix_forum_statement_table_id"), "forum_statement", ["table_id"], unique=False)
    op.create_table(
        "forum_weighing",
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column(
            "category",
            sa.Enum(
                "productive_category",
                "trade_union",
                "professional_order",
                "functional_autonomy",
                "association",
                "third_sector",
                name="category",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "weight",
            sa.Enum("agree", "disagree", "pass", name="weight", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("weighed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_forum_weighing_body_id_body")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_forum_weighing_person_id_person")),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["forum_statement.id"], name=op.f("fk_forum_weighing_statement_id_forum_statement")
        ),
        sa.PrimaryKeyConstraint("statement_id", "body_id", name=op.f("pk_forum_weighing")),
    )
    op.create_index(op.f("ix_forum_weighing_body_id"), "forum_weighing", ["body_id"], unique=False)


def downgrade() -> None:
    op.drop_table("forum_weighing")
    op.drop_table("forum_statement")
    op.drop_table("forum_table_proposal")
    op.drop_table("forum_note_version")
    op.drop_table("forum_table_note")
    op.drop_table("forum_table_member")
    op.drop_table("forum_table")
    op.drop_table("forum_discussion")
