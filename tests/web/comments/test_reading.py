"""Pages that anybody reads: the list, one remark, its receipt, the check; and the desk of a body."""

from __future__ import annotations

import io
import json

import pytest
from flask import Flask

from portal.comments import submit
from portal.comments.models import Comment
from portal.comments.rules import Admission
from portal.db import db
from portal.drafting import approve, compare, propose, publish
from portal.drafting.propose import Wording
from portal.drafting.rules import Outcome
from portal.kernel.offices import Office
from tests import factories, papers
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.client import Visitor
from tests.house.html import faults
from tests.remarks import REASONS, Round
from tests.statements import counted
from tests.writing import Desk, comments_of

TEXT = "La seconda frase va chiarita."


@pytest.fixture
def desk(clock: Clock, database: None) -> Desk:
    return Desk()


@pytest.fixture
def hidden(clock: Clock, database: None) -> Desk:
    return Desk(factories.consultation(admission=Admission.BEFORE))


def test_a_public_remark_shows_its_words_and_what_would_change(client: Visitor, desk: Desk) -> None:
    desk.sent()
    page = client.get("/osservazioni/1")
    assert (page.status_code, faults(page.text)) == (200, [])
    assert TEXT in page.text
    assert "<del>" in page.text
    assert "<ins>" in page.text
    assert "La segreteria la esamina." in page.text


def test_a_hidden_remark_has_a_page_without_its_words(client: Visitor, hidden: Desk) -> None:
    hidden.sent()
    page = client.get("/osservazioni/1")
    assert (page.status_code, faults(page.text)) == (200, [])
    assert "In esame." in page.text
    assert TEXT not in page.text
    assert TEXT not in client.get("/osservazioni").text
    assert "/ricevute/" not in page.text
    client.sign_in(hidden.officer.person_id or 0)
    own = client.get("/osservazioni/1").text
    assert TEXT in own
    assert "/ricevute/" in own


def test_a_refused_remark_shows_the_reason_and_only_its_author_the_words(client: Visitor, clock: Clock) -> None:
    round_ = Round()
    round_.refuse(round_.remark(), text="Parla di un altro procedimento.")
    page = client.get("/osservazioni/1").text
    assert "Non riguarda il piano" in page
    assert "Parla di un altro procedimento." not in page
    assert TEXT not in page
    client.sign_in(round_.mayor.person_id or 0)
    assert "Parla di un altro procedimento." in client.get("/osservazioni/1").text


def test_the_timeline_goes_from_reception_to_the_published_answer(client: Visitor, clock: Clock) -> None:
    round_ = Round()
    answered, preparing = round_.admitted(), round_.admitted()
    round_.published(answered)
    round_.proposed(preparing)
    page = client.get(f"/osservazioni/{answered.number}").text
    assert faults(page) == []
    assert REASONS in page
    assert "Risposta pubblicata" in page
    page = client.get(f"/osservazioni/{preparing.number}").text
    assert REASONS not in page
    assert "Risposta in preparazione" in page


def test_the_page_of_a_remark_asks_the_database_six_times_at_most(client: Visitor, clock: Clock, app: Flask) -> None:
    round_, neighbour = Round(), factories.holder(Office.MAYOR, factories.body())
    saved = round_.draft(writer=neighbour)
    papers.attached(neighbour, saved.comment_id, papers.pdf(), "Relazione.pdf", app.extensions["store"].data_dir)
    submit.submit(neighbour, saved.submission_id, now=NOW)
    one, other = db.session.get_one(Comment, saved.comment_id), round_.admitted()
    round_.admit(one)
    compare.compare(now=NOW)
    propose.propose_for_group(round_.officer, one.id, Wording(Outcome.ACCEPTED, REASONS, 0), now=NOW)
    approve.approve_for_group(round_.lead, one.id, 1, now=NOW)
    publish.publish(round_.lead, [one.id, other.id], now=NOW)
    address = f"/osservazioni/{one.number}"
    client.get(address)
    with counted() as seen:
        page = client.get(address).text
    assert "Relazione.pdf" in page
    assert f'href="/osservazioni/{other.number}"' in page
    assert len(seen) <= 6, seen


def test_unknown_numbers_and_codes_are_not_there(client: Visitor, desk: Desk) -> None:
    addresses = ("/osservazioni/1", "/osservazioni/99999999999999999999", "/ricevute/AAAA-AAAA", "/ricevute/x")
    assert [client.get(address).status_code for address in addresses] == [404] * 4


