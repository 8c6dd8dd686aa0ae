"""The pages of proposals and of the Forum's document: who does what, what everybody reads, what the files say."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from hashlib import sha256

import pikepdf
import pytest
from flask.testing import FlaskClient

from portal.db import db
from portal.jobs.models import Mail
from portal.kernel.offices import Office
from portal.notify import listen, proposals
from portal.opinions.proposals import agenda, coverage, decide, paper_queries
from portal.opinions.proposals.decide import Decision
from portal.opinions.proposals.rules import Answer, Degree
from tests import factories
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.client import Visitor
from tests.forum import Forum

pytestmark = pytest.mark.once
TODAY = NOW.date()
DAY = timedelta(days=1)
WORDS = {"title": "Linee notturne", "text": "Istituire linee notturne.", "reason": "Chi lavora di notte è a piedi."}


@pytest.fixture
def forum(clock: Clock, database: None) -> Forum:
    return Forum(3)


def propose(client: Visitor, forum: Forum, number: int = 1) -> None:
    """The first organisation writes a proposal, the secretary sends it."""
    there = f"/forum/proposte/{number}"
    client.sign_in(forum.delegates[0].person_id or 0)
    assert client.post("/forum/proposte/nuova", data=WORDS | {"forum": forum.id}).location == there
    client.sign_in(forum.secretary.person_id or 0)
    read = client.get(there).text.split('name="read"')[1].split('value="')[1].split('"')[0]
    client.post(f"/segreteria{there}/approvazione", data={"read": read, "poll": ""})
    client.post(f"/segreteria{there}/invio", data={"on": f"{TODAY}", "register": "PG 7/2027"})


def sheet(client: FlaskClient, address: str) -> list[dict[str, str]]:
    """The rows of a file."""
    return list(csv.DictReader(io.StringIO(client.get(address).data.decode("utf-8-sig"))))


def adopted(client: Visitor, forum: Forum) -> int:
    """A document of two items, written and adopted on the pages."""
    client.sign_in(forum.secretary.person_id or 0)
    there = client.post("/segreteria/forum/documento", data={"forum": forum.id, "title": "Documento"}).location
    for title in ("Casa", "Acqua"):
        client.post(f"{there}/punti/nuovo", data={"title": title, "text": f"{title} per tutti.", "axis": ""})
    client.post(f"{there}/punti/2/sposta", data={"to": "1"})
    client.post(f"{there}/adozione", data={"on": f"{TODAY}", "act": "Verbale 3"})
    return int(str(there).rpartition("/")[2])


def test_a_proposal_is_read_by_everybody_once_it_is_sent_and_late_on_top(
    client: Visitor, clock: Clock, forum: Forum
) -> None:
    client.sign_in(forum.delegates[0].person_id or 0)
    client.post("/forum/proposte/nuova", data=WORDS | {"forum": forum.id})
    anybody = client.application.test_client()
    assert anybody.get("/forum/proposte/1").status_code == 404
    client.sign_in(forum.delegates[1].person_id or 0)
    assert "Linee notturne" in client.get("/scrivania").text
    assert client.get("/forum/proposte/1/testo").status_code == 403
    propose(client, forum, 2)
    assert "Linee notturne" in anybody.get("/forum/proposte/2").text
    clock.at = NOW + 100 * DAY  # the term was 1 June
    page = anybody.get("/forum/proposte").text
    assert page.index('id="late"') < page.index("8 giorni di ritardo")
    assert "8 giorni di ritardo" in anybody.get("/forum/proposte?stato=late").text


def test_the_clerk_writes_down_agenda_and_decision_and_the_forum_may_not(client: Visitor, forum: Forum) -> None:
    propose(client, forum)
    assert client.get("/segreteria/forum/proposte/1/calendario").status_code == 403
    client.sign_in(forum.clerk.person_id or 0)
    client.post(
        "/segreteria/forum/proposte/1/calendario", data={"on": f"{TODAY}", "reference": "Punto 4", "sitting": "0"}
    )
    refused = client.post(
        "/segreteria/forum/proposte/1/decisione", data={"on": f"{TODAY}", "answer": "partly", "act": "9"}
    )
    assert refused.status_code == 422
    told = {"on": f"{TODAY}", "answer": "partly", "reason": "Due linee su cinque.", "act": "Delibera 9"}
    client.post("/segreteria/forum/proposte/1/decisione", data=told)
    assert "Due linee su cinque." in client.application.test_client().get("/forum/proposte/1").text


def test_letters_go_before_each_term_and_once_it_is_over_each_once(client: Visitor, clock: Clock, forum: Forum) -> None:
    propose(client, forum)
    listen.hear()
    db.session.rollback()
    db.session.query(Mail).delete()
    db.session.commit()
    to = {forum.clerk.email, forum.delegates[0].email, forum.substitutes[0].email}
    for day, letters in ((61, 0), (62, 3), (70, 3), (85, 6), (93, 9), (94, 9)):
        clock.at = NOW + day * DAY
        proposals.warn()
        db.session.rollback()
        found = db.session.query(Mail).filter_by(template="proposal_term").all()
        assert len(found) == letters, day
        assert {one.recipient for one in found} <= to
    agenda.put_on_agenda(forum.clerk, 1, clock.at.date(), "Punto 4", now=clock.at)
    decision = Decision(clock.at.date(), Answer.ACCEPTED, "Va bene così.", "Delibera 9")
    decide.decide(forum.clerk, 1, decision, now=clock.at)
    listen.hear()
    db.session.rollback()
    said = db.session.query(Mail).filter_by(template="proposal_decided", recipient=forum.delegates[0].email).one()
    assert "Va bene così." in said.text and "Accolta" in said.text


def test_files_say_what_the_page_says(client: Visitor, forum: Forum) -> None:
    propose(client, forum)
    anybody = client.application.test_client()
    whole = json.loads(anybody.get("/forum/proposte.json").data)
    rows = sheet(anybody, "/forum/proposte.csv")
    assert [row["title"] for row in rows] == [row["title"] for row in whole["proposals"]] == ["Linee notturne"]
    assert rows[0]["agenda_term"] == whole["proposals"][0]["agenda_term"] == f"{date(2027, 6, 1)}"
    assert anybody.get("/forum/proposte.xls").status_code == 404


def test_the_document_goes_from_its_items_to_a_fingerprint_that_everybody_can_check(
    client: Visitor, forum: Forum
) -> None:
    paper = adopted(client, forum)
    anybody = client.application.test_client()
    row = paper_queries.papers(forum.secretary)[0]
    assert sha256(anybody.get(f"/forum/documento/{paper}.json").data).hexdigest() == row.sha256
    page = anybody.get(f"/forum/documento/{paper}").text
    assert page.index("Acqua per tutti.") < page.index("Casa per tutti.")
    with pikepdf.open(io.BytesIO(anybody.get(f"/forum/documento/{paper}.pdf").data)) as file:
        assert file.Root.MarkInfo.Marked


def test_what_the_plan_answers_is_counted_alike_on_the_page_in_the_files_and_in_the_procedure(
    client: Visitor, forum: Forum
) -> None:
    plan = factories.version()
    paper = adopted(client, forum)
    action = factories.actions_of(plan)[0]
    client.sign_in(factories.holder(Office.DRAFTING_OFFICER).person_id or 0)
    there = f"/redazione/forum/{paper}/versioni/{plan.id}"
    client.post(f"{there}/punti/1", data={"degree": "covered", "action": str(action.id), "reason": ""})
    refused = client.post(f"{there}/punti/2", data={"degree": "not_covered", "action": "0", "reason": ""})
    assert refused.status_code == 422
    assert "Acqua" not in client.get(f"/forum/documento/{paper}/copertura?filtro=scoperti").text.split("<tbody>")[1]
    client.post(f"{there}/punti/2", data={"degree": "not_covered", "action": "0", "reason": "Non compete."})

    counts = coverage.matrix(paper, plan.id).counts
    whole = json.loads(client.get(f"/forum/documento/{paper}/copertura.json").data)
    rows = list(
        csv.DictReader(io.StringIO(client.get(f"/forum/documento/{paper}/copertura.csv").data.decode("utf-8-sig")))
    )
    assert (counts[Degree.COVERED], counts[Degree.NOT_COVERED]) == (whole["covered"], whole["not_covered"]) == (1, 1)
    assert [row["action"] for row in rows] == [action.code, ""]
    assert "su 2 punti, coperti 1, in parte 0, non coperti 1" in client.get("/procedimento").text
    assert "Risponde al punto 1 del documento del Forum" in client.get(f"/piano/azioni/{action.code}").text
    with pikepdf.open(io.BytesIO(client.get(f"/forum/documento/{paper}/copertura.pdf").data)) as file:
        assert len(file.pages) == 1
