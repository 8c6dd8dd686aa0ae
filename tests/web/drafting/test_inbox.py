"""The inbox, bulk assignment and publication, as pages."""

from __future__ import annotations

import pytest

from portal.comments.rules import CommentKind, CommentState
from portal.db import db
from portal.drafting.models import Answer
from portal.drafting.rules import AnswerState
from portal.kernel.offices import Office
from tests import factories
from tests.conftest import Clock
from tests.fixtures.client import Visitor
from tests.house.html import faults
from tests.remarks import Round


@pytest.fixture
def round_(clock: Clock, database: None) -> Round:
    return Round()


@pytest.fixture
def lead(client: Visitor, round_: Round) -> Visitor:
    return client.sign_in(round_.lead.person_id or 0)


def rows_of(page: str) -> list[int]:
    return [int(part.split('"')[0]) for part in page.split('href="/redazione/osservazioni/')[1:]]


def test_an_empty_inbox_says_what_will_appear(lead: Visitor) -> None:
    page = lead.get("/redazione")
    assert "Ancora nessuna osservazione a cui rispondere" in page.text
    assert faults(page.text) == []


def test_only_admitted_remarks_are_there(lead: Visitor, round_: Round) -> None:
    admitted = round_.admitted()
    for state in (CommentState.SUBMITTED, CommentState.NOT_ADMITTED, CommentState.WITHDRAWN):
        round_.remark(state)
    page = lead.get("/redazione")
    assert rows_of(page.text) == [admitted.number]
    assert faults(page.text) == []


def test_filters_narrow_and_survive_an_act(lead: Visitor, round_: Round) -> None:
    question = round_.admitted(kind=CommentKind.QUESTION, proposed_text="")
    round_.admitted()
    here = f"/redazione?kind=question&action={round_.action.code}"
    page = lead.get(here)
    assert rows_of(page.text) == [question.number]
    assert here.replace("&", "&amp;") in page.text
    done = lead.post(
        "/redazione/assegnazioni",
        data={"chosen": str(question.id), "officer": str(round_.officer.person_id), "next": here},
    )
    assert (done.status_code, done.location) == (303, here)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("stage=unassigned", [0]),
        ("stage=proposed", [1]),
        ("stage=published", [2]),
        ("mine=1", []),
        ("late=1", [3]),
        ("body=nobody", []),
        ("stage=invented&kind=invented", [0, 1, 2, 3]),
    ],
)
def test_each_filter_finds_its_own(lead: Visitor, round_: Round, query: str, expected: list[int]) -> None:
    late = round_.admitted(late=True)
    answers = [round_.proposed(), round_.published()]
    numbers = [round_.admitted().number, *(a.comment.number for a in answers), late.number]
    round_.approved(late)
    assert sorted(rows_of(lead.get(f"/redazione?{query}").text)) == sorted(numbers[i] or 0 for i in expected)


@pytest.mark.parametrize("query", ["_scheme=javascript&_external=1", "endpoint=x", "_anchor=x", "_method=POST", "a=b"])
def test_what_an_address_says_beside_the_filters_goes_nowhere(query: str, lead: Visitor, round_: Round) -> None:
    round_.admitted()
    page = lead.get(f"/redazione?kind=change_request&{query}")
    assert page.status_code == 200
    assert "javascript:" not in page.text
    assert 'name="next" value="/redazione?kind=change_request"' in page.text


def test_a_bulk_assignment_tells_what_it_could_not_do(lead: Visitor, round_: Round) -> None:
    fine, published = round_.admitted(), round_.published()
    data = {"chosen": [str(fine.id), str(published.comment_id)], "officer": str(round_.officer.person_id)}
    page = lead.post("/redazione/assegnazioni", data=data, follow_redirects=True)
    assert "1 osservazione assegnata." in page.text
    assert f"Osservazione {published.comment.number}: Questa risposta è già stata approvata" in page.text


def test_an_assignment_of_nothing_or_to_nobody_is_refused_in_words(lead: Visitor, round_: Round) -> None:
    comment = round_.admitted()
    for data in ({"officer": str(round_.officer.person_id)}, {"chosen": str(comment.id)}, {}):
        page = lead.post("/redazione/assegnazioni", data=data)
        assert page.status_code == 422
        assert faults(page.text) == []


