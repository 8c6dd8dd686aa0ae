"""The invented city's register: Comuni, Unioni, zones, Forum, and the people with their offices."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from portal.accounts import queries as accounts
from portal.accounts.accept_notice import accept_notice
from portal.accounts.grant_mandate import Appointment, grant_mandate
from portal.demo import content
from portal.demo.agenda import BEGINNING, Act, Agenda
from portal.demo.content import Item
from portal.files.store import Store
from portal.kernel.actor import Actor
from portal.kernel.clock import at_rome, local_day
from portal.kernel.offices import BodyKind, ForumCategory, Office
from portal.territory import queries as territory
from portal.territory.facts import BodyFacts
from portal.territory.import_bodies import Batch, import_bodies
from portal.territory.join_group import add_membership
from portal.territory.register_body import register_body

SYSTEM = Actor.system()
ZONES_SINCE = date(2016, 1, 1)


@dataclass
class City:
    """Who is who: numbers of bodies, people and mandates by the keys of the data files."""

    agenda: Agenda
    store: Store
    bodies: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    mandates: dict[tuple[str, str], int] = field(default_factory=dict)
    snapshots: dict[str, int] = field(default_factory=dict)

    def actor(self, person: str, body: str, at: datetime) -> Actor:
        """The person as a door would see them at that instant, acting for that body."""
        found = accounts.actor_of_person(self.people[person], acting=self.mandates[person, body], now=at)
        if found is None or found.acting is None or found.acting.body_id != self.bodies[body]:
            raise LookupError(f"{person} does not act for {body} on {at:%Y-%m-%d}")
        return found

    def staff(self, person: str, at: datetime) -> Actor:
        """Somebody of the metropolitan city."""
        return self.actor(person, "citta-metropolitana", at)


def plan_register(city: City) -> None:
    """Put the register on the agenda: bodies first, figures when they came out, mandates as they begin."""
    agenda, people = city.agenda, content.items("people.json", "people")
    ends = [m["ends_on"] for person in people for m in person["mandates"] if m["ends_on"]]
    first_day = min([local_day(agenda.now - BEGINNING), *map(date.fromisoformat, ends)])
    beginning = at_rome(first_day, time(8))
    agenda.add(beginning, lambda at: _bodies(city, at))
    for snapshot in content.items("bodies.json", "snapshots"):
        known = at_rome(date.fromisoformat(snapshot["reference_date"]), time(10)) + timedelta(days=60)
        agenda.add(max(beginning + timedelta(minutes=5), known), _figures(city, snapshot))
    for person in people:
        for mandate in person["mandates"]:
            agenda.add(_granted_on(agenda, mandate, first_day), _grant(city, person, mandate))


def _bodies(city: City, at: datetime) -> None:
    census = content.items("bodies.json", "snapshots")[0]
    import_bodies(SYSTEM, _batch(census, "city.csv"), now=at)
    city.bodies = {body.key: body.id for body in territory.bodies()}
    for body in content.items("bodies.json", "bodies"):
        city.bodies[body["key"]] = register_body(SYSTEM, _facts(city, body), now=at).id
    for body in content.items("bodies.json", "bodies"):
        for istat in body.get("members_istat", ()):
            add_membership(SYSTEM, city.bodies[body["key"]], city.bodies[istat], ZONES_SINCE, now=at)


def _facts(city: City, body: Item) -> BodyFacts:
    return BodyFacts(
        kind=BodyKind(body["kind"]),
        name=body["name"],
        key=body["key"],
        ipa_code=body.get("ipa_code"),
        forum_category=ForumCategory(body["forum_category"]) if "forum_category" in body else None,
        parent_id=city.bodies[body["parent_istat"]] if "parent_istat" in body else None,
    )


def _batch(snapshot: Item, file: str) -> Batch:
    day = date.fromisoformat(snapshot["reference_date"])
    return Batch(content.raw(file), snapshot["source"], day, {"population": snapshot["column"]})


def _figures(city: City, snapshot: Item) -> Act:
    def act(at: datetime) -> None:
        batch = _batch(snapshot, "city.csv")
        import_bodies(SYSTEM, batch, now=at)
        import_bodies(SYSTEM, _batch(snapshot, "unions.csv"), now=at)
        found = (
            s.id for s in territory.snapshots() if (s.source, s.reference_date) == (batch.source, batch.reference_date)
        )
        city.snapshots[snapshot["column"]] = next(found)

    return act


def _granted_on(agenda: Agenda, mandate: Item, first_day: date) -> datetime:
    """On its first day, or when the portal began, and in any case before it ended."""
    day = max(date.fromisoformat(mandate["starts_on"]), first_day)
    if mandate["ends_on"]:
        day = min(day, date.fromisoformat(mandate["ends_on"]))
    return agenda.morning(day)


def _grant(city: City, person: Item, mandate: Item) -> Act:
    def act(at: datetime) -> None:
        granted = grant_mandate(
            SYSTEM,
            Appointment(
                email=person["email"],
                name=person["name"],
                body_id=city.bodies[mandate["body"]],
                office=Office(mandate["office"]),
                starts_on=date.fromisoformat(mandate["starts_on"]),
                ends_on=date.fromisoformat(mandate["ends_on"]) if mandate["ends_on"] else None,
                act_reference="Atto dimostrativo",
            ),
            now=at,
        )
        city.people[person["key"]] = granted.person_id
        city.mandates[person["key"], mandate["body"]] = granted.mandate_id
        accept_notice(Actor(person_id=granted.person_id), now=at)  # whoever acts here has read the notice

    return act
