"""The row behind a cookie: made by whatever verb has established who is there."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from portal.accounts.events import SignedIn
from portal.accounts.models import SignInSession
from portal.accounts.rules import SESSION_LIFE
from portal.db import db
from portal.journal.record import record
from portal.kernel.actor import Actor


def token_hash(token: str) -> str:
    """Tokens of links and sessions are kept as SHA-256 only."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_session(person_id: int, method: str, device: str, now: datetime) -> str:
    """Inside a verb: add a session and return the token for the cookie."""
    token = secrets.token_urlsafe(32)
    session = SignInSession(
        person_id=person_id,
        token_hash=token_hash(token),
        method=method,
        device="".join(c for c in device if c.isprintable())[:200],
        started_at=now,
        expires_at=now + SESSION_LIFE,
    )
    db.session.add(session)
    db.session.flush()
    record(SignedIn(person_id, session.id, method), actor=Actor(person_id=person_id), now=now)
    return token
