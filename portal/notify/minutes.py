"""Minutes write themselves: a call that has ended is heard, and its draft is there."""

from __future__ import annotations

from portal.journal.unheard import Heard
from portal.kernel import clock
from portal.kernel.actor import Actor
from portal.records.minutes import draw


def ended(entry: Heard) -> None:
    """Draw up the minutes, with everybody named as they are named now."""
    facts = entry.facts
    draw.write(Actor.system(), facts["sitting_id"], facts["call"], now=clock.now())
