"""Tables of the Forum's votes, the families on their rolls, and notes of dissent with those who signed them."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Instant, enum_of
from portal.kernel.offices import ForumCategory
from portal.opinions.adoption.rules import Result
from portal.opinions.amending.models import Amendment


class ForumVote(Base):
    """One poll about one amendment, or about the final text; how it is carried over is written once."""

    __tablename__ = "forum_vote"
    __table_args__ = (
        sa.CheckConstraint("call BETWEEN 1 AND 2", name="call_range"),
        sa.CheckConstraint("length(text_sha256) = 64", name="fingerprint"),
        sa.CheckConstraint("(closes_at IS NULL) = (opens_at IS NULL)", name="term_is_whole"),
        sa.CheckConstraint("closes_at IS NULL OR closes_at > opens_at", name="term_in_order"),
        sa.CheckConstraint("sitting_id IS NULL OR closes_at IS NULL", name="sitting_or_term"),
        sa.CheckConstraint("(carried_at IS NULL) = (result IS NULL)", name="result_has_instant"),
        sa.CheckConstraint("dissent_until IS NULL OR amendment_id IS NULL", name="dissent_of_final_text"),
        sa.CheckConstraint(
            "minority_numerator >= 1 AND minority_denominator >= minority_numerator", name="minority_share"
        ),
    )

    poll_id: Mapped[int] = mapped_column(sa.ForeignKey("poll.id"), primary_key=True, autoincrement=False)
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("opinion_request.id"), index=True)
    amendment_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Amendment.id), index=True)  # none: the final text
    call: Mapped[int]
    sitting_id: Mapped[int | None] = mapped_column(sa.ForeignKey("sitting.id"), index=True)
    opens_at: Mapped[datetime | None] = mapped_column(Instant)  # without a sitting: from when until when
    closes_at: Mapped[datetime | None] = mapped_column(Instant)
    text_sha256: Mapped[str] = mapped_column(sa.String(64))  # of what is voted on
    result: Mapped[Result | None] = mapped_column(enum_of(Result, "result"))
    carried_at: Mapped[datetime | None] = mapped_column(Instant)
    dissent_until: Mapped[datetime | None] = mapped_column(Instant)
    minority_numerator: Mapped[int]
    minority_denominator: Mapped[int]


class ForumVoteSeat(Base):
    """The family of a seat on a vote's roll, as it was when the vote was prepared."""

    __tablename__ = "forum_vote_seat"

    seat_id: Mapped[int] = mapped_column(sa.ForeignKey("poll_seat.id"), primary_key=True, autoincrement=False)
    poll_id: Mapped[int] = mapped_column(sa.ForeignKey("forum_vote.poll_id"), index=True)
    category: Mapped[ForumCategory] = mapped_column(enum_of(ForumCategory, "category"))


class DissentNote(Base):
    """What an organisation has to say against the opinion; once sealed it does not change."""

    __tablename__ = "dissent_note"
    __table_args__ = (
        sa.UniqueConstraint("poll_id", "body_id"),
        sa.CheckConstraint("length(sha256) = 64", name="fingerprint"),
        sa.CheckConstraint("(sealed_at IS NULL) = (is_minority IS NULL)", name="sealed_is_judged"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    poll_id: Mapped[int] = mapped_column(sa.ForeignKey("forum_vote.poll_id"))
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"))
    text: Mapped[str] = mapped_column(sa.Text)
    sha256: Mapped[str] = mapped_column(sa.String(64))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    mandate_id: Mapped[int] = mapped_column(sa.ForeignKey("mandate.id"))
    written_at: Mapped[datetime] = mapped_column(Instant)
    sealed_at: Mapped[datetime | None] = mapped_column(Instant)
    is_minority: Mapped[bool | None]


class DissentSigner(Base):
    """An organisation that stands behind a note; whoever wrote it is the first."""

    __tablename__ = "dissent_signer"

    note_id: Mapped[int] = mapped_column(sa.ForeignKey("dissent_note.id"), primary_key=True)
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    mandate_id: Mapped[int] = mapped_column(sa.ForeignKey("mandate.id"))
    signed_at: Mapped[datetime] = mapped_column(Instant)
