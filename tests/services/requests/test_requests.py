"""The Council asks, the term runs, is interrupted once, expires; what comes later is late, and is kept."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from portal.db import db
from portal.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from portal.opinions import queries as mayors
from portal.opinions.requests import certify, interrupt, queries, transmit, withdraw
from portal.opinions.requests.answer import answer
from portal.opinions.requests.rules import AnswerOutcome, DocumentKind, Stage, Step, last_instant
from portal.opinions.requests.standing import check_running
from portal.opinions.requests.transmit import Sent
from portal.opinions.requests.withdraw import TakenBack
from tests.factories import NOW
from tests.forum_requests import Request, drawn_up, reach

pytestmark = pytest.mark.usefixtures("app", "database")
DAY, MICRO = timedelta(days=1), timedelta(microseconds=1)
DUE = last_instant(NOW, 20)
WHY = "Servono i costi per anno delle azioni dell'asse A."


def send(asked: Request, which: int, at: datetime) -> None:
    letter = Sent("Consiglio metropolitano", f"prot. {which}", at)
    transmit.transmit(asked.secretary, asked.number, which, letter, now=at)


def test_a_request_keeps_the_fingerprint_of_the_version_and_the_days_of_the_settings() -> None:
    asked = Request()
    row, stands = queries.request(asked.number), asked.stands(NOW)
    assert (row.version_hash, row.days, row.extra_days, row.due_at) == (asked.version.text_hash, 20, 15, DUE)
    assert (stands.stage, stands.days_left, [one.code for one in stands.reasons]) == (Stage.REQUESTED, 20, ["running"])


def test_the_clerk_registers_a_request_and_nobody_asks_twice_while_the_first_runs() -> None:
    asked = Request()
    with pytest.raises(Conflict):
        asked.ask_again(NOW + DAY)
    with pytest.raises(Invalid):
        asked.ask_again(NOW + DAY, now=NOW)
    asked.clerk = asked.secretary
    with pytest.raises(Forbidden):
        asked.ask_again(DUE + DAY)


def test_requests_to_the_forum_are_not_among_those_to_the_mayors() -> None:
    asked = Request()
    assert mayors.requests() == []
    assert mayors.of_version(asked.version.id) is None
    with pytest.raises(NotFound):
        mayors.request(asked.number)
    assert [one.number for one in queries.of_version(asked.version.id)] == [asked.number]


def test_a_term_is_interrupted_once_and_begins_again_when_the_facts_arrive() -> None:
    asked = Request()
    interrupt.interrupt(asked.secretary, asked.number, WHY, now=DUE)
    waiting = asked.stands(DUE + 40 * DAY)
    assert (waiting.shown, waiting.expired, waiting.due_at) == (Stage.SUSPENDED, False, None)
    arrived = DUE + 40 * DAY
    interrupt.restart(asked.secretary, asked.number, "Ecco i costi.", arrived, now=arrived + DAY)
    due = last_instant(arrived, 15)
    assert queries.request(asked.number).due_at == due
    assert not asked.stands(due).expired
    assert asked.stands(due + MICRO).expired
    with pytest.raises(Conflict):
        interrupt.interrupt(asked.secretary, asked.number, WHY, now=arrived + 2 * DAY)
    with pytest.raises(Conflict):
        interrupt.restart(asked.secretary, asked.number, "Altri costi.", arrived + DAY, now=arrived + 2 * DAY)


def test_a_term_that_is_over_is_not_interrupted_any_more() -> None:
    asked = Request()
    with pytest.raises(Conflict):
        interrupt.interrupt(asked.secretary, asked.number, WHY, now=DUE + MICRO)


def test_a_request_that_expires_on_day_20_is_certified_and_frees_the_council() -> None:
    asked = Request()
    reach(asked.number, Step.TABLES_OPENED)
    assert not certify.expire(asked.number, now=DUE)
    with pytest.raises(Conflict):
        certify.certify(asked.secretary, asked.number, now=DUE)
    assert [one.code for one in asked.stands(DUE + MICRO).reasons] == ["no_certificate"]
    assert certify.expire(asked.number, now=DUE + MICRO)
    assert not certify.expire(asked.number, now=DUE + DAY)
    certificate = queries.document(asked.number, 1)
    assert certificate.kind is DocumentKind.CERTIFICATE
    assert certificate.content["term"]["due_at"] == DUE.isoformat()
    assert (certificate.content["stage"], certificate.late) == ("in_tables", False)
    assert asked.stands(DUE + DAY).reasons == ()


def test_an_opinion_of_day_22_is_late_and_stands_beside_the_certificate() -> None:
    asked = Request()
    certify.expire(asked.number, now=DUE + MICRO)
    which = drawn_up(asked, DUE + DAY)
    send(asked, which, DUE + 2 * DAY)
    stands = asked.stands(DUE + 3 * DAY)
    assert (stands.late, stands.shown, stands.expired) == (True, Stage.TRANSMITTED, True)
    assert [(one.kind, one.late) for one in queries.documents(asked.number)] == [
        (DocumentKind.OPINION, True),
        (DocumentKind.CERTIFICATE, False),
    ]


def test_an_opinion_drawn_up_in_time_is_late_if_it_leaves_after_the_end() -> None:
    asked = Request()
    which = drawn_up(asked, DUE - DAY)
    assert not queries.document(asked.number, which).late
    send(asked, which, DUE + MICRO)
    assert queries.document(asked.number, which).late


def test_an_opinion_that_leaves_in_the_last_instant_is_in_time_and_leaves_once() -> None:
    asked = Request()
    which = drawn_up(asked, DUE - DAY)
    send(asked, which, DUE)
    assert not queries.document(asked.number, which).late
    assert not certify.expire(asked.number, now=DUE + DAY)
    with pytest.raises(Conflict):
        send(asked, which, DUE)
    with pytest.raises(Conflict):
        check_running(asked.number, DUE)


def test_a_vote_that_is_repeated_takes_the_ground_from_the_document() -> None:
    asked = Request()
    which = drawn_up(asked, NOW + DAY)
    db.session.execute(sa.text("DELETE FROM forum_step WHERE step = 'adopted'"))
    db.session.commit()
    reach(asked.number, Step.ADOPTED, at=NOW + 2 * DAY)
    assert asked.stands(NOW + 2 * DAY).opinion is None
    with pytest.raises(Conflict):
        send(asked, which, NOW + 3 * DAY)


def test_the_council_takes_its_request_back_and_may_ask_again() -> None:
    asked = Request()
    act = TakenBack("15", NOW.date(), "Il testo del Piano cambia ancora.")
    withdraw.withdraw(asked.clerk, asked.number, act, now=NOW + DAY)
    stands = asked.stands(DUE + DAY)
    assert (stands.shown, stands.expired, stands.reasons) == (Stage.WITHDRAWN, False, ())
    assert not certify.expire(asked.number, now=DUE + DAY)
    assert asked.ask_again(NOW + 2 * DAY) == asked.number + 1


def test_nothing_leaves_about_a_request_that_was_taken_back() -> None:
    asked = Request()
    which = drawn_up(asked, NOW + DAY)
    act = TakenBack("15", NOW.date(), "Il testo del Piano cambia ancora.")
    withdraw.withdraw(asked.clerk, asked.number, act, now=NOW + DAY)
    with pytest.raises(Conflict) as refused:
        send(asked, which, NOW + 2 * DAY)
    assert refused.value.code == "withdrawn"


def test_every_remark_gets_an_answer_and_a_correction_leaves_the_first_one_to_be_read() -> None:
    asked = Request()
    which = drawn_up(asked, NOW + DAY, remarks=2)
    said = "La richiesta entra nel testo dell'azione A.1."
    with pytest.raises(Conflict):
        answer(asked.clerk, asked.number, 1, AnswerOutcome.ACCEPTED, said, now=NOW + DAY)
    send(asked, which, NOW + DAY)
    later = NOW + 2 * DAY
    answer(asked.clerk, asked.number, 1, AnswerOutcome.ACCEPTED, said, now=later)
    assert asked.stands(later).stage is Stage.TRANSMITTED
    answer(asked.clerk, asked.number, 2, AnswerOutcome.NOT_ACCEPTED, "Mancano le risorse nel bilancio.", now=later)
    assert asked.stands(later).stage is Stage.ANSWERED
    assert answer(asked.clerk, asked.number, 1, AnswerOutcome.PARTLY, said, now=later) == 2
    assert answer(asked.clerk, asked.number, 1, AnswerOutcome.PARTLY, said, now=later) == 2
    assert [(one.remark, one.version) for one in queries.answered(asked.number)] == [(1, 1), (1, 2), (2, 1)]
    holding = list(queries.answers(asked.number).values())
    assert list(queries.counts(holding).values()) == [0, 1, 1]
    with pytest.raises(NotFound):
        answer(asked.clerk, asked.number, 3, AnswerOutcome.ACCEPTED, said, now=later)
    with pytest.raises(Forbidden):
        answer(asked.secretary, asked.number, 2, AnswerOutcome.ACCEPTED, said, now=later)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE forum_document SET content = '{}' WHERE number = 1",
        "UPDATE forum_document SET sha256 = replace(sha256, 'a', 'b'), drawn_at = '2020-01-01'",
        "UPDATE forum_document SET transmitted_to = 'altri' WHERE number = 1",
        "DELETE FROM forum_document",
        "UPDATE forum_answer SET reason = 'altro'",
        "DELETE FROM forum_answer",
    ],
)
def test_the_database_keeps_what_was_drawn_up_and_answered(change: str) -> None:
    asked = Request()
    which = drawn_up(asked, NOW + DAY, remarks=1)
    send(asked, which, NOW + DAY)
    answer(asked.clerk, asked.number, 1, AnswerOutcome.PARTLY, WHY, now=NOW + DAY)
    with pytest.raises(sa.exc.IntegrityError):
        db.session.execute(sa.text(change))
    db.session.rollback()
