"""Admission in full: terms, questions to authors, hidden passages, reports, replies."""

import sqlalchemy as sa
from alembic import op

from portal.db import Instant

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "admission_term",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("working_days", sa.Integer(), nullable=False),
        sa.Column("patron_day", sa.String(length=5), nullable=False),
        sa.CheckConstraint("working_days >= 1", name=op.f("ck_admission_term_some_days")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_admission_term_consultation_id_consultation")
        ),
        sa.PrimaryKeyConstraint("consultation_id", name=op.f("pk_admission_term")),
    )
    op.create_table(
        "admission_escalation",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("escalated_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_admission_escalation_comment_id_comment")
        ),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_admission_escalation")),
    )
    op.create_table(
        "admission_second",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["admission_decision.id"], name=op.f("fk_admission_second_decision_id_admission_decision")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["person.id"], name=op.f("fk_admission_second_proposed_by_id_person")
        ),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_admission_second")),
    )
    op.create_table(
        "comment_sealed",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("observation", sa.Text(), nullable=False),
        sa.Column("proposed_text", sa.Text(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("sealed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_comment_sealed_comment_id_comment")),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_comment_sealed")),
    )
    op.create_table(
        "comment_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("answer_by", Instant(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_person_id", sa.Integer(), nullable=True),
        sa.Column("answered_mandate_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "answered_at IS NULL OR ended_at IS NOT NULL", name=op.f("ck_comment_question_answered_is_ended")
        ),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answered_person_id IS NULL)",
            name=op.f("ck_comment_question_answered_by_somebody"),
        ),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_comment_question_comment_id_comment")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_comment_question_person_id_person")),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name=op.f("fk_comment_question_mandate_id_mandate")),
        sa.ForeignKeyConstraint(
            ["answered_person_id"], ["person.id"], name=op.f("fk_comment_question_answered_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["answered_mandate_id"], ["mandate.id"], name=op.f("fk_comment_question_answered_mandate_id_mandate")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_question")),
    )
    op.create_index(op.f("ix_comment_question_comment_id"), "comment_question", ["comment_id"], unique=False)
    op.create_index(
        "uq_comment_question_open",
        "comment_question",
        ["comment_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "comment_hiding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("spans", sa.JSON(), nullable=False),
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
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=True),
        sa.Column("hidden_at", Instant(), nullable=False),
        sa.Column("lifted_by_id", sa.Integer(), nullable=True),
        sa.Column("lifted_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "proposed_by_id IS NULL OR proposed_by_id <> person_id", name=op.f("ck_comment_hiding_two_persons")
        ),
        sa.CheckConstraint(
            "(lifted_at IS NULL) = (lifted_by_id IS NULL)", name=op.f("ck_comment_hiding_lifted_by_somebody")
        ),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_comment_hiding_comment_id_comment")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_comment_hiding_person_id_person")),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name=op.f("fk_comment_hiding_mandate_id_mandate")),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["person.id"], name=op.f("fk_comment_hiding_proposed_by_id_person")
        ),
        sa.ForeignKeyConstraint(["lifted_by_id"], ["person.id"], name=op.f("fk_comment_hiding_lifted_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_hiding")),
    )
    op.create_index(op.f("ix_comment_hiding_comment_id"), "comment_hiding", ["comment_id"], unique=False)
    op.create_table(
        "comment_opening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_comment_opening_comment_id_comment")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_comment_opening_person_id_person")),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name=op.f("fk_comment_opening_mandate_id_mandate")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_opening")),
    )
    op.create_index(op.f("ix_comment_opening_comment_id"), "comment_opening", ["comment_id"], unique=False)
    op.create_table(
        "comment_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_comment_review_comment_id_comment")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_comment_review_person_id_person")),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name=op.f("fk_comment_review_mandate_id_mandate")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_review")),
    )
    op.create_index(op.f("ix_comment_review_comment_id"), "comment_review", ["comment_id"], unique=False)
    op.create_table(
        "comment_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
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
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=True),
        sa.Column("reported_at", Instant(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_comment_report_comment_id_comment")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_comment_report_person_id_person")),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name=op.f("fk_comment_report_mandate_id_mandate")),
        sa.ForeignKeyConstraint(
            ["review_id"], ["comment_review.id"], name=op.f("fk_comment_report_review_id_comment_review")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_report")),
    )
    op.create_index(op.f("ix_comment_report_comment_id"), "comment_report", ["comment_id"], unique=False)
    op.create_index(
        "uq_comment_report_open",
        "comment_report",
        ["comment_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("review_id IS NULL"),
        postgresql_where=sa.text("review_id IS NULL"),
    )
    op.create_table(
        "refusal_reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=True),
        sa.Column("replied_at", Instant(), nullable=False),
        sa.Column("considered_id", sa.Integer(), nullable=True),
        sa.UniqueConstraint("decision_id", name=op.f("uq_refusal_reply_decision_id")),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_refusal_reply_comment_id_comment")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_refusal_reply_person_id_person")),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name=op.f("fk_refusal_reply_mandate_id_mandate")),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["admission_decision.id"], name=op.f("fk_refusal_reply_decision_id_admission_decision")
        ),
        sa.ForeignKeyConstraint(
            ["considered_id"], ["admission_decision.id"], name=op.f("fk_refusal_reply_considered_id_admission_decision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refusal_reply")),
    )
    op.create_index(op.f("ix_refusal_reply_comment_id"), "refusal_reply", ["comment_id"], unique=False)


def downgrade() -> None:
    op.drop_table("refusal_reply")
    op.drop_table("comment_report")
    op.drop_table("comment_review")
    op.drop_table("comment_opening")
    op.drop_table("comment_hiding")
    op.drop_table("comment_question")
    op.drop_table("comment_sealed")
    op.drop_table("admission_second")
    op.drop_table("admission_escalation")
    op.drop_table("admission_term")
