"""Convene: freeze the notice with its agenda and papers, fix the seats and the residents, send it to everybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from portal.conferences import cautions, content, locked, rule_queries, rules, seats, sending
from portal.conferences.models import AgendaItem, SittingSeat
from portal.conferences.rules import MACHINE, SittingState
from portal.conferences.seats import Place
from portal.db import atomic, db
from portal.kernel.actor import Actor
from portal.kernel.clock import local_day
from portal.kernel.errors import Invalid
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_
from portal.territory import queries as territory
from portal.territory.freeze_snapshot import freeze_snapshot


@atomic()
def convene(actor: Actor, sitting_id: int, reason: str = "", *, now: datetime) -> int:
    """Return the notice's number in the log. A term that is not kept needs a reason, which everybody reads."""
    sitting = locked.sitting(sitting_id)
    require(actor, Permission.CONFERENCE_MANAGE)
    state = MACHINE.advance(sitting.state, SittingState.CONVENED)
    conference = locked.conference(sitting.conference_id)
    row = rule_queries.holding(conference.organ, local_day(now))
    calls, items = locked.calls(sitting_id), locked.items(sitting_id)
    rules.check_calls([call.starts_at for call in calls], row.rule_set.most_calls, now)
    if not items:
        raise Invalid(N_("The agenda is empty: write at least one item."), code="agenda")
    snapshot = territory.latest_snapshot()
    places = seats.draw(row.rule_set, conference.id, snapshot.id if snapshot else None, now)
    if not places:
        raise Invalid(N_("The register holds no body that this sitting could call."), code="seats")
    to = seats.addressees(places, row.rule_set, conference.id, now)
    facts = sending.facts_of(conference, sitting, row.rule_set, items, None)
    facts = replace(facts, unreachable=seats.unreachable(places, to))
    said = sending.reason_for(cautions.of_convocation(facts, now), reason)

    sitting.state, sitting.convened_at = state, now
    sitting.rule_version_id, sitting.rule = row.id, row.copy()
    if snapshot:
        sitting.snapshot_id = snapshot.id
        freeze_snapshot(actor, snapshot.id, now=now)
    _seat(sitting_id, places)
    whole = content.of_convocation(conference, sitting, calls, items, places, snapshot, now)
    notice = sending.send(actor, sitting, whole, said, to, now)
    _announce(sitting_id, items, notice.id)
    return notice.id


def _seat(sitting_id: int, places: list[Place]) -> None:
    db.session.add_all(
        SittingSeat(
            sitting_id=sitting_id,
            number=number,
            role=place.role,
            body_id=place.body_id,
            name=place.name,
            population=place.population,
            reserved_for_id=place.reserved_for_id,
        )
        for number, place in enumerate(places, 1)
    )


def _announce(sitting_id: int, items: list[AgendaItem], notice_id: int) -> None:
    for item in items:
        item.notice_id = notice_id
    for paper in sending.papers_of(sitting_id):
        paper.notice_id = notice_id
    db.session.flush()
