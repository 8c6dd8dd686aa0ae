"""The demonstration loads once, whole, through the verbs, in the order of time, and touches nothing else."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.comments import tally
from portal.comments.models import Comment, Consultation, Submission
from portal.comments.rules import CommentState, Phase, SubmissionState, phase
from portal.db import db
from portal.demo import load
from portal.demo.agenda import Agenda
from portal.drafting.models import Answer
from portal.drafting.rules import AnswerState
from portal.files.store import Store
from portal.jobs.models import Mail
from portal.journal.models import Entry
from portal.journal.verify import verify
from portal.kernel import clock
from portal.kernel.errors import Conflict
from portal.territory.models import Body
from tests import factories
from tests.factories import NOW
from tests.fixtures.application import console


def states(column: Any) -> set[Any]:
    return set(db.session.scalars(sa.select(column).distinct()))


def test_there_is_something_in_every_state(demo_app: Flask) -> None:
    with demo_app.app_context():
        assert states(Comment.state) == set(CommentState)
        assert states(Answer.state) == set(AnswerState)
        assert {SubmissionState.DRAFT, SubmissionState.READY} < states(Submission.state)
        assert db.session.scalar(sa.select(sa.func.count()).where(Submission.is_late)) == 2


def test_one_consultation_is_open_and_one_is_concluded(demo_app: Flask) -> None:
    with demo_app.app_context():
        rows = db.session.scalars(sa.select(Consultation).order_by(Consultation.id).limit(2)).all()
        phases = [phase(c.opens_at, c.deadline_at, c.concluded_at, clock.now()) for c in rows]
        assert phases == [Phase.CONCLUDED, Phase.OPEN]


def test_the_record_holds_and_goes_forward_in_time(demo_app: Flask) -> None:
    with demo_app.app_context():
        assert verify() == []
        times: dict[str, list[datetime]] = {}
        for entry in db.session.scalars(sa.select(Entry).order_by(Entry.stream, Entry.seq)):
            times.setdefault(entry.stream, []).append(entry.at)
        assert len(times) >= 5
        assert all(instants == sorted(instants) for instants in times.values())


def test_the_counters_equal_a_recount(demo_app: Flask) -> None:
    with demo_app.app_context():
        assert tally.kept() == tally.recount()


def test_everybody_concerned_has_been_written_to(demo_app: Flask) -> None:
    with demo_app.app_context():
        sent = set(db.session.scalars(sa.select(Mail.template)))
        assert {"receipt", "decision", "answer", "to_sign", "mandate_granted"} <= sent
        assert not db.session.scalar(sa.select(sa.func.count()).where(Mail.sent_at.is_(None)))


def test_again_it_changes_nothing_and_prints_fresh_addresses(demo_app: Flask) -> None:
    def counts() -> list[int]:
        with demo_app.app_context():
            return [db.session.scalar(sa.select(sa.func.count()).select_from(m)) or 0 for m in (Body, Comment, Entry)]

    before = counts()
    first, second = console(demo_app, "demo"), console(demo_app, "demo")
    assert "there already" in second
    addresses = [{line.strip() for line in said.splitlines() if "/accesso/" in line} for said in (first, second)]
    assert len(addresses[0]) >= 20
    assert addresses[0].isdisjoint(addresses[1])
    assert counts() == before


def test_other_data_are_never_touched(database: None, tmp_path: Path) -> None:
    factories.body("Un Comune vero")
    with pytest.raises(Conflict, match="other data"):
        load.load(store=Store(tmp_path), now=NOW, reset=True)
    assert [body.name for body in db.session.scalars(sa.select(Body))] == ["Un Comune vero"]


def test_without_demo_nothing_is_loaded(app: Flask) -> None:
    done = app.test_cli_runner().invoke(args=["demo"])
    assert (done.exit_code, "DEMO=1" in done.output) == (1, True)


def test_what_an_act_puts_on_the_agenda_is_done_in_its_turn() -> None:
    agenda, done = Agenda(NOW), list[str]()

    def first(at: datetime) -> None:
        done.append("first")
        agenda.add(at + timedelta(days=1), lambda _at: done.append("between"))

    agenda.add(NOW - timedelta(days=1), lambda _at: done.append("late"))
    agenda.add(NOW - timedelta(days=3), first)
    agenda.run()
    assert done == ["first", "between", "late"]


def test_nothing_happens_in_the_future() -> None:
    agenda = Agenda(NOW)
    at = NOW - timedelta(hours=1)
    for _ in range(20):
        later = agenda.after(at, timedelta(hours=20))
        assert at < later < NOW
        at = later
