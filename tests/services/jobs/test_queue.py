"""Mail is queued once for each cause, taken by one worker at a time, and survives a worker that dies."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.db import atomic, db
from portal.jobs import queries, queue
from portal.jobs.models import Mail
from portal.jobs.rules import LEASE
from tests.factories import NOW, person


def put(cause: str = "entry:1", to: str = "delegata@prova.example", subject: str = "Ricevuta") -> Mail:
    return queue.enqueue(cause, "receipt", None, to, subject, "Testo\n", now=NOW)


def stored(mail: Mail) -> Mail:
    return db.session.get_one(Mail, mail.id, populate_existing=True)


def test_the_same_cause_addressee_and_template_are_queued_once() -> None:
    first, again, other = put(), put(), put(to="sindaco@prova.example")
    assert first.id == again.id
    assert first.id != other.id
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Mail)) == 2


def test_queueing_is_undone_with_the_verb_it_belongs_to() -> None:
    @atomic()
    def fails() -> None:
        put()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    assert not queries.any_due(NOW)


def test_a_subject_is_one_line() -> None:
    assert put(subject="Ricevuta\r\nBcc: altri@prova.example").subject == "Ricevuta Bcc: altri@prova.example"


def test_what_one_worker_has_taken_the_next_does_not_take() -> None:
    put()
    assert len(queue.claim(now=NOW)) == 1
    assert queue.claim(now=NOW) == []


def test_what_a_dead_worker_had_taken_is_due_again_with_the_same_message_id() -> None:
    put()
    (taken,) = queue.claim(now=NOW)
    (again,) = queue.claim(now=NOW + LEASE)
    assert again.message_id == taken.message_id
    assert again.attempts == taken.attempts + 1


def test_what_is_sent_is_not_due_and_can_be_read_again() -> None:
    mail = put()
    queue.claim(now=NOW)
    queue.mark_sent(mail.id, now=NOW)
    assert queue.claim(now=NOW + timedelta(days=1)) == []
    assert stored(mail).text == "Testo\n"


@pytest.mark.parametrize(("kept", "text"), [(False, ""), (True, "https://…")])
def test_an_address_to_sign_in_with_is_kept_in_a_local_outbox_alone(kept: bool, text: str) -> None:
    mail = queue.enqueue("link:1", "sign_in_link", None, "a@prova.example", "x", "https://…", now=NOW)
    queue.claim(now=NOW)
    queue.mark_sent(mail.id, keep_secrets=kept, now=NOW)
    assert stored(mail).text == text


def test_what_fails_says_why_and_waits_longer_each_time() -> None:
    mail, at, waits = put(), NOW, []
    for _ in range(6):
        (taken,) = queue.claim(now=at)
        queue.mark_failed(taken.id, "mailbox full", now=at)
        waits.append(stored(mail).next_try_at - at)
        at = stored(mail).next_try_at
    assert waits == [timedelta(minutes=m) for m in (1, 5, 30, 120, 360, 360)]
    assert stored(mail).error == "mailbox full"


def test_a_batch_takes_the_oldest_first() -> None:
    for n in range(5):
        queue.enqueue(f"entry:{n}", "receipt", None, "a@prova.example", "x", "y", now=NOW - timedelta(minutes=n))
    taken = queue.claim(2, now=NOW)
    assert [letter.queued_at for letter in taken] == [NOW - timedelta(minutes=4), NOW - timedelta(minutes=3)]


def test_messages_to_an_erased_person_are_removed() -> None:
    someone = person()
    queue.enqueue("entry:1", "receipt", someone.id, "a@prova.example", "x", "y", now=NOW)
    put()
    assert queue.forget(someone.id, now=NOW) == 1
    assert [m.recipient for m in queries.messages()] == ["delegata@prova.example"]