def test_the_list_has_filters_and_pages(client: Visitor, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.web.comments.reading.PAGE", 2)
    for _ in range(3):
        desk.sent()
    first = client.get("/osservazioni?kind=change_request&action=A.1")
    assert (first.status_code, faults(first.text)) == (200, [])
    assert "dopo=2" in first.text
    assert ">Tutti i tipi<" in first.text
    assert '<option selected value="change_request">Richiesta di modifica<' in first.text
    second = client.get("/osservazioni?kind=change_request&dopo=2").text
    assert 'id="o-1"' in second
    assert 'id="o-2"' not in second
    nonsense = client.get("/osservazioni?kind=x&state=%00&outcome=&dopo=abc&body=%27&action=%25")
    assert nonsense.status_code == 200


def test_the_list_can_be_narrowed_to_an_outcome(client: Visitor, clock: Clock) -> None:
    round_ = Round()
    round_.published()
    round_.admitted()
    page = client.get("/osservazioni?outcome=accepted").text
    assert 'id="o-1"' in page
    assert 'id="o-2"' not in page


def test_an_empty_list_teaches(client: Visitor, desk: Desk) -> None:
    page = client.get("/osservazioni")
    assert faults(page.text) == []
    assert "Ancora nessuna osservazione" in page.text


def test_anybody_with_the_code_sees_the_receipt_and_only_its_body_the_hidden_words(
    client: Visitor, hidden: Desk
) -> None:
    sent = hidden.sent()
    page = client.get(f"/ricevute/{(sent.code or '').lower()}")
    assert (page.status_code, faults(page.text)) == (200, [])
    assert (sent.sha256 or "-") in page.text
    assert hidden.paragraph.text.replace("'", "&#39;") in page.text
    assert TEXT not in page.text
    assert client.get(f"/ricevute/{sent.code}/contenuto.json").status_code == 404
    client.sign_in(hidden.officer.person_id or 0)
    assert TEXT in client.get(f"/ricevute/{sent.code}").text


def test_the_content_is_downloaded_byte_for_byte(client: Visitor, desk: Desk) -> None:
    sent = desk.sent()
    found = client.get(f"/ricevute/{sent.code}/contenuto.json")
    assert found.data.decode() == sent.canonical
    assert found.headers["Content-Disposition"] == f'attachment; filename="ricevuta-{sent.code}.json"'


def test_the_check_answers_for_code_fingerprint_text_and_file(client: Visitor, desk: Desk) -> None:
    sent = desk.sent()
    content = sent.canonical or ""
    by_code = client.get(f"/verifica?q={sent.code}")
    assert (by_code.status_code, faults(by_code.text)) == (200, [])
    assert "Questa ricevuta è nel registro" in by_code.text
    assert "appartiene a un invio" in client.post("/verifica", data={"given": sent.sha256}).text
    assert "parola per parola" in client.post("/verifica", data={"given": json.dumps(json.loads(content))}).text
    upload = {"file": (io.BytesIO(content.encode()), "ricevuta.json")}
    assert "parola per parola" in client.post("/verifica", data=upload).text
    changed = client.post("/verifica", data={"given": content.replace("chiarita", "cambiata")})
    assert "Non corrisponde" in changed.text


@pytest.mark.parametrize("bad", ["", "abc", "{", "<script>alert(1)</script>", "x" * 200_000, "K7QF\x002M9D"])
def test_the_check_explains_bad_input(client: Visitor, desk: Desk, bad: str) -> None:
    page = client.post("/verifica", data={"given": bad})
    assert (page.status_code, faults(page.text)) == (422, [])
    assert "<script>alert" not in page.text


def test_only_the_signatory_is_offered_to_withdraw(client: Visitor, desk: Desk) -> None:
    desk.sent()
    client.sign_in(desk.officer.person_id or 0)
    assert "Ritira" not in client.get("/osservazioni/1").text
    assert client.post("/osservazioni/1/ritiro", data={}).status_code == 403
    client.sign_in(desk.mayor.person_id or 0)
    assert "Ritira questa osservazione" in client.get("/osservazioni/1").text
    done = client.post("/osservazioni/1/ritiro", data={}, follow_redirects=True)
    assert "Ritirata dall’ente" in done.text
    client.sign_in(factories.holder(Office.MAYOR, factories.body()).person_id or 0)
    assert client.post("/osservazioni/1/ritiro", data={}).status_code == 404


def test_too_late_to_withdraw_is_said_on_the_page(client: Visitor, clock: Clock) -> None:
    round_ = Round()
    round_.approved()
    client.sign_in(round_.mayor.person_id or 0)
    assert "Ritira questa osservazione" not in client.get("/osservazioni/1").text
    page = client.post("/osservazioni/1/ritiro", data={}, follow_redirects=True)
    assert "non si può più ritirare" in page.text


def test_the_desk_shows_what_waits_and_what_was_sent(client: Visitor, desk: Desk) -> None:
    desk.sent()
    desk.draft(place=desk.whole)
    client.sign_in(desk.mayor.person_id or 0)
    page = client.get("/scrivania")
    assert (page.status_code, faults(page.text)) == (200, [])
    assert "Azione 1" in page.text
    assert "Ogni azione" not in client.get("/scrivania?da-fare=1").text
    mine = client.get("/scrivania/osservazioni?mie=1")
    assert (mine.status_code, faults(mine.text)) == (200, [])
    assert "/osservazioni/1" in mine.text


def test_the_desk_of_a_body_without_anything_teaches(client: Visitor, clock: Clock) -> None:
    client.sign_in(factories.holder(Office.MAYOR, factories.body()).person_id or 0)
    page = client.get("/scrivania")
    assert (page.status_code, faults(page.text)) == (200, [])
    assert "Nessuna consultazione in corso" in page.text


def test_pages_are_in_english_too(client: Visitor, desk: Desk) -> None:
    desk.sent()
    client.set_cookie("lang", "en")
    assert "Remark 1" in client.get("/osservazioni/1").text


def test_numbers_of_points_and_submissions_are_apart(desk: Desk) -> None:
    saved = desk.draft()
    sent = desk.sent(place=desk.whole, submission_id=saved.submission_id)
    other = desk.sent(now=NOW)
    db.session.rollback()
    assert [c.number for c in comments_of(sent)] == [1, 2]
    assert (other.number, comments_of(other)[0].number) == (2, 3)
