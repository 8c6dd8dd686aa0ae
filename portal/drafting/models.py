"""Tables of answers."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.comments.models import Comment
from portal.db import Base, Instant, enum_of
from portal.drafting.rules import AnswerState, Outcome


class Answer(Base):
    """The answer to one remark."""

    __tablename__ = "answer"
    __table_args__ = (
        sa.CheckConstraint("state = 'assigned' OR (outcome IS NOT NULL AND text <> '')", name="proposed_has_text"),
        sa.CheckConstraint(
            "state NOT IN ('approved','published') OR approved_by_id <> proposed_by_id", name="two_persons"
        ),
        sa.CheckConstraint("(state = 'published') = (published_at IS NOT NULL)", name="published_has_instant"),
        sa.Index("ix_answer_state_officer", "state", "officer_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(sa.ForeignKey("comment.id"), unique=True)
    officer_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    state: Mapped[AnswerState] = mapped_column(enum_of(AnswerState, "state"), default=AnswerState.ASSIGNED)
    outcome: Mapped[Outcome | None] = mapped_column(enum_of(Outcome, "outcome"))
    text: Mapped[str] = mapped_column(sa.Text, default="")
    revision: Mapped[int] = mapped_column(default=0)
    proposed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    proposed_at: Mapped[datetime | None] = mapped_column(Instant)
    approved_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    approved_at: Mapped[datetime | None] = mapped_column(Instant)
    published_at: Mapped[datetime | None] = mapped_column(Instant)

    comment: Mapped[Comment] = relationship()
    officer: Mapped[Person] = relationship(foreign_keys=[officer_id])


class AnswerRevision(Base):
    """Each wording of an answer that was put forward, kept for ever."""

    __tablename__ = "answer_revision"
    __table_args__ = (sa.UniqueConstraint("answer_id", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int] = mapped_column(sa.ForeignKey("answer.id"))
    revision: Mapped[int]
    outcome: Mapped[Outcome] = mapped_column(enum_of(Outcome, "outcome"))
    text: Mapped[str] = mapped_column(sa.Text)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Instant)


class InternalNote(Base):
    """What colleagues write to each other about a remark."""

    __tablename__ = "internal_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(sa.ForeignKey("comment.id"), index=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(sa.Text)
    at: Mapped[datetime] = mapped_column(Instant)

    person: Mapped[Person] = relationship()
