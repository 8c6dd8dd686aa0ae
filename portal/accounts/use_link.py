"""Use up a one-time link and begin a session."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from portal.accounts.models import Person, SignInLink
from portal.accounts.rules import LinkState, check_link, link_state
from portal.accounts.sessions import open_session, token_hash
from portal.db import atomic, db


@atomic()
def use_link(token: str, device: str, *, now: datetime) -> str:
    """Return the token of the new session; the link and its sisters are worth nothing afterwards."""
    link = db.session.scalar(
        sa.select(SignInLink)
        .join(Person, Person.id == SignInLink.person_id)
        .where(SignInLink.token_hash == token_hash(token), Person.erased_at.is_(None))
        .with_for_update(of=SignInLink)
    )
    check_link(link_state(link.expires_at, link.used_at, now) if link else LinkState.UNKNOWN)
    assert link is not None
    db.session.execute(
        sa.update(SignInLink)
        .where(SignInLink.person_id == link.person_id, SignInLink.used_at.is_(None))
        .values(used_at=now)
    )
    return open_session(link.person_id, "link", device, now)
