"""Tables of answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.comments.models import Comment
from portal.db import Base, Instant, enum_of
from portal.drafting.rules import AnswerState, Found, Outcome, Standing


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


class NoteMention(Base):
    """A colleague whom a note calls."""

    __tablename__ = "note_mention"

    note_id: Mapped[int] = mapped_column(sa.ForeignKey("internal_note.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), primary_key=True, index=True)


class AnswerDraft(Base):
    """What somebody is writing and has not put forward: theirs alone, over the revision they saw."""

    __tablename__ = "answer_draft"

    comment_id: Mapped[int] = mapped_column(sa.ForeignKey("comment.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), primary_key=True, index=True)
    outcome: Mapped[Outcome | None] = mapped_column(enum_of(Outcome, "outcome"))
    text: Mapped[str] = mapped_column(sa.Text)
    revision: Mapped[int]
    saved_at: Mapped[datetime] = mapped_column(Instant)


class AnswerServed(Base):
    """A remark of a group whose answer is that of another of its members."""

    __tablename__ = "answer_served"
    __table_args__ = (sa.CheckConstraint("comment_id <> source_id", name="another"),)

    comment_id: Mapped[int] = mapped_column(sa.ForeignKey("comment.id"), primary_key=True)
    source_id: Mapped[int] = mapped_column(sa.ForeignKey("comment.id"), index=True)
    at: Mapped[datetime] = mapped_column(Instant)


class Tag(Base):
    """A theme of the drafting team, with the officer who deals with it."""

    __tablename__ = "tag"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(60))
    key: Mapped[str] = mapped_column(sa.String(60), unique=True)  # the name in small letters
    officer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    made_at: Mapped[datetime] = mapped_column(Instant)
    retired_at: Mapped[datetime | None] = mapped_column(Instant)  # not offered any more; what carries it keeps it


class CommentTag(Base):
    """A remark under a theme."""

    __tablename__ = "comment_tag"

    comment_id: Mapped[int] = mapped_column(sa.ForeignKey("comment.id"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(sa.ForeignKey("tag.id"), primary_key=True, index=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Instant)


class SavedView(Base):
    """Filters of the table under a name: of one person, or shared by the lead with everybody there."""

    __tablename__ = "saved_view"
    __table_args__ = (sa.UniqueConstraint("person_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(sa.String(60))
    filters: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    shared: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime] = mapped_column(Instant)


class CommentPrint(Base):
    """The words of a remark as one hash: equal where two say the same in the same words."""

    __tablename__ = "comment_print"

    comment_id: Mapped[int] = mapped_column(sa.ForeignKey("comment.id"), primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)  # the remark's: those above the highest have not been compared
    digest: Mapped[str] = mapped_column(sa.String(64), index=True)
    at: Mapped[datetime] = mapped_column(Instant)


class CommentGram(Base):
    """One hash of a remark's sketch: remarks that share many are worth comparing."""

    __tablename__ = "comment_gram"

    gram: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(sa.ForeignKey("comment.id"), primary_key=True, index=True)


class SimilarPair(Base):
    """Two remarks that are alike, and what an officer said of them."""

    __tablename__ = "similar_pair"
    __table_args__ = (
        sa.CheckConstraint("low_id < high_id", name="in_order"),
        sa.CheckConstraint("(standing = 'proposed') = (person_id IS NULL)", name="person_decides"),
        sa.Index("ix_similar_pair_standing", "standing", "low_id", "high_id"),
    )

    low_id: Mapped[int] = mapped_column(sa.ForeignKey("comment.id"), primary_key=True)
    high_id: Mapped[int] = mapped_column(sa.ForeignKey("comment.id"), primary_key=True, index=True)
    score: Mapped[int]  # thousandths
    standing: Mapped[Standing] = mapped_column(enum_of(Standing, "standing"), default=Standing.PROPOSED)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Instant)


class DuplicateGroup(Base):
    """Remarks that ask the same: each of them stays, with its body, its number and its link."""

    __tablename__ = "duplicate_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(sa.ForeignKey("consultation.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(Instant)


class DuplicateMember(Base):
    """A remark of a group."""

    __tablename__ = "duplicate_member"
    __table_args__ = (sa.CheckConstraint("(how = 'exact') = (person_id IS NULL)", name="person_confirms"),)

    comment_id: Mapped[int] = mapped_column(sa.ForeignKey("comment.id"), primary_key=True)
    group_id: Mapped[int] = mapped_column(sa.ForeignKey("duplicate_group.id"), index=True)
    how: Mapped[Found] = mapped_column(enum_of(Found, "how"))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Instant)
