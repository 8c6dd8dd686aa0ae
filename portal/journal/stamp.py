"""One number that changes whenever something public may have changed: what kept pages are compared with."""

from __future__ import annotations

import sqlalchemy as sa

from portal.db import db
from portal.journal.models import Stream

PRIVATE = ("accounts", "mail")  # who signed in, and what came back, changes no page that others see


_COUNTED = sa.select(sa.func.coalesce(sa.func.sum(Stream.head_seq), 0)).where(Stream.name.not_in(PRIVATE))


def counted() -> sa.Select[int]:
    """How many entries all streams hold together, but for the private ones; it only ever grows."""
    return _COUNTED


def stamp() -> int:
    """The number by itself, for who asks nothing else: on a bare connection, which costs half of a session's."""
    with db.engine.connect() as connection:
        return int(connection.scalar(_COUNTED) or 0)
