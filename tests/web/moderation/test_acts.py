"""Every act of admission as a plain form: ask, hide, confirm, keep, reconsider, open, undo; and the register."""

from __future__ import annotations

import pytest

from portal.accounts import two_persons
from portal.comments import ask_author, hiding, reply, report
from portal.comments.admission_models import AdmissionTerm, AuthorQuestion, OriginalOpening
from portal.comments.models import AdmissionDecision, Comment
from portal.comments.rules import Admission, CommentState, ReasonCode
from portal.db import db
from portal.kernel.actor import Actor
from portal.kernel.offices import Office
from tests import factories
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.client import Visitor
from tests.house.html import faults
from tests.remarks import Round

WORDS = "Il signor Rossi abita in via Roma 3. Chiediamo un semaforo."
WHY = "Contiene dati personali di un terzo."
QUEUE = "/segreteria/osservazioni"


@pytest.fixture
def round_(clock: Clock, database: None) -> Round:
    round_ = Round(factories.consultation(admission=Admission.BEFORE))
    factories.add(AdmissionTerm(consultation_id=round_.consultation.id, working_days=5, patron_day=""))
    return round_


@pytest.fixture
def open_round(clock: Clock, database: None) -> Round:
    return Round()


@pytest.fixture
def secretary(client: Visitor, round_: Round) -> Visitor:
    return client.sign_in(round_.secretary.person_id or 0)


def fresh(comment: Comment) -> Comment:
    db.session.rollback()
    return db.session.get_one(Comment, comment.id, populate_existing=True)


def colleague(client: Visitor, who: Actor) -> Visitor:
    other = client.application.test_client()
    assert isinstance(other, Visitor)
    return other.sign_in(who.person_id or 0)


def test_the_author_is_asked_and_answers_on_the_page_of_the_remark(secretary: Visitor, round_: Round) -> None:
    comment = round_.remark()
    page = secretary.post(f"{QUEUE}/{comment.number}/domanda", data={"question": "Eh?"})
    assert page.status_code == 422
    assert faults(page.text) == []
    page = secretary.post(
        f"{QUEUE}/{comment.number}/domanda", data={"question": "A quale torrente si riferisce?", "next": QUEUE}
    )
    assert (page.status_code, page.location) == (303, QUEUE)
    db.session.rollback()
    question = db.session.query(AuthorQuestion).one()
    author = colleague(secretary, round_.mayor)
    here = f"/osservazioni/{comment.number}"
    assert f"{here}#question-{question.id}" in author.get("/scrivania").text
    page = author.get(here)
    assert "A quale torrente si riferisce?" in page.text
    assert faults(page.text) == []
    assert author.post(f"{here}/domande/{question.id}/risposta", data={"answer": " "}).status_code == 422
    assert author.post(f"{here}/domande/{question.id}/risposta", data={"answer": "Al primo."}).status_code == 303
    page = secretary.get(f"{QUEUE}/{comment.number}")
    assert "Al primo." in page.text
    assert "l’autore ha risposto" in page.text
    assert faults(page.text) == []


def test_the_question_is_nobody_elses(secretary: Visitor, round_: Round) -> None:
    comment = round_.admitted()
    other = round_.remark()
    ask_author.ask_author(round_.secretary, other.id, "A quale torrente si riferisce?", now=NOW)
    stranger = colleague(secretary, factories.holder(Office.MAYOR, factories.body()))
    assert "torrente" not in stranger.get(f"/osservazioni/{other.number}").text
    assert "torrente" not in stranger.get("/scrivania").text
    question = db.session.query(AuthorQuestion).one()
    address = f"/osservazioni/{other.number}/domande/{question.id}/risposta"
    assert stranger.post(address, data={"answer": "Sì."}).status_code == 404
    assert stranger.post(f"/osservazioni/{comment.number}/replica", data={"reply": "Non è così."}).status_code == 404


def test_a_passage_is_hidden_by_sentence_and_confirmed_by_a_colleague(secretary: Visitor, round_: Round) -> None:
    comment = round_.admitted(observation=WORDS)
    page = secretary.get(f"{QUEUE}/{comment.number}")
    assert 'value="observation:0-36"' in page.text
    assert faults(page.text) == []
    data = {"sentences": ["observation:0-36"], "reason_code": "personal_data", "text": WHY}
    page = secretary.post(f"{QUEUE}/{comment.number}/passo", data=data, follow_redirects=True)
    assert "Nulla è ancora oscurato" in page.text
    assert "È una tua proposta" in page.text
    assert faults(page.text) == []
    (waiting,) = two_persons.waiting(hiding.subject(comment.id), hiding.PASSAGES, now=NOW)
    confirm = f"{QUEUE}/{comment.number}/richieste/{waiting.id}/conferma"
    page = secretary.post(confirm, follow_redirects=True)
    assert "un’altra persona deve confermarl" in page.text or "altra persona" in page.text
    assert fresh(comment).observation == WORDS
    second = colleague(secretary, round_.colleague)
    page = second.get(f"{QUEUE}?show=confirm")
    assert "Il signor Rossi abita in via Roma 3." in page.text
    assert faults(page.text) == []
    page = second.post(confirm, follow_redirects=True)
    assert fresh(comment).observation == "[passo oscurato] Chiediamo un semaforo."
    assert "Rossi" not in page.text
    assert "Passi oscurati" in page.text
    assert faults(page.text) == []


