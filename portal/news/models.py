"""The table of news."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Instant, enum_of
from portal.news.rules import NewsKind


class NewsItem(Base):
    """One thing that became public and concerns one reader; with the letter that told of it, once there is one."""

    __tablename__ = "news_item"
    __table_args__ = (sa.UniqueConstraint("person_id", "entry_id", "comment_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    comment_id: Mapped[int] = mapped_column(sa.ForeignKey("comment.id"), index=True)
    kind: Mapped[NewsKind] = mapped_column(enum_of(NewsKind, "kind"))
    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("journal_entry.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    mail_id: Mapped[int | None] = mapped_column(sa.ForeignKey("mail.id", ondelete="CASCADE"), index=True)
