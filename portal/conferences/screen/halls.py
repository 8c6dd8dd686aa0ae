"""The halls of a sitting: add one, name it, and give its computer an address that needs no sign-in."""

from __future__ import annotations

import secrets
from datetime import datetime

from portal.conferences import locked
from portal.conferences.hall import acts
from portal.conferences.hall.models import HallScreen
from portal.conferences.hall.rules import MOST_HALLS, Shows, Theme
from portal.conferences.screen import show
from portal.conferences.screen.events import ScreenSetUp
from portal.conferences.screen.queries import fingerprint, screens
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict
from portal.kernel.permissions import Permission, require
from portal.kernel.text import typed
from portal.kernel.words import N_

LABEL_LIMIT = 100
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none is taken for another when it is typed by hand
GROUPS, EACH = 4, 5  # about a hundred bits


@atomic()
def add_hall(actor: Actor, sitting_id: int, label: str, *, now: datetime) -> int:
    """One more hall with a screen of its own; return its number."""
    _may(actor, sitting_id)
    known = screens(sitting_id)
    if len(known) >= MOST_HALLS:
        raise Conflict(N_("A sitting has at most %(most)d halls."), code="halls", most=MOST_HALLS)
    said = typed(label, field="label", limit=LABEL_LIMIT)
    hall = max(one.hall for one in known) + 1
    screen = HallScreen(sitting_id=sitting_id, hall=hall, label=said, theme=Theme.LIGHT, shown_at=now)
    screen.follows, screen.shows, screen.paragraph, screen.message = True, Shows.WAITING, "", ""
    db.session.add(screen)
    db.session.flush()
    record(ScreenSetUp(sitting_id, hall, "added"), actor=actor, now=now)
    acts.done(sitting_id, show.ADDED, {"sitting": sitting_id, "hall": hall}, actor, now, of=hall)
    return hall


@atomic()
def rename(actor: Actor, sitting_id: int, hall: int, label: str, *, now: datetime) -> None:
    """Give a hall another name."""
    _may(actor, sitting_id)
    screen = show.of_hall(sitting_id, hall, now)
    before = show.kept(screen)
    screen.label = typed(label, field="label", limit=LABEL_LIMIT)
    record(ScreenSetUp(sitting_id, hall, "named"), actor=actor, now=now)
    acts.done(sitting_id, show.ACT, before, actor, now, of=hall)


@atomic()
def open_address(actor: Actor, sitting_id: int, hall: int, *, now: datetime) -> str:
    """Return the secret part of a fresh address of this screen; the one before opens nothing any more."""
    _may(actor, sitting_id)
    token = "-".join("".join(secrets.choice(LETTERS) for _ in range(EACH)) for _ in range(GROUPS))
    show.of_hall(sitting_id, hall, now).token_hash = fingerprint(token)
    record(ScreenSetUp(sitting_id, hall, "address_given"), actor=actor, now=now)
    return token


@atomic()
def close_address(actor: Actor, sitting_id: int, hall: int, *, now: datetime) -> None:
    """Take the address back: it opens nothing from now on."""
    _may(actor, sitting_id)
    show.of_hall(sitting_id, hall, now).token_hash = None
    record(ScreenSetUp(sitting_id, hall, "address_ended"), actor=actor, now=now)


def _may(actor: Actor, sitting_id: int) -> None:
    sitting = locked.sitting(sitting_id)
    require(actor, Permission.SITTING_CONDUCT)
    show.check_announced(sitting.state)
