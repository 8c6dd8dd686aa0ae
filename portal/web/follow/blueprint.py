"""What the pages of a delegate share."""

from __future__ import annotations

from flask import Blueprint

from portal.web.door import current_actor_or_visitor

bp = Blueprint("follow", __name__)


def by_person() -> str:
    """Whom a limit counts: all of a hall may come from one address."""
    return f"follow:{current_actor_or_visitor().person_id}"
