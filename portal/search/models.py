"""Tables of the index: made of other tables, and made again from them at any time."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.comments.models import Comment
from portal.db import Base, enum_of
from portal.plan.models import PlanVersion
from portal.search.rules import Kind


class Document(Base):
    """One text that can be found; a text of the plan belongs to a version, any other to a remark."""

    __tablename__ = "search_document"
    __table_args__ = (
        sa.UniqueConstraint("kind", "ref"),
        sa.CheckConstraint("(version_id IS NULL) <> (comment_id IS NULL)", name="one_owner"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Kind] = mapped_column(enum_of(Kind, "kind"))
    ref: Mapped[int]  # the row of the kind's own table
    version_id: Mapped[int | None] = mapped_column(sa.ForeignKey(PlanVersion.id), index=True)
    comment_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Comment.id, ondelete="CASCADE"), index=True)
    text_hash: Mapped[str] = mapped_column(sa.String(64))  # of the words that the postings were made of


class Posting(Base):
    """A term stands in a document and counts so much there."""

    __tablename__ = "search_posting"
    __table_args__ = {"sqlite_with_rowid": False}

    term: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    scope: Mapped[int] = mapped_column(sa.SmallInteger, primary_key=True, autoincrement=False)
    document_id: Mapped[int] = mapped_column(
        sa.ForeignKey(Document.id, ondelete="CASCADE"), primary_key=True, index=True, autoincrement=False
    )
    weight: Mapped[int] = mapped_column(sa.SmallInteger)
