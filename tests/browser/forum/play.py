"""A Forum of one hundred and twenty: its people, what most of them do unseen, the plenary that sits twice."""

from __future__ import annotations

import csv
import io
import itertools
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import APIResponse, Page

from portal.accounts import queries as accounts
from portal.conferences import convene, locked
from portal.conferences.hall import roll_call, session
from portal.conferences.models import SittingSeat
from portal.conferences.rules import ItemKind, Organ
from portal.db import db
from portal.forum import import_members, install
from portal.forum import queries as forums
from portal.forum.rules import ForumKey
from portal.kernel.actor import Actor
from portal.kernel.offices import ForumCategory, Office
from portal.opinions.adoption import cast_votes, notes, write_dissent
from portal.opinions.amending import dispose, propose, queries, sign, write_section
from portal.opinions.amending.propose import Proposal
from portal.opinions.amending.rules import AmendmentKind
from portal.opinions.amending.write_section import Written
from portal.opinions.deliberation import weigh
from portal.opinions.deliberation.rules import Weight
from portal.voting.rules import Choice
from tests import factories
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.browser import OpenPage
from tests.hall import HOUR, Hall
from tests.keyboard import enter
from tests.sittings import Chamber

SEATS, PRESENT = 120, 34
DAY = timedelta(days=1)
SECOND = HOUR + DAY
ITEM = "Parere del Forum sul Piano"
ASKED = "Si chiede un percorso ciclabile continuo. Si chiede di dirlo con date certe. I costi siano resi pubblici."
_keys = itertools.count(1)


class Plenary(Hall):
    """The sitting of the Forum: convened with two calls; `people` are the first organisations, accredited."""

    def __init__(self, chamber: Chamber, members: list[Actor]) -> None:
        self.chamber, self.secretariat, self.colleague = chamber, chamber.secretary, chamber.colleague
        self.sitting = chamber.planned(HOUR, SECOND)
        chamber.item(self.sitting, kind=ItemKind.OPINION, title=ITEM, minutes=20)
        convene.convene(self.secretariat, self.sitting, "", now=NOW)
        rows = db.session.scalars(sa.select(SittingSeat).where(SittingSeat.sitting_id == self.sitting))
        self.seats = {row.number: row.id for row in rows}
        by_body = {who.acting.body_id: who for who in members[:PRESENT] if who.acting}
        self.people = {row.number: by_body[row.body_id] for row in locked.seats(self.sitting) if row.body_id in by_body}

    def deserted(self) -> None:
        """Nobody is there at the first call; those who are accredited come to the second."""
        for number in self.people:
            self.accredit(number)
        first = roll_call.begin(self.secretariat, self.sitting, 1, now=HOUR)
        roll_call.end(self.secretariat, self.sitting, first, now=HOUR)
        session.desert(self.secretariat, self.sitting, now=HOUR)

    def second(self) -> None:
        """They answer, and the session is opened."""
        roll = roll_call.begin(self.secretariat, self.sitting, 2, now=SECOND)
        for number in self.people:
            roll_call.answer(self.secretariat, self.sitting, roll, self.seats[number], True, now=SECOND)
        roll_call.end(self.secretariat, self.sitting, roll, now=SECOND)
        session.open_sitting(self.secretariat, self.sitting, "La Presidente", "Il Segretario", now=SECOND)


class Play:
    """Who acts; `number` is that of the request, once it is registered."""

    number = 1

    def __init__(self, app: Flask, open_page: OpenPage, server: str, clock: Clock) -> None:
        self._app, self._open_page, self._server, self.clock = app, open_page, server, clock
        self.chamber = Chamber(1, organ=Organ.FORUM)
        install.install(Actor.system(), now=NOW)
        self.secretary = factories.holder(Office.FORUM_SECRETARY)
        self.clerk = factories.holder(Office.COUNCIL_CLERK)
        forum = forums.by_key(ForumKey.METROPOLITAN).id
        import_members.import_members(self.secretary, forum, _members(), "Atto 1", now=NOW)
        self.members = [self._delegate(n) for n in range(1, SEATS + 1)]
        self.plenary = Plenary(self.chamber, self.members)

    def _delegate(self, n: int) -> Actor:
        found = accounts.actor_of_email(f"delegato{n}@forum.example", now=NOW)
        assert found is not None
        return found.acting_under(found.grants[0].mandate_id)

    @property
    def now(self) -> datetime:
        """The instant of the clock."""
        return self.clock.at

    @property
    def action(self) -> int:
        """The action that the remark is about."""
        return self.chamber.actions[0].id

    def window(self, who: Actor | None, path: str, *, phone: bool = False) -> Page:
        """A window of somebody, signed in now; a phone is 320 pixels wide."""
        page = self._open_page(width=320 if phone else 1280)
        if who is not None:
            enter(page, self._app, self._server, who, now=self.now)
        page.goto(path)
        return page

    def weighed(self, statement: int, of: range, said: Weight) -> None:
        """These organisations weigh a statement."""
        for n in of:
            weigh.weigh(self.members[n], self.number, statement, said, now=self.now)

    def worded(self, rapporteur: Actor) -> None:
        """The rapporteur writes what stands before and after the remarks."""
        for section in queries.text(rapporteur, self.number).sections:
            if not section.label:
                words = Written("Il Forum, riunito in assemblea, ha esaminato il Piano.")
                write_section.write(rapporteur, self.number, section.id, words, section.revision, now=self.now)

    def amended(self, by: int, old: str, new: str, signers: range) -> int:
        """An organisation asks for other words in the remark, and others sign; the rapporteur leaves it to the vote."""
        section = queries.text(self.members[by], self.number).remarks[0]
        wanted = section.text.replace(old, new)
        asked = Proposal(section.id, section.revision, AmendmentKind.MODIFYING, wanted, "È più chiaro così.")
        number = propose.propose(self.members[by], self.number, asked, now=self.now).number
        self.signed(number, signers)
        dispose.put_to_vote(self.secretary, self.number, number, now=self.now)
        return number

    def signed(self, amendment: int, signers: range) -> None:
        """These organisations sign an amendment."""
        for n in signers:
            sign.sign(self.members[n], self.number, amendment, now=self.now)

    def said(self, poll: int, answers: dict[Choice, range]) -> None:
        """These organisations answer from the hall."""
        for choice, of in answers.items():
            for n in of:
                key = f"hall-key-{next(_keys)}"
                cast_votes.cast_votes(self.members[n], self.number, {poll: choice}, key=key, now=self.now)

    def dissented(self, signers: range) -> None:
        """These organisations stand behind the only note."""
        note = notes.notes(self.number)[0]
        for n in signers:
            write_dissent.sign(self.members[n], self.number, note.id, note.sha256, now=self.now)

    def file(self, page: Page, path: str) -> APIResponse:
        """What everybody can take away."""
        return page.request.get(f"/forum/pareri/{self.number}/{path}", timeout=60_000)


def _members() -> bytes:
    """The file that the secretariat brings: family after family, each with its delegate."""
    families, made = list(ForumCategory), io.StringIO()
    lines = csv.writer(made)
    lines.writerow(["name", "category", "admitted_on", "act", "delegate", "delegate_email"])
    for n in range(1, SEATS + 1):
        name, family = f"Organizzazione {n:03}", families[n % len(families)].value
        lines.writerow([name, family, "2026-01-01", "Atto 1", f"Delegato {n:03}", f"delegato{n}@forum.example"])
    return made.getvalue().encode()
