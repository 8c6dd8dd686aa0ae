"""Whom the portal writes to, in which language, and what it does not say to others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.accounts.end_mandate import end_mandate
from portal.comments.extend import extend
from portal.comments.hand_over import give_back, make_ready
from portal.comments.letters import received
from portal.comments.models import Comment
from portal.comments.open_consultation import Conditions, open_consultation
from portal.comments.rules import Admission
from portal.comments.withdraw import withdraw
from portal.db import db
from portal.jobs.models import Mail
from portal.kernel.actor import Actor
from portal.kernel.offices import BodyKind, Office
from portal.territory.models import Body
from tests import factories
from tests.conftest import Clock
from tests.factories import NOW
from tests.services.notify.stage import (
    OBSERVATION,
    REASONS,
    Stage,
    admitted,
    answered,
    drafted,
    refused,
    speaks,
    stage,
    submitted,
)

Posted = Callable[[], list[Mail]]


@pytest.fixture(autouse=True)
def _today(clock: Clock) -> None:
    clock.set(NOW + timedelta(hours=5))


@pytest.fixture
def scene() -> Stage:
    return stage()


def to(letters: list[Mail], template: str) -> dict[str, Mail]:
    return {letter.recipient: letter for letter in letters if letter.template == template}


def test_the_receipt_goes_to_who_signed_and_who_drafted(scene: Stage, mail: Posted) -> None:
    comment = submitted(scene)
    receipts = to(mail(), "receipt")
    assert receipts.keys() == {scene.mayor.email, scene.officer.email}
    text, facts = receipts[scene.mayor.email].text, received(comment.submission_id)
    assert facts.sha256 in text
    assert f"http://localhost/ricevute/{facts.code}" in text
    assert "Azione 1 · comma 2" in text


def test_no_letter_carries_the_words_of_a_remark(scene: Stage, mail: Posted) -> None:
    comment = submitted(scene)
    refused(scene, comment, "Il tema non riguarda il piano in consultazione.")
    letters = mail()
    assert len(letters) == 4
    assert all(OBSERVATION.split(":")[1].strip(" .") not in letter.text for letter in letters)


def test_a_refusal_tells_its_reason_to_the_author_alone(scene: Stage, mail: Posted) -> None:
    refused(scene, submitted(scene), "Il tema non riguarda il piano in consultazione.")
    letters = mail()
    assert to(letters, "decision").keys() == {scene.mayor.email, scene.officer.email}
    reason = "Il tema non riguarda il piano"
    assert {letter.recipient for letter in letters if reason in letter.text} == {scene.mayor.email, scene.officer.email}


def test_a_decision_that_was_reversed_before_it_was_told_is_told_once(scene: Stage, mail: Posted) -> None:
    comment = submitted(scene)
    refused(scene, comment, "Il tema non riguarda il piano in consultazione.")
    admitted(scene, comment)
    (letter,) = (m for m in mail() if m.template == "decision" and m.recipient == scene.mayor.email)
    assert "è stata ammessa" in letter.subject


def test_of_a_remark_withdrawn_meanwhile_no_decision_is_told(scene: Stage, mail: Posted) -> None:
    comment = submitted(scene)
    admitted(scene, comment)
    withdraw(scene.mayor, comment.number or 0, now=NOW + timedelta(hours=2))
    assert to(mail(), "decision") == {}


def test_the_answer_is_sent_when_it_is_published_and_not_before(scene: Stage, mail: Posted) -> None:
    comment = submitted(scene)
    answered(scene, comment)
    answers = to(mail(), "answer")
    assert answers.keys() == {scene.mayor.email, scene.officer.email}
    text = answers[scene.mayor.email].text
    assert REASONS in text
    assert f"http://localhost/osservazioni/{comment.number}" in text


@pytest.mark.parametrize("admission", Admission)
def test_both_ways_of_admission_write_the_same_letters(admission: Admission, mail: Posted) -> None:
    scene = stage(admission)
    answered(scene, submitted(scene))
    assert sorted(m.template for m in mail()) == ["answer"] * 2 + ["decision"] * 2 + ["receipt"] * 2


def test_each_person_is_written_to_in_their_own_language(scene: Stage, mail: Posted) -> None:
    speaks(scene.officer, "en")
    answered(scene, submitted(scene))
    answers = to(mail(), "answer")
    assert "ha una risposta" in answers[scene.mayor.email].subject
    assert "has an answer" in answers[scene.officer.email].subject
    assert "Accepted" in answers[scene.officer.email].text


def test_whoever_left_the_body_is_not_told_and_the_body_is(scene: Stage, mail: Posted) -> None:
    comment = submitted(scene)
    for leaving in (scene.mayor, scene.officer):
        assert leaving.acting
        end_mandate(Actor.system(), leaving.acting.mandate_id, None, now=NOW + timedelta(minutes=30))
    body = comment.body
    successor = factories.holder(Office.ACTING_MAYOR, body)
    factories.holder(Office.OFFICER, body)
    answered(scene, comment)
    assert to(mail(), "answer").keys() == {successor.email}


def test_the_signatory_learns_what_waits_and_the_officer_what_came_back(scene: Stage, mail: Posted) -> None:
    submission_id = drafted(scene)
    make_ready(scene.officer, submission_id, now=NOW)
    assert to(mail(), "to_sign").keys() == {scene.mayor.email}
    give_back(scene.mayor, submission_id, "Aggiungere le ragioni economiche.", now=NOW + timedelta(minutes=1))
    returned = to(mail(), "returned")
    assert returned.keys() == {scene.officer.email}
    assert "Aggiungere le ragioni economiche." in returned[scene.officer.email].text


def test_what_was_signed_before_the_letter_left_is_not_asked_again(scene: Stage, mail: Posted) -> None:
    submission_id = drafted(scene)
    make_ready(scene.officer, submission_id, now=NOW)
    give_back(scene.officer, submission_id, "", now=NOW)
    letters = mail()
    assert to(letters, "to_sign") == {}
    assert to(letters, "returned") == {}


def test_hearing_again_doubles_nothing(scene: Stage, mail: Posted) -> None:
    submitted(scene)
    first = [m.id for m in mail()]
    assert [m.id for m in mail()] == first
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Comment)) == 1


def test_signatories_are_invited_and_told_of_more_time(scene: Stage, mail: Posted) -> None:
    far, zone = NOW + timedelta(days=60), factories.body("Zona", BodyKind.ZONE)
    factories.holder(Office.DELEGATED_COUNCILLOR, zone)
    version = factories.version()
    conditions = Conditions(
        "Consultazione nuova", far, Admission.AFTER, (BodyKind.MUNICIPALITY,), "Regole.", "Informativa.",
        factories.snapshot({scene_body(scene): 10}, source="Nuova").id,
    )  # fmt: skip
    opened = open_consultation(scene.secretariat, version.id, conditions, now=NOW)
    assert to(mail(), "opened").keys() == {scene.mayor.email}
    extend(scene.secretariat, opened.id, far + timedelta(days=7), "Lo hanno chiesto molti Comuni.", now=NOW)
    letter = to(mail(), "extended")[scene.mayor.email]
    assert "Lo hanno chiesto molti Comuni." in letter.text
    assert "7 maggio 2027" in letter.text


def scene_body(scene: Stage) -> Body:
    return db.session.get_one(Body, scene.body_id)
