"""A discussion of the Forum that has begun: a request, organisations, one table with a coordinator."""

from __future__ import annotations

from datetime import timedelta

from portal.opinions.deliberation import offer, open_up, tables
from portal.opinions.deliberation.rules import Origin
from portal.opinions.deliberation.tables import Theme
from tests import factories
from tests.factories import NOW
from tests.forum import Forum
from tests.forum_requests import Request

ENDS = NOW + timedelta(days=6)


class Discussion:
    """The first organisation coordinates the only table."""

    def __init__(self, organisations: int = 4, categories: int = 6) -> None:
        self.forum = Forum(organisations, categories)
        self.request = Request()
        self.number = self.request.number
        self.action = factories.actions_of(self.request.version)[0].id
        open_up.open_up(self.forum.secretary, self.number, NOW, ENDS, now=NOW)
        theme = Theme("Trasporti", None, self.forum.bodies[0].id)
        tables.open_table(self.forum.secretary, self.number, theme, now=NOW)

    def stated(self, text: str, origin: Origin = Origin.SECRETARIAT) -> int:
        """A statement that is being weighed; its number."""
        return offer.put_forward(self.forum.secretary, self.number, text, origin, now=NOW)
