"""What is hidden is hidden on sockets, in what is told again over HTTP, and in letters of news."""

from __future__ import annotations

import json
from datetime import date, time, timedelta

import pytest

from portal.comments.models import Comment
from portal.comments.rules import Admission, CommentState, may_see
from portal.db import db
from portal.jobs.models import Mail
from portal.jobs.queue import Letter
from portal.kernel.clock import at_rome
from portal.notify import listen, news
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.client import Visitor
from tests.hidden import READS_AS, STAFF, Who, World
from tests.live.conftest import Enter

WEB = [who for who in Who if who is not Who.CONSOLE]


# The second database answers the same questions in the same way: there one mode is enough.
_MODES = [pytest.param(Admission.BEFORE), pytest.param(Admission.AFTER, marks=pytest.mark.once)]


@pytest.fixture(params=_MODES, ids=lambda mode: mode.value)
def world(request: pytest.FixtureRequest, clock: Clock, database: None) -> World:
    return World(request.param)


@pytest.mark.parametrize("who", WEB, ids=lambda who: who.value)
def test_no_socket_tells_a_word_and_each_hears_what_is_for_them(enter: Enter, world: World, who: Who) -> None:
    stream = f"consultation:{world.round.consultation.id}"
    found = enter(world.people[who]).ask("join", {"streams": {stream: 0}})["streams"][stream]
    said = json.dumps(found, ensure_ascii=False)
    assert [secret.word for secret in world.secrets if secret.word in said] == []
    heard = {entry.get("kind") for entry in found["missed"]}
    assert [entry["seq"] for entry in found["missed"]] == list(range(1, found["head"] + 1))
    assert "CommentAdmitted" in heard
    assert ("AnswerProposed" in heard) is (who in STAFF)


@pytest.mark.parametrize("who", WEB, ids=lambda who: who.value)
def test_the_lines_of_pages_count_what_their_reader_may_read(client: Visitor, world: World, who: Who) -> None:
    actor = world.people[who]
    if actor:
        client.sign_in(actor.person_id or 0)
    page = client.get(f"/novita/azioni/{world.round.action.id}?da=0").text
    assert [word for word in world.hidden_from(who) if word in page] == []
    readable = sum(may_see(READS_AS[who], remark.state, world.mode) for remark in _sent())
    assert page.split("<span>")[1].split(" ")[0] == str(readable)


def _sent() -> list[Comment]:
    db.session.expire_all()
    return list(db.session.query(Comment).filter(Comment.number.is_not(None)))


def test_a_letter_of_news_holds_what_is_public_and_nothing_else(world: World, clock: Clock) -> None:
    reader = world.people[Who.OTHER_BODY]
    assert reader
    news.digests()
    first = world.round.remark(signer=reader, now=NOW - timedelta(hours=1))
    world.round.admit(first, now=NOW - timedelta(minutes=50))
    listen.hear()
    clock.set(at_rome(date(2027, 3, 2), time(7)))
    news.digests()
    (mail,) = db.session.query(Mail).filter_by(template="digest", person_id=reader.person_id)
    letter = Letter(mail.id, "digest", reader.person_id, mail.recipient, mail.subject, "", "", NOW, 1)
    text = news.words_of(letter) or ""
    assert [word for word in world.hidden_from(Who.PUBLIC) if word in text] == []
    for state in (CommentState.ADMITTED, CommentState.SUBMITTED):
        shown = may_see(READS_AS[Who.PUBLIC], state, world.mode)
        assert (world.word(state, "observation") in text) is shown
    assert "parola-risposta-pubblicata" in text
