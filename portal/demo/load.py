"""Load the invented city into an empty database, all of it or nothing; take it away again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.accounts.request_link import issue_link
from portal.backup.empty import empty
from portal.comments.consultation_queries import version_counts
from portal.db import atomic
from portal.demo import content
from portal.demo.agenda import Agenda
from portal.demo.city import SYSTEM, City, plan_register
from portal.demo.consultation import plan_consultations
from portal.demo.forum import tell_forum
from portal.demo.forum.members import plan_members
from portal.demo.further_opinions import tell_further_opinions
from portal.demo.habits import plan_habits
from portal.demo.opinions import tell_opinions
from portal.demo.polls import plan_polls
from portal.demo.sittings import plan_sittings
from portal.files.store import Store
from portal.kernel.errors import Conflict
from portal.kernel.offices import Office
from portal.kernel.words import N_
from portal.territory import queries as territory

LINK_LIFE = timedelta(days=7)


@dataclass(frozen=True)
class Guest:
    """Somebody to sign in as: the secret part of a fresh one-time address."""

    name: str
    office: Office
    email: str
    token: str


def is_loaded() -> bool:
    """True if the invented city is what the database holds."""
    return any(version.slug == content.slug() for version in version_counts())


@atomic()
def load(*, store: Store, now: datetime, reset: bool = False) -> bool:
    """Bring the city in, unless it is there; False if nothing was done. Other data are never touched."""
    if is_loaded():
        if not reset:
            return False
        empty()
    elif territory.bodies():
        raise Conflict(
            N_("The database holds other data than the demonstration: use an empty one."), code="not_demonstration"
        )
    agenda = Agenda(now)
    city = City(agenda, store)
    plan_register(city)
    plan_members(city)
    plan_habits(city)
    plan_consultations(city)
    plan_polls(city)
    plan_sittings(city)
    agenda.run()
    tell_opinions(city)
    tell_forum(city)
    tell_further_opinions(city)
    return True


@atomic()
def guests(*, now: datetime) -> list[Guest]:
    """Fresh links for one or two people of each office."""
    return [
        Guest(
            person["name"],
            Office(person["mandates"][0]["office"]),
            person["email"],
            issue_link(SYSTEM, person["email"], life=LINK_LIFE, now=now),
        )
        for person in content.featured()
    ]
