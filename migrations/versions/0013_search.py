"""The index of the search: documents and the terms that stand in them."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "search_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "section",
                "action",
                "paragraph",
                "remark",
                "answer",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("ref", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("comment_id", sa.Integer(), nullable=True),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("(version_id IS NULL) <> (comment_id IS NULL)", name=op.f("ck_search_document_one_owner")),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_search_document_comment_id_comment"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["plan_version.id"], name=op.f("fk_search_document_version_id_plan_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_document")),
        sa.UniqueConstraint("kind", "ref", name=op.f("uq_search_document_kind_ref")),
    )
    op.create_index(op.f("ix_search_document_comment_id"), "search_document", ["comment_id"])
    op.create_index(op.f("ix_search_document_version_id"), "search_document", ["version_id"])
    op.create_table(
        "search_posting",
        sa.Column("term", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("scope", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("document_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("weight", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["search_document.id"],
            name=op.f("fk_search_posting_document_id_search_document"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("term", "scope", "document_id", name=op.f("pk_search_posting")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_search_posting_document_id"), "search_posting", ["document_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_search_posting_document_id"), table_name="search_posting")
    op.drop_table("search_posting")
    op.drop_index(op.f("ix_search_document_version_id"), table_name="search_document")
    op.drop_index(op.f("ix_search_document_comment_id"), table_name="search_document")
    op.drop_table("search_document")
