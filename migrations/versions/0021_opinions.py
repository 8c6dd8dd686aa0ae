"""Requests for an opinion: texts with remarks, sittings, votes, dissent, documents, overrides (art. 30)."""

import sqlalchemy as sa
from alembic import op

from portal.db import Instant

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "opinion_request",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "organ",
            sa.Enum(
                "programming",
                "mayors",
                "forum",
                "council",
                "coplanning",
                name="organ",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("version_hash", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("act_number", sa.String(length=60), nullable=False),
        sa.Column("act_date", sa.Date(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("registered_at", Instant(), nullable=False),
        sa.Column("base_sitting_id", sa.Integer(), nullable=True),
        sa.Column("base_seats", sa.Integer(), nullable=True),
        sa.Column("base_population", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(base_seats IS NULL) = (base_population IS NULL)", name=op.f("ck_opinion_request_base_is_whole")
        ),
        sa.CheckConstraint(
            "(base_seats IS NULL) = (base_sitting_id IS NULL)", name=op.f("ck_opinion_request_base_has_sitting")
        ),
        sa.CheckConstraint("length(version_hash) = 64", name=op.f("ck_opinion_request_fingerprint")),
        sa.ForeignKeyConstraint(
            ["base_sitting_id"], ["sitting.id"], name=op.f("fk_opinion_request_base_sitting_id_sitting")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["plan_version.id"], name=op.f("fk_opinion_request_version_id_plan_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion_request")),
    )
    op.create_index(op.f("ix_opinion_request_version_id"), "opinion_request", ["version_id"], unique=False)

    op.create_table(
        "opinion_dissent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("noted_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_opinion_dissent_body_id_body")),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_opinion_dissent_poll_id_poll")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["opinion_request.id"], name=op.f("fk_opinion_dissent_request_id_opinion_request")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion_dissent")),
        sa.UniqueConstraint("poll_id", "body_id", name=op.f("uq_opinion_dissent_poll_id_body_id")),
    )
    op.create_index(op.f("ix_opinion_dissent_request_id"), "opinion_dissent", ["request_id"], unique=False)

    op.create_table(
        "opinion_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("opinion", "certificate", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("poll_id", sa.Integer(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("drawn_at", Instant(), nullable=False),
        sa.Column("drawn_by_id", sa.Integer(), nullable=True),
        sa.Column("transmitted_at", Instant(), nullable=True),
        sa.Column("transmitted_to", sa.String(length=200), nullable=False),
        sa.Column("transmitted_by", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "(kind = 'opinion') = (poll_id IS NOT NULL)", name=op.f("ck_opinion_document_opinion_has_poll")
        ),
        sa.CheckConstraint(
            "(transmitted_at IS NULL) = (transmitted_to = '')", name=op.f("ck_opinion_document_transmitted_to_somebody")
        ),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_opinion_document_fingerprint")),
        sa.ForeignKeyConstraint(["drawn_by_id"], ["person.id"], name=op.f("fk_opinion_document_drawn_by_id_person")),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_opinion_document_poll_id_poll")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["opinion_request.id"], name=op.f("fk_opinion_document_request_id_opinion_request")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion_document")),
        sa.UniqueConstraint("request_id", "number", name=op.f("uq_opinion_document_request_id_number")),
    )
    op.create_table(
        "opinion_override",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", Instant(), nullable=False),
        sa.CheckConstraint("asked_by_id <> confirmed_by_id", name=op.f("ck_opinion_override_two_persons")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_opinion_override_asked_by_id_person")),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["person.id"], name=op.f("fk_opinion_override_confirmed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["opinion_request.id"], name=op.f("fk_opinion_override_request_id_opinion_request")
        ),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_opinion_override")),
    )
    op.create_table(
        "opinion_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "favourable",
                "favourable_with_remarks",
                "contrary",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", Instant(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.Column("frozen_at", Instant(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.CheckConstraint(
            "(frozen_at IS NULL) = (sha256 IS NULL)", name=op.f("ck_opinion_text_frozen_has_fingerprint")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["opinion_request.id"], name=op.f("fk_opinion_text_request_id_opinion_request")
        ),
        sa.ForeignKeyConstraint(["written_by_id"], ["person.id"], name=op.f("fk_opinion_text_written_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion_text")),
        sa.UniqueConstraint("request_id", "number", name=op.f("uq_opinion_text_request_id_number")),
    )
    op.create_index(
        "uq_opinion_text_open",
        "opinion_text",
        ["request_id"],
        unique=True,
        sqlite_where=sa.text("frozen_at IS NULL"),
        postgresql_where=sa.text("frozen_at IS NULL"),
    )

    op.create_table(
        "opinion_poll",
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_opinion_poll_poll_id_poll")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["opinion_request.id"], name=op.f("fk_opinion_poll_request_id_opinion_request")
        ),
        sa.ForeignKeyConstraint(["text_id"], ["opinion_text.id"], name=op.f("fk_opinion_poll_text_id_opinion_text")),
        sa.PrimaryKeyConstraint("poll_id", name=op.f("pk_opinion_poll")),
    )
    op.create_index(op.f("ix_opinion_poll_request_id"), "opinion_poll", ["request_id"], unique=False)

    op.create_table(
        "opinion_remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column("paragraph_id", sa.Integer(), nullable=True),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(action_id IS NULL) <> (paragraph_id IS NULL)", name=op.f("ck_opinion_remark_one_target")),
        sa.ForeignKeyConstraint(
            ["action_id"], ["plan_action.id"], name=op.f("fk_opinion_remark_action_id_plan_action")
        ),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_opinion_remark_comment_id_comment")),
        sa.ForeignKeyConstraint(
            ["paragraph_id"], ["plan_paragraph.id"], name=op.f("fk_opinion_remark_paragraph_id_plan_paragraph")
        ),
        sa.ForeignKeyConstraint(["text_id"], ["opinion_text.id"], name=op.f("fk_opinion_remark_text_id_opinion_text")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion_remark")),
        sa.UniqueConstraint("text_id", "number", name=op.f("uq_opinion_remark_text_id_number")),
    )
    op.create_index(op.f("ix_opinion_remark_action_id"), "opinion_remark", ["action_id"], unique=False)
    op.create_index(op.f("ix_opinion_remark_comment_id"), "opinion_remark", ["comment_id"], unique=False)
    op.create_index(op.f("ix_opinion_remark_paragraph_id"), "opinion_remark", ["paragraph_id"], unique=False)

    op.create_table(
        "opinion_sitting",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("tied_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_opinion_sitting_item_id_agenda_item")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["opinion_request.id"], name=op.f("fk_opinion_sitting_request_id_opinion_request")
        ),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_opinion_sitting_sitting_id_sitting")),
        sa.PrimaryKeyConstraint("request_id", "sitting_id", name=op.f("pk_opinion_sitting")),
    )
    op.create_index(op.f("ix_opinion_sitting_sitting_id"), "opinion_sitting", ["sitting_id"], unique=False)


def downgrade() -> None:
    op.drop_table("opinion_sitting")
    op.drop_table("opinion_remark")
    op.drop_table("opinion_poll")
    op.drop_table("opinion_text")
    op.drop_table("opinion_override")
    op.drop_table("opinion_document")
    op.drop_table("opinion_dissent")
    op.drop_table("opinion_request")
