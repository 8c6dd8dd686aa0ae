"""Whether enough organisations ask for an amendment."""

from __future__ import annotations

from portal.db import db
from portal.forum import settings
from portal.kernel.clock import local_day
from portal.opinions.amending import locked
from portal.opinions.amending.models import Amendment, ForumText
from portal.opinions.requests import queries as requests


def needed(request_id: int) -> int:
    """How many sign an amendment beside its proposer: as the rules were when amendments were opened."""
    row = db.session.get(ForumText, request_id)
    if row is None or row.opened_at is None:
        return 0
    return settings.of(requests.request(request_id).forum_id, local_day(row.opened_at)).amendment_signers


def is_supported(row: Amendment) -> bool:
    """True once enough have signed."""
    return len(locked.signers(row.id)) >= needed(row.request_id)