def test_quoted_words_are_enough_and_what_was_typed_is_kept(secretary: Visitor, round_: Round) -> None:
    comment = round_.remark(observation=WORDS)
    data = {"quote": "parole mai scritte", "reason_code": "personal_data", "text": WHY}
    page = secretary.post(f"{QUEUE}/{comment.number}/passo", data=data)
    assert page.status_code == 422
    assert "parole mai scritte" in page.text
    assert "Queste parole non ci sono" in page.text
    assert faults(page.text) == []
    odd = {"sentences": ["salt:0-9", "observation:9-1", "x"], "reason_code": "personal_data", "text": WHY}
    assert secretary.post(f"{QUEUE}/{comment.number}/passo", data=odd).status_code == 422


def test_the_original_is_shown_once_to_whoever_says_why(secretary: Visitor, round_: Round) -> None:
    comment = round_.admitted(observation=WORDS)
    round_.hide(comment, "signor Rossi")
    address = f"{QUEUE}/{comment.number}/originale"
    assert secretary.get(address).status_code == 405
    assert secretary.post(address, data={"reason": "boh"}).status_code == 422
    page = secretary.post(address, data={"reason": "Richiesta di accesso agli atti."})
    assert WORDS in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert faults(page.text) == []
    assert db.session.query(OriginalOpening).count() == 1
    assert "Richiesta di accesso agli atti." in secretary.get(f"{QUEUE}/{comment.number}").text
    assert colleague(secretary, round_.colleague).post(address, data={"reason": WHY}).status_code == 403


def test_a_public_remark_of_a_municipality_is_refused_by_two(client: Visitor, open_round: Round) -> None:
    comment = open_round.remark()
    client.sign_in(open_round.secretary.person_id or 0)
    assert "a toglierla alla vista sono due persone" in client.get(f"{QUEUE}/{comment.number}").text
    data = {"decision": "refuse", "seen": "submitted", "reason_code": "off_topic", "text": WHY}
    page = client.post(f"{QUEUE}/{comment.number}/decisione", data={**data, "text": "No"})
    assert page.status_code == 422
    page = client.post(f"{QUEUE}/{comment.number}/decisione", data=data, follow_redirects=True)
    assert "attende una seconda persona" in page.text
    assert fresh(comment).state is CommentState.SUBMITTED
    (waiting,) = two_persons.waiting(hiding.subject(comment.id), hiding.WHOLE, now=NOW)
    second = colleague(client, open_round.colleague)
    assert "propone di non ammettere questa osservazione" in second.get(f"{QUEUE}?show=confirm").text
    second.post(f"{QUEUE}/{comment.number}/richieste/{waiting.id}/rifiuto")
    assert two_persons.waiting(hiding.subject(comment.id), hiding.WHOLE, now=NOW) == []
    assert fresh(comment).state is CommentState.SUBMITTED


def test_a_reader_reports_and_the_secretariat_keeps(client: Visitor, open_round: Round) -> None:
    comment = open_round.admitted()
    here = f"/osservazioni/{comment.number}"
    assert "Segnala questa osservazione" not in client.get(here).text
    assert client.post(f"{here}/segnalazione").status_code == 403
    client.sign_in(factories.holder(Office.MAYOR, factories.body()).person_id or 0)
    page = client.post(f"{here}/segnalazione", data={"text": "Offende chi ha scritto il piano."})
    assert page.status_code == 422
    assert faults(page.text) == []
    data = {"reason_code": "offensive", "text": "Offende chi ha scritto il piano."}
    assert client.post(f"{here}/segnalazione", data=data).status_code == 303
    office = colleague(client, open_round.secretary)
    page = office.get(f"{QUEUE}?show=reported")
    assert "Offende chi ha scritto il piano." in page.text
    assert faults(page.text) == []
    assert office.post(f"{QUEUE}/{comment.number}/mantenuta", data={"kept_text": "No"}).status_code == 422
    kept = {"kept_text": "Critica una scelta, non una persona."}
    assert office.post(f"{QUEUE}/{comment.number}/mantenuta", data=kept).status_code == 303
    register = client.get("/osservazioni/registro").text
    assert "Riesaminata e mantenuta" in register
    assert "Critica una scelta" not in register


def test_a_refusal_is_replied_to_and_reconsidered(secretary: Visitor, round_: Round) -> None:
    comment = round_.remark(CommentState.NOT_ADMITTED)
    author = colleague(secretary, round_.mayor)
    here = f"/osservazioni/{comment.number}"
    page = author.get(here)
    assert "La tua replica al diniego" in page.text
    assert faults(page.text) == []
    assert author.post(f"{here}/replica", data={"reply": "No"}).status_code == 422
    assert author.post(f"{here}/replica", data={"reply": "Riguarda la seconda frase."}).status_code == 303
    page = author.get(here)
    assert "un’altra persona la esaminerà" in page.text
    assert 'name="reply"' not in page.text
    page = secretary.get(f"{QUEUE}?show=replies")
    assert "Riguarda la seconda frase." in page.text
    assert faults(page.text) == []
    again = f"{QUEUE}/{comment.number}/riesame"
    assert secretary.post(again, data={"decision": "admit"}).status_code == 422
    second = colleague(secretary, round_.colleague)
    assert second.post(again, data={"decision": "refuse"}).status_code == 422
    assert second.post(again, data={"decision": "admit"}).status_code == 303
    assert fresh(comment).state is CommentState.ADMITTED


