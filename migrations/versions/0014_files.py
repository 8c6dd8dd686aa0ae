"""Attachments of remarks, files on their way, and letters registered on behalf of a body."""

import sqlalchemy as sa
from alembic import op

from portal.db import Instant

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stored_file",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("pdf", "png", "jpeg", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("stored_at", Instant(), nullable=False),
        sa.Column("unused_since", Instant(), nullable=True),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_stored_file_fingerprint")),
        sa.CheckConstraint("size > 0", name=op.f("ck_stored_file_not_empty")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_stored_file")),
    )
    op.create_table(
        "upload",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=60), nullable=False),
        sa.Column("client_key", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("touched_at", Instant(), nullable=False),
        sa.CheckConstraint("received >= 0 AND received <= size", name=op.f("ck_upload_within_size")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_upload_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
        sa.UniqueConstraint("person_id", "purpose", "client_key", name=op.f("uq_upload_person_id_purpose_client_key")),
    )
    op.create_table(
        "registration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "pec", "email", "post", "hand", name="channel", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("protocol_number", sa.String(length=60), nullable=False),
        sa.Column("protocol_date", sa.Date(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column(
            "signed_as",
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
                name="signed_as",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open", "registered", "discarded", name="state", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("client_key", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("saved_at", Instant(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(state = 'registered') = (submission_id IS NOT NULL)",
            name=op.f("ck_registration_registered_has_submission"),
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_registration_body_id_body")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_registration_consultation_id_consultation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_registration_person_id_person")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_registration_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
        sa.UniqueConstraint("person_id", "client_key", name=op.f("uq_registration_person_id_client_key")),
        sa.UniqueConstraint("submission_id", name=op.f("uq_registration_submission_id")),
    )
    op.create_index(op.f("ix_registration_body_id"), "registration", ["body_id"], unique=False)
    op.create_index(
        "uq_registration_protocol",
        "registration",
        ["consultation_id", "protocol_number", "protocol_date"],
        unique=True,
        sqlite_where=sa.text("state <> 'discarded'"),
        postgresql_where=sa.text("state <> 'discarded'"),
    )
    op.create_table(
        "comment_attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("client_key", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("added_at", Instant(), nullable=False),
        sa.Column("hidden_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_comment_attachment_comment_id_comment"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_comment_attachment_person_id_person")),
        sa.ForeignKeyConstraint(
            ["sha256"], ["stored_file.sha256"], name=op.f("fk_comment_attachment_sha256_stored_file")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_comment_attachment_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_attachment")),
        sa.UniqueConstraint("comment_id", "client_key", name=op.f("uq_comment_attachment_comment_id_client_key")),
        sa.UniqueConstraint("comment_id", "sha256", name=op.f("uq_comment_attachment_comment_id_sha256")),
    )
    op.create_index(op.f("ix_comment_attachment_sha256"), "comment_attachment", ["sha256"], unique=False)
    op.create_index(op.f("ix_comment_attachment_submission_id"), "comment_attachment", ["submission_id"], unique=False)
    op.create_table(
        "registration_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("client_key", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("added_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_registration_document_person_id_person")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_registration_document_registration_id_registration")
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["stored_file.sha256"], name=op.f("fk_registration_document_sha256_stored_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_document")),
        sa.UniqueConstraint(
            "registration_id", "client_key", name=op.f("uq_registration_document_registration_id_client_key")
        ),
        sa.UniqueConstraint("registration_id", "sha256", name=op.f("uq_registration_document_registration_id_sha256")),
    )
    op.create_index(op.f("ix_registration_document_sha256"), "registration_document", ["sha256"], unique=False)
    op.create_table(
        "registration_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
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
        sa.ForeignKeyConstraint(
            ["action_id"], ["plan_action.id"], name=op.f("fk_registration_point_action_id_plan_action")
        ),
        sa.ForeignKeyConstraint(
            ["paragraph_id"], ["plan_paragraph.id"], name=op.f("fk_registration_point_paragraph_id_plan_paragraph")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_registration_point_registration_id_registration")
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], ["plan_section.id"], name=op.f("fk_registration_point_section_id_plan_section")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_point")),
        sa.UniqueConstraint("registration_id", "position", name=op.f("uq_registration_point_registration_id_position")),
    )
    op.create_table(
        "registration_passage",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=True),
        sa.Column(
            "part",
            sa.Enum(
                "observation",
                "proposed_text",
                "reasons",
                name="part",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.CheckConstraint('"end" > start AND start >= 0', name=op.f("ck_registration_passage_range")),
        sa.CheckConstraint("(point_id IS NULL) = (part IS NULL)", name=op.f("ck_registration_passage_part_of_point")),
        sa.ForeignKeyConstraint(
            ["point_id"], ["registration_point.id"], name=op.f("fk_registration_passage_point_id_registration_point")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_registration_passage_registration_id_registration")
        ),
        sa.PrimaryKeyConstraint("registration_id", "start", name=op.f("pk_registration_passage")),
    )
    op.create_index(op.f("ix_registration_passage_point_id"), "registration_passage", ["point_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_registration_passage_point_id"), table_name="registration_passage")
    op.drop_table("registration_passage")
    op.drop_table("registration_point")
    op.drop_index(op.f("ix_registration_document_sha256"), table_name="registration_document")
    op.drop_table("registration_document")
    op.drop_index(op.f("ix_comment_attachment_submission_id"), table_name="comment_attachment")
    op.drop_index(op.f("ix_comment_attachment_sha256"), table_name="comment_attachment")
    op.drop_table("comment_attachment")
    op.drop_index(
        "uq_registration_protocol",
        table_name="registration",
        sqlite_where=sa.text("state <> 'discarded'"),
        postgresql_where=sa.text("state <> 'discarded'"),
    )
    op.drop_index(op.f("ix_registration_body_id"), table_name="registration")
    op.drop_table("registration")
    op.drop_table("upload")
    op.drop_table("stored_file")
