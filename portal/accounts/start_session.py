"""Begin a session for somebody whose link or password has been checked."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from portal.accounts.events import SignedIn
from portal.accounts.models import SignInSession
from portal.accounts.rules import SESSION_LIFE
from portal.db import atomic, db
from portal.journal.record import record
from portal.kernel.actor import Actor


@atomic()
def start_session(person_id: int, method: str, device: str, *, now: datetime) -> str:
    """Return the token for the cookie; only its hash is kept."""
    token = secrets.token_urlsafe(32)
    session = SignInSession(
        person_id=person_id,
        token_hash=hashlib.sha256(token.encode()).hexdigest(),
        method=method,
        device=device[:200],
        started_at=now,
        expires_at=now + SESSION_LIFE,
    )
    db.session.add(session)
    db.session.flush()
    record(SignedIn(person_id, session.id, method), actor=Actor(person_id=person_id), now=now)
    return token