def test_a_decision_is_undone_within_ten_seconds(secretary: Visitor, round_: Round, clock: Clock) -> None:
    comment = round_.remark()
    data = {"decision": "admit", "seen": "submitted", "next": QUEUE}
    page = secretary.post(f"{QUEUE}/{comment.number}/decisione", data=data)
    decision = db.session.query(AdmissionDecision).one()
    assert page.location == f"{QUEUE}?fatto={decision.id}"
    undo = f"/segreteria/decisioni/{decision.id}/annulla"
    page = secretary.get(page.location)
    assert undo in page.text
    assert faults(page.text) == []
    clock.forward(seconds=11)
    assert undo not in secretary.get(f"{QUEUE}?fatto={decision.id}").text
    assert "I secondi per annullare sono passati" in secretary.post(undo, follow_redirects=True).text
    clock.forward(seconds=-5)
    assert secretary.post(undo).location == f"{QUEUE}/{comment.number}"
    assert fresh(comment).state is CommentState.SUBMITTED


def test_what_waits_too_long_is_marked_and_counted_in_public(secretary: Visitor, round_: Round, clock: Clock) -> None:
    comment = round_.remark()
    assert "decidere entro l’8 marzo 2027" in secretary.get(QUEUE).text or "8 marzo 2027" in secretary.get(QUEUE).text
    clock.forward(days=9)
    round_.admitted(now=clock.at)
    page = secretary.get(QUEUE)
    assert "oltre il termine" in page.text
    assert f"n. {comment.number}" in page.text
    public = colleague(secretary, round_.lead).get("/osservazioni/registro").text
    assert "in attesa oltre il termine" in public


def test_the_register_is_a_file_too(secretary: Visitor, round_: Round) -> None:
    refused, masked = round_.remark(CommentState.NOT_ADMITTED), round_.admitted(observation=WORDS)
    round_.hide(masked, "signor Rossi")
    lines = secretary.get("/osservazioni/registro.csv").text.splitlines()
    assert lines[0] == "remark,decision,reason_code,decided_at"
    assert lines[1] == f"{masked.number},passage_hidden,personal_data,2027-03-01T09:00:00Z"
    assert lines[3] == f"{refused.number},not_admitted,off_topic,2027-03-01T09:00:00Z"
    page = secretary.get("/osservazioni/registro").text
    assert "Passo oscurato" in page
    for hidden in ("Rossi", round_.secretary.name, round_.body.name):
        assert hidden not in "\n".join(lines)


@pytest.mark.parametrize("act", ["domanda", "passo", "mantenuta", "riesame", "richieste/1/conferma", "originale"])
def test_strange_numbers_and_other_offices_reach_nothing(secretary: Visitor, round_: Round, act: str) -> None:
    comment = round_.remark()
    assert secretary.post(f"{QUEUE}/4711/{act}").status_code == 404
    for office in (Office.DRAFTING_LEAD, Office.COUNCIL_CLERK):
        visitor = colleague(secretary, factories.holder(office))
        assert visitor.post(f"{QUEUE}/{comment.number}/{act}").status_code == 403


def test_an_auditor_opens_the_original_and_touches_nothing(client: Visitor, round_: Round) -> None:
    comment = round_.admitted(observation=WORDS)
    round_.hide(comment, "signor Rossi")
    client.sign_in(factories.holder(Office.AUDITOR).person_id or 0)
    page = client.get(f"{QUEUE}/{comment.number}")
    assert "Leggi l’originale" in page.text
    assert "Oscurato per errore" not in page.text
    reason = {"reason": "Controllo a campione degli oscuramenti."}
    assert WORDS in client.post(f"{QUEUE}/{comment.number}/originale", data=reason).text


def test_reports_and_replies_stay_within(client: Visitor, open_round: Round) -> None:
    comment = open_round.admitted()
    reader = factories.holder(Office.MAYOR, factories.body())
    report.report(reader, comment.number or 0, ReasonCode.OFFENSIVE, "Parola-di-segnalazione: offende.", now=NOW)
    refused = open_round.remark(CommentState.ADMITTED)
    open_round.refuse(refused)
    reply.reply(open_round.mayor, refused.number or 0, "Parola-di-replica: non è così.", now=NOW)
    for who in (None, reader, open_round.lead):
        visitor = colleague(client, who) if who else client
        for number in (comment.number, refused.number):
            text = visitor.get(f"/osservazioni/{number}").text
            assert "Parola-di-segnalazione" not in text
            assert "Parola-di-replica" not in text
