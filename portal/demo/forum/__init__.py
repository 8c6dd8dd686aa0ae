"""The invented Forum: its members and the youth forum, and what it was asked, what it said, what it proposed.

Members come in with the register; the rest is told once everything else has happened: each chapter puts its stories on
the agenda, and what happens in them is done in the order of time.
"""

from __future__ import annotations

from collections.abc import Callable

from portal.demo.city import City
from portal.demo.forum.adoption import tell_adoption
from portal.demo.forum.amending import tell_amending
from portal.demo.forum.deliberation import tell_deliberation
from portal.demo.forum.proposals import tell_proposals
from portal.demo.forum.requests import tell_documents, tell_requests

# In this order: requests, deliberation, amending, adoption, documents, proposals.
CHAPTERS: tuple[Callable[[City], None], ...] = (
    tell_requests,
    tell_deliberation,
    tell_amending,
    tell_adoption,
    tell_documents,
    tell_proposals,
)


def tell_forum(city: City) -> None:
    """Tell what became of the requests to the Forum, and what it asked by itself."""
    for chapter in CHAPTERS:
        chapter(city)
    city.agenda.run()
