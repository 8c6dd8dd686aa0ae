"""The sheet on which one writes: plain form, autosave, two windows, bad input."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from portal.comments.models import Comment, Submission
from portal.comments.rules import CommentState, SubmissionState
from portal.db import db
from portal.kernel.offices import Office
from tests import factories
from tests.conftest import Clock
from tests.fixtures.client import Visitor
from tests.house.html import faults
from tests.writing import PROPOSED, Desk, comments_of, key


@pytest.fixture
def desk(clock: Clock, database: None) -> Desk:
    return Desk()


@pytest.fixture
def officer(client: Visitor, desk: Desk) -> Visitor:
    return client.sign_in(desk.officer.person_id or 0)


def sheet(desk: Desk, **more: str) -> str:
    query = "&".join(f"{k}={v}" for k, v in {"action": "A.1", "paragraph": desk.paragraph.key, **more}.items())
    return f"/osservazioni/scrivi?{query}"


def typed(client_key: str = "", **more: Any) -> dict[str, Any]:
    facts = {"kind": "change_request", "observation": "Va chiarita.", "proposed_text": PROPOSED, "reasons": ""}
    return {**facts, "client_key": client_key or key(), "revision": "0", **more}


def stored() -> list[Comment]:
    db.session.rollback()
    return db.session.query(Comment).order_by(Comment.id).all()


def test_the_sheet_shows_the_text_and_stores_nothing(officer: Visitor, desk: Desk) -> None:
    page = officer.get(sheet(desk))
    assert (page.status_code, faults(page.text)) == (200, [])
    assert desk.paragraph.text.replace("'", "&#39;") in page.text
    assert "Osserva il comma 1" in page.text
    assert stored() == []


def test_each_opening_of_the_sheet_has_a_key_of_its_own(officer: Visitor, desk: Desk) -> None:
    keys = {re.findall(r'name="client_key"[^>]*value="([^"]+)"', officer.get(sheet(desk)).text)[0] for _ in range(2)}
    assert len(keys) == 2


@pytest.mark.parametrize("address", ["?action=A.1", "?section=A", "", "?action=A.1&consultation=1"])
def test_one_can_write_about_an_action_a_section_or_the_plan(officer: Visitor, address: str) -> None:
    page = officer.get(f"/osservazioni/scrivi{address}")
    assert (page.status_code, faults(page.text)) == (200, [])


def test_a_link_can_choose_the_kind(officer: Visitor) -> None:
    chosen = re.compile(r'<input checked[^>]*value="(\w+)"')
    addresses = ("?action=A.1&kind=question", "?section=A&kind=new_action", "?action=A.1&kind=<b>", "?action=A.1", "")
    found = [chosen.findall(officer.get(f"/osservazioni/scrivi{address}").text) for address in addresses]
    assert found == [["question"], ["new_action"], [], [], ["new_action"]]


def test_a_plain_form_leads_from_draft_to_receipt(client: Visitor, desk: Desk) -> None:
    client.sign_in(desk.mayor.person_id or 0)
    begun = client.post(sheet(desk), data=typed(next="review"))
    review = client.get(begun.location)
    assert (begun.status_code, review.status_code, faults(review.text)) == (303, 200, [])
    assert "<ins>" in review.text
    sent = client.post(f"{begun.location}/invio", data={"revision": "1"})
    receipt = client.get(sent.location)
    assert (sent.status_code, receipt.status_code, faults(receipt.text)) == (303, 200, [])
    [comment] = stored()
    assert (comment.state, comment.number) == (CommentState.SUBMITTED, 1)
    again = client.post(f"{begun.location}/invio", data={"revision": "1"})
    assert again.location == sent.location


def test_sending_the_same_form_twice_makes_one_draft(officer: Visitor, desk: Desk) -> None:
    form = typed(next="review")
    assert officer.post(sheet(desk), data=form).location == officer.post(sheet(desk), data=form).location
    assert len(stored()) == 1


def test_saving_stays_on_the_sheet(officer: Visitor, desk: Desk) -> None:
    saved = officer.post(sheet(desk), data=typed(next="save"))
    page = officer.get(saved.location)
    assert "/punti/" in saved.location
    assert (faults(page.text), "Va chiarita." in page.text) == ([], True)


def test_another_remark_joins_the_draft(officer: Visitor, desk: Desk) -> None:
    officer.post(sheet(desk), data=typed(next="review"))
    [first] = stored()
    page = officer.get(sheet(desk, bozza=str(first.submission_id)))
    assert f'name="submission" type="hidden" value="{first.submission_id}"' in page.text
    officer.post(sheet(desk), data=typed(submission=str(first.submission_id), next="review"))
    assert [c.position for c in comments_of(first.submission_id)] == [1, 2]


def test_autosave_tells_where_the_text_is_kept(officer: Visitor, desk: Desk) -> None:
    told = officer.post(f"/osservazioni/bozze/salva?action=A.1&paragraph={desk.paragraph.key}", data=typed()).get_json()
    assert (told["revision"], told["words"].startswith("Bozza salvata sul server alle 10:00")) == (1, True)
    again = officer.post(told["autosave"], data=typed(observation="Altro.", revision="1"))
    assert (again.status_code, again.get_json()["revision"]) == (200, 2)
    assert officer.get(told["address"]).status_code == 200
    assert [c.observation for c in stored()] == ["Altro."]


def test_autosave_of_an_overtaken_window_returns_the_stored_text(officer: Visitor, desk: Desk) -> None:
    told = officer.post(f"/osservazioni/bozze/salva?action=A.1&paragraph={desk.paragraph.key}", data=typed()).get_json()
    officer.post(told["autosave"], data=typed(observation="Dalla prima.", revision="1"))
    refused = officer.post(told["autosave"], data=typed(observation="Dalla seconda.", revision="1"))
    assert (refused.status_code, refused.get_json()["revision"]) == (409, 2)
    assert refused.get_json()["stored"]["observation"] == "Dalla prima."
    assert [c.observation for c in stored()] == ["Dalla prima."]


def test_two_windows_by_form_show_both_texts(officer: Visitor, desk: Desk) -> None:
    address = officer.post(sheet(desk), data=typed(next="save")).location
    officer.post(address, data=typed(observation="Dalla prima.", revision="1"))
    page = officer.post(address, data=typed(observation="Dalla seconda.", revision="1"))
    assert (page.status_code, faults(page.text)) == (409, [])
    assert "Dalla prima." in page.text
    assert "Dalla seconda." in page.text
    assert officer.post(address, data=typed(observation="Dalle due.", revision="2")).status_code == 303


@pytest.mark.parametrize("where", ["kind", "observation"])
def test_a_refused_form_keeps_what_was_typed(officer: Visitor, desk: Desk, where: str) -> None:
    bad = {"kind": {"kind": ""}, "observation": {"observation": "è" * 5_001}}[where]
    page = officer.post(sheet(desk), data=typed(**bad, reasons="Queste restano."))
    assert (page.status_code, faults(page.text)) == (422, [])
    assert "Queste restano." in page.text
    assert f'href="#{where}"' in page.text
    assert stored() == []


@pytest.mark.parametrize("field", ["observation", "proposed_text", "reasons"])
def test_hostile_text_is_shown_as_text(officer: Visitor, desk: Desk, field: str) -> None:
    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)> 👩‍🌾 \u202bשלום\u202c \"'&"
    address = officer.post(sheet(desk), data=typed(**{field: hostile}, next="save")).location
    for page in (officer.get(address), officer.get(address.split("/punti/")[0])):
        assert (page.status_code, faults(page.text)) == (200, [])
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text
        assert "👩‍🌾" in page.text


@pytest.mark.parametrize(
    ("bad", "status"),
    [
        ({"observation": "x" * 200_000}, 422),
        ({"reasons": "prima\x00dopo"}, 422),
        ({"territory": "999999"}, 422),
        ({"territory": "abc"}, 422),
        ({"territory": "9" * 20}, 422),
        ({"kind": "amendment"}, 422),
        ({"client_key": "<b>"}, 422),
        ({"revision": "9" * 30}, 303),
        ({"submission": "9999999"}, 404),
        ({"mandate": "²"}, 403),
        ({"mandate": "9999999"}, 403),
    ],
)
def test_bad_input_is_refused_and_nothing_is_stored(
    officer: Visitor, desk: Desk, bad: dict[str, Any], status: int
) -> None:
    page = officer.post(sheet(desk), data={**typed(), **bad})
    assert (page.status_code, faults(page.text) if status != 303 else []) == (status, [])
    assert len(stored()) == (1 if status == 303 else 0)


def test_an_unfinished_draft_says_what_is_missing(officer: Visitor, desk: Desk) -> None:
    review = officer.post(sheet(desk), data=typed(observation=" \u200b\n", proposed_text=""), follow_redirects=True)
    assert (review.status_code, faults(review.text)) == (200, [])
    assert "Scrivi l’osservazione." in review.text
    assert "ha bisogno del testo che proponi" in review.text
    assert "/firma" not in review.text


def test_an_officer_submits_for_signature_and_the_mayor_signs(client: Visitor, desk: Desk) -> None:
    client.sign_in(desk.officer.person_id or 0)
    draft = client.post(sheet(desk), data=typed(next="review")).location
    assert client.post(f"{draft}/invio", data={}).status_code == 403
    assert client.post(f"{draft}/firma", data={"revision": "1"}).location == "/scrivania"
    client.sign_in(desk.mayor.person_id or 0)
    assert draft in client.get("/scrivania").text
    assert faults(client.get(draft).text) == []
    returned = client.post(f"{draft}/restituzione", data={"note": "Più breve, grazie."}, follow_redirects=True)
    assert "Più breve, grazie." in returned.text
    assert client.post(f"{draft}/invio", data={"revision": "2"}).status_code == 303


def test_a_draft_that_changed_after_its_review_is_shown_again(client: Visitor, desk: Desk) -> None:
    client.sign_in(desk.mayor.person_id or 0)
    draft = client.post(sheet(desk), data=typed(next="review")).location
    client.post(sheet(desk), data=typed(submission=draft.rsplit("/", 1)[1]))
    page = client.post(f"{draft}/invio", data={"revision": "1"})
    assert (page.status_code, "Rileggila prima di inviarla" in page.text) == (422, True)
    assert 'name="revision" type="hidden" value="2"' in page.text


def test_the_deadline_passes_while_one_writes(client: Visitor, desk: Desk, clock: Clock) -> None:
    client.sign_in(desk.mayor.person_id or 0)
    draft = client.post(sheet(desk), data=typed(next="review")).location
    clock.set(desk.consultation.deadline_at)
    client.sign_in(desk.mayor.person_id or 0)
    assert "tardive" in client.get(draft).text
    receipt = client.post(f"{draft}/invio", data={"revision": "1"}, follow_redirects=True)
    assert "Ricevuta dopo la scadenza" in receipt.text


def test_a_mandate_that_ends_while_one_writes_signs_nothing(client: Visitor, desk: Desk, clock: Clock) -> None:
    who = factories.person()
    ending = factories.mandate(who, desk.body, Office.MAYOR, ends_on=date(2027, 3, 1))
    client.sign_in(who.id)
    draft = client.post(sheet(desk), data=typed(next="review", mandate=str(ending.id))).location
    clock.forward(days=1)
    refused = client.post(f"{draft}/invio", data={"revision": "1", "mandate": str(ending.id)})
    assert refused.status_code == 403
    assert [c.state for c in stored()] == [CommentState.DRAFT]


def test_what_one_takes_out_or_discards_is_gone(officer: Visitor, desk: Desk) -> None:
    draft = officer.post(sheet(desk), data=typed(next="review")).location
    officer.post(sheet(desk), data=typed(submission=draft.rsplit("/", 1)[1]))
    first, _ = stored()
    officer.post(f"{draft}/punti/{first.id}/togli", data={})
    assert len(stored()) == 1
    assert officer.post(f"{draft}/scarto", data={}).location == "/scrivania"
    assert stored() == []
    assert db.session.query(Submission.state).scalar() is SubmissionState.DISCARDED
    assert officer.get(draft).status_code == 404


def test_strangers_find_nothing_at_any_address_of_a_draft(client: Visitor, desk: Desk) -> None:
    saved = desk.draft()
    draft, point = f"/osservazioni/bozze/{saved.submission_id}", f"/punti/{saved.comment_id}"
    client.sign_in(factories.holder(Office.MAYOR, factories.body()).person_id or 0)
    read = [client.get(address).status_code for address in (draft, draft + point)]
    acts = ("/invio", "/firma", "/restituzione", "/scarto", point, f"{point}/salva", f"{point}/togli")
    written = [client.post(draft + act, data=typed(revision="1")).status_code for act in acts]
    assert read + written == [404] * 9
    assert [c.observation for c in stored()] == ["La seconda frase va chiarita."]


def test_visitors_are_sent_to_sign_in_and_staff_is_refused(client: Visitor, desk: Desk) -> None:
    assert "/accesso" in client.get(sheet(desk)).location
    assert client.post(sheet(desk), data=typed()).status_code == 403
    client.sign_in(factories.holder(Office.SECRETARIAT).person_id or 0)
    assert client.get(sheet(desk)).status_code == 403
    assert client.get("/scrivania").status_code == 403


def test_a_form_without_its_token_is_refused(officer: Visitor, desk: Desk) -> None:
    officer.forgery = True
    assert officer.post(sheet(desk), data=typed()).status_code == 400
    assert stored() == []
