"""Record that a person was shown the privacy notice and has read it."""

from __future__ import annotations

from datetime import datetime

from portal.accounts.events import NoticeAccepted
from portal.accounts.models import Person
from portal.accounts.rules import NOTICE_VERSION
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission, require


@atomic()
def accept_notice(actor: Actor, *, now: datetime) -> bool:
    """Keep the version in force and the instant; doing it twice changes nothing."""
    require(actor, Permission.SIGNED_IN)
    person = db.session.get(Person, actor.person_id)
    if person is None:
        raise NotFound()
    if person.notice_version != NOTICE_VERSION:
        person.notice_version, person.notice_seen_at = NOTICE_VERSION, now
        record(NoticeAccepted(person.id, NOTICE_VERSION), actor=actor, now=now)
    return True
