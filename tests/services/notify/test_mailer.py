"""Mail leaves through SMTP as it was queued; what fails is kept and tried again, with the same Message-ID."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.db import db
from portal.jobs import queue
from portal.jobs.models import Mail
from portal.kernel.clock import at_rome
from portal.kernel.offices import Office
from portal.notify import listen, mailer, news
from portal.notify.mailer import Server
from tests import factories
from tests.conftest import Clock
from tests.factories import NOW
from tests.remarks import Round
from tests.services.notify.smtp import PostOffice, post_office


@pytest.fixture
def office(app: Flask, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[PostOffice]:
    clock.set(NOW)
    with post_office() as opened:
        settings = replace(
            app.extensions["settings"],
            mail_url=opened.url,
            mail_from="consultazioni@citta.example",
            public_url="https://parere.citta.example",
            city_name="Città metropolitana di Prova",
        )
        monkeypatch.setitem(app.extensions, "settings", settings)
        yield opened


def put(n: int = 1, to: str = "delegata@prova.example") -> Mail:
    return queue.enqueue(
        f"entry:{n}", "receipt", None, to, "Ricevuta «K7QF» – però 😀", "Già fatto: è così.\n", now=NOW
    )


def stored() -> list[Mail]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(Mail).order_by(Mail.id).execution_options(populate_existing=True)))


def test_a_message_arrives_as_it_was_written(office: PostOffice) -> None:
    mail = put()
    assert mailer.deliver() == 1
    (arrived,) = office.received
    assert arrived["Subject"] == "Ricevuta «K7QF» – però 😀"
    assert arrived.get_content().replace("\r\n", "\n") == "Già fatto: è così.\n"
    assert arrived["To"] == "delegata@prova.example"
    assert arrived["From"].addresses[0].display_name == "Città metropolitana di Prova"
    assert arrived["From"].addresses[0].addr_spec == "consultazioni@citta.example"
    assert arrived["Message-ID"] == f"<{mail.message_id}@parere.citta.example>"
    assert arrived["Auto-Submitted"] == "auto-generated"
    assert stored()[0].sent_at == NOW
    assert "List-Unsubscribe" not in arrived


def test_an_address_that_is_refused_does_not_hold_up_the_others(office: PostOffice) -> None:
    office.refused = {"sbagliata@prova.example"}
    put(1, "sbagliata@prova.example")
    put(2)
    assert mailer.deliver() == 1
    failed, sent = stored()
    assert ("no such person" in failed.error, failed.sent_at) == (True, None)
    assert sent.sent_at is not None


def test_a_connection_that_breaks_loses_and_doubles_nothing(office: PostOffice, clock: Clock) -> None:
    for n in range(3):
        put(n)
    office.cut_after = 1
    assert mailer.deliver() == 1
    assert [m.sent_at is not None for m in stored()] == [True, False, False]
    assert mailer.deliver() == 0
    office.cut_after = None
    clock.forward(minutes=2)
    assert mailer.deliver() == 2
    ids = [m["Message-ID"] for m in office.received]
    assert len(ids) == len(set(ids)) == 3


def test_a_server_that_is_away_is_tried_again_later(office: PostOffice, clock: Clock) -> None:
    put()
    office.shutdown()
    office.server_close()
    assert mailer.deliver() == 0
    (waiting,) = stored()
    assert "Refused" in waiting.error
    assert waiting.next_try_at == NOW + timedelta(minutes=1)
    assert waiting.text


def test_a_server_that_is_down_for_an_hour_delays_and_loses_nothing(
    app: Flask, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twelve letters before and while the server is away; the worker runs every minute, as it would."""
    with post_office() as gone:
        dead = gone.url
    settings = replace(app.extensions["settings"], mail_url=dead)
    monkeypatch.setitem(app.extensions, "settings", settings)
    clock.set(NOW)
    for minute in range(60):
        if minute % 5 == 0:
            put(minute)
        assert mailer.deliver() == 0
        clock.forward(minutes=1)
    with post_office() as back:
        monkeypatch.setitem(app.extensions, "settings", replace(settings, mail_url=back.url))
        for _ in range(60 * 3):
            mailer.deliver()
            clock.forward(minutes=1)
        ids = [m["Message-ID"] for m in back.received]
    assert len(ids) == len(set(ids)) == 12
    assert all(m.sent_at and not m.error for m in stored())


def test_a_letter_of_news_can_be_ended_in_one_click(office: PostOffice, clock: Clock) -> None:
    rounds = Round()
    neighbour = factories.holder(Office.MAYOR, factories.body("Comune Vicino"))
    rounds.remark(signer=neighbour, now=NOW - timedelta(hours=1))
    rounds.remark(observation="Parole nuove.")
    listen.hear()
    clock.set(at_rome(date(2027, 3, 2), time(7)))
    news.digests()
    while mailer.deliver():
        pass
    (letter,) = (m for m in office.received if m["To"] == neighbour.email and "List-Unsubscribe" in m)
    assert "Parole nuove." in letter.get_content()
    assert letter["List-Unsubscribe"].strip().startswith("<https://parere.citta.example/posta/disdici/")
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter.get_content_type() == "text/plain"


def test_a_worker_killed_between_sending_and_marking_sends_the_same_message_again(
    office: PostOffice, clock: Clock
) -> None:
    class Killed(BaseException):
        """Not an error that anybody handles."""

    def killed(*_: object, **__: object) -> None:
        raise Killed

    put()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(queue, "mark_sent", killed)
        with pytest.raises(Killed):
            mailer.deliver()
    clock.forward(minutes=6)
    assert mailer.deliver() == 1
    assert len(office.received) == 2
    assert len({m["Message-ID"] for m in office.received}) == 1


def test_where_mail_goes() -> None:
    assert Server.of("smtp://anna%40citta:p%3Aw@posta.example") == Server(
        "posta.example", 587, "anna@citta", "p:w", encrypted=False
    )
    assert Server.of("smtps://posta.example").port == 465


def test_a_password_is_never_sent_in_the_clear(office: PostOffice, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    url = office.url.replace("smtp://", "smtp://anna:segreto@")
    monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], mail_url=url))
    put()
    assert mailer.deliver() == 0
    assert "clear" in stored()[0].error
    assert office.received == []
