"""Feeds are valid Atom with names that never change; a remark is an annotation whose selectors find the words."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from portal.comments.rules import Admission, CommentState, may_see
from tests import factories
from tests.conftest import Clock
from tests.fixtures.client import Visitor
from tests.hidden import READS_AS, Who, World
from tests.remarks import Round

A = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def rounds(clock: Clock, database: None) -> Round:
    return Round()


def feed(client: Visitor, path: str = "/osservazioni/atom.xml") -> ET.Element:
    """A feed, held against what RFC 4287 asks for."""
    answer = client.get(path)
    assert answer.status_code == 200 and answer.mimetype == "application/atom+xml"
    root = ET.fromstring(answer.data)
    assert root.tag == f"{A}feed"
    ids = []
    for node in (root, *root.findall(f"{A}entry")):
        for needed in ("id", "title", "updated"):
            assert len(node.findall(f"{A}{needed}")) == 1 and node.findtext(f"{A}{needed}")
        assert datetime.fromisoformat(node.findtext(f"{A}updated") or "").tzinfo
        ids.append(node.findtext(f"{A}id"))
        alternates = [link for link in node.findall(f"{A}link") if link.get("rel") == "alternate"]
        assert len(alternates) == 1 and (alternates[0].get("href") or "").startswith("http://localhost/")
    assert all(entry.findtext(f"{A}author/{A}name") for entry in root.findall(f"{A}entry"))
    assert [link.get("href") for link in root.findall(f"{A}link") if link.get("rel") == "self"] == [
        f"http://localhost{path}"
    ]
    assert len(ids) == len(set(ids))
    return root


def entries(root: ET.Element, what: str = "title") -> list[str]:
    return [entry.findtext(f"{A}{what}") or "" for entry in root.findall(f"{A}entry")]


def test_an_empty_feed_is_a_feed(client: Visitor, rounds: Round) -> None:
    assert entries(feed(client)) == []


def test_remarks_and_answers_are_told_with_their_words(client: Visitor, rounds: Round) -> None:
    answer = rounds.published(rounds.admitted(observation="Prima <osservazione> & altro."))
    rounds.remark(observation="Seconda.")
    found = feed(client)
    assert set(entries(found, "content")) == {"Prima <osservazione> & altro.", "Seconda.", answer.text}
    assert "Osservazione 2 · A.1 · Comune di Prova" in entries(found)


def test_names_stay_when_something_is_added(client: Visitor, rounds: Round) -> None:
    rounds.remark()
    (first,) = entries(feed(client), "id")
    rounds.remark()
    assert first == "tag:localhost,2026:parere/osservazioni/1" and first in entries(feed(client), "id")


def test_each_action_has_its_own(client: Visitor, clock: Clock, database: None) -> None:
    rounds = Round(factories.consultation(factories.version(actions=2)))
    rounds.published(rounds.admitted())
    assert len(entries(feed(client, "/piano/azioni/A.1/atom.xml"))) == 2
    assert entries(feed(client, "/piano/azioni/A.2/atom.xml")) == []
    assert client.get("/piano/azioni/Z/atom.xml").status_code == 404
    assert "/piano/azioni/A.1/atom.xml" in client.get("/piano/azioni/A.1").text


def test_whoever_has_a_feed_is_not_sent_it_again(client: Visitor, rounds: Round) -> None:
    rounds.remark()
    first = client.get("/osservazioni/atom.xml")
    again = client.get("/osservazioni/atom.xml", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304 and first.headers["Access-Control-Allow-Origin"] == "*"


def annotation(client: Visitor, number: int) -> Any:
    answer = client.get(f"/osservazioni/{number}.jsonld")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
    return answer.get_json()


def test_the_selectors_of_an_annotation_find_the_words(client: Visitor, rounds: Round) -> None:
    answer = rounds.published(rounds.admitted(proposed_text="Comma 1 come dovrebbe essere."))
    found = annotation(client, 1)
    assert found["@context"] == "http://www.w3.org/ns/anno.jsonld" and found["type"] == "Annotation"
    assert found["id"] == "http://localhost/osservazioni/1.jsonld"
    (target,) = found["target"]
    assert target["selector"]["value"] == rounds.paragraph.key
    quote, position = target["selector"]["refinedBy"]
    assert rounds.paragraph.text[position["start"] : position["end"]] == quote["exact"]
    page = client.get(target["source"].removeprefix("http://localhost"))
    assert f'id="{rounds.paragraph.key}"' in page.text
    purposes = {body["purpose"]: body["value"] for body in found["body"]}
    assert purposes["replying"] == answer.text and purposes["editing"] == "Comma 1 come dovrebbe essere."
    assert 'href="/osservazioni/1.jsonld"' in client.get("/osservazioni/1").text


@pytest.mark.parametrize("mode", list(Admission), ids=lambda mode: mode.value)
def test_what_is_hidden_is_in_no_feed_and_no_annotation_whoever_asks(
    client: Visitor, clock: Clock, database: None, mode: Admission
) -> None:
    world = World(mode)
    client.sign_in(world.round.secretary.person_id or 0)
    texts = [client.get(path).text for path in ("/osservazioni/atom.xml", "/piano/azioni/A.1/atom.xml")]
    for state in CommentState:
        may = may_see(READS_AS[Who.PUBLIC], state, mode)
        assert [world.word(state, "observation") in text for text in texts] == [may, may]
        if state is not CommentState.DRAFT:
            status = client.get(f"/osservazioni/{world.number(state)}.jsonld").status_code
            assert status == (200 if may else 404)
    assert [word for word in world.hidden_from(Who.PUBLIC) if any(word in text for text in texts)] == []
