"""Tables of rule sets, polls, rolls and ballots."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Instant, enum_of
from portal.kernel.offices import Office
from portal.voting.rules import Channel, Choice, Electorate, Matter, Mode, PollState, SeatPresence


class RuleSetRow(Base):
    """How one matter of one body is decided; its conditions are in its versions."""

    __tablename__ = "voting_rule_set"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(20), unique=True)
    matter: Mapped[Matter] = mapped_column(enum_of(Matter, "matter"), unique=True)
    electorate: Mapped[Electorate] = mapped_column(enum_of(Electorate, "electorate"))


class RuleSetVersion(Base):
    """The conditions of a rule set from a day on; none is ever changed or removed."""

    __tablename__ = "voting_rule_set_version"
    __table_args__ = (
        sa.UniqueConstraint("rule_set_id", "number"),
        sa.CheckConstraint("number >= 1", name="number_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rule_set_id: Mapped[int] = mapped_column(sa.ForeignKey("voting_rule_set.id"))
    number: Mapped[int]
    valid_from: Mapped[date]
    definition: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    legal_basis: Mapped[str] = mapped_column(sa.String(300))
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    mandate_id: Mapped[int | None] = mapped_column(sa.ForeignKey("mandate.id"))
    written_at: Mapped[datetime] = mapped_column(Instant)


class Poll(Base):
    """One vote: a question, a frozen rule set, a frozen roll, and at its end an outcome."""

    __tablename__ = "poll"
    __table_args__ = (
        sa.CheckConstraint("call BETWEEN 1 AND 3", name="call_range"),
        sa.CheckConstraint("state <> 'prepared' OR opened_at IS NULL", name="prepared_is_not_open"),
        sa.CheckConstraint("state IN ('prepared','annulled') OR roll_hash IS NOT NULL", name="open_has_roll"),
        sa.CheckConstraint("state NOT IN ('closed','proclaimed') OR root_hash IS NOT NULL", name="closed_has_root"),
        sa.CheckConstraint("(root_hash IS NULL) = (closed_at IS NULL)", name="closed_has_instant"),
        sa.CheckConstraint("state <> 'proclaimed' OR proclaimed_at IS NOT NULL", name="proclaimed_has_instant"),
        sa.CheckConstraint("(state = 'annulled') = (annulled_at IS NOT NULL)", name="annulled_has_instant"),
        sa.CheckConstraint("annulled_at IS NULL OR length(annul_reason) > 0", name="annulled_has_reason"),
        sa.CheckConstraint("closed_at IS NULL OR closed_at >= opened_at", name="closed_after_opened"),
        sa.CheckConstraint("population_base >= 0", name="population_not_negative"),
        sa.CheckConstraint("closes_at IS NULL OR opened_at IS NULL OR closes_at > opened_at", name="ends_after_opened"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # the number everybody knows it by
    question: Mapped[str] = mapped_column(sa.Text)
    matter: Mapped[Matter] = mapped_column(enum_of(Matter, "matter"))
    electorate: Mapped[Electorate] = mapped_column(enum_of(Electorate, "electorate"))
    zone_id: Mapped[int | None] = mapped_column(sa.ForeignKey("body.id"))
    version_id: Mapped[int | None] = mapped_column(sa.ForeignKey("plan_version.id"), index=True)  # what it is about
    rule_version_id: Mapped[int] = mapped_column(sa.ForeignKey("voting_rule_set_version.id"))
    rule: Mapped[dict[str, Any]] = mapped_column(sa.JSON)  # code, version, legal basis, definition: a copy
    may_change: Mapped[bool]
    call: Mapped[int]
    mode: Mapped[Mode] = mapped_column(enum_of(Mode, "mode"))
    follows_id: Mapped[int | None] = mapped_column(sa.ForeignKey("poll.id"), index=True)
    snapshot_id: Mapped[int | None] = mapped_column(sa.ForeignKey("population_snapshot.id"))
    population_base: Mapped[int]
    state: Mapped[PollState] = mapped_column(enum_of(PollState, "state"), default=PollState.PREPARED)
    prepared_at: Mapped[datetime] = mapped_column(Instant)
    opened_at: Mapped[datetime | None] = mapped_column(Instant)
    closes_at: Mapped[datetime | None] = mapped_column(Instant, index=True)  # no answer is taken from this instant on
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    proclaimed_at: Mapped[datetime | None] = mapped_column(Instant)
    annulled_at: Mapped[datetime | None] = mapped_column(Instant)
    annul_reason: Mapped[str] = mapped_column(sa.Text, default="")
    roll_hash: Mapped[str | None] = mapped_column(sa.String(64))
    root_hash: Mapped[str | None] = mapped_column(sa.String(64))
    outcome: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON)
    met: Mapped[bool | None]


class PollSeat(Base):
    """One place on a poll's roll: body and residents since it was prepared, person and title since it was opened."""

    __tablename__ = "poll_seat"
    __table_args__ = (
        sa.UniqueConstraint("poll_id", "number"),
        sa.UniqueConstraint("poll_id", "key"),
        sa.CheckConstraint("number >= 1", name="number_positive"),
        sa.CheckConstraint("population >= 0", name="population_not_negative"),
        sa.CheckConstraint("(mandate_id IS NULL) = (person_id IS NULL)", name="mandate_has_person"),
        sa.CheckConstraint("(mandate_id IS NULL) = (office IS NULL)", name="mandate_has_office"),
        sa.Index("ix_poll_seat_mandate", "mandate_id", "poll_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    poll_id: Mapped[int] = mapped_column(sa.ForeignKey("poll.id"))
    number: Mapped[int]
    key: Mapped[str] = mapped_column(sa.String(60))  # the body's address; in the Council the seat's own
    name: Mapped[str] = mapped_column(sa.String(200))
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"))
    population: Mapped[int]
    group: Mapped[str] = mapped_column("group_key", sa.String(60))  # seats of one group stand for the same residents
    reserved_for_id: Mapped[int | None] = mapped_column(sa.ForeignKey("mandate.id"))  # whose seat it is in the Council
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    mandate_id: Mapped[int | None] = mapped_column(sa.ForeignKey("mandate.id"))
    office: Mapped[Office | None] = mapped_column(enum_of(Office, "office"))
    title: Mapped[str] = mapped_column(sa.String(200), default="")  # the act by which they sit
    delegated: Mapped[bool] = mapped_column(default=False)
    presence: Mapped[SeatPresence | None] = mapped_column(enum_of(SeatPresence, "presence"))  # in a sitting's hall

    @property
    def asked(self) -> bool:
        """True if somebody sits there who may answer."""
        return self.mandate_id is not None and self.presence is not SeatPresence.AWAY


class PollAlternate(Base):
    """Somebody else who may answer for a seat, since the poll was opened: one vote a seat, and the last one counts."""

    __tablename__ = "poll_alternate"

    poll_id: Mapped[int] = mapped_column(sa.ForeignKey("poll.id"), primary_key=True)
    mandate_id: Mapped[int] = mapped_column(sa.ForeignKey("mandate.id"), primary_key=True)
    seat_id: Mapped[int] = mapped_column(sa.ForeignKey("poll_seat.id"), index=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    office: Mapped[Office] = mapped_column(enum_of(Office, "office"))
    title: Mapped[str] = mapped_column(sa.String(200), default="")


class Ballot(Base):
    """What one seat said; a change is another row, and the last one counts. Rows are only ever added."""

    __tablename__ = "ballot"
    __table_args__ = (
        sa.UniqueConstraint("seat_id", "version"),
        sa.UniqueConstraint("poll_id", "client_key"),
        sa.CheckConstraint("version >= 1", name="version_positive"),
        sa.CheckConstraint("choice <> 'withdrawn' OR channel IN ('clerk','command_line')", name="clerk_withdraws"),
        sa.CheckConstraint("channel <> 'form' OR mandate_id IS NOT NULL", name="form_has_mandate"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    poll_id: Mapped[int] = mapped_column(sa.ForeignKey("poll.id"))
    seat_id: Mapped[int] = mapped_column(sa.ForeignKey("poll_seat.id"))
    version: Mapped[int]
    choice: Mapped[Choice] = mapped_column(enum_of(Choice, "choice"))
    channel: Mapped[Channel] = mapped_column(enum_of(Channel, "channel"))
    client_key: Mapped[str] = mapped_column(sa.String(64))
    code: Mapped[str] = mapped_column(sa.String(14), unique=True)  # of the receipt, such as V-K7QF-2M9D
    hash: Mapped[str] = mapped_column(sa.String(64))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))  # who cast or entered it
    mandate_id: Mapped[int | None] = mapped_column(sa.ForeignKey("mandate.id"))
    cast_at: Mapped[datetime] = mapped_column(Instant)
