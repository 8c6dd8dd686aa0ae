"""The console takes in what a mail server sent back, and says what it made of it."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from portal.db import db
from portal.jobs import queue
from portal.jobs.models import Mail
from portal.kernel import clock
from portal.kernel.offices import Office
from portal.notify import listen
from tests import factories
from tests.fixtures.application import console
from tests.rules.jobs.reports import report

TO = "delegata@prova.example"


def sent() -> Mail:
    mail = queue.enqueue("entry:1", "receipt", None, TO, "Ricevuta", "Testo\n", now=clock.now())
    queue.claim(now=clock.now())
    queue.mark_sent(mail.id, now=clock.now())
    return mail


def test_a_report_marks_the_address_and_the_secretariat_is_told(app: Flask, tmp_path: Path) -> None:
    secretary = factories.holder(Office.SECRETARIAT)
    file = tmp_path / "undelivered.eml"
    file.write_bytes(report(sent().message_id))
    assert "1 came back, 1 addresses marked" in console(app, "mail", "bounce", str(file))
    assert f"does not take mail: {TO} 5.1.1" in console(app, "mail", "status")
    listen.hear()
    (letter,) = db.session.query(Mail).filter_by(template="bounced")
    assert letter.recipient == secretary.email
    assert TO in letter.text
    assert "User unknown" in letter.text


def test_of_a_letter_about_a_letter_nobody_is_told(app: Flask, tmp_path: Path) -> None:
    factories.holder(Office.SECRETARIAT)
    file = tmp_path / "undelivered.eml"
    for _ in range(3):
        mail = db.session.query(Mail).order_by(Mail.id.desc()).first() or sent()
        queue.claim(now=clock.now())
        file.write_bytes(report(mail.message_id, mail.recipient))
        console(app, "mail", "bounce", str(file))
        listen.hear()
        db.session.rollback()
    assert db.session.query(Mail).filter_by(template="bounced").count() == 1


def test_a_file_that_is_no_report_is_named_and_the_others_are_taken_in(app: Flask, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.eml", tmp_path / "bad.eml"
    good.write_bytes(report(sent().message_id))
    bad.write_bytes(b"Subject: Non sono in ufficio\n\nTorno domani.")
    done = app.test_cli_runner().invoke(args=["mail", "bounce", str(bad), str(good)])
    assert done.exit_code == 1
    assert "no delivery report" in done.output
    assert "1 came back" in done.output
