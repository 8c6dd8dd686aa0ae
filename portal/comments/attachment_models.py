"""The table of what is attached to remarks."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Instant


class Attachment(Base):
    """A file that goes with one remark, under the name its author gave it."""

    __tablename__ = "comment_attachment"
    __table_args__ = (
        sa.UniqueConstraint("comment_id", "sha256"),
        sa.UniqueConstraint("comment_id", "client_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(sa.ForeignKey("comment.id", ondelete="CASCADE"))
    submission_id: Mapped[int] = mapped_column(sa.ForeignKey("submission.id"), index=True)
    sha256: Mapped[str] = mapped_column(sa.ForeignKey("stored_file.sha256"), index=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    client_key: Mapped[str] = mapped_column(sa.String(64))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    added_at: Mapped[datetime] = mapped_column(Instant)
    hidden_at: Mapped[datetime | None] = mapped_column(Instant)  # since when only author and secretariat may have it
