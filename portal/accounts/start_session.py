"""Begin a session for somebody whose link or password has been checked."""

from __future__ import annotations

from datetime import datetime

from portal.accounts.sessions import open_session
from portal.db import atomic


@atomic()
def start_session(person_id: int, method: str, device: str, *, now: datetime) -> str:
    """Return the token for the cookie; only its hash is kept."""
    return open_session(person_id, method, device, now)
