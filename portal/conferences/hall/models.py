"""Tables of the hall: calls held, items taken up, presence, roll calls, incidents, screens, acts to take back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.conferences.hall.rules import (
    ClaimState,
    IncidentKind,
    ItemState,
    Outcome,
    RollKind,
    Shows,
    Source,
    Theme,
    Way,
)
from portal.db import Base, Instant, enum_of

_OPEN = sa.text("until_at IS NULL")
_RUNNING = sa.text("ended_at IS NULL")
_WAITING = sa.text("state = 'waiting'")
_CALL = ["sitting_call.sitting_id", "sitting_call.number"]


def _one(name: str, *columns: str, where: sa.TextClause) -> sa.Index:
    """At most one row for these columns while the condition holds."""
    return sa.Index(name, *columns, unique=True, sqlite_where=where, postgresql_where=where)


class Held(Base):
    """A call that came to its hour: when the roll was called, when the session ran, and what became of it."""

    __tablename__ = "sitting_held"
    __table_args__ = (
        sa.ForeignKeyConstraint(["sitting_id", "call"], _CALL),
        sa.CheckConstraint("(outcome IS NULL) = (ended_at IS NULL)", name="outcome_has_instant"),
        sa.CheckConstraint("outcome IS NULL OR outcome <> 'held' OR opened_at IS NOT NULL", name="held_was_opened"),
    )

    sitting_id: Mapped[int] = mapped_column(sa.ForeignKey("sitting.id"), primary_key=True)
    call: Mapped[int] = mapped_column(primary_key=True)
    begun_at: Mapped[datetime] = mapped_column(Instant)  # the roll call
    opened_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    outcome: Mapped[Outcome | None] = mapped_column(enum_of(Outcome, "outcome"))
    chair: Mapped[str] = mapped_column(sa.String(200), default="")
    secretary: Mapped[str] = mapped_column(sa.String(200), default="")


class Suspension(Base):
    """A stretch in which the session stood still."""

    __tablename__ = "sitting_suspension"
    __table_args__ = (_one("uq_sitting_suspension_running", "sitting_id", where=_RUNNING),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[int] = mapped_column(sa.ForeignKey("sitting.id"), index=True)
    call: Mapped[int]
    began_at: Mapped[datetime] = mapped_column(Instant)
    resumes_at: Mapped[datetime | None] = mapped_column(Instant)  # as announced
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    reason: Mapped[str] = mapped_column(sa.Text)


class ItemCourse(Base):
    """Where an item stands, and in which turn it is taken; what was announced does not change."""

    __tablename__ = "item_course"

    item_id: Mapped[int] = mapped_column(sa.ForeignKey("agenda_item.id"), primary_key=True)
    sitting_id: Mapped[int] = mapped_column(sa.ForeignKey("sitting.id"), index=True)
    turn: Mapped[int]
    state: Mapped[ItemState] = mapped_column(enum_of(ItemState, "state"), default=ItemState.PENDING)
    conclusion: Mapped[str] = mapped_column(sa.Text, default="")
    queue_open: Mapped[bool] = mapped_column(default=True)


class ItemSpell(Base):
    """A stretch in which an item was in discussion."""

    __tablename__ = "item_spell"
    __table_args__ = (_one("uq_item_spell_running", "sitting_id", where=_RUNNING),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[int] = mapped_column(sa.ForeignKey("sitting.id"), index=True)
    call: Mapped[int]
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("agenda_item.id"), index=True)
    began_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)


class Presence(Base):
    """An interval in which somebody was there for a seat; one open interval for a seat, and one for a person."""

    __tablename__ = "presence"
    __table_args__ = (
        _one("uq_presence_open_seat", "seat_id", where=_OPEN),
        _one("uq_presence_open_person", "sitting_id", "person_id", where=_OPEN),
        sa.CheckConstraint("until_at IS NULL OR until_at >= from_at", name="ends_after_it_begins"),
        sa.CheckConstraint("(until_at IS NULL) = (left_by IS NULL)", name="end_has_source"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[int] = mapped_column(sa.ForeignKey("sitting.id"), index=True)
    call: Mapped[int]
    seat_id: Mapped[int] = mapped_column(sa.ForeignKey("sitting_seat.id"))
    accreditation_id: Mapped[int] = mapped_column(sa.ForeignKey("accreditation.id"), index=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    way: Mapped[Way] = mapped_column(enum_of(Way, "way"))
    came_by: Mapped[Source] = mapped_column(enum_of(Source, "came_by"))
    left_by: Mapped[Source | None] = mapped_column(enum_of(Source, "left_by"))
    from_at: Mapped[datetime] = mapped_column(Instant)
    until_at: Mapped[datetime | None] = mapped_column(Instant)
    entered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    ended_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))


class PresenceClaim(Base):
    """Somebody says to be in the room; the desk looks and confirms."""

    __tablename__ = "presence_claim"
    __table_args__ = (_one("uq_presence_claim_waiting", "accreditation_id", where=_WAITING),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[int] = mapped_column(sa.ForeignKey("sitting.id"), index=True)
    accreditation_id: Mapped[int] = mapped_column(sa.ForeignKey("accreditation.id"))
    state: Mapped[ClaimState] = mapped_column(enum_of(ClaimState, "state"), default=ClaimState.WAITING)
    claimed_at: Mapped[datetime] = mapped_column(Instant)
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(sa.Text, default="")


class RollCall(Base):
    """The seats called one by one, and what was counted at the end."""

    __tablename__ = "roll_call"
    __table_args__ = (
        sa.UniqueConstraint("sitting_id", "number"),
        _one("uq_roll_call_running", "sitting_id", where=_RUNNING),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[int] = mapped_column(sa.ForeignKey("sitting.id"))
    call: Mapped[int]
    number: Mapped[int]
    kind: Mapped[RollKind] = mapped_column(enum_of(RollKind, "kind"))
    begun_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    present: Mapped[int | None]
    seats: Mapped[int | None]
    present_population: Mapped[int | None]
    population: Mapped[int | None]
    needed: Mapped[int | None]  # seats; empty where the rule set needs no number
    met: Mapped[bool | None]


class RollAnswer(Base):
    """What a seat answered to a roll call."""

    __tablename__ = "roll_answer"

    roll_call_id: Mapped[int] = mapped_column(sa.ForeignKey("roll_call.id"), primary_key=True)
    seat_id: Mapped[int] = mapped_column(sa.ForeignKey("sitting_seat.id"), primary_key=True, index=True)
    present: Mapped[bool]
    answered_at: Mapped[datetime] = mapped_column(Instant)


class Incident(Base):
    """Something that disturbed the sitting, for the minutes."""

    __tablename__ = "sitting_incident"

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[int] = mapped_column(sa.ForeignKey("sitting.id"), index=True)
    call: Mapped[int]
    item_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agenda_item.id"))
    kind: Mapped[IncidentKind] = mapped_column(enum_of(IncidentKind, "kind"))
    text: Mapped[str] = mapped_column(sa.Text)
    noted_at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))


class HallAct(Base):
    """An act that can be taken back for some seconds, with what is needed to go back."""

    __tablename__ = "hall_act"
    __table_args__ = (sa.UniqueConstraint("sitting_id", "seq"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[int] = mapped_column(sa.ForeignKey("sitting.id"))
    seq: Mapped[int]  # the entry of the stream that the act left
    kind: Mapped[str] = mapped_column(sa.String(40))
    before: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    done_at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    undone_at: Mapped[datetime | None] = mapped_column(Instant)


class HallScreen(Base):
    """A hall's screen, and what it shows; unless told otherwise it follows the item in discussion."""

    __tablename__ = "hall_screen"
    __table_args__ = (sa.UniqueConstraint("sitting_id", "hall"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[int] = mapped_column(sa.ForeignKey("sitting.id"))
    hall: Mapped[int]
    label: Mapped[str] = mapped_column(sa.String(100))
    theme: Mapped[Theme] = mapped_column(enum_of(Theme, "theme"), default=Theme.LIGHT)
    follows: Mapped[bool] = mapped_column(default=True)
    shows: Mapped[Shows] = mapped_column(enum_of(Shows, "shows"), default=Shows.WAITING)
    item_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agenda_item.id"))
    action_id: Mapped[int | None] = mapped_column(sa.ForeignKey("plan_action.id"))
    paragraph: Mapped[str] = mapped_column(sa.String(60), default="")  # the key that every version keeps
    comment_id: Mapped[int | None] = mapped_column(sa.ForeignKey("comment.id"))
    poll_id: Mapped[int | None] = mapped_column(sa.ForeignKey("poll.id"))
    round_id: Mapped[int | None] = mapped_column(sa.ForeignKey("indication_round.id"))
    message: Mapped[str] = mapped_column(sa.String(200), default="")
    token_hash: Mapped[str | None] = mapped_column(sa.String(64), unique=True)  # opens this screen and nothing else
    shown_at: Mapped[datetime] = mapped_column(Instant)
