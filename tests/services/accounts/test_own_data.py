"""What a person can see, correct, take away and have erased."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from portal.accounts import queries
from portal.accounts.accept_notice import accept_notice
from portal.accounts.correct_person import correct_own_data, correct_person
from portal.accounts.erase_person import erase_person
from portal.accounts.models import Mandate, Person, SignInLink, SignInSession
from portal.accounts.personal_data import personal_data
from portal.accounts.request_link import request_link
from portal.accounts.rules import NOTICE_VERSION
from portal.accounts.sessions import token_hash
from portal.accounts.start_session import start_session
from portal.db import db
from portal.jobs.models import Mail
from portal.journal.models import Entry
from portal.journal.verify import verify
from portal.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from portal.kernel.offices import Office
from tests import factories
from tests.factories import NOW


def test_the_notice_is_recorded_once_with_its_version() -> None:
    actor = factories.actor(factories.person())
    accept_notice(actor, now=NOW)
    accept_notice(actor, now=NOW + timedelta(days=1))
    own = queries.own_data(actor)
    assert (own.notice_version, own.notice_seen_at) == (NOTICE_VERSION, NOW)
    assert db.session.scalar(sa.select(sa.func.count()).where(Entry.kind == "NoticeAccepted")) == 1


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "Zoë 🍇 \u202eabc", "D'Angelo  di   Sopra"])
def test_a_name_is_kept_as_typed(name: str) -> None:
    actor = factories.actor(factories.person())
    correct_own_data(actor, name, "en", now=NOW)
    own = queries.own_data(actor)
    assert (own.name, own.language) == (" ".join(name.split()), "en")


@pytest.mark.parametrize(("name", "language"), [("", "it"), ("x" * 201, "it"), ("Anna\x07", "it"), ("Anna", "xx")])
def test_what_cannot_be_a_name_or_language_is_refused(name: str, language: str) -> None:
    with pytest.raises(Invalid):
        correct_own_data(factories.actor(factories.person()), name, language, now=NOW)


def test_a_new_address_by_the_secretariat_shuts_the_old_one_out() -> None:
    who = factories.person(email="vecchia@comune.example")
    token = start_session(who.id, "link", "browser", now=NOW)
    correct_person(factories.holder(Office.SECRETARIAT), who.id, "Anna", "nuova@comune.example", "it", now=NOW)
    assert queries.actor_of_session(token_hash(token), acting=None, now=NOW) is None
    assert not request_link("vecchia@comune.example", lambda _: ("", ""), now=NOW)


def test_an_address_belongs_to_one_person() -> None:
    who, other = factories.person(), factories.person(email="sua@comune.example")
    with pytest.raises(Invalid) as refusal:
        correct_person(factories.holder(Office.SECRETARIAT), who.id, "Anna", other.email or "", "it", now=NOW)
    assert refusal.value.field == "email"


def test_only_the_secretariat_corrects_others() -> None:
    with pytest.raises(Forbidden):
        correct_person(
            factories.holder(Office.AUDITOR), factories.person().id, "Anna", "a@comune.example", "it", now=NOW
        )


def test_the_copy_of_ones_data_is_whole_and_holds_no_secret() -> None:
    who = factories.person("Anna Verdi", "anna@comune.example")
    factories.mandate(who, factories.body("Comune di Prova"), Office.MAYOR)
    token = start_session(who.id, "link", "Firefox", now=NOW)
    request_link("anna@comune.example", lambda letter: ("Accesso", letter.token), now=NOW)
    data = personal_data(factories.actor(who), NOW)
    text = json.dumps(data)
    assert data["person"]["email"] == "anna@comune.example"
    assert [mandate["body"] for mandate in data["mandates"]] == ["Comune di Prova"]
    assert [session["device"] for session in data["sessions"]] == ["Firefox"]
    assert [mail["subject"] for mail in data["mail"]] == ["Accesso"]
    assert [act["what"] for act in data["acts"]] == ["SignedIn"]
    secrets = [token, token_hash(token), db.session.scalars(sa.select(SignInLink.token_hash)).one()]
    assert not [secret for secret in secrets if secret in text]


def test_erasure_leaves_a_number_the_mandates_and_the_record() -> None:
    who = factories.person("Anna Verdi", "anna@comune.example")
    factories.mandate(who, factories.body(), Office.MAYOR, ends_on=date(2027, 2, 28))
    start_session(who.id, "link", "Firefox", now=NOW)
    request_link("anna@comune.example", lambda letter: ("Accesso", letter.token), now=NOW)
    entries = db.session.scalar(sa.select(sa.func.count(Entry.id)))
    erase_person(factories.actor(who), now=NOW)

    row = db.session.get(Person, who.id)
    assert row
    assert (row.name, row.email, row.password_hash) == (f"Persona cancellata {who.id}", None, None)
    for table in (SignInSession, SignInLink, Mail):
        assert db.session.scalar(sa.select(sa.func.count()).select_from(table)) == 0
    assert db.session.scalar(sa.select(sa.func.count(Mandate.id))) == 1
    assert db.session.scalar(sa.select(sa.func.count(Entry.id))) == (entries or 0) + 1
    assert verify() == []
    assert queries.actor_of_person(who.id, now=NOW) is None


@pytest.mark.parametrize("starts_on", [date(2026, 1, 1), date(2027, 4, 1)])
def test_whoever_holds_or_will_hold_a_mandate_cannot_be_erased(starts_on: date) -> None:
    who = factories.person()
    factories.mandate(who, factories.body(), Office.MAYOR, starts_on=starts_on)
    with pytest.raises(Conflict) as refusal:
        erase_person(factories.actor(who), now=NOW)
    assert refusal.value.code == "mandate_in_force"
    assert queries.person(who.id).email


def test_a_person_is_erased_once() -> None:
    actor = factories.actor(factories.person())
    erase_person(actor, now=NOW)
    with pytest.raises(NotFound):
        erase_person(actor, now=NOW)
