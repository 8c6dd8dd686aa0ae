"""Who may still send something is reminded of a deadline, each reminder once, whenever the worker runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.comments.extend import extend
from portal.comments.models import Consultation
from portal.comments.points import Place, Point
from portal.comments.reminders import Stage, current
from portal.comments.rules import CommentKind
from portal.comments.submit import submit
from portal.comments.write_draft import begin
from portal.db import db
from portal.jobs.models import Mail
from portal.kernel.actor import Actor
from portal.kernel.offices import Office
from portal.notify import letter, reminders
from portal.territory.models import Body
from tests import factories
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.database import Sandbox

Posted = Callable[[], list[Mail]]
DEADLINE = NOW + timedelta(days=14)
DAY = timedelta(days=1)


@pytest.fixture
def consultation() -> Consultation:
    return factories.consultation(deadline_at=DEADLINE)


def mayor(name: str) -> Actor:
    return factories.holder(Office.MAYOR, factories.body(name))


def body_of(who: Actor) -> Body:
    assert who.acting
    return db.session.get_one(Body, who.acting.body_id)


def drafted(who: Actor, on: Consultation) -> int:
    action = factories.actions_of(on.version)[0]
    point = Point(CommentKind.SUPPORT, "Siamo d'accordo su tutto.", reasons="Per molte ragioni.")
    return begin(who, Place(on.id, action.id), point, uuid4().hex, now=NOW).submission_id


def written() -> list[Mail]:
    return list(db.session.scalars(sa.select(Mail).where(Mail.template == "deadline").order_by(Mail.id)))


def test_bodies_with_nothing_sent_or_with_drafts_are_reminded_and_no_others(
    consultation: Consultation, clock: Clock
) -> None:
    silent, done, torn = mayor("Comune Silenzioso"), mayor("Comune Spedito"), mayor("Comune a Metà")
    officer = factories.holder(Office.OFFICER, body_of(torn))
    for who in (done, torn):
        submit(who, drafted(who, consultation), now=NOW)
    drafted(officer, consultation)
    clock.set(DEADLINE - 7 * DAY)
    reminders.remind()
    letters = {m.recipient: m for m in written()}
    assert letters.keys() == {silent.email, torn.email, officer.email}
    assert "Comune Silenzioso: finora non è stato inviato nulla" in letters[silent.email].text
    assert "Comune a Metà: 1 bozza non ancora inviata" in letters[torn.email].text
    assert "Mancano 7 giorni" in letters[silent.email].text
    assert "http://localhost/scrivania" in letters[silent.email].text


def test_who_signs_for_two_bodies_gets_one_letter_that_names_both(consultation: Consultation, clock: Clock) -> None:
    who = factories.person()
    for name in ("Comune Primo", "Comune Secondo"):
        factories.mandate(who, factories.body(name), Office.MAYOR)
    clock.set(DEADLINE - DAY)
    reminders.remind()
    (letter,) = written()
    assert letter.text.index("Comune Primo") < letter.text.index("Comune Secondo")


def test_a_worker_that_was_away_gives_the_reminder_in_hand_and_says_what_is_left(
    consultation: Consultation, clock: Clock
) -> None:
    mayor("Comune Silenzioso")
    clock.set(DEADLINE - timedelta(hours=2))
    reminders.remind()
    (letter,) = written()
    assert letter.cause.endswith(":3h")
    assert "Mancano 2 ore" in letter.text


def test_an_extension_moves_the_reminders(consultation: Consultation, clock: Clock) -> None:
    mayor("Comune Silenzioso")
    secretary = factories.holder(Office.SECRETARIAT)
    clock.set(DEADLINE - DAY)
    reminders.remind()
    moved = DEADLINE + 3 * DAY
    extend(secretary, consultation.id, moved, "Lo hanno chiesto molti Comuni.", now=DEADLINE - timedelta(hours=2))
    for before in (timedelta(hours=71), timedelta(hours=25), timedelta(hours=24), timedelta(hours=3)):
        clock.set(moved - before)
        reminders.remind()
    assert [m.cause.rsplit(":", 1)[1] for m in written()] == ["1d", "1d", "3h"]
    assert len({m.cause for m in written()}) == 3


def test_a_consultation_that_has_ended_reminds_nobody(consultation: Consultation, clock: Clock) -> None:
    mayor("Comune Silenzioso")
    clock.set(DEADLINE)
    assert reminders.remind() == 0


def test_a_reminder_that_cannot_be_written_whole_is_not_given_in_part(
    consultation: Consultation, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    mayor("Comune Primo"), mayor("Comune Secondo")
    clock.set(DEADLINE - DAY)
    calls: list[object] = []

    def breaks(*args: object, **more: object) -> None:
        calls.append(args)
        if len(calls) == 2:
            raise OSError("no disk")
        letter.post(*args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(reminders, "post", breaks)
    with pytest.raises(OSError, match="no disk"):
        reminders.remind()
    assert written() == []
    monkeypatch.setattr(reminders, "post", letter.post)
    reminders.remind()
    assert len(written()) == 2


@pytest.fixture
def empty_again(app: Flask, sandbox: Sandbox) -> Callable[[], None]:
    def anew() -> None:
        db.session.remove()
        sandbox.reset()

    return anew


RUNS = st.lists(st.timedeltas(timedelta(0), timedelta(days=9)), min_size=1, max_size=12)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(runs=RUNS, moved=st.none() | st.timedeltas(timedelta(hours=1), timedelta(days=9)))
def test_each_addressee_gets_each_reminder_exactly_once_whenever_the_worker_runs(
    runs: list[timedelta], moved: timedelta | None, clock: Clock, empty_again: Callable[[], None]
) -> None:
    """Nine days before the deadline with runs at any instants, twice each; a clerk with a calendar expects the same."""
    empty_again()
    consultation = factories.consultation(deadline_at=DEADLINE)
    people = [mayor(f"Comune {n}") for n in range(2)]
    secretary, told, deadline = factories.holder(Office.SECRETARIAT), consultation.opens_at, DEADLINE
    extended_at = DEADLINE - 2 * DAY
    expected: set[tuple[datetime, Stage]] = set()
    for at in sorted(DEADLINE - before for before in runs):
        if moved and deadline == DEADLINE and at >= extended_at:
            deadline, told = DEADLINE + moved, extended_at
            extend(secretary, consultation.id, deadline, "Lo hanno chiesto molti Comuni.", now=extended_at)
        clock.set(at)
        reminders.remind(), reminders.remind()
        stage = current(told, deadline, at)
        if stage:
            expected.add((deadline, stage))
    counted = Counter((m.recipient, m.cause) for m in written())
    assert set(counted.values()) <= {1}
    assert len(counted) == len(people) * len(expected)
