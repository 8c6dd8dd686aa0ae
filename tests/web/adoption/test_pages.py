"""The pages of the Forum's votes: put, answered, closed, proclaimed, dissented from; nothing is told too early."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.kernel.actor import Actor
from portal.kernel.clock import local
from portal.opinions.adoption import queries, seal_dissent
from portal.opinions.adoption.rules import Result
from tests.adoption import ABSTAIN, DAY, HOUR, NO, YES, Vote, everybody
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.client import Visitor

pytestmark = pytest.mark.once
WHY = "Il testo non dice nulla delle risorse per la montagna."


@pytest.fixture
def vote(clock: Clock, database: None) -> Vote:
    return Vote(6, amendments=2)


def _as(client: Visitor, who: Actor) -> Visitor:
    return client.sign_in(who.person_id or 0, who.acting.mandate_id if who.acting else None)


def _days(number: int) -> dict[str, str]:
    return {"way": "term", "closes_at": f"{local(NOW + number * DAY):%Y-%m-%dT%H:%M}"}


def test_from_the_desk_to_the_ballot_to_the_result(client: Visitor, clock: Clock, vote: Vote) -> None:
    desk, public = f"/segreteria/forum/pareri/{vote.request}/voto", f"/forum/pareri/{vote.request}/voto"
    _as(client, vote.secretary)
    assert "2 emendamenti da votare" in client.get(desk).text
    assert client.post(desk, data=_days(5)).status_code == 303
    first, second = (row.poll_id for row in queries.votes(vote.system, vote.request))
    _as(client, vote.forum.delegates[1])
    assert "2 votazioni del Forum aspettano la tua risposta" in client.get("/scrivania").text
    page = client.get(public).text
    assert page.count('type="radio"') == 6
    assert page.count("<ins>") == 1  # what the second amendment adds
    sent = client.post(public, data={"key": "of-this-page", f"vote-{first}": "no", f"vote-{second}": "yes"})
    assert sent.status_code == 303
    page = client.get(public).text
    assert "2 voti sono registrati" in page
    assert page.count("checked") == 2
    stranger = client.application.test_client()
    told = stranger.get(public).text
    assert "1</strong> su 6" in told
    assert 'type="radio"' not in told
    for place in (2, 3, 4):
        vote.cast(vote.forum.delegates[place], {first: NO, second: YES})
    _as(client, vote.secretary)
    assert "2 organizzazioni non hanno risposto a tutto" in client.get(desk).text
    client.post(f"{desk}/chiudi")
    assert vote.row(first).state == "open"  # the box was not ticked
    client.post(f"{desk}/chiudi", data={"sure": "1"})
    client.post(f"{desk}/proclama")
    assert (vote.row(first).result, vote.row(second).result) == (Result.NOT_PASSED, Result.PASSED)
    told = stranger.get(public).text
    assert told.count("Organizzazione 004") == 2
    assert "Il testo finale" in client.get(desk).text


def test_one_question_is_answered_with_one_button(client: Visitor, clock: Clock, vote: Vote) -> None:
    public = f"/forum/pareri/{vote.request}/voto"
    _answer_amendments(vote)
    poll = vote.put(final=True)[0]
    _as(client, vote.forum.substitutes[0])
    page = client.get(public).text
    assert page.count(f'name="vote-{poll}"') == 3
    assert "Si chiede di indicare le risorse" in page
    clock.set(NOW + 5 * DAY - timedelta(seconds=1))
    assert client.post(public, data={"key": "of-this-page", f"vote-{poll}": "abstain"}).status_code == 303
    clock.set(NOW + 5 * DAY)
    late = client.post(public, data={"key": "another-page", f"vote-{poll}": "yes"})
    assert late.status_code == 409
    assert "Il tempo per votare è finito" in late.text
    assert vote.row(poll).answered == 1


def test_dissent_is_written_signed_and_read_by_everybody(client: Visitor, clock: Clock, vote: Vote) -> None:
    address = f"/forum/pareri/{vote.request}/dissensi"
    _answer_amendments(vote)
    vote.taken(everybody(4) | {4: NO, 5: ABSTAIN})
    clock.set(NOW + 2 * HOUR)
    _as(client, vote.forum.delegates[4])
    assert client.post(address, data={"text": "No."}).status_code == 422
    assert client.post(address, data={"text": f"{WHY} <b>"}).status_code == 303
    _as(client, vote.forum.delegates[5])
    page = client.get(address).text
    assert f"{WHY} &lt;b&gt;" in page
    note = page.split('id="nota-')[1].split('"')[0]
    sha256 = page.split('name="sha256" value="')[1].split('"')[0]
    client.post(f"{address}/{note}/firma", data={"sha256": sha256})
    clock.set(NOW + HOUR + DAY)
    seal_dissent.seal_dissent(vote.request, now=NOW + HOUR + DAY)
    page = client.get(address).text
    assert "Parere di minoranza" in page
    assert "2 firme" in page
    assert 'name="sha256"' not in page


def test_the_office_cannot_vote_and_members_cannot_conduct(client: Visitor, clock: Clock, vote: Vote) -> None:
    poll = vote.put()[0]
    desk, public = f"/segreteria/forum/pareri/{vote.request}/voto", f"/forum/pareri/{vote.request}/voto"
    _as(client, vote.secretary)
    assert client.post(public, data={"key": "of-this-page", f"vote-{poll}": "yes"}).status_code == 403
    _as(client, vote.forum.delegates[0])
    for act in ("", "/apri", "/chiudi", "/proclama", f"/{poll}/annulla"):
        assert client.post(f"{desk}{act}", data={"sure": "1", "reason": WHY}).status_code == 403
    assert client.get(desk).status_code == 403


def _answer_amendments(vote: Vote) -> None:
    for poll in vote.put():
        vote.say(poll, everybody(3, NO))
    vote.close(NOW)


def test_a_vote_is_annulled_with_a_reason_that_everybody_reads(client: Visitor, clock: Clock, vote: Vote) -> None:
    poll = vote.put()[0]
    _as(client, vote.general)
    address = f"/segreteria/forum/pareri/{vote.request}/voto/{poll}/annulla"
    assert client.get(address).status_code == 200
    assert client.post(address, data={"reason": "No."}).status_code == 422
    assert client.post(address, data={"reason": WHY}).status_code == 303
    assert WHY in client.application.test_client().get(f"/forum/pareri/{vote.request}/voto").text
    assert YES not in {seat.choice for seat in queries.seats(poll, told=False)}
