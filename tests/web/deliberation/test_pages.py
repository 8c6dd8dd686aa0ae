"""The pages of a discussion: opened by the secretariat, weighed by delegates, read by everybody at the end."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

import pytest

from portal.jobs.models import Mail
from portal.notify import deliberation
from portal.opinions.deliberation import moderate, offer, queries, weigh
from portal.opinions.deliberation.rules import Origin, Weight
from tests.conftest import Clock
from tests.discussion import ENDS, Discussion
from tests.factories import NOW
from tests.fixtures.client import Visitor
from tests.forum import Forum
from tests.forum_requests import Request

pytestmark = pytest.mark.once


@pytest.fixture
def room(clock: Clock, database: None) -> Discussion:
    found = Discussion(organisations=7, categories=2)
    for text in ("Più treni la sera", "Più alberi in piazza"):
        found.stated(text)
    return found


def test_the_secretariat_opens_a_discussion_and_its_tables(client: Visitor, clock: Clock, database: None) -> None:
    forum, asked = Forum(2), Request()
    here = f"/segreteria/forum/pareri/{asked.number}/discussione"
    client.sign_in(forum.secretary.person_id or 0)
    assert "non è ancora stata aperta" in client.get(here).text
    hours = {"begins_at": "2027-03-01T10:00", "ends_at": "2027-05-30T10:00"}
    assert client.post(f"{here}/orari", data=hours).status_code == 422
    hours["ends_at"] = "2027-03-07T10:00"
    assert client.post(f"{here}/orari", data=hours).location == here
    theme = {"title": "Trasporti", "section": "", "coordinator": str(forum.bodies[1].id)}
    assert client.post(f"{here}/tavoli/nuovo", data=theme).status_code == 303
    said = {"text": "Più treni la sera", "origin": Origin.RAPPORTEUR.value, "table": "1"}
    assert client.post(f"{here}/affermazioni/nuova", data=said).status_code == 303
    page = client.get(f"/forum/pareri/{asked.number}/tavoli/1").text
    assert "Trasporti" in page
    assert forum.bodies[1].name in page
    assert "Del relatore" in client.get(f"/forum/pareri/{asked.number}/affermazioni").text


def test_a_delegate_weighs_one_statement_after_the_other_and_goes_back(client: Visitor, room: Discussion) -> None:
    here = f"/forum/pareri/{room.number}/affermazioni/pesa"
    client.sign_in(room.forum.delegates[0].person_id or 0)
    first = queries.next_to_weigh(room.number, room.forum.bodies[0].id)
    assert first is not None
    assert first.text in client.get(here).text
    posted = client.post(here, data={"number": str(first.number), "weight": "agree"})
    assert posted.location == f"{here}?dopo={first.number}#pesa"
    page = client.get(posted.location).text
    assert "1 di 2 valutate" in page
    assert "Torna e cambiala" in page
    assert 'aria-pressed="true"' in client.get(f"{here}?n={first.number}").text
    client.post(here, data={"number": str(first.number), "weight": "pass"})
    assert client.post(here, data={"number": str(first.number), "weight": "1"}).status_code == 422
    assert client.post(here, data={"number": "999", "weight": "agree"}).status_code == 404
    rest = {f"n-{one.statement.number}": "disagree" for one in queries.own(room.number, room.forum.bodies[0].id)}
    assert client.post(f"/forum/pareri/{room.number}/affermazioni/mie", data=rest).status_code == 303
    assert {one.weight for one in queries.own(room.number, room.forum.bodies[0].id)} == {Weight.DISAGREE}
    assert "Hai valutato tutte" in client.get(here).text


def test_nobody_reads_how_others_weigh_before_the_end(client: Visitor, room: Discussion) -> None:
    weigh.weigh(room.forum.delegates[0], room.number, 1, Weight.DISAGREE, now=NOW)
    for who in (None, room.forum.secretary, room.forum.delegates[1]):
        if who:
            client.sign_in(who.person_id or 0)
        page = client.get(f"/forum/pareri/{room.number}/affermazioni").text
        assert "organizzazioni su 7" in page
        assert "Disaccordo" not in page
        for ending in ("csv", "json"):
            assert client.get(f"/forum/pareri/{room.number}/affermazioni.{ending}").status_code == 404


def test_page_and_files_count_alike_at_the_end(client: Visitor, clock: Clock, room: Discussion) -> None:
    for n, actor in enumerate(room.forum.delegates):
        weigh.weigh(actor, room.number, 1, Weight.AGREE if n < 5 else Weight.PASSES, now=NOW)
    clock.at = ENDS
    assert deliberation.hours() == 1
    here = f"/forum/pareri/{room.number}/affermazioni"
    data = client.get(f"{here}.json").data
    counted = json.loads(data)
    rows = list(csv.DictReader(io.StringIO(client.get(f"{here}.csv").text)))
    page = client.get(here).text
    one = counted["statements"][0]
    assert [one[name] for name in ("answers", "agree", "disagree", "pass")] == [7, 5, 0, 2]
    assert [rows[0][name] for name in ("answers", "agree", "disagree", "pass")] == ["7", "5", "0", "2"]
    for words in ('data-label="Accordo">5<', 'data-label="Passo">2<', 'data-label="Risposte">7<', "Indicativo."):
        assert words in page
    assert sha256(data).hexdigest() in page


def test_refused_words_are_shown_to_their_authors_alone(client: Visitor, room: Discussion) -> None:
    offer.offer(room.forum.delegates[0], room.number, "Parola sgradita", now=NOW)
    client.sign_in(room.forum.secretary.person_id or 0)
    decision = {"decision": "refuse", "reason": "", "into": ""}
    here = f"/segreteria/forum/pareri/{room.number}/discussione/affermazioni/3"
    assert client.post(here, data=decision).status_code == 422
    decision["reason"] = "Non riguarda il Piano."
    assert client.post(here, data=decision).status_code == 303
    client.sign_in(room.forum.delegates[1].person_id or 0)
    pages = "".join(client.get(f"/forum/pareri/{room.number}/{one}").text for one in ("affermazioni", "tavoli"))
    register = client.get(f"/forum/pareri/{room.number}/affermazioni/registro").text
    assert "Non riguarda il Piano." in register
    assert "sgradita" not in pages + register + client.get(f"/forum/pareri/{room.number}/affermazioni/3/testo").text
    client.sign_in(room.forum.delegates[0].person_id or 0)
    assert "sgradita" in client.get(f"/forum/pareri/{room.number}/affermazioni").text


def test_new_statements_are_told_once_a_day_to_those_who_have_some_left(clock: Clock, room: Discussion) -> None:
    for number in (1, 2):
        weigh.weigh(room.forum.delegates[0], room.number, number, Weight.AGREE, now=NOW)
    assert deliberation.hours() == 0  # they came after this morning's hour
    clock.at = NOW + timedelta(days=1)
    assert deliberation.hours() == 12  # delegates and substitutes of six organisations
    assert deliberation.hours() == 0
    clock.at = NOW + timedelta(days=2)
    assert deliberation.hours() == 0  # nothing new since yesterday


def test_members_are_told_of_a_discussion_that_goes_on_and_of_its_count(
    clock: Clock, room: Discussion, mail: Callable[[], list[Mail]]
) -> None:
    offer.offer(room.forum.delegates[0], room.number, "Parola sgradita", now=NOW)
    moderate.refuse(room.forum.secretary, room.number, 3, "Non riguarda il Piano.", now=NOW)
    mail()
    clock.at = ENDS
    deliberation.hours()
    told = Counter(row.template for row in mail() if row.template.startswith("deliberation/"))
    assert told == {"deliberation/opened": 14, "deliberation/refused": 1, "deliberation/weighed": 14}
