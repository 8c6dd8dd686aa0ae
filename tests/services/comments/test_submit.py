"""Submission: who signs, when it is received, what the receipt commits to."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.comments import hand_over, receipts, submit, write_draft
from portal.comments.models import Anchor, Consultation, Submission
from portal.comments.points import Point
from portal.comments.receipt_content import new_code
from portal.comments.rules import Admission, CommentKind, CommentState, SubmissionState
from portal.db import db
from portal.journal.models import Entry
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from portal.kernel.offices import SIGNATORIES, BodyKind, Office
from tests import factories
from tests.factories import NOW
from tests.writing import Desk, comments_of, key, point

MICROSECOND = timedelta(microseconds=1)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_submission_gets_numbers_a_receipt_and_an_entry(desk: Desk) -> None:
    saved = desk.draft()
    desk.draft(point(CommentKind.SUPPORT), place=desk.whole, submission_id=saved.submission_id)
    code = submit.submit(desk.mayor, saved.submission_id, now=NOW)

    sent = db.session.get_one(Submission, saved.submission_id)
    assert (sent.state, sent.number, sent.code, sent.is_late) == (SubmissionState.SUBMITTED, 1, code, False)
    assert [(c.number, c.state) for c in comments_of(sent)] == [
        (1, CommentState.SUBMITTED),
        (2, CommentState.SUBMITTED),
    ]
    entry = db.session.query(Entry).filter_by(kind="SubmissionReceived").one()
    assert entry.facts["comments"] == [1, 2]
    assert (entry.facts["sha256"], entry.seq) == (sent.sha256, sent.journal_seq)
    assert "va chiarita" not in json.dumps(entry.facts)


def test_the_receipt_commits_to_every_word_and_to_the_wording_commented_on(desk: Desk) -> None:
    sent = desk.sent(point(reasons="Perché è così."))
    assert sent.canonical is not None
    assert hashlib.sha256(sent.canonical.encode()).hexdigest() == sent.sha256
    content = json.loads(sent.canonical)
    [comment] = content["comments"]
    assert (content["body"]["name"], content["office"], content["late"]) == ("Comune di Prova", "mayor", False)
    assert comment["wording"] == {"exact": desk.paragraph.text, "sha256": desk.paragraph.text_hash}
    assert (comment["reasons"], comment["kind"], comment["number"]) == ("Perché è così.", "change_request", 1)
    assert content["received_at"] == NOW.isoformat()
    anchor = db.session.query(Anchor).one()
    assert (anchor.exact, anchor.start, anchor.end) == (desk.paragraph.text, 0, len(desk.paragraph.text))


def test_sending_again_gives_the_same_receipt(desk: Desk) -> None:
    saved = desk.draft()
    codes = {submit.submit(desk.mayor, saved.submission_id, revision=1, now=NOW) for _ in range(3)}
    assert len(codes) == 1
    assert db.session.query(Entry).filter_by(kind="SubmissionReceived").count() == 1


def test_an_officer_does_not_sign(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        submit.submit(desk.officer, desk.draft().submission_id, now=NOW)


@pytest.mark.parametrize("office", sorted(SIGNATORIES))
def test_every_signatory_signs_for_the_own_body(office: Office) -> None:
    kinds = {
        Office.UNION_PRESIDENT: BodyKind.UNION,
        Office.DISTRICT_PRESIDENT: BodyKind.DISTRICT,
        Office.FORUM_DELEGATE: BodyKind.FORUM_ORGANISATION,
        Office.FORUM_SUBSTITUTE: BodyKind.FORUM_ORGANISATION,
    }
    kind = kinds.get(office, BodyKind.MUNICIPALITY)
    more = {"forum_category": "association"} if kind is BodyKind.FORUM_ORGANISATION else {}
    desk = Desk()
    signer = factories.holder(office, factories.body(kind=kind, **more))
    assert submit.submit(signer, desk.draft(who=signer).submission_id, now=NOW)


def test_the_first_instant_of_the_deadline_is_late_and_the_last_before_it_is_not(desk: Desk) -> None:
    deadline = desk.consultation.deadline_at
    found = [desk.sent(now=deadline + shift).is_late for shift in (-MICROSECOND, timedelta(0), MICROSECOND)]
    assert found == [False, True, True]


def test_nothing_is_received_before_the_opening_instant() -> None:
    desk = Desk()
    opening = desk.consultation.opens_at
    saved = desk.draft()
    with pytest.raises(Conflict) as refused:
        submit.submit(desk.mayor, saved.submission_id, now=opening - MICROSECOND)
    assert refused.value.code == "not_open"
    assert submit.submit(desk.mayor, saved.submission_id, now=opening)


def test_nothing_is_received_from_the_conclusion_on() -> None:
    desk, concluded = Desk(), NOW + timedelta(days=30)
    assert desk.sent(now=concluded - MICROSECOND).is_late
    saved = desk.draft()
    db.session.query(Consultation).update({"concluded_at": concluded})
    db.session.commit()
    for asked in (concluded, concluded - MICROSECOND):  # who waited in line asked before and is served after
        with pytest.raises(Conflict) as refused:
            submit.submit(desk.mayor, saved.submission_id, now=asked)
        assert refused.value.code == "concluded"


@pytest.mark.parametrize(
    "unfinished",
    [
        Point(CommentKind.OBJECTION),
        Point(CommentKind.OBJECTION, observation=" \n\t\u200b\u00a0 "),
        Point(CommentKind.CHANGE_REQUEST, observation="Così."),
        Point(CommentKind.CHANGE_REQUEST, observation="Così.", proposed_text="\u2800\u200e"),
    ],
)
def test_an_unfinished_point_is_not_sent(desk: Desk, unfinished: Point) -> None:
    with pytest.raises(Invalid) as refused:
        submit.submit(desk.mayor, desk.draft(unfinished).submission_id, now=NOW)
    assert (refused.value.code, len(refused.value.problems)) == ("unfinished", 1)


def test_a_change_request_must_change_something(desk: Desk) -> None:
    same = point(proposed_text="  " + desk.paragraph.text.replace(" ", "\n") + " ")
    with pytest.raises(Invalid):
        submit.submit(desk.mayor, desk.draft(same).submission_id, now=NOW)


def test_what_changed_after_the_review_is_reviewed_again(desk: Desk) -> None:
    saved = desk.draft()
    write_draft.revise(desk.officer, saved.comment_id, point(reasons="Altro"), 1, now=NOW)
    with pytest.raises(Conflict) as refused:
        submit.submit(desk.mayor, saved.submission_id, revision=1, now=NOW)
    assert refused.value.code == "overtaken"


def test_a_draft_is_signed_after_an_officer_made_it_ready(desk: Desk) -> None:
    saved = desk.draft()
    for _ in range(2):
        hand_over.make_ready(desk.officer, saved.submission_id, now=NOW)
    with pytest.raises(Conflict):
        write_draft.revise(desk.officer, saved.comment_id, point(reasons="Dopo"), 1, now=NOW)
    assert submit.submit(desk.mayor, saved.submission_id, now=NOW)


def test_a_draft_is_given_back_with_a_note(desk: Desk) -> None:
    saved = desk.draft()
    hand_over.make_ready(desk.officer, saved.submission_id, now=NOW)
    hand_over.give_back(desk.mayor, saved.submission_id, "Più breve.", now=NOW)
    assert write_draft.revise(desk.officer, saved.comment_id, point(reasons="Breve"), 1, now=NOW).revision == 2
    with pytest.raises(Conflict):
        hand_over.give_back(desk.mayor, saved.submission_id, "", now=NOW)
    assert "Più breve" not in str(db.session.query(Entry).filter_by(kind="SubmissionReturned").one().facts)


def test_an_unfinished_draft_is_not_put_before_the_signatory(desk: Desk) -> None:
    saved = desk.draft(Point(CommentKind.SUPPORT))
    with pytest.raises(Invalid):
        hand_over.make_ready(desk.officer, saved.submission_id, now=NOW)


def test_a_submission_that_fails_gives_its_numbers_back(desk: Desk) -> None:
    with pytest.raises(Invalid):
        submit.submit(desk.mayor, desk.draft(Point(CommentKind.SUPPORT)).submission_id, now=NOW)
    assert desk.sent().number == 1
    assert [s.number for s in (desk.sent(), desk.sent())] == [2, 3]


def test_the_check_finds_a_receipt_by_code_hash_and_content(desk: Desk) -> None:
    sent, anybody = desk.sent(), Actor.anonymous()
    assert sent.code is not None
    assert sent.sha256 is not None
    assert sent.canonical is not None
    typed = sent.code.lower().replace("-", " ")
    reordered = json.dumps(json.loads(sent.canonical), indent=4)
    for given in (sent.code, typed, sent.sha256.upper(), sent.canonical, f"\ufeff{reordered}\n"):
        found = receipts.check(anybody, given)
        assert found.receipt is not None
        assert (found.receipt.submission_id, found.in_register) == (sent.id, True)


def test_the_check_does_not_know_a_content_with_one_letter_changed(desk: Desk) -> None:
    sent = desk.sent()
    assert sent.canonical is not None
    assert receipts.check(Actor.anonymous(), sent.canonical.replace("va chiarita", "va cassata")).receipt is None


def test_the_check_notices_an_edited_register(desk: Desk) -> None:
    sent = desk.sent()
    entry = db.session.query(Entry).filter_by(kind="SubmissionReceived").one()
    facts, code, entry_id = {**entry.facts, "sha256": "0" * 64}, sent.code or "", entry.id
    db.session.rollback()
    with db.engine.begin() as connection:
        connection.execute(sa.update(Entry).where(Entry.id == entry_id).values(facts=facts))
    assert receipts.check(Actor.anonymous(), code).in_register is False


@pytest.mark.parametrize("bad", ["", "   ", "K7QF", "{", '{"a": 1.5}', "[" * 50, "{" + '"a":{' * 100_000])
def test_the_check_explains_what_it_cannot_read(bad: str) -> None:
    with pytest.raises(Invalid):
        receipts.check(Actor.anonymous(), bad)


def test_the_content_is_for_those_who_may_read_it() -> None:
    desk = Desk(factories.consultation(admission=Admission.BEFORE))
    code = desk.sent().code or ""
    assert receipts.content(desk.mayor, code) == receipts.content(factories.holder(Office.SECRETARIAT), code)
    for other in (Actor.anonymous(), factories.holder(Office.MAYOR, factories.body())):
        assert receipts.receipt(other, code).number == 1
        with pytest.raises(NotFound):
            receipts.content(other, code)


def test_codes_avoid_what_is_mistaken_when_read_aloud() -> None:
    drawn = {new_code() for _ in range(500)}
    assert len(drawn) == 500
    assert not set("".join(drawn)) & set("01OILU")
    assert key() != key()
