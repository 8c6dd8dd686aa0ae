"""The invented votes: one at every stage, and one that fails on the residents by little."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Flask

from portal.db import db
from portal.kernel.actor import Actor
from portal.voting import queries
from portal.voting.models import Ballot, Poll
from portal.voting.rules import Channel, PollState


def test_there_is_a_vote_at_every_stage(demo_app: Flask) -> None:
    with demo_app.app_context():
        assert set(db.session.scalars(sa.select(Poll.state))) == set(PollState)
        channels = set(db.session.scalars(sa.select(Ballot.channel)))
        assert {Channel.FORM, Channel.CLERK, Channel.SHOW_OF_HANDS} <= channels
        assert db.session.scalar(sa.select(sa.func.max(Ballot.version))) == 2


def test_one_failed_on_the_residents_by_less_than_a_hundredth(demo_app: Flask) -> None:
    with demo_app.app_context():
        number = db.session.scalars(sa.select(Poll.id).where(Poll.state == PollState.CLOSED)).one()
        outcome = queries.poll(Actor.anonymous(), number).outcome
        assert outcome is not None
        seats, people = outcome.results
        assert seats.met and not people.met and people.axis.missing * 100 < people.axis.total
