"""Votes over the socket: the receipt of the form, its refusals, and a turnout that tells how many and never what."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import Any

import pytest
from flask import Flask

from portal.conferences.table import polls
from portal.kernel.actor import Actor
from portal.live.turnout import AGAIN, EVERY, Turnout
from portal.voting import close, results
from portal.voting.prepare import Question
from portal.voting.rules import Choice, Matter
from tests.factories import NOW
from tests.fixtures.client import Visitor
from tests.hall import Hall as Sitting
from tests.live.conftest import Enter
from tests.votes import Hall, key

pytestmark = pytest.mark.once


@pytest.fixture
def hall(database: None) -> Hall:
    return Hall()


def mandate(who: Actor) -> int:
    assert who.acting is not None
    return who.acting.mandate_id


def test_socket_and_form_give_one_receipt_however_often_it_is_sent(hall: Hall, enter: Enter, client: Visitor) -> None:
    number, mayor, sent = hall.open(), hall.mayors[1], key()
    an_hour_off = {"now": 1, "cast_at": (NOW + timedelta(hours=1)).isoformat()}
    asked = {"poll": number, "mandate": mandate(mayor), "choice": "yes", "key": sent, **an_hour_off}
    socket = enter(mayor)
    first = socket.ask("cast", asked)
    assert first["receipt"]["cast_at"] == NOW.astimezone(UTC).isoformat()
    assert first["ok"] and first["receipt"]["code"].startswith("V-") and not first["receipt"]["again"]
    client.sign_in(mayor.person_id or 0, mandate(mayor))
    form = client.post(
        f"/votazioni/{number}/scheda", data={"choice": "yes", "key": sent}, headers={"Accept": "application/json"}
    )
    assert form.json == {"ok": True, "receipt": {**first["receipt"], "again": True}}
    assert socket.ask("cast", asked)["receipt"] == form.json["receipt"]
    close.close(hall.clerk, number, now=NOW)
    assert [answer.code for answer in results.ballots(number)] == [first["receipt"]["code"]]


def test_two_tabs_of_one_seat_are_one_vote_and_the_last_counts(hall: Hall, enter: Enter) -> None:
    number, mayor = hall.open(), hall.mayors[1]
    tabs = [enter(mayor), enter(mayor)]
    for tab, choice in zip((*tabs, tabs[0]), ("yes", "no", "abstain"), strict=True):
        assert tab.ask("cast", {"poll": number, "mandate": mandate(mayor), "choice": choice, "key": key()})["ok"]
    close.close(hall.clerk, number, now=NOW)
    assert [(one.version, one.choice.value) for one in results.ballots(number)] == [
        (1, "yes"),
        (2, "no"),
        (3, "abstain"),
    ]
    assert results.answers(number)[1].choice is Choice.ABSTAIN


def test_a_refusal_says_in_words_that_nothing_was_recorded(hall: Hall, enter: Enter) -> None:
    hall.forbid_changes()
    number, mayor = hall.open(), hall.mayors[1]
    good = {"poll": number, "mandate": mandate(mayor), "choice": "yes", "key": key(), "confirmed": True}
    cases: list[tuple[Actor | None, dict[str, Any], str]] = [
        (None, {}, "mandate_ended"),
        (hall.clerk, {"mandate": mandate(hall.clerk)}, "forbidden"),
        (mayor, {"mandate": mandate(hall.mayors[2])}, "mandate_ended"),
        (mayor, {"choice": "withdrawn"}, "choice"),
        (mayor, {"key": "short"}, "key"),
        (mayor, {"poll": number + 1}, "not_found"),
        (mayor, {"poll": "all"}, "not_found"),
        (mayor, {"confirmed": "yes"}, "confirm"),
    ]
    for who, changed, code in cases:
        told = enter(who).ask("cast", good | changed)
        assert (told["ok"], told["code"]) == (False, code)
        assert told["words"] and "receipt" not in told
    close.close(hall.clerk, number, now=NOW)
    late = enter(mayor).ask("cast", good)
    assert (late["code"], late["words"]) == ("closed", "Voto non registrato: la votazione è chiusa.")
    assert results.ballots(number) == []


def test_who_follows_hears_how_many_have_answered_at_most_four_times_a_second_and_never_what(
    app: Flask, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting = Sitting()
    sitting.open()
    question = Question("Si approva il parere?", Matter.CONFERENCE_OPINION)
    item = sitting.items[1].id
    number = polls.prepare_poll(sitting.secretariat, sitting.sitting, item, question, now=sitting.at(2))
    polls.open_it(sitting.secretariat, number, now=sitting.at(3))
    public, both = enter(), enter()
    public.join(**{f"sitting_{sitting.sitting}": 0})
    both.join(**{f"sitting_{sitting.sitting}": 0, f"poll_{number}": 0})
    both.heard()
    instant = 1_000.0
    monkeypatch.setattr("portal.live.turnout.time.monotonic", lambda: instant)
    turnout = Turnout(app.extensions["hub"])

    def told() -> list[dict[str, Any]]:
        turnout.tell()
        return public.heard("turnout")

    assert [one["answered"] for one in told()] == [0]
    for n in (1, 2):
        who = sitting.people[n]
        assert enter(who).ask("cast", {"poll": number, "mandate": mandate(who), "choice": "no", "key": key()})["ok"]
    assert told() == []
    instant += EVERY
    (news,) = told()
    assert (news["answered"], news["asked"], news["seats"]) == (2, 4, 4)
    assert not {"choice", "yes", "no", "abstain", "tally", "seat"} & news.keys()
    instant += EVERY
    assert told() == []
    instant += AGAIN
    assert len(told()) == 1
    assert len(both.heard("turnout")) == 3
    polls.close_it(sitting.secretariat, number, now=sitting.at(5))
    instant += AGAIN
    assert told() == []


def test_a_vote_is_followed_once_it_is_open(hall: Hall, enter: Enter) -> None:
    prepared = hall.prepared()
    name = f"poll:{prepared}"
    assert enter().ask("join", {"streams": {name: None}})["streams"][name] is None
    assert enter(hall.clerk).ask("join", {"streams": {name: None}})["streams"][name]["head"] == 1
    opened = f"poll:{hall.open()}"
    assert enter().ask("join", {"streams": {opened: None}})["streams"][opened]["head"] == 2
