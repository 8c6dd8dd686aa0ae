"""Letters about a term: to every member when it begins, to those who prepare the opinion before it ends, once each."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.db import db
from portal.jobs.models import Mail
from portal.notify import listen, requests
from portal.opinions.requests import interrupt, queries, transmit
from portal.opinions.requests.answer import answer
from portal.opinions.requests.rules import AnswerOutcome, DocumentKind, last_instant
from portal.opinions.requests.transmit import Sent
from tests.conftest import Clock
from tests.factories import NOW
from tests.forum import Forum
from tests.forum_requests import Request, drawn_up

pytestmark = [pytest.mark.once, pytest.mark.usefixtures("app", "database")]
DAY, DUE = timedelta(days=1), last_instant(NOW, 20)


def letters() -> Counter[str]:
    """How many of each kind wait to be sent."""
    db.session.rollback()
    return Counter(db.session.scalars(sa.select(Mail.template).where(Mail.template.like("requests/%"))))


def recipients(template: str) -> set[str]:
    return set(db.session.scalars(sa.select(Mail.recipient).where(Mail.template == f"requests/{template}")))


def test_members_are_told_and_the_end_is_warned_of_twice_and_then_certified(clock: Clock) -> None:
    forum, asked = Forum(2), Request()
    listen.hear()
    everybody = {one.email for one in (*forum.delegates, *forum.substitutes.values())}
    assert everybody <= recipients("asked")
    preparing = {one.email for one in (asked.secretary, asked.general, forum.secretary, forum.general)}
    for day, told in ((14, 0), (15, 1), (16, 1), (18, 2), (20, 2)):
        clock.at = NOW + day * DAY
        requests.terms()
        requests.terms()
        assert letters()["requests/term"] == told * len(preparing)
    assert recipients("term") == preparing
    clock.at = DUE + timedelta(seconds=1)
    assert requests.terms() == 1
    listen.hear()
    assert asked.clerk.email in recipients("expired")
    assert [one.kind for one in queries.documents(asked.number)] == [DocumentKind.CERTIFICATE]


def test_those_who_answer_for_the_council_are_told_what_the_forum_waits_for(clock: Clock) -> None:
    asked = Request()
    interrupt.interrupt(asked.secretary, asked.number, "Servono i costi per anno delle azioni.", now=clock.at)
    listen.hear()
    assert recipients("interrupted") == {asked.clerk.email, asked.general.email}
    clock.at = DUE + 30 * DAY
    assert requests.terms() == 0


def test_members_hear_of_the_answers_once_when_the_last_one_is_given(clock: Clock) -> None:
    forum, asked = Forum(2), Request()
    which = drawn_up(asked, remarks=2)
    sent = Sent("Consiglio metropolitano", "prot. 3", clock.at)
    transmit.transmit(asked.secretary, asked.number, which, sent, now=clock.at)
    said = "La richiesta entra nella nuova versione."
    for remark in (1, 2, 2):
        answer(asked.clerk, asked.number, remark, AnswerOutcome.ACCEPTED, f"{said} {remark}.", now=clock.at)
        listen.hear()
        assert bool(recipients("answered")) == (remark == 2)
    answer(asked.clerk, asked.number, 1, AnswerOutcome.PARTLY, said, now=clock.at)
    listen.hear()
    assert letters()["requests/answered"] == len(recipients("answered"))
    assert {one.email for one in forum.delegates} <= recipients("answered")
