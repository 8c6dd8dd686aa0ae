"""Themes, saved views, mentions, drafts of answers, and remarks that ask the same."""

import sqlalchemy as sa
from alembic import op

from portal.db import Instant

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("filters", sa.JSON(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_saved_view_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint("person_id", "name", name=op.f("uq_saved_view_person_id_name")),
    )
    op.create_table(
        "tag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("retired_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["officer_id"], ["person.id"], name=op.f("fk_tag_officer_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag")),
        sa.UniqueConstraint("key", name=op.f("uq_tag_key")),
    )
    op.create_table(
        "duplicate_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_duplicate_group_consultation_id_consultation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duplicate_group")),
    )
    op.create_index(op.f("ix_duplicate_group_consultation_id"), "duplicate_group", ["consultation_id"], unique=False)
    op.create_table(
        "answer_draft",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "accepted",
                "partially_accepted",
                "not_accepted",
                "already_provided",
                "not_pertinent",
                "deferred_to_implementation",
                "noted",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("saved_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_answer_draft_comment_id_comment")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_answer_draft_person_id_person")),
        sa.PrimaryKeyConstraint("comment_id", "person_id", name=op.f("pk_answer_draft")),
    )
    op.create_index(op.f("ix_answer_draft_person_id"), "answer_draft", ["person_id"], unique=False)
    op.create_table(
        "answer_served",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("comment_id <> source_id", name=op.f("ck_answer_served_another")),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_answer_served_comment_id_comment")),
        sa.ForeignKeyConstraint(["source_id"], ["comment.id"], name=op.f("fk_answer_served_source_id_comment")),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_answer_served")),
    )
    op.create_index(op.f("ix_answer_served_source_id"), "answer_served", ["source_id"], unique=False)
    op.create_table(
        "comment_gram",
        sa.Column("gram", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_comment_gram_comment_id_comment")),
        sa.PrimaryKeyConstraint("gram", "comment_id", name=op.f("pk_comment_gram")),
    )
    op.create_index(op.f("ix_comment_gram_comment_id"), "comment_gram", ["comment_id"], unique=False)
    op.create_table(
        "comment_print",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_comment_print_comment_id_comment")),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_comment_print")),
        sa.UniqueConstraint("number", name=op.f("uq_comment_print_number")),
    )
    op.create_index(op.f("ix_comment_print_digest"), "comment_print", ["digest"], unique=False)
    op.create_table(
        "comment_tag",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_comment_tag_comment_id_comment")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_comment_tag_person_id_person")),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"], name=op.f("fk_comment_tag_tag_id_tag")),
        sa.PrimaryKeyConstraint("comment_id", "tag_id", name=op.f("pk_comment_tag")),
    )
    op.create_index(op.f("ix_comment_tag_tag_id"), "comment_tag", ["tag_id"], unique=False)
    op.create_table(
        "duplicate_member",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column(
            "how",
            sa.Enum("exact", "confirmed", name="how", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("(how = 'exact') = (person_id IS NULL)", name=op.f("ck_duplicate_member_person_confirms")),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_duplicate_member_comment_id_comment")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["duplicate_group.id"], name=op.f("fk_duplicate_member_group_id_duplicate_group")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_duplicate_member_person_id_person")),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_duplicate_member")),
    )
    op.create_index(op.f("ix_duplicate_member_group_id"), "duplicate_member", ["group_id"], unique=False)
    op.create_table(
        "similar_pair",
        sa.Column("low_id", sa.Integer(), nullable=False),
        sa.Column("high_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column(
            "standing",
            sa.Enum(
                "proposed", "same", "different", name="standing", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "(standing = 'proposed') = (person_id IS NULL)", name=op.f("ck_similar_pair_person_decides")
        ),
        sa.CheckConstraint("low_id < high_id", name=op.f("ck_similar_pair_in_order")),
        sa.ForeignKeyConstraint(["high_id"], ["comment.id"], name=op.f("fk_similar_pair_high_id_comment")),
        sa.ForeignKeyConstraint(["low_id"], ["comment.id"], name=op.f("fk_similar_pair_low_id_comment")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_similar_pair_person_id_person")),
        sa.PrimaryKeyConstraint("low_id", "high_id", name=op.f("pk_similar_pair")),
    )
    op.create_index(op.f("ix_similar_pair_high_id"), "similar_pair", ["high_id"], unique=False)
    op.create_index("ix_similar_pair_standing", "similar_pair", ["standing", "low_id", "high_id"], unique=False)
    op.create_table(
        "note_mention",
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["note_id"], ["internal_note.id"], name=op.f("fk_note_mention_note_id_internal_note")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_note_mention_person_id_person")),
        sa.PrimaryKeyConstraint("note_id", "person_id", name=op.f("pk_note_mention")),
    )
    op.create_index(op.f("ix_note_mention_person_id"), "note_mention", ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_note_mention_person_id"), table_name="note_mention")
    op.drop_table("note_mention")
    op.drop_index("ix_similar_pair_standing", table_name="similar_pair")
    op.drop_index(op.f("ix_similar_pair_high_id"), table_name="similar_pair")
    op.drop_table("similar_pair")
    op.drop_index(op.f("ix_duplicate_member_group_id"), table_name="duplicate_member")
    op.drop_table("duplicate_member")
    op.drop_index(op.f("ix_comment_tag_tag_id"), table_name="comment_tag")
    op.drop_table("comment_tag")
    op.drop_index(op.f("ix_comment_print_digest"), table_name="comment_print")
    op.drop_table("comment_print")
    op.drop_index(op.f("ix_comment_gram_comment_id"), table_name="comment_gram")
    op.drop_table("comment_gram")
    op.drop_index(op.f("ix_answer_served_source_id"), table_name="answer_served")
    op.drop_table("answer_served")
    op.drop_index(op.f("ix_answer_draft_person_id"), table_name="answer_draft")
    op.drop_table("answer_draft")
    op.drop_index(op.f("ix_duplicate_group_consultation_id"), table_name="duplicate_group")
    op.drop_table("duplicate_group")
    op.drop_table("tag")
    op.drop_table("saved_view")
