"""The console checks attachments and removes what nothing refers to."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from flask import Flask

from portal.comments import attach, write_draft
from portal.comments.attachment_models import Attachment
from portal.db import db
from tests import papers
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.application import console
from tests.writing import Desk


def folder(app: Flask) -> Path:
    found: Path = app.extensions["store"].data_dir
    return found


def test_attachments_are_checked_one_by_one(app: Flask, clock: Clock) -> None:
    desk = Desk()
    saved = desk.draft()
    papers.attached(desk.officer, saved.comment_id, papers.png(), "a.png", folder(app))
    assert "All attachments are there and unchanged: 1" in console(app, "files", "verify")
    sha256 = db.session.query(Attachment).one().sha256
    path = app.extensions["store"].path(sha256)
    whole = path.read_bytes()
    path.write_bytes(b"something else")
    done = app.test_cli_runner().invoke(args=["files", "verify"])
    assert (done.exit_code, f"{sha256}: changed" in done.output) == (1, True)
    path.write_bytes(whole)
    attach.remove(desk.officer, db.session.query(Attachment).one().id, now=NOW)


def test_what_nothing_refers_to_is_removed_a_day_later(app: Flask, clock: Clock) -> None:
    desk = Desk()
    saved = desk.draft()
    papers.attached(desk.officer, saved.comment_id, papers.png(colour="navy"), "a.png", folder(app))
    sha256 = db.session.query(Attachment).one().sha256
    write_draft.discard(desk.officer, saved.submission_id, now=NOW)
    console(app, "files", "collect")
    assert app.extensions["store"].path(sha256).exists()
    clock.set(NOW + timedelta(days=1, minutes=1))
    console(app, "files", "collect")
    assert not app.extensions["store"].path(sha256).exists()


def test_the_worker_collects_by_itself(app: Flask, clock: Clock) -> None:
    steps = {step.__name__ for step in app.extensions["worker"]._steps}
    assert "collect_files" in steps
