"""A conference about to sit: Comuni with their mayors, a Unione, staff, an agenda with a paper, a notice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from flask import current_app

from portal.conferences import convene, file_paper, install_rules, open_conference, plan_sitting, write_agenda
from portal.conferences.plan_sitting import Plan
from portal.conferences.rules import ItemKind, Mode, Organ, Visibility
from portal.conferences.write_agenda import Item
from portal.files.examine import Examined, examined, received
from portal.files.store import Store
from portal.kernel.actor import Actor
from portal.kernel.offices import BodyKind, Office
from portal.voting import install_rules as voting_rules
from tests import factories, papers
from tests.factories import NOW

FIRST = NOW + timedelta(days=10)


def pdf(words: str = "Relazione") -> bytes:
    """A document of one empty page with a title of its own."""
    return papers.pdf(title=words)


def store() -> Store:
    """Where the application under test keeps its files."""
    found: Store = current_app.extensions["store"]
    return found


@contextmanager
def looked_at(content: bytes) -> Iterator[Examined]:
    """A file that was received and examined."""
    with received(store(), BytesIO(content)) as given, examined(store(), given) as found:
        yield found


class Chamber:
    """Everything that a sitting needs; `organ` says whose sitting it is."""

    def __init__(self, comuni: int = 5, organ: Organ = Organ.MAYORS) -> None:
        install_rules.install_rules(Actor.system(), now=NOW)
        voting_rules.install_rules(Actor.system(), now=NOW)
        self.organ = organ
        self.city = factories.city()
        self.bodies = [factories.body(f"Comune {n:02}") for n in range(1, comuni + 1)]
        self.snapshot = factories.snapshot({body: 1_000 * n for n, body in enumerate(self.bodies, 1)})
        self.mayors = [factories.holder(Office.MAYOR, body) for body in self.bodies]
        self.deputies = [factories.holder(Office.DEPUTY_MAYOR, body) for body in self.bodies]
        self.union = factories.body("Unione di prova", BodyKind.UNION)
        self.president = factories.holder(Office.UNION_PRESIDENT, self.union)
        self.secretary = factories.holder(Office.SECRETARIAT)
        self.colleague = factories.holder(Office.COUNCIL_CLERK)
        self.general = factories.holder(Office.SECRETARY_GENERAL)
        self.version = factories.version(actions=2)
        self.actions = factories.actions_of(self.version)

    def conference(self, **more: Any) -> int:
        """A conference on both actions of the plan."""
        facts: dict[str, Any] = {
            "organ": self.organ,
            "title": "Conferenza sul piano",
            "aim": "Raccogliere i contributi degli enti.",
            "version_id": self.version.id,
            "action_ids": [action.id for action in self.actions],
            **more,
        }
        return open_conference.open_conference(self.secretary, open_conference.Wanted(**facts), now=NOW)

    def plan(self, *calls: datetime, **more: Any) -> Plan:
        """What the secretariat writes."""
        facts: dict[str, Any] = {
            "title": "Seduta plenaria",
            "calls": calls or (FIRST,),
            "mode": Mode.MIXED,
            "visibility": Visibility.PUBLIC,
            "chair": "Sindaca metropolitana",
            "case_officer": "Dott.ssa Prova",
            "contacts": "segreteria@prova.example",
            "place": "Sala del Consiglio",
            "remote_link": "https://incontri.example/sala",
            **more,
        }
        return Plan(**facts)

    def planned(self, *calls: datetime, conference: int | None = None, **more: Any) -> int:
        """A sitting whose agenda has a report and any other business."""
        number = conference or self.conference()
        sitting = plan_sitting.plan_sitting(self.secretary, number, self.plan(*calls, **more), now=NOW)
        self.item(sitting, title="Relazione sulle azioni", minutes=30)
        self.item(sitting, kind=ItemKind.OTHER_BUSINESS, title="Varie ed eventuali", minutes=10)
        return sitting

    def item(self, sitting: int, *, now: datetime = NOW, **more: Any) -> int:
        """An item at the end of the agenda."""
        facts: dict[str, Any] = {"kind": ItemKind.CONTRIBUTION, "title": "Un punto", **more}
        return write_agenda.add_item(self.secretary, sitting, Item(**facts), now=now)

    def paper(self, sitting: int, item: int, words: str = "Relazione", *, now: datetime = NOW) -> int:
        """A document put to an item."""
        with looked_at(pdf(words)) as found:
            return file_paper.add_paper(
                self.secretary, sitting, item, words, f"{words}.pdf", found, store=store(), now=now
            )

    def convened(self, *calls: datetime, reason: str = "", now: datetime = NOW, **more: Any) -> int:
        """A sitting whose notice has been sent."""
        sitting = self.planned(*calls, **more)
        convene.convene(self.secretary, sitting, reason, now=now)
        return sitting
