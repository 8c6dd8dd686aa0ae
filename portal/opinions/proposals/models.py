"""Tables of proposals to the Council, of the Forum's document with its items, and of what the plan answers to them."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Instant, enum_of
from portal.opinions.proposals.rules import Answer, Degree

_OPEN = sa.text("adopted_at IS NULL")
_NOWHERE = sa.text("action_id IS NULL")


class Proposal(Base):
    """What the Forum asks the Council to decide (art. 14 c.2)."""

    __tablename__ = "forum_proposal"
    __table_args__ = (
        sa.CheckConstraint("length(text_hash) = 64", name="fingerprint"),
        sa.CheckConstraint("(sent_on IS NULL) = (sent_register = '')", name="sent_with_number"),
        sa.CheckConstraint("(sent_on IS NULL) = (agenda_months IS NULL)", name="sent_has_terms"),
        sa.CheckConstraint("sent_on IS NULL OR approved_at IS NOT NULL", name="approved_before_sent"),
        sa.CheckConstraint("agenda_on IS NULL OR sent_on IS NOT NULL", name="sent_before_agenda"),
        sa.CheckConstraint("decided_on IS NULL OR agenda_on IS NOT NULL", name="agenda_before_decision"),
        sa.CheckConstraint("(decided_on IS NULL) = (answer IS NULL)", name="decision_is_whole"),
        sa.CheckConstraint("decided_on IS NULL OR withdrawn_at IS NULL", name="one_ending"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # the number everybody knows it by
    forum_id: Mapped[int] = mapped_column(sa.ForeignKey("forum.id"), index=True)
    body_id: Mapped[int | None] = mapped_column(sa.ForeignKey("body.id"), index=True)  # none: the Forum's secretary
    title: Mapped[str] = mapped_column(sa.String(200))
    text: Mapped[str] = mapped_column(sa.Text)
    reason: Mapped[str] = mapped_column(sa.Text)
    text_hash: Mapped[str] = mapped_column(sa.String(64))
    written_at: Mapped[datetime] = mapped_column(Instant)
    changed_at: Mapped[datetime] = mapped_column(Instant)
    written_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    approved_at: Mapped[datetime | None] = mapped_column(Instant)
    approved_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    poll_id: Mapped[int | None] = mapped_column(sa.ForeignKey("poll.id"))  # the Forum's vote, if there was one
    sent_on: Mapped[date | None]
    sent_register: Mapped[str] = mapped_column(sa.String(60), default="")
    sent_at: Mapped[datetime | None] = mapped_column(Instant)  # when that was written down
    agenda_months: Mapped[int | None]  # the terms in force on the day it was sent
    decision_months: Mapped[int | None]
    agenda_on: Mapped[date | None]
    agenda_reference: Mapped[str] = mapped_column(sa.String(200), default="")
    agenda_sitting_id: Mapped[int | None] = mapped_column(sa.ForeignKey("sitting.id"))
    decided_on: Mapped[date | None]
    answer: Mapped[Answer | None] = mapped_column(enum_of(Answer, "answer"))
    decision_reason: Mapped[str] = mapped_column(sa.Text, default="")
    decision_act: Mapped[str] = mapped_column(sa.String(200), default="")
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_reason: Mapped[str] = mapped_column(sa.Text, default="")


class ProposalSupport(Base):
    """An organisation supports a proposal as it was worded then."""

    __tablename__ = "forum_proposal_support"

    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("forum_proposal.id"), primary_key=True)
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), primary_key=True, index=True)
    text_hash: Mapped[str] = mapped_column(sa.String(64))
    given_at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))


class Paper(Base):
    """A version of the Forum's document; adopted, nothing of it changes (art. 14 c.3)."""

    __tablename__ = "forum_paper"
    __table_args__ = (
        sa.UniqueConstraint("forum_id", "number"),
        sa.Index("uq_forum_paper_open", "forum_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        sa.CheckConstraint("(adopted_at IS NULL) = (sha256 IS NULL)", name="adopted_has_fingerprint"),
        sa.CheckConstraint("(adopted_at IS NULL) = (adopted_on IS NULL)", name="adopted_has_day"),
        sa.CheckConstraint("adopted_at IS NULL OR act <> '' OR poll_id IS NOT NULL", name="adopted_by_something"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(sa.ForeignKey("forum.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(200))
    preamble: Mapped[str] = mapped_column(sa.Text, default="")
    begun_at: Mapped[datetime] = mapped_column(Instant)
    changed_at: Mapped[datetime] = mapped_column(Instant)
    begun_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    adopted_on: Mapped[date | None]
    adopted_at: Mapped[datetime | None] = mapped_column(Instant)
    act: Mapped[str] = mapped_column(sa.String(200), default="")
    poll_id: Mapped[int | None] = mapped_column(sa.ForeignKey("poll.id"))
    sha256: Mapped[str | None] = mapped_column(sa.String(64))


class PaperItem(Base):
    """A numbered item; `key` is the same in every version that keeps it."""

    __tablename__ = "forum_paper_item"
    __table_args__ = (sa.UniqueConstraint("paper_id", "number"), sa.UniqueConstraint("paper_id", "key"))

    id: Mapped[int] = mapped_column(primary_key=True)
    paper_id: Mapped[int] = mapped_column(sa.ForeignKey("forum_paper.id"))
    number: Mapped[int]
    key: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(200))
    text: Mapped[str] = mapped_column(sa.Text)
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    axis_code: Mapped[str] = mapped_column(sa.String(40), default="")
    axis_title: Mapped[str] = mapped_column(sa.String(300), default="")


class Coverage(Base):
    """How far an action of a version of the plan answers to an item; without an action: why none does."""

    __tablename__ = "forum_coverage"
    __table_args__ = (
        sa.UniqueConstraint("item_id", "action_id"),
        sa.Index(
            "uq_forum_coverage_none",
            "item_id",
            "version_id",
            unique=True,
            sqlite_where=_NOWHERE,
            postgresql_where=_NOWHERE,
        ),
        sa.CheckConstraint("(degree = 'not_covered') = (action_id IS NULL)", name="degree_fits"),
        sa.CheckConstraint("degree = 'covered' OR reason <> ''", name="reason_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("forum_paper_item.id"))
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("plan_version.id"), index=True)
    action_id: Mapped[int | None] = mapped_column(sa.ForeignKey("plan_action.id"), index=True)
    degree: Mapped[Degree] = mapped_column(enum_of(Degree, "degree"))
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    said_at: Mapped[datetime] = mapped_column(Instant)
    said_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
