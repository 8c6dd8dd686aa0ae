"""Freeze the text and the list of amendments that the Forum is to vote on, with a fingerprint (art. 14, 32 c.1)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from portal.db import atomic
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict
from portal.kernel.permissions import Permission, require
from portal.kernel.words import N_
from portal.opinions.amending import locked, put_in
from portal.opinions.amending.events import ForumTextFrozen
from portal.opinions.amending.models import Amendment
from portal.opinions.amending.rules import AmendmentState, Lapse, Phase, fingerprint, turn
from portal.opinions.amending.support import is_supported
from portal.opinions.requests import standing, steps


@atomic()
def freeze(actor: Actor, request_id: int, *, now: datetime) -> str:
    """Once the time is over and every amendment that enough have signed is disposed of; the others lapse."""
    text = locked.text(request_id)
    require(actor, Permission.FORUM_MANAGE)
    standing.check_running(request_id, now)
    match locked.phase_of(text, now):
        case Phase.CLOSED:
            pass
        case Phase.FROZEN | Phase.FINAL:
            raise Conflict(N_("The text is frozen already."), code="frozen")
        case _:
            raise Conflict(N_("The text is frozen once the time for amendments is over."), code="phase")
    _let_lapse(actor, request_id, now)
    voted = voting_order(request_id)
    sections = locked.sections(request_id)
    for row in sections:
        row.frozen_revision = row.revision
    text.frozen_kind = text.kind
    text.frozen_sha256 = fingerprint(text.kind, map(locked.part, sections), map(as_data, voted))
    text.frozen_at = now
    steps.reach(request_id, steps.Step.TEXT_FROZEN, now)
    listed = tuple(one.number for one in voted)
    record(ForumTextFrozen(request_id, text.kind.value, listed, text.frozen_sha256), actor=actor, now=now)
    return text.frozen_sha256


def voting_order(request_id: int) -> list[Amendment]:
    """Those to be voted, in the order in which they are."""
    places = {one.id: one.position for one in locked.sections(request_id, gone=True)}
    rows = locked.amendments(request_id, {AmendmentState.TO_VOTE})
    return sorted(rows, key=lambda one: turn(one.kind, places[one.section_id], one.number))


def as_data(row: Amendment) -> dict[str, Any]:
    """What the fingerprint covers of an amendment that is voted."""
    return {
        "number": row.number,
        "section": row.section_id,
        "kind": row.kind.value,
        "apart": row.apart,
        "heading": row.heading,
        "text": row.text,
        "why": row.why,
        "action": row.action_id,
        "paragraph": row.paragraph_id,
        "opinion": row.opinion.value if row.opinion else None,
    }


def _let_lapse(actor: Actor, request_id: int, now: datetime) -> None:
    for row in locked.amendments(request_id, {AmendmentState.PROPOSED}):
        if is_supported(row):
            raise Conflict(
                N_("Amendment n. %(number)d has not been disposed of yet."), code="undisposed", number=row.number
            )
        put_in.lapse(actor, row, Lapse.SIGNERS, None, now)
