"""Send an addendum: items and papers that came after the convocation, with a term of their own."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from portal.conferences import cautions, content, locked, seats, sending
from portal.conferences.models import AgendaItem, Paper, Sitting
from portal.conferences.rules import SittingState
from portal.conferences.ruleset import parse
from portal.db import atomic, db
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_


@atomic()
def add_to_notice(actor: Actor, sitting_id: int, reason: str = "", *, now: datetime) -> int:
    """Return its number in the log. What was announced before does not change."""
    sitting = locked.sitting(sitting_id)
    require(actor, Permission.CONFERENCE_MANAGE)
    check_convened(sitting)
    calls, items = locked.calls(sitting_id), locked.items(sitting_id)
    if now >= calls[0].starts_at:
        raise Conflict(N_("The first call has passed: nothing can be added any more."), code="too_late")
    papers = [paper for paper in sending.papers_of(sitting_id) if paper.notice_id is None]
    fresh = [item for item in items if item.notice_id is None]
    if not papers and not fresh:
        raise Invalid(N_("There is nothing new: add an item or a paper first."), code="nothing_new")
    rule = parse((sitting.rule or {}).get("definition"))
    places = locked.seats(sitting_id)
    to = seats.addressees(places, rule, sitting.conference_id, now)
    touched = [item for item in items if item.notice_id is None or any(p.item_id == item.id for p in papers)]
    facts = sending.facts_of(locked.conference(sitting.conference_id), sitting, rule, touched, papers)
    facts = replace(facts, unreachable=seats.unreachable(places, to))
    said = sending.reason_for(cautions.of_addendum(facts, now), reason)

    number = sending.next_number(sitting_id)
    whole = content.of_addendum(sitting, number, items, [paper.id for paper in papers], now)
    notice = sending.send(actor, sitting, whole, said, to, now)
    _announce(fresh, papers, notice.id)
    return notice.id


def check_convened(sitting: Sitting) -> None:
    """Refuse what only a convened sitting allows."""
    if sitting.state is not SittingState.CONVENED:
        raise Conflict(N_("Only a sitting that is convened allows this."), code="not_convened")


def _announce(items: list[AgendaItem], papers: list[Paper], notice_id: int) -> None:
    for item in items:
        item.notice_id = notice_id
    for paper in papers:
        paper.notice_id = notice_id
    db.session.flush()
