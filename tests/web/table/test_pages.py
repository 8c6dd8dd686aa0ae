"""The table of a sitting by plain forms: a remark from a seat, its admission, indications, a vote for an item."""

from __future__ import annotations

import re
from typing import Any

import pytest

from portal.comments.models import Comment
from portal.comments.rules import Admission, CommentState, may_see
from portal.conferences.table.models import IndicationRound, SittingPoll, SittingRemark
from portal.db import db
from portal.kernel.actor import Actor
from portal.voting import propose_tally
from portal.voting.rules import Channel, Choice
from tests import factories
from tests.conftest import Clock
from tests.fixtures.client import Visitor
from tests.hall import Hall
from tests.hidden import READS_AS, Who, World
from tests.unpacked import readable

pytestmark = pytest.mark.once


def enter(client: Visitor, who: Actor) -> Visitor:
    return client.sign_in(who.person_id or 0, who.acting.mandate_id if who.acting else None)


def sent(client: Visitor, address: str, **data: Any) -> str:
    page = client.post(address, data=data)
    assert page.status_code == 303, page.text
    return str(page.location)


def test_a_remark_goes_from_the_seat_to_the_public_page(client: Visitor, clock: Clock) -> None:
    hall = Hall()
    factories.consultation(hall.chamber.version, Admission.BEFORE)
    hall.open()
    item, action = hall.call_item(2), hall.chamber.actions[0]
    clock.set(hall.at(10))
    at = f"/sedute/{hall.sitting}/osservazioni"
    paragraph = factories.paragraphs_of(action)[0].key

    enter(client, hall.people[1])
    sheet = client.get(f"{at}/scrivi?punto={item}&azione={action.id}&comma={paragraph}").text
    fields = dict(re.findall(r'name="(item|action|paragraph|client_key)"[^>]* value="([^"]*)"', sheet))
    assert fields["paragraph"] == paragraph and "La seconda frase dice altro." in sheet
    empty = client.post(f"{at}/scrivi", data={**fields, "observation": "Testo che resta."})
    assert empty.status_code == 422 and "Testo che resta." in empty.text
    made = {**fields, "kind": "question", "observation": "Chi mantiene le opere?", "back": "partecipa"}
    for _twice in range(2):
        assert sent(client, f"{at}/scrivi", **made) == f"/sedute/{hall.sitting}/partecipa"
    row = db.session.query(Comment).one()
    visitor = client.application.test_client()
    assert "Chi mantiene" not in visitor.get(at).text

    enter(client, hall.secretariat)
    assert "Chi mantiene le opere?" in client.get(f"/sedute/{hall.sitting}/regia").text
    assert sent(client, f"{at}/{row.id}/ammetti", back="regia") == f"/sedute/{hall.sitting}/regia"
    sent(client, f"{at}/{row.id}/ammetti", back="https://altrove.example")
    sent(client, f"{at}/{row.id}/letta")
    page = visitor.get(at).text
    assert "Chi mantiene le opere?" in page and "letta in seduta alle 10:10" in page
    assert f"dalla seduta n. {hall.sitting}" in client.get("/redazione").text
    assert "In conferenza" in client.get(f"/redazione/osservazioni/{row.number}").text


def test_indications_are_opened_given_and_read_by_everybody(client: Visitor, clock: Clock) -> None:
    hall = Hall()
    hall.open(1, 2)
    item = hall.call_item(2)
    clock.set(hall.at(10))
    at = f"/sedute/{hall.sitting}/indicazioni"
    enter(client, hall.secretariat)
    sent(client, f"{at}/apri", item=item, action=hall.chamber.actions[0].id, question="=Siete favorevoli?")
    number = db.session.query(IndicationRound).one().id
    sent(client, f"{at}/{number}/raccolta", seat=2, stance="contrary")

    enter(client, hall.people[1])
    assert "non è un voto" in client.get(at).text
    sent(client, f"{at}/{number}/risposta", stance="favourable", back="partecipa")
    assert "Registrata alle 10:10: favorevole" in client.get(at).text
    assert "Favorevole</small>" not in client.application.test_client().get(at).text

    enter(client, hall.secretariat)
    sent(client, f"{at}/{number}/chiudi", back="indicazioni")
    visitor = client.application.test_client()
    page = visitor.get(at).text
    assert "Favorevole</small>" in page and "Abitanti, su 10.000" in page
    file = visitor.get(f"{at}.csv").text
    assert "'=Siete favorevoli?" in file and "Comune 02,2000,contrary" in file


def test_a_vote_is_prepared_for_an_item_and_opened_from_the_cockpit(client: Visitor, clock: Clock) -> None:
    hall = Hall()
    hall.open()
    item = hall.call_item(2)
    clock.set(hall.at(10))
    enter(client, hall.secretariat)
    new = f"/segreteria/votazioni/nuova?seduta={hall.sitting}&punto={item}"
    assert "Parere sulle azioni" in client.get(f"{new}&materia=conference_opinion").text
    assert client.get(f"/segreteria/votazioni/nuova?seduta={hall.sitting}&punto={hall.items[0].id}").status_code == 404
    form = {"matter": "conference_opinion", "question": "Favorevoli?", "mode": "roll_call", "version": "0"}
    where = sent(client, "/segreteria/votazioni/nuova", **form, seduta=hall.sitting, punto=item)
    assert where == f"/sedute/{hall.sitting}/votazioni"
    twice = sent(client, "/segreteria/votazioni/nuova", **form, seduta=hall.sitting, punto=item)
    assert twice == where
    poll = db.session.query(SittingPoll).one().poll_id
    back = f"/sedute/{hall.sitting}/regia"
    assert sent(client, f"/segreteria/votazioni/{poll}/apertura", sure="y", next=back) == back
    assert "Favorevoli?" in client.get(back).text
    by_hand = {1: Choice.YES, 2: Choice.NO}
    propose_tally.propose_tally(hall.secretariat, poll, by_hand, Channel.SHOW_OF_HANDS, now=hall.at(10))
    assert "attendono una seconda persona" in client.get(back).text
    enter(client, hall.moderator)
    assert client.get(f"/sedute/{hall.sitting}/votazioni").status_code == 200


@pytest.mark.parametrize("mode", list(Admission))
def test_no_page_of_a_sitting_shows_what_its_reader_may_not_see(client: Visitor, clock: Clock, mode: Admission) -> None:
    world, hall = World(mode), Hall()
    hall.open()
    item = hall.call_item(2)
    author = hall.people[1].person_id
    facts = {"sitting_id": hall.sitting, "call": 1, "item_id": item, "person_id": author, "tied_at": hall.at(2)}
    rows = [SittingRemark(comment_id=c.id, client_key=f"chiave-{c.id}", **facts) for c in world.remarks.values()]
    factories.add(*rows)
    clock.set(hall.at(10))
    pages = ("osservazioni", "indicazioni", "diretta", "schermo", "partecipa", "parola", "regia", "verbale")
    for who, actor in world.people.items():
        visitor = client.application.test_client()
        assert isinstance(visitor, Visitor)
        if actor:
            enter(visitor, actor)
        hidden = list(world.hidden_from(who))
        for name in pages:
            text = readable(visitor.get(f"/sedute/{hall.sitting}/{name}").data)
            assert [word for word in hidden if word in text] == [], (who, name)
        listed = readable(visitor.get(f"/sedute/{hall.sitting}/osservazioni").data)
        for state in world.remarks:
            may = state is not CommentState.DRAFT and may_see(READS_AS[who], state, mode)
            assert (world.word(state, "observation") in listed) is may, (who, state)
    assert Who.PUBLIC in world.people
