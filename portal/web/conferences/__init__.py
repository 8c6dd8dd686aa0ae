"""Pages of conferences and sittings: reading them, accrediting, asking for them, planning and convening them."""

from portal.web.conferences import (
    accrediting,
    agenda,
    badges,
    checking,
    desk,
    notices,
    planning,
    reading,
    requesting,
    rulebook,
)
from portal.web.conferences.blueprint import bp

__all__ = [
    "accrediting",
    "agenda",
    "badges",
    "bp",
    "checking",
    "desk",
    "notices",
    "planning",
    "reading",
    "requesting",
    "rulebook",
]
