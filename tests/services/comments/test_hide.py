"""Passages are hidden by two persons where an institution speaks; reading the sealed original leaves a trace."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask import Flask

from portal.accounts import two_persons
from portal.comments import (
    attachments,
    confirm_hiding,
    exchange,
    hide_passage,
    hiding,
    open_original,
    receipts,
    submit,
    take_down,
)
from portal.comments import decide as admission
from portal.comments.admission_models import Hiding, OriginalOpening, SealedOriginal
from portal.comments.masks import MARK, Span
from portal.comments.models import AdmissionDecision, Comment, Submission
from portal.comments.rules import Admission, CommentState, ReasonCode
from portal.db import db
from portal.journal.models import Entry
from portal.journal.verify import verify
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Forbidden, Gone, Invalid, NotFound
from portal.kernel.offices import BodyKind, ForumCategory, Office
from tests import factories, papers
from tests.conftest import Clock
from tests.factories import NOW
from tests.races import at_once
from tests.remarks import Round

WHY = "Contiene dati personali di un terzo."
WORDS = "Il signor Rossi abita in via Roma 3. Chiediamo un semaforo."


@pytest.fixture
def round_(database: None) -> Round:
    return Round()


def fresh(comment: Comment) -> Comment:
    db.session.rollback()
    return db.session.get_one(Comment, comment.id, populate_existing=True)


def propose(round_: Round, comment: Comment, quote: str = "signor Rossi") -> int:
    done = hide_passage.hide_passage(round_.colleague, comment.id, [], quote, ReasonCode.PERSONAL_DATA, WHY, now=NOW)
    assert done is False
    return two_persons.waiting(hiding.subject(comment.id), hiding.PASSAGES, now=NOW)[-1].id


def test_nothing_is_hidden_until_a_second_person_confirms(round_: Round) -> None:
    comment = round_.remark(observation=WORDS)
    request = propose(round_, comment)
    assert fresh(comment).observation == WORDS
    with pytest.raises(Conflict):
        confirm_hiding.confirm_hiding(round_.colleague, comment.id, request, now=NOW)
    confirm_hiding.confirm_hiding(round_.secretary, comment.id, request, now=NOW)
    assert fresh(comment).observation == f"Il {MARK} abita in via Roma 3. Chiediamo un semaforo."
    sealed = db.session.get_one(SealedOriginal, comment.id)
    assert sealed.observation == WORDS
    done = db.session.query(Hiding).one()
    assert (done.proposed_by_id, done.person_id) == (round_.colleague.person_id, round_.secretary.person_id)


def test_an_organisation_of_the_forum_needs_one_person(database: None) -> None:
    round_ = Round()
    round_.body = factories.body("Associazione", BodyKind.FORUM_ORGANISATION, forum_category=ForumCategory.ASSOCIATION)
    round_.mayor = factories.holder(Office.FORUM_DELEGATE, round_.body)
    comment = round_.remark(observation=WORDS)
    assert hide_passage.hide_passage(
        round_.secretary, comment.id, [Span("observation", 0, 36)], "", ReasonCode.OFFENSIVE, WHY, now=NOW
    )
    assert fresh(comment).observation == f"{MARK} Chiediamo un semaforo."


def test_the_receipt_still_proves_what_was_sent(round_: Round) -> None:
    comment = round_.remark(observation=WORDS)
    before = db.session.get_one(Submission, comment.submission_id)
    code, canonical, sha256 = before.code or "", before.canonical or "", before.sha256
    round_.hide(comment, "signor Rossi")
    own = receipts.receipt(round_.mayor, code)
    assert own.points[0].observation == WORDS
    assert receipts.content(round_.mayor, code) == canonical
    assert receipts.fingerprint(canonical) == sha256
    assert WORDS in json.loads(canonical)["comments"][0]["observation"]
    for other in (Actor.anonymous(), round_.secretary, round_.lead):
        seen = receipts.receipt(other, code)
        assert MARK in seen.points[0].observation
        assert not seen.may_download
        with pytest.raises(NotFound):
            receipts.content(other, code)
    assert receipts.check(Actor.anonymous(), canonical).in_register


def test_a_second_passage_is_measured_on_the_original(round_: Round) -> None:
    comment = round_.remark(observation=WORDS)
    round_.hide(comment, "signor Rossi")
    round_.hide(comment, "via Roma 3")
    assert fresh(comment).observation == f"Il {MARK} abita in {MARK}. Chiediamo un semaforo."
    with pytest.raises(Invalid) as refused:
        propose(round_, comment, "Rossi")
    assert refused.value.field == "quote"


@pytest.mark.parametrize(
    ("spans", "quote", "reason", "text", "field"),
    [
        ([], "", ReasonCode.PERSONAL_DATA, WHY, "sentences"),
        ([], "parole che non ci sono", ReasonCode.PERSONAL_DATA, WHY, "quote"),
        ([Span("observation", 0, 9000)], "", ReasonCode.PERSONAL_DATA, WHY, "sentences"),
        ([], "Rossi", None, WHY, "reason_code"),
        ([], "Rossi", ReasonCode.OFF_TOPIC, WHY, "reason_code"),
        ([], "Rossi", ReasonCode.PERSONAL_DATA, "No.", "text"),
    ],
)
def test_what_is_hidden_is_chosen_with_a_reason(
    round_: Round, spans: list[Span], quote: str, reason: ReasonCode | None, text: str, field: str
) -> None:
    comment = round_.remark(observation=WORDS)
    with pytest.raises(Invalid) as refused:
        hide_passage.hide_passage(round_.secretary, comment.id, spans, quote, reason, text, now=NOW)
    assert refused.value.field == field
    assert db.session.query(Hiding).count() == 0


def test_reading_the_original_leaves_a_trace(round_: Round) -> None:
    comment = round_.remark(observation=WORDS)
    round_.hide(comment, "signor Rossi")
    with pytest.raises(Invalid):
        open_original.open_original(round_.secretary, comment.id, "boh", now=NOW)
    for nobody in (round_.colleague, round_.lead, round_.mayor, factories.holder(Office.ADMINISTRATOR)):
        with pytest.raises(Forbidden):
            open_original.open_original(nobody, comment.id, "Richiesta di accesso agli atti.", now=NOW)
    texts = open_original.open_original(round_.secretary, comment.id, "Richiesta di accesso agli atti.", now=NOW)
    assert texts["observation"] == WORDS
    opening = db.session.query(OriginalOpening).one()
    assert (opening.person_id, opening.reason) == (round_.secretary.person_id, "Richiesta di accesso agli atti.")
    last = db.session.query(Entry).order_by(Entry.id.desc()).first()
    assert last is not None
    assert (last.kind, last.audience) == ("OriginalOpened", "staff")
    assert exchange.dossier(comment.id, NOW).openings[0].person == round_.secretary.name


def test_there_is_nothing_to_open_where_nothing_was_hidden(round_: Round) -> None:
    with pytest.raises(NotFound):
        open_original.open_original(round_.secretary, round_.remark().id, "Richiesta di accesso.", now=NOW)


def test_a_passage_comes_back_by_another_person(round_: Round) -> None:
    comment = round_.remark(observation=WORDS)
    round_.hide(comment, "signor Rossi")
    (done,) = db.session.query(Hiding).all()
    with pytest.raises(Forbidden):
        hide_passage.restore(round_.secretary, comment.id, done.id, now=NOW)
    hide_passage.restore(round_.colleague, comment.id, done.id, now=NOW)
    assert fresh(comment).observation == WORDS
    with pytest.raises(Conflict):
        hide_passage.restore(round_.colleague, comment.id, done.id, now=NOW)


def test_a_public_remark_of_an_institution_is_not_refused_alone(round_: Round) -> None:
    comment = round_.admitted()
    with pytest.raises(Conflict) as refused:
        admission.decide(round_.secretary, comment.id, False, ReasonCode.OFFENSIVE, WHY, now=NOW)
    assert refused.value.code == "second_person"
    request = take_down.take_down(round_.secretary, comment.id, ReasonCode.OFFENSIVE, WHY, now=NOW)
    assert fresh(comment).state is CommentState.ADMITTED
    confirm_hiding.confirm_hiding(round_.colleague, comment.id, request, now=NOW)
    assert fresh(comment).state is CommentState.NOT_ADMITTED
    latest = db.session.query(AdmissionDecision).order_by(AdmissionDecision.id.desc()).first()
    assert latest is not None
    assert (latest.reason_code, latest.text) == (ReasonCode.OFFENSIVE, WHY)


def test_before_publication_one_person_refuses(database: None) -> None:
    round_ = Round(factories.consultation(admission=Admission.BEFORE))
    comment = round_.remark()
    with pytest.raises(Conflict) as refused:
        take_down.take_down(round_.secretary, comment.id, ReasonCode.OFFENSIVE, WHY, now=NOW)
    assert refused.value.code == "one_person"
    admission.decide(round_.secretary, comment.id, False, ReasonCode.OFFENSIVE, WHY, now=NOW)
    assert fresh(comment).state is CommentState.NOT_ADMITTED


def test_a_request_is_declined_expires_and_is_made_once(round_: Round, clock: Clock) -> None:
    comment = round_.remark(observation=WORDS)
    request = propose(round_, comment)
    with pytest.raises(Conflict) as refused:
        propose(round_, comment, "via Roma")
    assert refused.value.code == "waiting"
    confirm_hiding.decline_hiding(round_.secretary, comment.id, request, now=NOW)
    again = propose(round_, comment)
    with pytest.raises(Gone):
        confirm_hiding.confirm_hiding(round_.secretary, comment.id, again, now=clock.forward(days=3))
    assert fresh(comment).observation == WORDS


def test_a_request_belongs_to_its_remark(round_: Round) -> None:
    comment, other = round_.remark(observation=WORDS), round_.remark()
    request = propose(round_, comment)
    for act in (confirm_hiding.confirm_hiding, confirm_hiding.decline_hiding):
        with pytest.raises(NotFound):
            act(round_.secretary, other.id, request, now=NOW)
    with pytest.raises(NotFound):
        confirm_hiding.confirm_hiding(round_.secretary, comment.id, 4711, now=NOW)


def test_two_who_confirm_at_once_hide_once(app: Flask, round_: Round) -> None:
    comment = round_.remark(observation=WORDS)
    request = propose(round_, comment)
    third = factories.holder(Office.SECRETARY_GENERAL)
    results = at_once(
        app,
        [
            lambda: confirm_hiding.confirm_hiding(round_.secretary, comment.id, request, now=NOW),
            lambda: confirm_hiding.confirm_hiding(third, comment.id, request, now=NOW),
        ],
    )
    assert sorted(type(r).__name__ for r in results) == ["Conflict", "NoneType"]
    db.session.rollback()
    assert db.session.query(Hiding).count() == 1


def test_two_who_ask_at_once_leave_one_request(app: Flask, round_: Round) -> None:
    comment = round_.remark(observation=WORDS)

    def ask(actor: Actor) -> object:
        return hide_passage.hide_passage(actor, comment.id, [], "Rossi", ReasonCode.PERSONAL_DATA, WHY, now=NOW)

    results = at_once(app, [lambda: ask(round_.secretary), lambda: ask(round_.colleague)])
    assert sorted(type(r).__name__ for r in results) == ["Conflict", "bool"]
    db.session.rollback()
    assert len(two_persons.waiting(hiding.subject(comment.id), hiding.PASSAGES, now=NOW)) == 1


def test_the_record_stays_whole_and_holds_no_word(round_: Round) -> None:
    comment = round_.remark(observation=WORDS)
    round_.hide(comment, "signor Rossi")
    open_original.open_original(round_.secretary, comment.id, "Richiesta del signor Rossi.", now=NOW)
    assert "Rossi" not in "".join(str(entry.facts) for entry in db.session.query(Entry))
    assert verify() == []


def with_file(round_: Round, folder: Path) -> tuple[Comment, int]:
    """An admitted remark with a file, and the file's number."""
    saved = round_.draft(observation=WORDS)
    number = papers.attached(round_.mayor, saved.comment_id, papers.png(), "foto.png", folder)
    submit.submit(round_.mayor, saved.submission_id, now=NOW)
    comment = db.session.get_one(Comment, saved.comment_id)
    round_.admit(comment)
    return comment, number


