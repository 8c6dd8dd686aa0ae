"""The Council asks the mayors for their opinion: sittings one after the other, votes by roll call, who comes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import sqlalchemy as sa

from portal.conferences import convene
from portal.conferences.hall import session
from portal.conferences.models import SittingSeat
from portal.conferences.rules import ItemKind, Organ
from portal.conferences.table import polls
from portal.db import db
from portal.kernel.clock import local_day
from portal.opinions import put_to_vote, register, tie_sitting, write_text
from portal.opinions.register import Asked
from portal.opinions.rules import OpinionKind
from portal.opinions.standing import Standing, standing
from portal.opinions.write_text import Point
from portal.voting import queries as votes
from portal.voting import record_answer
from portal.voting.rules import Choice
from tests.factories import NOW
from tests.hall import HOUR, Hall

DAY = timedelta(days=1)
YES = Choice.YES


class Mayors(Hall):
    """Four Comuni of 1,000 to 4,000 residents; the clerk registers the request, the first sitting is tied to it."""

    def __init__(self, *calls: datetime, tied: bool = True) -> None:
        super().__init__(*calls, organ=Organ.MAYORS)
        self.clerk, self.general = self.chamber.colleague, self.chamber.general
        asked = Asked(self.chamber.version.id, "Parere sul Piano", "12", local_day(NOW), NOW)
        self.request = register.register(self.clerk, asked, now=NOW)
        if tied:
            self.tie()

    def tie(self) -> None:
        """The sitting of the moment is to give the opinion."""
        item = next(one.id for one in self.items if one.kind is ItemKind.OPINION)
        tie_sitting.tie_sitting(self.secretariat, self.request, item, self.sitting, now=NOW)

    def write(self, kind: OpinionKind = OpinionKind.FAVOURABLE, *remarks: str, now: datetime = NOW) -> None:
        """A text, with remarks on the first action of the plan."""
        write_text.write_text(self.secretariat, self.request, kind, "La Conferenza esprime parere.", now=now)
        for said in remarks:
            point = Point(self.chamber.actions[0].id, None, said, "Perché serve a tutti.")
            write_text.add_remark(self.secretariat, self.request, point, now=now)

    def convene_again(self, *calls: datetime, now: datetime) -> None:
        """Another sitting, of which everything that follows is; everybody is accredited for it."""
        self.sitting = self.chamber.planned(*calls)
        self.chamber.item(self.sitting, kind=ItemKind.OPINION, title="Parere sul Piano", minutes=20)
        convene.convene(self.secretariat, self.sitting, "Ripetizione del voto.", now=now)
        rows = db.session.scalars(sa.select(SittingSeat).where(SittingSeat.sitting_id == self.sitting))
        self.seats = {row.number: row.id for row in rows}
        self.tie()

    def desert(self, call: int, at: datetime, *present: int) -> None:
        """The roll is called, and the call declared deserted."""
        self.call_roll(*present, call=call, now=at)
        session.desert(self.secretariat, self.sitting, now=at)

    def vote(self, answers: Mapping[int, Choice], at: datetime, *, proclaim: bool = True) -> int:
        """Put the text to the vote in the open sitting; seats of the roll answer to the clerk."""
        number = put_to_vote.put_to_vote(self.secretariat, self.request, self.sitting, "Parere?", now=at)
        polls.open_it(self.clerk, number, now=at)
        for seat, choice in answers.items():
            record_answer.record_answer(self.clerk, number, seat, choice, key=f"answer-{number}-{seat}", now=at)
        polls.close_it(self.clerk, number, now=at)
        if proclaim:
            polls.proclaim_it(self.clerk, number, now=at)
        return number

    def stands(self, day: int = 0) -> Standing:
        """How the request stands so many days after the first call."""
        db.session.rollback()
        return standing(self.request, HOUR + timedelta(days=day, hours=6))

    def base(self, poll: int) -> tuple[int, int]:
        """Seats and residents of a vote."""
        db.session.rollback()
        return len(votes.roll(poll)), votes.poll(self.clerk, poll).population_base
