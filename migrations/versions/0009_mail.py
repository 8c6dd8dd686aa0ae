"""Mail in full: what bounced, addresses that do not work, timers, the choice of each reader, what is new to whom."""

import sqlalchemy as sa
from alembic import op

from portal.db import Instant

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_PACE = sa.Enum("at_once", "daily", "never", name="news", native_enum=False, create_constraint=True, length=40)
_NEWS = sa.Enum("remark", "answer", name="kind", native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "mail_bounce",
        sa.Column("mail_id", sa.Integer(), nullable=False),
        sa.Column("bounced_at", Instant(), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["mail_id"], ["mail.id"], name=op.f("fk_mail_bounce_mail_id_mail"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("mail_id", name=op.f("pk_mail_bounce")),
    )
    op.create_table(
        "mail_address",
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("bounced_at", Instant(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_mail_address")),
    )
    op.create_table(
        "timer",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("last_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_timer")),
    )
    op.create_table(
        "mail_choice",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("news", _PACE, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mail_choice_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_mail_choice")),
    )
    op.create_table(
        "news_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("kind", _NEWS, nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("mail_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_news_item_comment_id_comment")),
        sa.ForeignKeyConstraint(["entry_id"], ["journal_entry.id"], name=op.f("fk_news_item_entry_id_journal_entry")),
        sa.ForeignKeyConstraint(["mail_id"], ["mail.id"], name=op.f("fk_news_item_mail_id_mail"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_news_item_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_news_item")),
        sa.UniqueConstraint(
            "person_id", "entry_id", "comment_id", name=op.f("uq_news_item_person_id_entry_id_comment_id")
        ),
    )
    op.create_index(op.f("ix_news_item_mail_id"), "news_item", ["mail_id"], unique=False)
    op.create_index(op.f("ix_news_item_comment_id"), "news_item", ["comment_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_news_item_comment_id"), table_name="news_item")
    op.drop_index(op.f("ix_news_item_mail_id"), table_name="news_item")
    op.drop_table("news_item")
    op.drop_table("mail_choice")
    op.drop_table("timer")
    op.drop_table("mail_address")
    op.drop_table("mail_bounce")