def test_a_file_is_hidden_with_the_passage_and_comes_back_with_it(round_: Round, tmp_path: Path) -> None:
    remark, number = with_file(round_, tmp_path)
    assert [f.id for f in attachments.of_remark(Actor.anonymous(), remark.id)] == [number]
    done = hide_passage.hide_passage(
        round_.colleague, remark.id, [], "", ReasonCode.PERSONAL_DATA, WHY, files=[number], now=NOW
    )
    assert done is False
    (waiting,) = exchange.dossier(remark.id, NOW).requests
    assert (waiting.passages, len(waiting.files)) == ([], 1)
    confirm_hiding.confirm_hiding(round_.secretary, remark.id, waiting.id, now=NOW)
    assert attachments.of_remark(Actor.anonymous(), remark.id) == []
    assert [f.is_hidden for f in attachments.of_remark(round_.mayor, remark.id)] == [True]
    code = db.session.get_one(Submission, remark.submission_id).code or ""
    for stranger in (Actor.anonymous(), round_.officer):
        with pytest.raises(NotFound):  # the content of the receipt names the file
            receipts.content(stranger, code)
    for reader in (round_.mayor, round_.secretary):
        assert "foto.png" in receipts.content(reader, code)
    assert fresh(remark).observation == WORDS
    assert db.session.query(SealedOriginal).count() == 0
    (row,) = exchange.dossier(remark.id, NOW).hidings
    assert (row.passages, row.files) == (0, 1)
    hide_passage.restore(round_.colleague, remark.id, row.id, now=NOW)
    assert [f.is_hidden for f in attachments.of_remark(Actor.anonymous(), remark.id)] == [False]


def test_only_its_own_files_are_hidden_with_a_remark(round_: Round, tmp_path: Path) -> None:
    remark, (_, number) = round_.remark(observation=WORDS), with_file(round_, tmp_path)
    with pytest.raises(Invalid) as refused:
        hide_passage.hide_passage(
            round_.secretary, remark.id, [], "Rossi", ReasonCode.PERSONAL_DATA, WHY, files=[number], now=NOW
        )
    assert refused.value.field == "files"


@pytest.mark.parametrize("quote", ["signor Rossi", "Rossi", "Rossi abita", "signor Bianchi", "Bianchi"])
def test_nobody_guesses_at_hidden_words_by_quoting_them(round_: Round, quote: str) -> None:
    comment = round_.remark(observation=WORDS)
    round_.hide(comment, "signor Rossi")
    with pytest.raises(Invalid) as refused:
        hide_passage.hide_passage(round_.colleague, comment.id, [], quote, ReasonCode.PERSONAL_DATA, WHY, now=NOW)
    assert (refused.value.field, two_persons.waiting(hiding.subject(comment.id), hiding.PASSAGES, now=NOW)) == (
        "quote",
        [],
    )
