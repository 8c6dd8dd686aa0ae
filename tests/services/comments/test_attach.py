"""Files go with a draft, are public with the remark, are in its receipt, and are hidden with it."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path
from typing import Any

import pytest

from portal.comments import attach, attachments, receipts, submit, write_draft
from portal.comments.attachment_models import Attachment
from portal.comments.hand_over import make_ready
from portal.comments.models import Submission
from portal.comments.rules import Admission
from portal.db import db
from portal.files import examine, receive
from portal.files.rules import COUNT_LIMIT
from portal.files.store import Store
from portal.kernel.actor import Actor
from portal.kernel.canonical import text_digest
from portal.kernel.errors import Conflict, NotFound
from portal.kernel.offices import Office
from tests import factories, papers
from tests.factories import NOW
from tests.writing import Desk

PUBLIC = Actor.anonymous()


@pytest.fixture
def desk() -> Desk:
    return Desk()


def sent_with(desk: Desk, folder: Path, *contents: bytes) -> Submission:
    saved = desk.draft()
    for n, content in enumerate(contents):
        papers.attached(desk.officer, saved.comment_id, content, f"allegato {n}", folder)
    submit.submit(desk.mayor, saved.submission_id, now=NOW)
    return db.session.get_one(Submission, saved.submission_id)


def test_the_receipt_commits_to_every_file(desk: Desk, tmp_path: Path) -> None:
    sent = sent_with(desk, tmp_path, papers.pdf(), papers.png())
    content: dict[str, Any] = json.loads(sent.canonical or "")
    [point] = content["comments"]
    assert [(a["name"], a["media_type"]) for a in point["attachments"]] == [
        ("allegato 0.pdf", "application/pdf"),
        ("allegato 1.png", "image/png"),
    ]
    for told in point["attachments"]:
        kept = Store(tmp_path).path(told["sha256"]).read_bytes()
        assert len(kept) == told["size"]
        assert hashlib.sha256(kept).hexdigest() == told["sha256"]
    assert sent.sha256 == text_digest(sent.canonical or "")
    assert receipts.check(PUBLIC, sent.canonical or "").in_register


def test_ten_files_go_with_a_submission_whichever_remarks_they_belong_to(desk: Desk, tmp_path: Path) -> None:
    first = desk.draft()
    second = desk.draft(submission_id=first.submission_id)
    for n in range(COUNT_LIMIT):
        which = (first, second)[n % 2]
        papers.attached(desk.officer, which.comment_id, papers.png(10 + n), f"{n}.png", tmp_path)
    with pytest.raises(Conflict, match="at most 10 files"):
        papers.attached(desk.officer, first.comment_id, papers.png(99), "undici.png", tmp_path)
    with pytest.raises(Conflict):
        attach.announce(desk.officer, first.comment_id, "0123456789abcdef", "a.png", 10, now=NOW)


def test_the_same_file_twice_is_one_attachment(desk: Desk, tmp_path: Path) -> None:
    saved = desk.draft()
    ids = {papers.attached(desk.officer, saved.comment_id, papers.png(), "a.png", tmp_path) for _ in range(3)}
    assert len(ids) == 1


def test_a_file_whose_attachment_was_not_heard_of_is_not_sent_again(desk: Desk, tmp_path: Path) -> None:
    saved, store, known = desk.draft(), Store(tmp_path), "0123456789abcdef"
    found = attach.announce(desk.officer, saved.comment_id, known, "a.png", 10, now=NOW)
    assert not isinstance(found, int)
    with examine.received(store, io.BytesIO(papers.png())) as path, examine.examined(store, path) as looked_at:
        made = attach.attach(desk.officer, saved.comment_id, looked_at, "a.png", known, store=store, now=NOW)
    receive.forget(desk.officer, found.id, store=store)
    assert attach.announce(desk.officer, saved.comment_id, known, "a.png", 10, now=NOW) == made


def test_a_file_changes_the_draft_that_somebody_else_reviews(desk: Desk, tmp_path: Path) -> None:
    saved = desk.draft()
    reviewed = db.session.get_one(Submission, saved.submission_id).revision
    papers.attached(desk.officer, saved.comment_id, papers.png(), "a.png", tmp_path)
    with pytest.raises(Conflict, match="changed after you opened"):
        submit.submit(desk.mayor, saved.submission_id, revision=reviewed, now=NOW)


def test_nothing_is_attached_to_or_taken_from_what_waits_for_the_signature_or_was_sent(
    desk: Desk, tmp_path: Path
) -> None:
    saved = desk.draft()
    one = papers.attached(desk.officer, saved.comment_id, papers.png(), "a.png", tmp_path)
    make_ready(desk.officer, saved.submission_id, now=NOW)
    for _ in range(2):
        with pytest.raises(Conflict):
            papers.attached(desk.officer, saved.comment_id, papers.pdf(), "b.pdf", tmp_path)
        with pytest.raises(Conflict):
            attach.remove(desk.officer, one, now=NOW)
        submit.submit(desk.mayor, saved.submission_id, now=NOW)


def test_strangers_neither_attach_nor_remove(desk: Desk, tmp_path: Path) -> None:
    saved = desk.draft()
    one = papers.attached(desk.officer, saved.comment_id, papers.png(), "a.png", tmp_path)
    stranger = factories.holder(Office.MAYOR, factories.body())
    with pytest.raises(NotFound):
        papers.attached(stranger, saved.comment_id, papers.pdf(), "b.pdf", tmp_path)
    with pytest.raises(NotFound):
        attach.remove(stranger, one, now=NOW)


def test_a_point_that_is_taken_out_takes_its_files_along(desk: Desk, tmp_path: Path) -> None:
    first = desk.draft()
    second = desk.draft(submission_id=first.submission_id)
    papers.attached(desk.officer, second.comment_id, papers.png(), "a.png", tmp_path)
    write_draft.remove(desk.officer, second.comment_id, now=NOW)
    assert db.session.query(Attachment).count() == 0


def test_a_draft_that_is_given_up_takes_its_files_along(desk: Desk, tmp_path: Path) -> None:
    saved = desk.draft()
    papers.attached(desk.officer, saved.comment_id, papers.png(), "a.png", tmp_path)
    write_draft.discard(desk.officer, saved.submission_id, now=NOW)
    assert db.session.query(Attachment).count() == 0


def test_a_file_that_was_hidden_is_for_its_author_and_the_secretariat_alone(tmp_path: Path) -> None:
    desk = Desk(factories.consultation(admission=Admission.AFTER))
    sent_with(desk, tmp_path, papers.pdf(), papers.png())
    secretary, officer = factories.holder(Office.SECRETARIAT), factories.holder(Office.DRAFTING_OFFICER)
    hidden, shown = (row.id for row in db.session.query(Attachment).order_by(Attachment.id))
    assert attach.hide(secretary, [hidden], now=NOW) == [hidden]
    assert attach.hide(secretary, [hidden], now=NOW) == []
    for reader in (PUBLIC, officer, factories.holder(Office.MAYOR, factories.body())):
        assert attachments.attached(reader, shown).id == shown
        with pytest.raises(NotFound):
            attachments.attached(reader, hidden)
    for reader in (secretary, desk.mayor):
        assert attachments.attached(reader, hidden).is_hidden
