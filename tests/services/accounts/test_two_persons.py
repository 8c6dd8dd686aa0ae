"""Acts that need two persons: what one asked for happens once, unchanged, and only by another's word."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from portal.accounts import two_persons
from portal.accounts.models import SecondPersonRequest
from portal.accounts.two_persons import Waiting
from portal.db import atomic, db
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Forbidden, Gone, NotFound
from portal.kernel.offices import Office
from tests import factories
from tests.factories import NOW

PAYLOAD = {"answers": {"1": "yes"}}


@atomic()
def ask(actor: Actor) -> int:
    return two_persons.ask(actor, "test.act", "thing:1", PAYLOAD, now=NOW).id


@atomic()
def confirm(actor: Actor, request: int, now: datetime = NOW) -> Waiting:
    return two_persons.confirm(actor, request, "test.act", now=now)


@atomic()
def refuse(actor: Actor, request: int) -> Waiting:
    return two_persons.refuse(actor, request, "test.act", now=NOW)


def pair() -> tuple[Actor, Actor]:
    return factories.holder(Office.SECRETARIAT), factories.holder(Office.COUNCIL_CLERK)


def test_another_person_confirms_and_what_was_asked_is_handed_out_once() -> None:
    one, other = pair()
    request = ask(one)
    assert [w.id for w in two_persons.waiting("thing:1", "test.act", now=NOW)] == [request]
    assert confirm(other, request).payload == PAYLOAD
    with pytest.raises(Conflict):
        confirm(other, request)
    assert two_persons.waiting("thing:1", "test.act", now=NOW) == []
    assert db.session.scalar(sa.select(SecondPersonRequest.payload).where(SecondPersonRequest.id == request)) is None


def test_the_same_person_does_not_confirm_under_another_mandate() -> None:
    person = factories.person()
    first = factories.mandate(person, factories.city(), Office.SECRETARIAT)
    second = factories.mandate(person, factories.city(), Office.COUNCIL_CLERK)
    request = ask(factories.actor(person, acting=first))
    with pytest.raises(Conflict):
        confirm(factories.actor(person, acting=second), request)


def test_the_console_is_nobody() -> None:
    one, _ = pair()
    with pytest.raises(Forbidden):
        ask(Actor.system())
    with pytest.raises(Forbidden):
        confirm(Actor.system(), ask(one))


def test_what_nobody_confirms_in_time_expires() -> None:
    one, other = pair()
    request = ask(one)
    with pytest.raises(Gone):
        confirm(other, request, NOW + two_persons.USUAL_TERM)
    assert two_persons.waiting("thing:1", "test.act", now=NOW + timedelta(hours=2)) == []


def test_a_request_that_was_altered_is_not_carried_out() -> None:
    one, other = pair()
    request = ask(one)
    _alter(request)
    with pytest.raises(Conflict) as refused:
        confirm(other, request)
    assert refused.value.code == "altered"
    assert refuse(other, request).id == request


@atomic()
def _alter(request: int) -> None:
    changed = {"answers": {"1": "no"}}
    db.session.execute(sa.update(SecondPersonRequest).where(SecondPersonRequest.id == request).values(payload=changed))


def test_a_number_that_is_no_request_finds_nothing() -> None:
    _, other = pair()
    with pytest.raises(NotFound):
        confirm(other, 999)
