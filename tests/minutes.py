"""A sitting held from its roll call to its end with real acts, so that its minutes have something to say."""

from __future__ import annotations

from portal.accounts.models import Person
from portal.conferences import undo
from portal.conferences.floor import ask, give, hold, note_speech
from portal.conferences.floor.give import Guest
from portal.conferences.floor.rules import FloorKind, SpeechKind
from portal.conferences.hall import acts, incidents, items, session
from portal.conferences.hall.rules import IncidentKind, Way
from portal.conferences.minutes import queries, sign
from portal.conferences.minutes.queries import MinutesPage
from portal.conferences.table import indicate
from portal.conferences.table.rules import Stance
from portal.db import atomic, db
from portal.kernel.actor import Actor
from portal.kernel.offices import Office
from portal.records.minutes import draw
from tests import factories
from tests.hall import Hall

NAMES = {1: "Anna Rossi", 2: "Bruno Conte", 3: "Carla Neri", 4: "Dario Fabbri", 5: "Elena Sarti"}


@atomic()
def rename(person_id: int | None, name: str) -> None:
    """As the register would."""
    db.session.get_one(Person, person_id).name = name


def sit() -> Hall:
    """Two bodies answer the roll, a third comes late from afar; a report, a speech, indications, a suspension."""
    hall = Hall()
    by, at = hall.secretariat, hall.at
    for number, name in NAMES.items():
        rename(hall.people[number].person_id, name)
    hall.open(1, 2)
    hall.call_item(1)
    give.give_guest(by, hall.sitting, Guest("ing. Marco Villa, relatore", SpeechKind.REPORT), now=at(2))
    hold.end(by, hall.sitting, now=at(6, 30))
    hall.enter(3, Way.REMOTE, now=at(7))
    wanted = ask.ask(hall.people[1], hall.sitting, FloorKind.ORDINARY, "chiave-uno", now=at(8))
    speech = give.give(by, hall.sitting, wanted, now=at(9))
    hold.pause(by, hall.sitting, now=at(10))
    hold.resume(by, hall.sitting, now=at(11))
    hold.end(by, hall.sitting, now=at(13))
    note_speech.write_synopsis(by, hall.sitting, speech, "Chiede tempi certi.\n\nRicorda gli impegni.", now=at(14))
    incidents.note(by, hall.sitting, IncidentKind.TECHNICAL, "il collegamento cade per due minuti.", now=at(15))
    taken_back(hall, 16)
    items.conclude_item(by, hall.sitting, hall.items[0].id, "Si prende atto.", now=at(20))
    session.suspend(by, hall.sitting, "consultazione", at(30), now=at(21))
    session.resume(by, hall.sitting, now=at(31))
    hall.call_item(2, now=at(32))
    ask_bodies(hall, 33)
    hall.leave(2, now=at(40))
    items.conclude_item(by, hall.sitting, hall.items[1].id, "", now=at(50))
    hall.close(now=at(60))
    return hall


def taken_back(hall: Hall, minute: float) -> None:
    """Somebody is written out by mistake, and the mistake is taken back within its seconds."""
    hall.leave(2, now=hall.at(minute))
    last = acts.last(hall.secretariat, hall.sitting, hall.at(minute, 5))
    assert last is not None
    undo.undo(hall.secretariat, hall.sitting, last.id, now=hall.at(minute, 5))


def ask_bodies(hall: Hall, minute: float) -> None:
    """A round of indications on the first action."""
    action = hall.chamber.actions[0].id
    item = hall.items[1].id
    number = indicate.open_round(hall.secretariat, hall.sitting, item, action, now=hall.at(minute))
    indicate.indicate(hall.people[1], hall.sitting, number, Stance.FAVOURABLE, now=hall.at(minute + 1))
    indicate.indicate_for(hall.secretariat, hall.sitting, number, 2, Stance.WITH_REMARKS, now=hall.at(minute + 1))
    indicate.close_round(hall.secretariat, hall.sitting, number, now=hall.at(minute + 2))


class Record:
    """Minutes of a held sitting, with those who sign."""

    def __init__(self, hall: Hall | None = None) -> None:
        self.hall = hall or sit()
        self.clerk = self.hall.secretariat
        self.colleague = self.hall.colleague
        self.general = self.hall.chamber.general
        self.mayor = factories.holder(Office.MAYOR)
        self.id = draw.write(Actor.system(), self.hall.sitting, 1, now=self.hall.at(61))

    def page(self, who: Actor | None = None) -> MinutesPage:
        """As somebody reads them now."""
        db.session.rollback()
        return queries.minutes(who or self.clerk, self.hall.sitting, 1, now=self.hall.at(70))

    def text(self, key: str) -> str:
        """A section as it stands."""
        return next(section.text for section in self.page().sections if section.key == key)

    def signed(self) -> MinutesPage:
        """Signed by both."""
        for who in (self.general, self.mayor):
            sign.sign(who, self.id, self.page().fingerprint, now=self.hall.at(80))
        return self.page()
