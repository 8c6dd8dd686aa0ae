"""Write the minutes of a held call from the journal, the first time and again; and what the journal would say now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from portal.conferences.minutes import draw_up
from portal.conferences.minutes.draw_up import Drawing
from portal.conferences.minutes.queries import MinutesPage
from portal.conferences.rules import Organ
from portal.db import atomic
from portal.kernel.actor import Actor
from portal.kernel.clock import local_day
from portal.records.minutes import text
from portal.records.minutes.facts import Held
from portal.records.minutes.gather import gather


@atomic()
def write(actor: Actor, sitting_id: int, call: int, *, now: datetime) -> int:
    """Draw up the minutes of a call that has ended; those that are there already stay as they are."""
    found = draw_up.of_call(sitting_id, call)
    if found is not None:
        return found.id
    return draw_up.draw_up(actor, drawing(sitting_id, call), now=now)


@atomic()
def write_anew(actor: Actor, page: MinutesPage, *, now: datetime) -> tuple[str, ...]:
    """Generate them again with the names that were kept; returns the sections in which both changed the same lines."""
    return draw_up.put(actor, page.id, drawing(page.sitting, page.call, page.kept), now=now)


def drawing(sitting_id: int, call: int, kept: Mapping[str, Any] | None = None) -> Drawing:
    """What the journal says."""
    found = gather(sitting_id, call, kept)
    held = found.held
    return Drawing(
        sitting_id=sitting_id,
        call=call,
        organ=Organ(held.organ),
        year=local_day(held.ended_at).year,
        head=_head(held),
        kept=found.kept,
        parts=text.sections(held),
        head_seq=held.head_seq,
        head_hash=held.head_hash,
    )


def _head(held: Held) -> dict[str, Any]:
    """The facts that are signed beside the sections."""
    return {
        "city": held.city,
        "organ": held.organ,
        "conference": held.conference,
        "title": held.title,
        "sitting": held.sitting,
        "call": held.call,
        "deserted": held.deserted,
        "begun_at": held.begun_at.isoformat(),
        "ended_at": held.ended_at.isoformat(),
        "chair": held.chair,
        "secretary": held.secretary,
        "journal": {"stream": f"sitting:{held.sitting}", "seq": held.head_seq, "hash": held.head_hash},
    }
