"""What is new reaches those whom it concerns, once a day at most, with the words that are public when it leaves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
import sqlalchemy as sa

from portal.accounts.choose_mail import choose_mail, pace_of
from portal.accounts.models import MailChoice
from portal.accounts.rules import Pace
from portal.comments.rules import Admission
from portal.db import db
from portal.jobs.models import Mail
from portal.jobs.queue import Letter
from portal.journal.models import Entry
from portal.kernel.actor import Actor
from portal.kernel.clock import at_rome, local_day
from portal.kernel.offices import Office
from portal.news import queries
from portal.news.models import NewsItem
from portal.notify import listen, news
from tests import factories
from tests.conftest import Clock
from tests.factories import NOW
from tests.remarks import Round

Posted = Callable[[], list[Mail]]
EARLIER = NOW - timedelta(hours=1)
MORNING = at_rome(date(2027, 3, 2), time(7))


@pytest.fixture(autouse=True)
def _the_digest_of_this_morning_has_left(clock: Clock) -> None:
    news.digests()


@pytest.fixture
def round_() -> Round:
    return Round()


@pytest.fixture
def neighbour(round_: Round) -> Actor:
    """The mayor of another Comune, who has remarked on the same action."""
    body = factories.body("Comune Vicino")
    who = factories.holder(Office.MAYOR, body)
    round_.remark(signer=who, observation="Parole del vicino.", now=EARLIER)
    return who


def texts(mails: list[Mail], template: str = "digest") -> dict[str, str]:
    words = {
        m.recipient: [i.words for g in queries.groups(m.id) for i in g.items] for m in mails if m.template == template
    }
    return {recipient: "\n".join(said) for recipient, said in words.items()}


def test_others_on_the_same_action_hear_of_it_next_morning(
    round_: Round, neighbour: Actor, mail: Posted, clock: Clock
) -> None:
    round_.remark(observation="La seconda frase non convince.")
    assert texts(mail()) == {}
    clock.set(MORNING)
    found = texts(mail())
    assert "La seconda frase non convince." in found[neighbour.email]
    assert "Parole del vicino." not in found[neighbour.email]
    assert round_.mayor.email not in found  # had not spoken when the neighbour wrote


def test_the_letter_is_grouped_by_action_newest_first_and_says_where(
    round_: Round, neighbour: Actor, clock: Clock, mail: Posted
) -> None:
    for n in range(3):
        round_.remark(now=NOW + timedelta(minutes=n), observation=f"Punto numero {n}.")
    clock.set(MORNING)
    letter = next(m for m in mail() if m.template == "digest")
    text = news.words_of(Letter(letter.id, "digest", neighbour.person_id, neighbour.email, "", "", "", NOW, 1))
    assert text is not None
    assert text.count("A.1 Azione 1") == 1
    assert text.index("Punto numero 2.") < text.index("Punto numero 1.") < text.index("Punto numero 0.")
    assert "http://localhost/osservazioni/" in text
    assert "http://localhost/posta/disdici/" in text
    assert letter.text == ""


def test_what_was_hidden_before_it_left_is_in_no_letter(
    round_: Round, neighbour: Actor, clock: Clock, mail: Posted
) -> None:
    row = round_.remark(observation="Un nome che non doveva esserci.")
    round_.remark(observation="Un altro punto.")
    mail()
    round_.refuse(row, now=NOW + timedelta(hours=1))
    clock.set(MORNING)
    assert texts(mail())[neighbour.email] == "Un altro punto."


def test_what_was_hidden_after_it_left_is_not_read_again(
    round_: Round, neighbour: Actor, clock: Clock, mail: Posted
) -> None:
    row = round_.remark(observation="Un nome che non doveva esserci.")
    mail()
    clock.set(MORNING)
    assert "Un nome" in texts(mail())[neighbour.email]
    round_.refuse(row, now=MORNING + timedelta(hours=1))
    assert texts(mail())[neighbour.email] == ""


def test_a_letter_of_which_nothing_is_left_does_not_leave(
    round_: Round, neighbour: Actor, clock: Clock, mail: Posted
) -> None:
    row = round_.remark(observation="Un nome che non doveva esserci.")
    mail()
    clock.set(MORNING)
    news.digests()
    round_.refuse(row, now=MORNING)
    assert texts(mail()) == {}
    assert db.session.scalar(sa.select(sa.func.count()).select_from(NewsItem)) == 0


def test_who_ends_the_news_gets_none_that_was_written_already(
    round_: Round, neighbour: Actor, clock: Clock, mail: Posted
) -> None:
    round_.remark(observation="La seconda frase non convince.")
    mail()
    clock.set(MORNING)
    news.digests()
    choose_mail(neighbour, Pace.NEVER, now=MORNING)
    assert texts(mail()) == {}


def test_a_day_without_news_has_no_letter(round_: Round, neighbour: Actor, clock: Clock, mail: Posted) -> None:
    for day in range(5):
        clock.set(MORNING + timedelta(days=day))
        assert texts(mail()) == {}


def test_with_admission_before_publication_it_is_news_when_it_is_admitted(clock: Clock, mail: Posted) -> None:
    rounds = Round(factories.consultation(admission=Admission.BEFORE))
    neighbour = factories.holder(Office.MAYOR, factories.body("Comune Vicino"))
    first = rounds.remark(signer=neighbour, now=EARLIER)
    rounds.admit(first, now=EARLIER)
    waiting = rounds.remark(observation="Attende la segreteria.")
    mail()
    clock.set(MORNING)
    assert texts(mail()) == {}
    rounds.admit(waiting, now=MORNING)
    mail()
    clock.set(MORNING + timedelta(days=1))
    assert texts(mail()) == {neighbour.email: "Attende la segreteria."}


def test_an_answer_to_another_body_is_news_too(round_: Round, neighbour: Actor, clock: Clock, mail: Posted) -> None:
    mine = round_.admitted(observation="Punto mio.")
    round_.published(mine, text="La richiesta è accolta: si veda il nuovo testo.")
    mail()
    clock.set(MORNING)
    found = texts(mail())
    assert found[neighbour.email].splitlines() == ["La richiesta è accolta: si veda il nuovo testo.", "Punto mio."]
    assert round_.mayor.email not in found


def test_each_reader_chooses_at_once_daily_or_never(round_: Round, clock: Clock, mail: Posted) -> None:
    people = {}
    for pace in Pace:
        who = people[pace] = factories.holder(Office.MAYOR, factories.body(f"Comune {pace.value}"))
        round_.remark(signer=who, now=EARLIER)
    mail()
    for pace, who in people.items():
        choose_mail(who, pace, now=NOW)
    round_.remark(observation="Adesso.")
    first = mail()
    assert [m.recipient for m in first if m.template == "news"] == [people[Pace.AT_ONCE].email]
    clock.set(MORNING)
    told = texts(mail())
    assert "Adesso." in told[people[Pace.DAILY].email]
    assert "Adesso." not in told.get(people[Pace.AT_ONCE].email, "")
    assert people[Pace.NEVER].email not in told or "Adesso." not in told[people[Pace.NEVER].email]


def test_nobody_gets_two_digests_on_one_day_whenever_the_worker_runs(
    round_: Round, neighbour: Actor, clock: Clock, mail: Posted
) -> None:
    """Three weeks over the end of winter time, remarks every few hours, the worker now and then."""
    for hour in range(0, 24 * 21, 5):
        at = NOW + timedelta(days=14, hours=hour)
        clock.set(at)
        if hour % 3 == 0:
            round_.remark(now=min(at, round_.consultation.deadline_at + timedelta(hours=hour)))
        if hour % 2 == 0:
            listen.hear(), news.digests(), news.digests()
    mails = [m for m in mail() if m.template == "digest"]
    assert len(mails) > 15
    days = Counter((m.recipient, local_day(m.queued_at)) for m in mails)
    assert set(days.values()) == {1}


def test_no_row_is_once_a_day_and_a_choice_is_kept_once(neighbour: Actor) -> None:
    assert pace_of(neighbour.person_id or 0) is Pace.DAILY
    for pace in (Pace.NEVER, Pace.NEVER, Pace.AT_ONCE):
        choose_mail(neighbour, pace, now=NOW)
    assert pace_of(neighbour.person_id or 0) is Pace.AT_ONCE
    assert db.session.query(MailChoice).count() == 1
    assert db.session.query(Entry).filter_by(kind="MailChosen").count() == 2
