"""What comes back is marked on the message and on the address; nothing else can mark anything."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.accounts.resend_mail import resend_mail
from portal.db import db
from portal.jobs import queries, queue
from portal.jobs.bounce import take_in
from portal.jobs.models import Mail
from portal.jobs.rules import MailState
from portal.journal.models import Entry
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Forbidden
from portal.kernel.offices import Office
from tests import factories
from tests.factories import NOW
from tests.rules.jobs.reports import report

HOUR = timedelta(hours=1)
TO = "delegata@prova.example"


def sent(cause: str = "entry:1", to: str = TO, template: str = "receipt", person_id: int | None = None) -> Mail:
    mail = queue.enqueue(cause, template, person_id, to, "Ricevuta", "Testo\n", now=NOW)
    queue.claim(now=NOW)
    queue.mark_sent(mail.id, now=NOW)
    return mail


def line(mail: Mail) -> queries.Message:
    found = queries.message(mail.id)
    assert found is not None
    return found


def come_back(raw: bytes) -> object:
    return take_in(Actor.system(), raw, now=NOW + HOUR)


def test_the_message_and_its_address_are_marked_once() -> None:
    mail = sent()
    first = take_in(Actor.system(), report(mail.message_id), now=NOW + HOUR)
    assert (first.bounced, first.marked) == ((mail.id,), (TO,))
    assert line(mail).state is MailState.BOUNCED
    assert "User unknown" in line(mail).bounce
    assert take_in(Actor.system(), report(mail.message_id), now=NOW + 2 * HOUR).bounced == ()
    assert line(mail).bounced_at == NOW + HOUR
    assert db.session.query(Entry).filter_by(kind="MailBounced").count() == 1


def test_a_mailbox_that_is_full_marks_the_message_and_not_the_address() -> None:
    mail = sent()
    come_back(report(mail.message_id, status="4.2.2"))
    assert line(mail).state is MailState.BOUNCED
    assert queries.marked() == []


def test_a_delay_changes_nothing() -> None:
    mail = sent()
    taken = take_in(Actor.system(), report(mail.message_id, action="delayed", status="4.4.1"), now=NOW + HOUR)
    assert taken.ignored == (TO,)
    assert line(mail).state is MailState.SENT


@pytest.mark.parametrize("ours", ["unknown-number", ""])
def test_a_report_on_a_message_that_is_not_ours_marks_nobody(ours: str) -> None:
    mail = sent()
    come_back(report(ours))
    assert line(mail).state is MailState.SENT
    assert queries.marked() == []


def test_what_never_left_cannot_come_back() -> None:
    mail = queue.enqueue("entry:1", "receipt", None, TO, "Ricevuta", "Testo\n", now=NOW)
    come_back(report(mail.message_id))
    assert line(mail).state is MailState.WAITING


def test_an_address_that_forwards_is_found_by_the_number_of_the_message() -> None:
    mail = sent()
    come_back(report(mail.message_id, "altrove@prova.example"))
    assert [one.address for one in queries.marked()] == [TO]


def test_sent_again_it_goes_to_the_address_its_reader_has_now() -> None:
    someone = factories.person(email="vecchia@prova.example")
    mail = sent(to="vecchia@prova.example", person_id=someone.id)
    come_back(report(mail.message_id, "vecchia@prova.example"))
    someone.email = "nuova@prova.example"
    db.session.commit()
    again = resend_mail(factories.holder(Office.SECRETARIAT), mail.id, now=NOW + 2 * HOUR)
    assert again.recipient == "nuova@prova.example"
    (letter,) = queue.claim(now=NOW + 2 * HOUR)
    assert (letter.recipient, letter.text, letter.message_id) == ("nuova@prova.example", "Testo\n", mail.message_id)


def test_sending_again_takes_the_mark_away_and_is_written_down() -> None:
    mail = sent()
    come_back(report(mail.message_id))
    resend_mail(factories.holder(Office.SECRETARIAT), mail.id, now=NOW + 2 * HOUR)
    assert queries.marked() == []
    assert line(mail).state is MailState.WAITING
    assert db.session.query(Entry).filter_by(kind="MailResent").count() == 1


def test_what_waits_or_opens_the_portal_is_not_sent_again() -> None:
    secretary = factories.holder(Office.SECRETARIAT)
    link = sent("link:1", template="sign_in_link")
    waiting = queue.enqueue("entry:9", "receipt", None, TO, "Ricevuta", "Testo\n", now=NOW)
    for mail in (link, waiting):
        with pytest.raises(Conflict):
            resend_mail(secretary, mail.id, now=NOW + HOUR)
    assert line(link).text == ""


@pytest.mark.parametrize("office", [Office.AUDITOR, Office.ADMINISTRATOR])
def test_who_only_watches_sends_nothing(office: Office) -> None:
    mail = sent()
    with pytest.raises(Forbidden):
        resend_mail(factories.holder(office), mail.id, now=NOW + HOUR)
    with pytest.raises(Forbidden):
        take_in(factories.holder(office), report(mail.message_id), now=NOW + HOUR)


def test_the_mail_of_each_address_is_counted_by_what_became_of_it() -> None:
    back = sent("entry:1")
    sent("entry:2")
    queue.enqueue("entry:3", "receipt", None, "sindaco@prova.example", "x", "y", now=NOW)
    come_back(report(back.message_id))
    first, second = queries.readers()
    assert (first.recipient, first.marked, first.counts[MailState.BOUNCED], first.counts[MailState.SENT]) == (
        TO,
        True,
        1,
        1,
    )
    assert (second.marked, second.counts[MailState.WAITING]) == (False, 1)
    assert queries.counts() == {MailState.WAITING: 1, MailState.FAILED: 0, MailState.SENT: 1, MailState.BOUNCED: 1}
