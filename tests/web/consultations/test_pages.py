"""Opening, extending and concluding a consultation on pages; its conditions and figures for everybody."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from portal.comments.models import Consultation
from portal.comments.rules import Admission, CommentState, Phase
from portal.db import db
from portal.kernel.clock import at_rome
from portal.kernel.offices import Office
from portal.plan.rules import VersionState
from tests import factories
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.client import Visitor
from tests.house.html import faults
from tests.remarks import Round

REASON = "I Consigli comunali chiedono altro tempo."


@pytest.fixture
def secretary(client: Visitor, clock: Clock) -> Visitor:
    factories.sign_in(client, factories.holder(Office.SECRETARIAT))
    return client


def sent(**more: Any) -> dict[str, Any]:
    """What the form of a new consultation sends."""
    snapshot = more.pop("snapshot", None) or factories.snapshot({}).id
    return {
        "title": "Consultazione di prova",
        "deadline_day": "2027-04-10",
        "deadline_at": "23:59:59",
        "admission": "before_publication",
        "body_kinds": ["municipality", "union_of_municipalities"],
        "snapshot": str(snapshot),
        "rules_text": "<p>Regole</p><script>alert(1)</script>",
        "notice_text": "Informativa",
        **more,
    }


def at_the_end(client: Visitor, clock: Clock, consultation: Consultation) -> None:
    """The deadline has come; the secretariat signs in again, as sessions do not last so long."""
    clock.set(consultation.deadline_at)
    factories.sign_in(client, factories.holder(Office.SECRETARIAT))


def opened() -> list[Consultation]:
    """All consultations."""
    db.session.expire_all()
    return list(db.session.scalars(sa.select(Consultation)))


def test_the_form_begins_with_rules_and_notice_to_work_on(secretary: Visitor) -> None:
    factories.snapshot({})
    page = secretary.get(f"/segreteria/consultazioni/nuova/{factories.version().id}")
    assert (page.status_code, faults(page.text)) == (200, [])
    assert "Ogni osservazione ammessa riceve una risposta motivata" in page.text
    assert 'value="23:59:59"' in page.text


def test_a_deadline_is_read_in_the_time_of_rome(secretary: Visitor) -> None:
    version = factories.version()
    done = secretary.post(f"/segreteria/consultazioni/nuova/{version.id}", data=sent())
    assert done.status_code == 303
    (found,) = opened()
    assert found.deadline_at.isoformat() == "2027-04-10T21:59:59+00:00"
    assert (found.opens_at, found.admission) == (NOW, Admission.BEFORE)
    assert found.body_kinds == ["municipality", "union_of_municipalities"]


def test_an_opening_to_come_is_read_in_the_time_of_rome(secretary: Visitor) -> None:
    version = factories.version()
    secretary.post(f"/segreteria/consultazioni/nuova/{version.id}", data=sent(opens_at="2027-03-02T09:00"))
    assert opened()[0].opens_at.isoformat() == "2027-03-02T08:00:00+00:00"
    assert "apre il 2 marzo 2027" in secretary.get("/").text


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"deadline_day": "2027-03-10"}, "meno di 28 giorni"),
        ({"deadline_day": "2027-02-10"}, "successiva all’apertura"),
        ({"deadline_day": "presto"}, "deadline_day"),
        ({"opens_at": "2027-02-01T09:00"}, "nel passato"),
        ({"title": ""}, "Dai un titolo"),
        ({"rules_text": ""}, "Scrivi le regole"),
        ({"body_kinds": []}, "almeno un tipo di ente"),
        ({"snapshot": "999"}, "Scegli la popolazione"),
    ],
)
def test_what_does_not_hold_is_told_and_what_was_typed_is_kept(
    secretary: Visitor, wrong: dict[str, Any], words: str
) -> None:
    page = secretary.post(f"/segreteria/consultazioni/nuova/{factories.version().id}", data=sent(**wrong))
    assert page.status_code == 422
    assert words in page.text
    assert "Informativa" in page.text
    assert faults(page.text) == []
    assert opened() == []


def test_a_short_one_is_opened_once_confirmed(secretary: Visitor) -> None:
    data = sent(deadline_day="2027-03-10", short_confirmed="y")
    assert secretary.post(f"/segreteria/consultazioni/nuova/{factories.version().id}", data=data).status_code == 303


@pytest.mark.parametrize("state", [VersionState.DRAFT, VersionState.SUPERSEDED])
def test_only_a_published_version_has_a_form(secretary: Visitor, state: VersionState) -> None:
    assert secretary.get(f"/segreteria/consultazioni/nuova/{factories.version(state).id}").status_code == 404


def test_a_deadline_is_moved_with_a_public_reason(secretary: Visitor) -> None:
    consultation = factories.consultation()
    path = f"/segreteria/consultazioni/{consultation.id}/proroga"
    assert faults(secretary.get(path).text) == []
    data = {"deadline_day": "2027-03-31", "deadline_at": "12:00", "reason": REASON}
    assert secretary.post(path, data=data).status_code == 303
    assert opened()[0].deadline_at == at_rome(NOW.date().replace(day=31)).replace(hour=10, minute=0, second=0)
    assert REASON in secretary.get("/piano/consultazione").text


def test_a_deadline_that_passed_is_not_moved(secretary: Visitor, clock: Clock) -> None:
    consultation = factories.consultation()
    at_the_end(secretary, clock, consultation)
    data = {"deadline_day": "2027-03-31", "deadline_at": "12:00", "reason": REASON}
    page = secretary.post(f"/segreteria/consultazioni/{consultation.id}/proroga", data=data)
    assert page.status_code == 422
    assert "La scadenza è passata" in page.text


def test_the_closing_report_counts_what_was_received(secretary: Visitor, clock: Clock) -> None:
    round_ = Round()
    for state in (CommentState.ADMITTED, CommentState.ADMITTED, CommentState.NOT_ADMITTED, CommentState.WITHDRAWN):
        round_.remark(state)
    round_.admit(round_.remark(late=True))
    at_the_end(secretary, clock, round_.consultation)
    path = f"/segreteria/consultazioni/{round_.consultation.id}/conclusione"
    assert faults(secretary.get(path).text) == []
    assert secretary.post(path, data={"report_text": "Cinque osservazioni."}).status_code == 422
    done = secretary.post(path, data={"report_text": "Cinque osservazioni.", "confirmed": "y"})
    assert done.status_code == 303
    page = secretary.get("/piano/consultazione").text
    assert faults(page) == []
    for words in ("Relazione finale", "Cinque osservazioni.", "insieme fanno tutte le 5", "Arrivate dopo la scadenza"):
        assert words in page, words
    assert round_.consultation.id == opened()[0].id


def test_it_is_not_concluded_while_remarks_wait(secretary: Visitor, clock: Clock) -> None:
    round_ = Round()
    round_.remark()
    at_the_end(secretary, clock, round_.consultation)
    path = f"/segreteria/consultazioni/{round_.consultation.id}/conclusione"
    page = secretary.post(path, data={"confirmed": "y"})
    assert page.status_code == 422
    assert "attendono una decisione" in page.text


def test_rules_with_markup_are_cleaned_where_everybody_reads_them(secretary: Visitor) -> None:
    version = factories.version()
    secretary.post(f"/segreteria/consultazioni/nuova/{version.id}", data=sent())
    for path in ("/piano/consultazione", "/regole"):
        page = secretary.get(path).text
        assert "<p>Regole</p>" in page
        assert "alert(1)" not in page


@pytest.mark.parametrize("office", [Office.DRAFTING_LEAD, Office.MODERATOR])
def test_others_are_turned_away(client: Visitor, clock: Clock, office: Office) -> None:
    consultation = factories.consultation()
    factories.sign_in(client, factories.holder(office))
    for path in (
        "",
        f"/nuova/{consultation.version_id}",
        f"/{consultation.id}/proroga",
        f"/{consultation.id}/conclusione",
    ):
        assert client.get(f"/segreteria/consultazioni{path}").status_code == 403


@pytest.mark.parametrize("what", ["proroga", "conclusione"])
def test_a_consultation_that_is_not_there_is_not_found(secretary: Visitor, what: str) -> None:
    assert secretary.get(f"/segreteria/consultazioni/77/{what}").status_code == 404


@pytest.mark.parametrize(
    ("days", "phase", "words"),
    [
        (-8, Phase.SCHEDULED, "Consultazione in apertura"),
        (0, Phase.OPEN, "Consultazione aperta"),
        (14, Phase.CLOSED, "Consultazione chiusa"),
    ],
)
def test_home_and_procedure_follow_the_clock(
    client: Visitor, clock: Clock, days: int, phase: Phase, words: str
) -> None:
    factories.consultation()
    clock.forward(days=days)
    home = client.get("/")
    assert words in home.text
    for path in ("/", "/procedimento", "/regole", "/piano/consultazione"):
        page = client.get(path)
        assert (page.status_code, faults(page.text)) == (200, [])
    assert ("giorni rimasti" in home.text) == (phase is Phase.OPEN)


def test_home_before_there_is_anything(client: Visitor, clock: Clock) -> None:
    for path in ("/", "/procedimento", "/regole", "/piani"):
        page = client.get(path)
        assert (page.status_code, faults(page.text)) == (200, [])


def test_what_waits_for_an_office_stands_first_on_its_home_page(secretary: Visitor) -> None:
    round_ = Round()
    assert "da ammettere o no" not in secretary.get("/").text
    round_.remark()
    round_.remark()
    page = secretary.get("/").text
    assert faults(page) == []
    assert "osservazioni da ammettere o no" in page
