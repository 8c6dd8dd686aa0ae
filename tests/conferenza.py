"""The real Conferenza: 92 Comuni with the residents of 2011, a mayor each, and some who fall just short."""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path

from portal.accounts.models import Mandate, Person
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.offices import BodyKind, Office
from portal.territory.import_bodies import Batch, import_bodies
from portal.territory.models import Body
from portal.voting import install_rules
from portal.voting.queries import SeatRow
from tests import factories
from tests.factories import NOW

NEEDED = 1_221_983  # residents: two fifths of 3,054,956


class Conferenza:
    """The register, the rule sets, and who holds which office."""

    def __init__(self, data: Path) -> None:
        source, day = "ISTAT, censimento 2011", date(2011, 10, 9)
        file = (data / "comuni_napoli.csv").read_bytes()
        import_bodies(Actor.system(), Batch(file, source, day, {"population": "pop_census_2011"}), now=NOW)
        install_rules.install_rules(Actor.system(), now=NOW)
        self.clerk = factories.holder(Office.SECRETARIAT)
        self.mandates: dict[int, tuple[int, int]] = {}
        people, mandates = [], []
        for body in db.session.query(Body).filter_by(kind=BodyKind.MUNICIPALITY).order_by(Body.id).all():
            mail = f"{body.key}@comune.example"
            people.append(Person(name=f"Chi guida {body.name}", email=mail, created_at=NOW))
            mandates.append((body.id, people[-1]))
        factories.add(*people)
        rows = [_mayor(person.id, body_id) for body_id, person in mandates]
        factories.add(*rows)
        self.mandates = {row.body_id: (row.person_id, row.id) for row in rows}


def _mayor(person_id: int, body_id: int) -> Mandate:
    return Mandate(
        person_id=person_id, body_id=body_id, office=Office.MAYOR, starts_on=date(2026, 1, 1), granted_at=NOW
    )


def a_per_mille_short(seats: list[SeatRow]) -> set[int]:
    """37 Comuni that stand for a little less than the residents needed: Napoli, the smallest, and one in exchange."""
    napoli = max(seats, key=lambda s: s.population)
    smallest = sorted((s for s in seats if s != napoli), key=lambda s: s.population)
    yes, rest = [napoli, *smallest[:36]], smallest[36:]
    total = sum(s.population for s in yes)
    for out, into in product(yes[1:], rest):
        if NEEDED * 999 // 1000 < total - out.population + into.population < NEEDED:
            return {s.number for s in yes if s != out} | {into.number}
    raise AssertionError("no exchange comes so close")
