"""A sitting in its hall: four Comuni and a Unione whose people are accredited, and those who conduct."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from portal.accounts.models import Mandate
from portal.conferences import convene, grant, locked
from portal.conferences.accreditation_models import Accreditation
from portal.conferences.accreditation_rules import AccreditationState, Identification, Presence
from portal.conferences.hall import attend, items, roll_call, session
from portal.conferences.hall.rules import Way
from portal.conferences.models import AgendaItem, Sitting, SittingSeat
from portal.conferences.rules import ItemKind, Organ
from portal.db import atomic, db
from portal.journal.models import Entry
from portal.kernel.actor import Actor
from portal.kernel.offices import Office
from tests import factories
from tests.sittings import FIRST, Chamber

BEFORE = FIRST - timedelta(hours=20)  # later than the deadline for delegations, before anybody comes
HOUR = FIRST  # of the first call


class Hall:
    """A convened sitting: `people[n]` sits on seat n (1 to 5, the Unione last), accredited in the room.

    A programming conference needs no legal number; with `Organ.COUNCIL` or a rule of its own a test asks for one.
    Verbs take instants: `at(minutes)` counts from the hour of the call.
    """

    def __init__(
        self, *calls: datetime, organ: Organ = Organ.PROGRAMMING, accredited: bool = True, **plan: Any
    ) -> None:
        self.chamber = Chamber(comuni=4, organ=organ)
        self.secretariat = self.chamber.secretary
        self.colleague = self.chamber.colleague
        self.moderator = factories.holder(Office.MODERATOR)
        self.auditor = factories.holder(Office.AUDITOR)
        self.sitting = self.chamber.planned(*calls, **plan)
        about = [action.id for action in self.chamber.actions]
        self.chamber.item(
            self.sitting, kind=ItemKind.OPINION, title="Parere sulle azioni", minutes=20, action_ids=about
        )
        convene.convene(self.secretariat, self.sitting, "", now=factories.NOW)
        rows = db.session.scalars(
            sa.select(SittingSeat).where(SittingSeat.sitting_id == self.sitting).order_by(SittingSeat.number)
        )
        self.seats = {row.number: row.id for row in rows}
        by_body = {who.acting.body_id: who for who in (*self.chamber.mayors, self.chamber.president) if who.acting}
        self.people = {row.number: by_body[row.body_id] for row in locked.seats(self.sitting) if row.body_id in by_body}
        if accredited:
            for number in self.people:
                self.accredit(number)

    @property
    def items(self) -> list[AgendaItem]:
        """The agenda: a report on which contributions are asked, an opinion, any other business."""
        db.session.rollback()
        return locked.items(self.sitting)

    def at(self, minutes: float = 0, seconds: float = 0) -> datetime:
        """An instant after the hour of the first call."""
        return HOUR + timedelta(minutes=minutes, seconds=seconds)

    def accredit(self, number: int, who: Actor | None = None, *, means: Presence = Presence.ROOM, **more: Any) -> int:
        """The desk accredits whoever stands before it for a seat; whoever held it hands it over."""
        acting = (who or self.people[number]).acting
        assert acting is not None
        wanted = grant.Late(
            number, acting.mandate_id, means, Identification.IDENTITY_DOCUMENT, "Delega", "Arrivati tardi."
        )
        return grant.admit(self.secretariat, self.sitting, wanted, now=more.get("now", BEFORE))

    def call_roll(self, *present: int, now: datetime | None = None, call: int = 1) -> int:
        """Call the roll and end it: the seats named answer, the others do not. Returns the roll call."""
        now = now or self.at(-5)
        roll = roll_call.begin(self.secretariat, self.sitting, call, now=now)
        for number, seat_id in self.seats.items():
            roll_call.answer(self.secretariat, self.sitting, roll, seat_id, number in present, now=now)
        roll_call.end(self.secretariat, self.sitting, roll, now=now)
        return roll

    def open(self, *present: int, now: datetime | None = None) -> None:
        """Roll call and opening; everybody answers unless seats are named."""
        self.call_roll(*(present or self.people), now=now or self.at(-5))
        session.open_sitting(
            self.secretariat, self.sitting, "La Sindaca metropolitana", "Il Segretario generale", now=now or self.at()
        )

    def enter(self, number: int, way: Way = Way.ROOM, *, now: datetime | None = None) -> None:
        """The desk writes somebody in."""
        attend.enter(self.secretariat, self.sitting, self.seats[number], way, now=now or self.at(1))

    def leave(self, number: int, *, now: datetime | None = None) -> None:
        """The desk writes somebody out."""
        attend.leave(self.secretariat, self.sitting, self.seats[number], now=now or self.at(1))

    def call_item(self, number: int, *, now: datetime | None = None) -> int:
        """Take up the n-th item of the agenda; returns its id."""
        item = self.items[number - 1].id
        items.call_item(self.secretariat, self.sitting, item, now=now or self.at(1))
        return item

    def close(self, *, now: datetime | None = None) -> None:
        """Declare the session closed."""
        session.close(self.secretariat, self.sitting, now=now or self.at(90))

    def accreditation(self, number: int) -> Accreditation:
        """The living accreditation of a seat."""
        db.session.rollback()
        return db.session.scalars(
            sa.select(Accreditation).where(
                Accreditation.seat_id == self.seats[number], Accreditation.state == AccreditationState.GRANTED
            )
        ).one()

    def need(self, numerator: int, denominator: int, *calls: int) -> None:
        """The frozen rules ask for a legal number: a share of the seats, at the first call unless said otherwise."""
        rows = [
            {"call": call, "numerator": numerator, "denominator": denominator, "strict": False}
            for call in calls or (1,)
        ]
        _ask_for(self.sitting, rows)

    def end_mandate(self, number: int, at: datetime) -> None:
        """The mandate of whoever sits there is revoked at an instant."""
        _revoke(self.accreditation(number).mandate_id, at)

    def told(self) -> list[str]:
        """The kinds of all entries of the sitting since people came in, in order."""
        db.session.rollback()
        rows = db.session.scalars(
            sa.select(Entry.kind)
            .where(Entry.stream == f"sitting:{self.sitting}", Entry.at >= self.at(-60))
            .order_by(Entry.seq)
        )
        return list(rows)


@atomic()
def _revoke(mandate_id: int, at: datetime) -> None:
    """As the register would, without the secretariat's pages."""
    db.session.get_one(Mandate, mandate_id).revoked_at = at


@atomic()
def _ask_for(sitting_id: int, quorum: list[dict[str, Any]]) -> None:
    """As if the rule set had said so when the notice was sent."""
    row = db.session.get_one(Sitting, sitting_id, populate_existing=True)
    rule = row.rule or {}
    row.rule = {**rule, "definition": {**rule["definition"], "quorum": quorum}}
