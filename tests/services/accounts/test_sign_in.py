"""One-time links, passwords and sessions."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.accounts import queries
from portal.accounts.end_session import end_other_sessions, end_session
from portal.accounts.enter_with_password import enter_with_password
from portal.accounts.models import SignInLink, SignInSession
from portal.accounts.request_link import Letter, issue_link, request_link
from portal.accounts.rules import LINK_LIFE, LinkState
from portal.accounts.sessions import token_hash
from portal.accounts.set_password import remove_password, set_password
from portal.accounts.start_session import start_session
from portal.accounts.use_link import use_link
from portal.db import db
from portal.jobs.models import Mail
from portal.kernel.actor import Actor
from portal.kernel.errors import Forbidden, Gone, Invalid, NotFound
from portal.kernel.offices import Office
from tests import factories
from tests.factories import NOW

SECRET = "lampada cesto vigna nuvola"


def compose(letter: Letter) -> tuple[str, str]:
    return "Accesso", f"{letter.name}: {letter.token}"


def sent() -> list[Mail]:
    return list(db.session.scalars(sa.select(Mail).order_by(Mail.id)))


def token_of(mail: Mail) -> str:
    return mail.text.rsplit(" ", 1)[1]


def refused(token: str, *, now=NOW) -> str:
    with pytest.raises(Gone) as refusal:
        use_link(token, "test", now=now)
    return refusal.value.code


def test_a_link_goes_to_a_known_address_and_nothing_to_another() -> None:
    who = factories.person(email="anna@comune.example")
    assert request_link(" Anna@Comune.example", compose, now=NOW)
    assert not request_link("nobody@comune.example", compose, now=NOW)
    [mail] = sent()
    assert (mail.recipient, mail.person_id) == ("anna@comune.example", who.id)


def test_only_the_hash_of_a_link_is_kept() -> None:
    factories.person(email="anna@comune.example")
    request_link("anna@comune.example", compose, now=NOW)
    token = token_of(sent()[0])
    stored = db.session.scalars(sa.select(SignInLink.token_hash)).one()
    assert stored == token_hash(token)
    assert token not in stored


def test_a_link_opens_a_session_once() -> None:
    who = factories.person(email="anna@comune.example")
    request_link("anna@comune.example", compose, now=NOW)
    token = token_of(sent()[0])
    assert queries.state_of_link(token_hash(token), NOW) is LinkState.VALID
    opened = use_link(token, "test", now=NOW)
    actor = queries.actor_of_session(token_hash(opened), acting=None, now=NOW)
    assert actor is not None
    assert actor.person_id == who.id
    assert refused(token) == "link_used"


def test_looking_at_a_link_does_not_use_it_up() -> None:
    factories.person(email="anna@comune.example")
    request_link("anna@comune.example", compose, now=NOW)
    token = token_of(sent()[0])
    assert [queries.state_of_link(token_hash(token), NOW) for _ in range(3)] == [LinkState.VALID] * 3
    use_link(token, "test", now=NOW)


def test_a_link_expires_to_the_microsecond() -> None:
    factories.person(email="anna@comune.example")
    for _ in range(2):
        request_link("anna@comune.example", compose, now=NOW)
    late, early = (token_of(mail) for mail in sent())
    assert refused(late, now=NOW + LINK_LIFE) == "link_expired"
    assert use_link(early, "test", now=NOW + LINK_LIFE - timedelta(microseconds=1))


def test_one_link_used_makes_its_sisters_worthless() -> None:
    factories.person(email="anna@comune.example")
    for _ in range(2):
        request_link("anna@comune.example", compose, now=NOW)
    first, second = (token_of(mail) for mail in sent())
    use_link(second, "test", now=NOW)
    assert refused(first) == "link_used"


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "é\x00", "' OR 1=1 --"])
def test_an_invented_link_opens_nothing(token: str) -> None:
    assert refused(token) == "link_unknown"


def test_the_console_gives_links_and_nobody_else_does() -> None:
    factories.person(email="anna@comune.example")
    with pytest.raises(Forbidden):
        issue_link(factories.holder(Office.SECRETARIAT), "anna@comune.example", now=NOW)
    token = issue_link(Actor.system(), "anna@comune.example", life=timedelta(days=7), now=NOW)
    assert use_link(token, "test", now=NOW + timedelta(days=6))
    with pytest.raises(NotFound):
        issue_link(Actor.system(), "nobody@comune.example", now=NOW)


def with_password() -> Actor:
    who = factories.person(email="anna@comune.example")
    actor = factories.actor(who)
    set_password(actor, SECRET, "", now=NOW)
    return factories.actor(who)


def test_a_password_opens_a_session_and_is_kept_as_argon2id() -> None:
    with_password()
    assert (queries.password_hash_of("anna@comune.example") or "").startswith("$argon2id$")
    token = enter_with_password("ANNA@comune.example", SECRET, "test", now=NOW)
    assert queries.actor_of_session(token_hash(token), acting=None, now=NOW)


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("anna@comune.example", "lampada cesto vigna"),
        ("anna@comune.example", ""),
        ("anna@comune.example", "x" * 100_000),
        ("nobody@comune.example", SECRET),
        ("link@comune.example", SECRET),
        ("link@comune.example", ""),
    ],
)
def test_wrong_address_and_wrong_password_are_refused_in_the_same_words(email: str, password: str) -> None:
    with_password()
    factories.person(email="link@comune.example")
    with pytest.raises(Invalid) as refusal:
        enter_with_password(email, password, "test", now=NOW)
    assert refusal.value.code == "credentials"
    assert "anna" not in str(refusal.value.words)


def test_changing_a_password_asks_for_the_old_one_and_ends_other_sessions() -> None:
    actor = with_password()
    other = enter_with_password("anna@comune.example", SECRET, "other", now=NOW)
    with pytest.raises(Invalid) as refusal:
        set_password(actor, "un'altra frase di parole", "sbagliata", now=NOW)
    assert refusal.value.field == "current"
    set_password(actor, "un'altra frase di parole", SECRET, now=NOW)
    assert queries.actor_of_session(token_hash(other), acting=None, now=NOW) is None
    with pytest.raises(Invalid):
        enter_with_password("anna@comune.example", SECRET, "test", now=NOW)


def test_a_password_can_be_taken_away() -> None:
    actor = with_password()
    remove_password(actor, SECRET, now=NOW)
    assert queries.password_hash_of("anna@comune.example") is None


def test_a_session_ends_by_itself_and_by_hand() -> None:
    who = factories.person()
    first, second, third = (start_session(who.id, "link", f"browser {n}", now=NOW) for n in range(3))
    here = queries.actor_of_session(token_hash(first), acting=None, now=NOW)
    assert here is not None
    rows = queries.sessions_of(who.id, NOW)
    assert [row.device for row in rows] == ["browser 2", "browser 1", "browser 0"]
    end_session(here, rows[0].id, now=NOW)
    assert queries.actor_of_session(token_hash(third), acting=None, now=NOW) is None
    assert end_other_sessions(here, now=NOW) == 1
    assert queries.actor_of_session(token_hash(second), acting=None, now=NOW) is None
    assert queries.actor_of_session(token_hash(first), acting=None, now=NOW + timedelta(days=13))
    assert queries.actor_of_session(token_hash(first), acting=None, now=NOW + timedelta(days=14)) is None


def test_somebody_elses_session_is_not_there() -> None:
    stranger, who = factories.person(), factories.person()
    start_session(who.id, "link", "browser", now=NOW)
    [row] = queries.sessions_of(who.id, NOW)
    with pytest.raises(NotFound):
        end_session(factories.actor(stranger), row.id, now=NOW)
    assert db.session.scalars(sa.select(SignInSession.ended_at)).one() is None


def test_a_link_used_twice_at_the_same_moment_opens_one_session(app: Flask) -> None:
    factories.person(email="anna@comune.example")
    token = issue_link(Actor.system(), "anna@comune.example", now=NOW)
    start = threading.Barrier(4)

    def use() -> str:
        with app.app_context():
            start.wait()
            try:
                return "opened" if use_link(token, "test", now=NOW) else ""
            except Gone as refusal:
                return refusal.code

    with ThreadPoolExecutor(4) as pool:
        found = sorted(future.result() for future in [pool.submit(use) for _ in range(4)])
    assert found == ["link_used", "link_used", "link_used", "opened"]
    assert db.session.scalar(sa.select(sa.func.count(SignInSession.id))) == 1
