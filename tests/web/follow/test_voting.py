"""The vote on a delegate's page, without scripts: the ballot, its receipt, why one has none, and what came of it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from portal.conferences.hall.rules import Way
from portal.conferences.table import polls
from portal.opinions import put_to_vote
from portal.voting import record_answer
from portal.voting.rules import Choice
from tests.conftest import Clock
from tests.fixtures.client import Visitor
from tests.hall import HOUR
from tests.opinions import Mayors
from tests.web.follow.test_seat import enter, panel

pytestmark = pytest.mark.once
LATER = HOUR + timedelta(minutes=2)


@pytest.fixture
def mayors(clock: Clock, database: None) -> Mayors:
    """In session on the opinion; the fourth Comune is not there yet."""
    made = Mayors()
    made.write()
    made.open(1, 2, 3)
    made.call_item(2)
    clock.set(LATER)
    return made


def opened(mayors: Mayors) -> int:
    number = put_to_vote.put_to_vote(mayors.secretariat, mayors.request, mayors.sitting, "Parere?", now=LATER)
    polls.open_it(mayors.clerk, number, now=LATER)
    return number


def test_the_ballot_is_a_plain_form_that_comes_back_with_the_receipt(client: Visitor, mayors: Mayors) -> None:
    number, address = opened(mayors), f"/sedute/{mayors.sitting}/partecipa"
    page = enter(client, mayors.people[1]).get(address)
    assert page.text.index('data-panel="poll"') < page.text.index('data-panel="now"')
    assert "Voti per Comune 01 · 1.000 abitanti" in panel(page, "poll")
    form = dict(re.findall(r'name="(mandate|key|next|confirmed)" value="([^"]*)"', page.text.split("data-ballot")[1]))
    sent = client.post(f"/votazioni/{number}/scheda", data=form | {"choice": "abstain"})
    assert (sent.status_code, sent.location) == (303, f"{address}#voto")
    told = panel(client.get(address), "poll")
    code = re.findall(r"V-\w{5}-\w{5}", told)[0]
    assert "Registrato: Astenuto" in told and "Fino alla chiusura puoi cambiarlo" in told
    assert code in client.get(f"/votazioni/{number}/scheda").text

    polls.close_it(mayors.clerk, number, now=LATER)
    counted = panel(client.get(address), "poll")
    assert "La votazione è chiusa" in counted and "ne mancano" in counted and f"Astenuto {code}" in counted


def test_the_clerk_answers_and_the_telephone_shows_the_same_receipt(client: Visitor, mayors: Mayors) -> None:
    number = opened(mayors)
    done = record_answer.record_answer(mayors.clerk, number, 2, Choice.NO, key="appello-0000001", now=LATER)
    told = panel(enter(client, mayors.people[2]).get(f"/sedute/{mayors.sitting}/partecipa?riquadri=poll"), "poll")
    assert "Registrato: Contrario" in told and done.code in told and "appello" in told.lower()


def test_whoever_comes_in_while_it_is_open_reads_at_once_why_they_do_not_vote(
    client: Visitor, clock: Clock, mayors: Mayors
) -> None:
    number, address = opened(mayors), f"/sedute/{mayors.sitting}/partecipa"
    mayors.enter(4, Way.ROOM, now=LATER)
    told = panel(enter(client, mayors.people[4]).get(address), "poll")
    assert "In questa votazione non voti." in told and "Potrai votare nella prossima." in told
    assert "Favorevole" not in told
    polls.last_call(mayors.clerk, number, 30, now=LATER)
    enter(client, mayors.people[1])
    assert "Ultima chiamata: si chiude alle 10:02:30" in panel(client.get(address), "poll")
    clock.set(LATER + timedelta(seconds=30))
    late = panel(client.get(address), "poll")
    assert "Il tempo per rispondere è finito" in late and "Mi astengo" not in late
