"""`parere user ...`: add people, give them a link, list them."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask

from portal.accounts import queries
from portal.accounts.sessions import token_hash
from portal.accounts.use_link import use_link
from portal.kernel.clock import now
from portal.kernel.offices import Office
from tests import factories


def run(app: Flask, *words: str) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(args=["user", *words])
    return done.exit_code, done.output


def test_the_first_person_of_an_installation_is_its_secretariat(app: Flask) -> None:
    status, said = run(app, "add", "segreteria@ente.example", "--name", "Segreteria")
    assert (status, "parere user link segreteria@ente.example" in said) == (0, True)
    actor = queries.actor_of_email("segreteria@ente.example", now=now())
    assert actor
    assert actor.acting
    assert actor.acting.office is Office.SECRETARIAT


def test_a_printed_link_signs_in_once(app: Flask) -> None:
    factories.person(email="anna@comune.example")
    status, said = run(app, "link", "anna@comune.example")
    address = re.fullmatch(r"http://localhost/accesso/(\S+)\n", said)
    assert status == 0
    assert address
    token = use_link(address[1], "test", now=now())
    assert queries.actor_of_session(token_hash(token), acting=None, now=now())


def test_people_are_listed_with_their_offices(app: Flask) -> None:
    factories.mandate(factories.person(email="anna@comune.example"), factories.body("Alba"), Office.MAYOR)
    for words in (["list"], ["list", "anna@comune.example"]):
        status, said = run(app, *words)
        assert status == 0
        assert re.search(r"anna@comune.example +mayor +Alba", said)


def test_what_cannot_be_done_is_said_and_fails(app: Flask) -> None:
    wrong: list[tuple[list[str], Any]] = [
        (["link", "nobody@comune.example"], "parere user add"),
        (["link", "no address"], "name@comune.it"),
        (["list", "nobody@comune.example"], "parere user add"),
        (["add", "a@b.example", "--name", "A", "--office", "mayor", "--body", "nowhere"], "territory list"),
        (["add", "a@b.example", "--name", "A", "--office", "officer"], "does not confer"),
        (["add", "no address", "--name", "A"], "name@comune.it"),
        (["add", "a@b.example", "--name", " "], "Write a text"),
        (["add", "a@b.example", "--name", "A", "--to", "2001-01-01"], "last day"),
        (["add", "a@b.example", "--name", "A", "--office", "emperor"], "emperor"),
    ]
    for words, expected in wrong:
        status, said = run(app, *words)
        assert status != 0, words
        assert expected in said, words
        assert "Traceback" not in said
