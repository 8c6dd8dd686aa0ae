"""Consultations, submissions and remarks."""

import sqlalchemy as sa
from alembic import op

from portal.db import Instant

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "consultation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("opens_at", Instant(), nullable=False),
        sa.Column("deadline_at", Instant(), nullable=False),
        sa.Column("concluded_at", Instant(), nullable=True),
        sa.Column("report_text", sa.Text(), nullable=False),
        sa.Column(
            "admission",
            sa.Enum(
                "before_publication",
                "after_publication",
                name="admission",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("body_kinds", sa.JSON(), nullable=False),
        sa.Column("rules_text", sa.Text(), nullable=False),
        sa.Column("notice_text", sa.Text(), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("deadline_at > opens_at", name=op.f("ck_consultation_deadline_after_opening")),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["population_snapshot.id"], name=op.f("fk_consultation_snapshot_id_population_snapshot")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["plan_version.id"], name=op.f("fk_consultation_version_id_plan_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation")),
        sa.UniqueConstraint("version_id", name=op.f("uq_consultation_version_id")),
    )
    op.create_table(
        "action_tally",
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("visible", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["plan_action.id"], name=op.f("fk_action_tally_action_id_plan_action")),
        sa.PrimaryKeyConstraint("action_id", name=op.f("pk_action_tally")),
    )
    op.create_table(
        "body_tally",
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("visible", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["plan_action.id"], name=op.f("fk_body_tally_action_id_plan_action")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_body_tally_body_id_body")),
        sa.PrimaryKeyConstraint("action_id", "body_id", name=op.f("pk_body_tally")),
    )
    op.create_index(op.f("ix_body_tally_body_id"), "body_tally", ["body_id"], unique=False)
    op.create_table(
        "consultation_extension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("old_deadline_at", Instant(), nullable=False),
        sa.Column("new_deadline_at", Instant(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("mandate_id", sa.Integer(), nullable=True),
        sa.Column("extended_at", Instant(), nullable=False),
        sa.CheckConstraint("new_deadline_at > old_deadline_at", name=op.f("ck_consultation_extension_moves_forward")),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_consultation_extension_consultation_id_consultation"),
        ),
        sa.ForeignKeyConstraint(
            ["mandate_id"], ["mandate.id"], name=op.f("fk_consultation_extension_mandate_id_mandate")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_consultation_extension_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_extension")),
    )
    op.create_index(
        op.f("ix_consultation_extension_consultation_id"), "consultation_extension", ["consultation_id"], unique=False
    )
    op.create_table(
        "submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=False),
        sa.Column("signed_person_id", sa.Integer(), nullable=True),
        sa.Column("signed_mandate_id", sa.Integer(), nullable=True),
        sa.Column("client_key", sa.String(length=64), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "ready",
                "submitted",
                "withdrawn",
                "discarded",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("saved_at", Instant(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=9), nullable=True),
        sa.Column("submitted_at", Instant(), nullable=True),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("canonical", sa.Text(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("journal_seq", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(state IN ('draft','ready')) = (submitted_at IS NULL) OR state = 'discarded'",
            name=op.f("ck_submission_submitted_has_instant"),
        ),
        sa.CheckConstraint("(submitted_at IS NULL) = (code IS NULL)", name=op.f("ck_submission_submitted_has_code")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_submission_body_id_body")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_submission_consultation_id_consultation")
        ),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name=op.f("fk_submission_mandate_id_mandate")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_submission_person_id_person")),
        sa.ForeignKeyConstraint(
            ["signed_mandate_id"], ["mandate.id"], name=op.f("fk_submission_signed_mandate_id_mandate")
        ),
        sa.ForeignKeyConstraint(
            ["signed_person_id"], ["person.id"], name=op.f("fk_submission_signed_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        sa.UniqueConstraint("code", name=op.f("uq_submission_code")),
        sa.UniqueConstraint("number", name=op.f("uq_submission_number")),
        sa.UniqueConstraint("person_id", "client_key", name=op.f("uq_submission_person_id_client_key")),
    )
    op.create_index("ix_submission_body_state", "submission", ["body_id", "state"], unique=False)
    op.create_index(op.f("ix_submission_consultation_id"), "submission", ["consultation_id"], unique=False)
    op.create_index(op.f("ix_submission_sha256"), "submission", ["sha256"], unique=False)
    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("client_key", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "support",
                "change_request",
                "objection",
                "question",
                "data_correction",
                "new_action",
                "commitment",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column("section_id", sa.Integer(), nullable=True),
        sa.Column("paragraph_id", sa.Integer(), nullable=True),
        sa.Column("observation", sa.Text(), nullable=False),
        sa.Column("proposed_text", sa.Text(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "admitted",
                "not_admitted",
                "withdrawn",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.CheckConstraint("state = 'draft' OR number IS NOT NULL", name=op.f("ck_comment_submitted_has_number")),
        sa.CheckConstraint("action_id IS NULL OR section_id IS NULL", name=op.f("ck_comment_one_target")),
        sa.CheckConstraint(
            "paragraph_id IS NULL OR action_id IS NOT NULL OR section_id IS NOT NULL", name=op.f("ck_comment_has_owner")
        ),
        sa.ForeignKeyConstraint(["action_id"], ["plan_action.id"], name=op.f("fk_comment_action_id_plan_action")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_comment_body_id_body")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_comment_consultation_id_consultation")
        ),
        sa.ForeignKeyConstraint(
            ["paragraph_id"], ["plan_paragraph.id"], name=op.f("fk_comment_paragraph_id_plan_paragraph")
        ),
        sa.ForeignKeyConstraint(["section_id"], ["plan_section.id"], name=op.f("fk_comment_section_id_plan_section")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_comment_submission_id_submission")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
        sa.UniqueConstraint("number", name=op.f("uq_comment_number")),
        sa.UniqueConstraint("submission_id", "client_key", name=op.f("uq_comment_submission_id_client_key")),
        sa.UniqueConstraint("submission_id", "position", name=op.f("uq_comment_submission_id_position")),
    )
    op.create_index("ix_comment_action_number", "comment", ["action_id", "number"], unique=False)
    op.create_index("ix_comment_body_number", "comment", ["body_id", "number"], unique=False)
    op.create_index("ix_comment_consultation_state", "comment", ["consultation_id", "state", "number"], unique=False)
    op.create_index(op.f("ix_comment_paragraph_id"), "comment", ["paragraph_id"], unique=False)
    op.create_index(op.f("ix_comment_section_id"), "comment", ["section_id"], unique=False)
    op.create_table(
        "paragraph_tally",
        sa.Column("paragraph_id", sa.Integer(), nullable=False),
        sa.Column("visible", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["paragraph_id"], ["plan_paragraph.id"], name=op.f("fk_paragraph_tally_paragraph_id_plan_paragraph")
        ),
        sa.PrimaryKeyConstraint("paragraph_id", name=op.f("pk_paragraph_tally")),
    )
    op.create_table(
        "submission_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_submission_note_person_id_person")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_submission_note_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission_note")),
    )
    op.create_index(op.f("ix_submission_note_submission_id"), "submission_note", ["submission_id"], unique=False)
    op.create_table(
        "admission_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("admitted", sa.Boolean(), nullable=False),
        sa.Column(
            "reason_code",
            sa.Enum(
                "off_topic",
                "duplicate",
                "personal_data",
                "offensive",
                "no_standing",
                "unreadable",
                name="reason_code",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_admission_decision_comment_id_comment")),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name=op.f("fk_admission_decision_mandate_id_mandate")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_admission_decision_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_admission_decision")),
    )
    op.create_index(op.f("ix_admission_decision_comment_id"), "admission_decision", ["comment_id"], unique=False)
    op.create_table(
        "comment_anchor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("paragraph_id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=10), nullable=False),
        sa.Column("exact", sa.Text(), nullable=False),
        sa.Column("prefix", sa.String(length=32), nullable=False),
        sa.Column("suffix", sa.String(length=32), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.CheckConstraint('"end" >= start AND start >= 0', name=op.f("ck_comment_anchor_range")),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_comment_anchor_comment_id_comment"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["paragraph_id"], ["plan_paragraph.id"], name=op.f("fk_comment_anchor_paragraph_id_plan_paragraph")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_anchor")),
    )
    op.create_index(op.f("ix_comment_anchor_comment_id"), "comment_anchor", ["comment_id"], unique=False)
    op.create_table(
        "comment_territory",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_comment_territory_body_id_body")),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_comment_territory_comment_id_comment"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("comment_id", "body_id", name=op.f("pk_comment_territory")),
    )


def downgrade() -> None:
    op.drop_table("comment_territory")
    op.drop_index(op.f("ix_comment_anchor_comment_id"), table_name="comment_anchor")
    op.drop_table("comment_anchor")
    op.drop_index(op.f("ix_admission_decision_comment_id"), table_name="admission_decision")
    op.drop_table("admission_decision")
    op.drop_index(op.f("ix_submission_note_submission_id"), table_name="submission_note")
    op.drop_table("submission_note")
    op.drop_table("paragraph_tally")
    op.drop_index(op.f("ix_comment_section_id"), table_name="comment")
    op.drop_index(op.f("ix_comment_paragraph_id"), table_name="comment")
    op.drop_index("ix_comment_consultation_state", table_name="comment")
    op.drop_index("ix_comment_body_number", table_name="comment")
    op.drop_index("ix_comment_action_number", table_name="comment")
    op.drop_table("comment")
    op.drop_index(op.f("ix_submission_sha256"), table_name="submission")
    op.drop_index(op.f("ix_submission_consultation_id"), table_name="submission")
    op.drop_index("ix_submission_body_state", table_name="submission")
    op.drop_table("submission")
    op.drop_index(op.f("ix_consultation_extension_consultation_id"), table_name="consultation_extension")
    op.drop_table("consultation_extension")
    op.drop_index(op.f("ix_body_tally_body_id"), table_name="body_tally")
    op.drop_table("body_tally")
    op.drop_table("action_tally")
    op.drop_table("consultation")
