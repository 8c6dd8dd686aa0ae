"""The people of the rehearsal, and what they do before the sitting and from telephones that nobody looks at."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page, expect

from portal.comments.points import Point
from portal.comments.rules import CommentKind
from portal.conferences import accredit, grant
from portal.conferences.accreditation_rules import Identification, Presence
from portal.conferences.floor import ask
from portal.conferences.floor.models import Speech
from portal.conferences.floor.rules import FloorKind
from portal.conferences.rules import Organ
from portal.conferences.table import board, make_remark
from portal.db import db
from portal.kernel.clock import local
from portal.kernel.offices import Office
from tests import factories
from tests.browser.rehearsal.stage import Running, Windows
from tests.sittings import FIRST, Chamber, store

ITEMS = ("Presentazione delle azioni", "Priorità dei Comuni", "Varie ed eventuali")
KEY = "0123456789abcdef"


class Rehearsal:
    """Eleven Comuni and a Unione, the office, and the instants at which they act."""

    def __init__(self, clock: Running) -> None:
        self.clock = clock
        self.chamber = Chamber(comuni=11, organ=Organ.PROGRAMMING)
        self.office = self.chamber.secretary
        self.chair = factories.holder(Office.MAYOR, self.chamber.city)
        self.people = [*self.chamber.mayors, self.chamber.president]
        self.sitting = 0
        factories.consultation(self.chamber.version)

    def planned(self, desk: Page) -> None:
        """The office plans the sitting, writes its agenda and sends the notice."""
        desk.goto(f"/segreteria/sedute/nuova/{self.chamber.conference()}")
        fill(
            desk,
            title="Seduta sulle azioni",
            call_1=f"{local(FIRST):%Y-%m-%dT%H:%M}",
            place="Sala del Consiglio",
            remote_link="https://incontri.example/sala",
            chair="Sindaca metropolitana",
            case_officer="Ufficio di piano",
            contacts="segreteria@prova.example",
        )
        desk.get_by_role("button", name="Salva la seduta").click()
        expect(desk).to_have_url(re.compile(r"/segreteria/sedute/\d+$"))
        self.sitting = int(re.search(r"/sedute/(\d+)", desk.url)[1])  # type: ignore[index]
        for n, title in enumerate(ITEMS):
            desk.goto(f"/segreteria/sedute/{self.sitting}/punti/nuovo")
            fill(desk, title=title, minutes=str(20 if n < 2 else 5))
            if n < 2:
                desk.locator("[name=actions]").nth(n).check()
            else:
                desk.locator("[name=kind][value=other_business]").check()
            desk.locator("main form button[type=submit]").last.click()
            expect(desk.locator(".agenda-item h3").nth(n)).to_contain_text(title)
        desk.get_by_role("link", name="Controlla e invia l’avviso").click()
        desk.get_by_label("Ho letto l’avviso e lo invio").check()
        desk.get_by_role("button", name="Invia l’avviso").click()
        expect(desk.get_by_role("heading", name="Registro delle spedizioni dell’avviso n. 1")).to_be_visible()

    def accredited(self, windows: Windows, desk: Page) -> None:
        """One mayor confirms on a phone and one seat is granted on the page; the others go the same way, unseen."""
        phone = windows.open(self.people[0], f"/sedute/{self.sitting}/accredito", width=320)
        phone.get_by_role("button", name="Invia alla segreteria").click()
        expect(phone.get_by_text("Da verificare")).to_be_visible()
        desk.goto(f"/segreteria/sedute/{self.sitting}/accrediti")
        desk.locator("a[href$='/convalida']").first.click()
        desk.locator("[name=identified_by][value=digital_identity]").check()
        desk.locator("main form button[type=submit]").first.click()
        expect(desk.get_by_text("Accreditato").first).to_be_visible()
        for who in self.people[1:]:
            assert who.acting is not None
            means = Presence.REMOTE if who is self.people[-1] else Presence.ROOM
            wanted = accredit.Proposal(who.acting.mandate_id, means)
            proposed = accredit.propose(who, self.sitting, wanted, store=store(), now=self.clock.now())
            grant.grant(self.office, self.sitting, proposed, Identification.DIGITAL_IDENTITY, now=self.clock.now())

    def asks(self, n: int) -> None:
        """Body n asks for the floor from its phone."""
        ask.ask(self.people[n], self.sitting, FloorKind.ORDINARY, f"{KEY}-{n}-{self.count(Speech)}", now=self.now)

    def remarks(self, n: int, words: str) -> None:
        """Body n writes a remark on the action in discussion."""
        item = board.item_now(self.sitting)
        assert item is not None
        point = Point(CommentKind.SUPPORT, words)
        wanted = make_remark.Wanted(item.id, item.actions[0][0], "", point)
        make_remark.make_remark(self.people[n], self.sitting, wanted, f"{KEY}-r-{n}", now=self.now)

    @property
    def now(self) -> Any:
        """The clock's instant."""
        return self.clock.now()

    def count(self, table: type[Any]) -> int:
        """How many rows there are."""
        db.session.rollback()
        return db.session.query(table).filter_by(sitting_id=self.sitting).count()


def fill(page: Page, **fields: str) -> None:
    for name, text in fields.items():
        page.locator(f"main [name={name}]").fill(text)
