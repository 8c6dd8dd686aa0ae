"""End sessions: one's own, by its owner."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.accounts.events import SignedOut
from portal.accounts.models import SignInSession
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission, require


@atomic()
def end_session(actor: Actor, session_id: int, *, now: datetime) -> None:
    """End one of the actor's own sessions; a stranger's id finds nothing."""
    require(actor, Permission.SIGNED_IN)
    session = db.session.execute(
        sa.select(SignInSession).where(SignInSession.id == session_id, SignInSession.person_id == actor.person_id)
    ).scalar_one_or_none()
    if session is None:
        raise NotFound()
    if session.ended_at is None:
        _end(session, actor, now)


@atomic()
def end_other_sessions(actor: Actor, *, now: datetime) -> int:
    """End every session of the actor but the one in use, and say how many."""
    require(actor, Permission.SIGNED_IN)
    others = db.session.scalars(
        sa.select(SignInSession)
        .where(SignInSession.person_id == actor.person_id, SignInSession.ended_at.is_(None))
        .where(SignInSession.id != (actor.session_id or 0), SignInSession.expires_at > now)
        .order_by(SignInSession.id)
    ).all()
    for session in others:
        _end(session, actor, now)
    return len(others)


def _end(session: SignInSession, actor: Actor, now: datetime) -> None:
    session.ended_at = now
    record(SignedOut(session.person_id, session.id), actor=actor, now=now)
