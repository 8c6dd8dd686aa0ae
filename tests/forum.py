"""A Forum: organisations of the six families with a delegate and a substitute each, and who keeps the register."""

from __future__ import annotations

from datetime import date

from portal.db import db
from portal.forum import install, queries
from portal.forum.models import ForumMembership, ForumOrganisation, ForumSuspension
from portal.forum.rules import ForumKey
from portal.kernel.actor import Actor
from portal.kernel.offices import BodyKind, ForumCategory, Office
from portal.territory.models import Body
from portal.voting import install_rules
from tests import factories
from tests.factories import NOW

ADMITTED = date(2026, 1, 1)


class Forum:
    """So many organisations, family after family; each has a delegate, each but the `alone` ones a substitute."""

    def __init__(
        self,
        organisations: int = 4,
        categories: int = 6,
        *,
        key: ForumKey = ForumKey.METROPOLITAN,
        alone: tuple[int, ...] = (),
    ) -> None:
        install.install(Actor.system(), now=NOW)
        install_rules.install_rules(Actor.system(), now=NOW)
        self.id = queries.by_key(key).id
        self.secretary = factories.holder(Office.FORUM_SECRETARY)
        self.general = factories.holder(Office.SECRETARY_GENERAL)
        self.clerk = factories.holder(Office.COUNCIL_CLERK)
        self.bodies: list[Body] = []
        self.delegates: list[Actor] = []
        self.substitutes: dict[int, Actor] = {}
        families = list(ForumCategory)[:categories]
        for n in range(organisations):
            self.add(families[n % categories], substitute=n not in alone)

    def add(
        self,
        category: ForumCategory = ForumCategory.ASSOCIATION,
        *,
        admitted_on: date | None = ADMITTED,
        substitute: bool = True,
    ) -> int:
        """One more; its place in the lists. Without a day it is in the register of bodies and no member."""
        place = len(self.bodies)
        body = factories.body(
            f"Organizzazione {place + 1:03}", BodyKind.FORUM_ORGANISATION, forum_category=category.value
        )
        self.bodies.append(body)
        if admitted_on:
            factories.add(
                ForumOrganisation(body_id=body.id),
                ForumMembership(
                    forum_id=self.id, body_id=body.id, admitted_on=admitted_on, act="Atto 1", admitted_at=NOW
                ),
            )
        self.delegates.append(factories.holder(Office.FORUM_DELEGATE, body))
        if substitute:
            self.substitutes[place] = factories.holder(Office.FORUM_SUBSTITUTE, body)
        return place

    def membership(self, place: int) -> ForumMembership:
        """The current membership of an organisation."""
        found = db.session.query(ForumMembership).filter_by(body_id=self.bodies[place].id, left_on=None).one()
        row: ForumMembership = found
        return row

    def suspend(self, place: int, starts_on: date = date(2027, 2, 1), ends_on: date | None = None) -> None:
        """It holds no seat in these days."""
        factories.add(
            ForumSuspension(
                membership_id=self.membership(place).id,
                starts_on=starts_on,
                ends_on=ends_on,
                reason="Non ha comunicato il delegato.",
                act="Atto 2",
                suspended_at=NOW,
            )
        )