@pytest.mark.parametrize("data", [{"chosen": "abc", "officer": "xyz"}, {"chosen": "1" * 30, "officer": "1"}])
def test_made_up_ids_are_refused(lead: Visitor, round_: Round, data: dict[str, str]) -> None:
    data = {**data, "officer": str(round_.officer.person_id) if data["officer"] == "1" else data["officer"]}
    assert lead.post("/redazione/assegnazioni", data=data).status_code in {404, 422}


def test_an_officer_takes_a_remark(client: Visitor, round_: Round) -> None:
    comment = round_.admitted()
    client.sign_in(round_.officer.person_id or 0)
    assert "Prendi in carico" in client.get("/redazione").text
    client.post("/redazione/assegnazioni", data={"chosen": str(comment.id), "officer": str(round_.officer.person_id)})
    db.session.rollback()
    assert db.session.query(Answer.officer_id).scalar() == round_.officer.person_id


def test_the_table_goes_on_by_key(lead: Visitor, round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.web.drafting.inbox.PAGE", 2)
    numbers = [round_.admitted().number for _ in range(3)]
    assert rows_of(lead.get("/redazione").text) == numbers[:2]
    assert rows_of(lead.get(f"/redazione?after={numbers[1]}").text) == numbers[2:]


def test_approved_answers_are_published_together(lead: Visitor, round_: Round) -> None:
    answers = [round_.approved() for _ in range(2)]
    page = lead.get("/redazione/pubblicazione")
    assert " checked" not in page.text  # whoever publishes chooses
    assert lead.get("/redazione/pubblicazione?all=1").text.count(" checked") == 2
    assert faults(page.text) == []
    page = lead.post(
        "/redazione/pubblicazione", data={"chosen": [str(a.comment_id) for a in answers]}, follow_redirects=True
    )
    assert "2 risposte sono pubbliche" in page.text
    db.session.rollback()
    published = db.session.query(Answer.state, Answer.published_at).distinct().all()
    assert [(state, at == factories.NOW) for state, at in published] == [(AnswerState.PUBLISHED, True)]


def test_publication_is_all_or_nothing_on_the_page_too(lead: Visitor, round_: Round) -> None:
    ready, only_proposed = round_.approved(), round_.proposed()
    data = {"chosen": [str(ready.comment_id), str(only_proposed.comment_id)]}
    page = lead.post("/redazione/pubblicazione", data=data)
    assert page.status_code == 422
    assert f"L’osservazione {only_proposed.comment.number} non ha una risposta approvata" in page.text
    assert lead.post("/redazione/pubblicazione", data={}).status_code == 422


def test_an_officer_reads_the_list_and_publishes_nothing(client: Visitor, round_: Round) -> None:
    answer = round_.approved()
    client.sign_in(round_.officer.person_id or 0)
    page = client.get("/redazione/pubblicazione")
    assert page.status_code == 200
    assert 'type="checkbox"' not in page.text
    assert client.post("/redazione/pubblicazione", data={"chosen": str(answer.comment_id)}).status_code == 403


@pytest.mark.parametrize("office", [Office.MAYOR, Office.OFFICER])
def test_the_bodies_do_not_enter(client: Visitor, round_: Round, office: Office) -> None:
    client.sign_in(factories.holder(office, round_.body).person_id or 0)
    for address in ("/redazione", "/redazione/pubblicazione", "/redazione/osservazioni/1", "/redazione/esporta"):
        assert client.get(address).status_code == 403


def test_the_table_begins_with_what_is_left_to_do(lead: Visitor, round_: Round) -> None:
    waiting, published = round_.admitted(), round_.published()
    assert rows_of(lead.get("/redazione").text) == [waiting.number]
    assert rows_of(lead.get("/redazione?stage=all").text) == [waiting.number, published.comment.number]


def test_an_inbox_that_is_done_says_so(lead: Visitor, round_: Round) -> None:
    round_.published()
    assert "Tutte le risposte sono pubblicate" in lead.get("/redazione").text


def test_the_home_page_counts_what_waits_for_each_office(lead: Visitor, round_: Round) -> None:
    round_.admitted()
    round_.approved()
    page = lead.get("/")
    assert 'href="/redazione?stage=unassigned"' in page.text
    assert "osservazione da assegnare" in page.text
    assert "risposta da pubblicare" in page.text
    assert faults(page.text) == []
