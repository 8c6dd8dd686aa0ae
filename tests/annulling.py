"""A counted poll is annulled by two persons."""

from __future__ import annotations

from datetime import datetime

from portal.conferences.table import polls
from portal.kernel.actor import Actor
from portal.voting import annul


def annulled(asks: Actor, agrees: Actor, poll: int, reason: str, *, now: datetime) -> None:
    """One asks, another agrees."""
    assert not polls.annul_it(asks, poll, reason, now=now)
    agreed(agrees, poll, now=now)


def agreed(actor: Actor, poll: int, *, now: datetime) -> None:
    """The second person agrees to what waits."""
    polls.agree_to_annul(actor, poll, annul.waiting(poll, now=now)[0].id, now=now)
