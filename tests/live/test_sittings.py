"""A sitting is followed by whoever may see it: over sockets as over HTTP, and no longer than that."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from portal.accounts.end_mandate import end_mandate
from portal.conferences.hall.events import IncidentNoted
from portal.conferences.hall.incidents import note
from portal.conferences.hall.rules import IncidentKind
from portal.conferences.rules import Visibility
from portal.db import atomic
from portal.journal import hearing
from portal.journal.hearing import Ear
from portal.journal.record import record
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound
from portal.kernel.events import KINDS
from portal.kernel.offices import Office
from portal.live.relay import Relay
from portal.live.turn import Always
from tests import factories
from tests.conftest import Clock
from tests.factories import NOW
from tests.fixtures.client import Visitor
from tests.hall import Hall
from tests.live.conftest import Enter
from tests.live.listener import Turned

Who = Callable[[Hall], Actor | None]
ALLOWED: dict[str, Who] = {
    "the secretariat": lambda hall: hall.secretariat,
    "the moderator": lambda hall: hall.moderator,
    "the auditor": lambda hall: hall.auditor,
    "who was accredited": lambda hall: hall.people[1],
    "a body that was called": lambda hall: hall.chamber.deputies[1],
}
STRANGERS: dict[str, Who] = {
    "a visitor": lambda _hall: None,
    "another body": lambda _hall: factories.holder(Office.MAYOR, factories.body()),
    "the drafting office": lambda _hall: factories.holder(Office.DRAFTING_LEAD),
}


pytestmark = pytest.mark.once


@pytest.fixture
def reserved(clock: Clock, database: None) -> Hall:
    return Hall(visibility=Visibility.RESERVED)


def stream(hall: Hall) -> str:
    return f"sitting:{hall.sitting}"


@pytest.mark.parametrize("who", [*ALLOWED, *STRANGERS])
def test_a_reserved_sitting_is_followed_by_those_called_and_by_the_staff(
    enter: Enter, client: Visitor, reserved: Hall, who: str
) -> None:
    actor = (ALLOWED | STRANGERS)[who](reserved)
    found = enter(actor).ask("join", {"streams": {stream(reserved): 0}})["streams"]
    if actor:
        client.sign_in(actor.person_id or 0)
    twin = client.get(f"/diretta/{stream(reserved)}?dopo=0")
    assert (found[stream(reserved)] is not None, twin.status_code == 200) == (who in ALLOWED, who in ALLOWED)


def test_the_staff_hears_what_is_for_the_staff_and_a_public_sitting_is_followed_by_everybody(
    clock: Clock, enter: Enter
) -> None:
    hall = Hall()
    assert hearing.ear_of(Actor.anonymous(), stream(hall)) == Ear()
    assert hearing.ear_of(hall.moderator, stream(hall)).staff
    heard = enter().ask("join", {"streams": {stream(hall): 0}})["streams"][stream(hall)]["missed"]
    assert {entry.get("kind") for entry in heard} == {None, "NoticeSent"}
    planned = hall.chamber.planned()
    with pytest.raises(NotFound):
        hearing.ear_of(Actor.anonymous(), f"sitting:{planned}")


def test_the_staff_alone_is_told_how_many_follow(
    app: Flask, clock: Clock, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.live.relay.HEADS_EVERY", 0.0)
    hall, turn = Hall(), Turned(app)
    desk, visitor = enter(hall.moderator), enter()
    for listener in (desk, visitor):
        listener.ask("join", {"streams": {stream(hall): 0}})
    turn()
    (crowd,) = desk.heard("crowd")
    assert (crowd["stream"], crowd["here"], visitor.heard("crowd")) == (stream(hall), 2, [])


def test_a_right_that_ends_is_felt_at_the_next_look_of_the_relay(enter: Enter, turn: Turned, reserved: Hall) -> None:
    own, desk = enter(reserved.people[2]), enter(reserved.secretariat)
    for listener in (own, desk):
        assert listener.ask("join", {"streams": {stream(reserved): 0}})["streams"][stream(reserved)]
    turn()
    assert own.is_there
    acting = reserved.people[2].acting
    assert acting
    end_mandate(Actor.system(), acting.mandate_id, None, now=NOW)
    turn()
    assert (own.is_there, desk.is_there) == (False, True)


def test_the_relay_is_woken_by_what_is_committed_and_by_nothing_else(app: Flask, reserved: Hall) -> None:
    rung: list[bool] = []
    wake = app.extensions["wake"]
    wake.wait(0)

    def look() -> None:
        rung.append(wake._event.is_set())
        wake.wait(0)

    note_it(reserved)
    look()
    with pytest.raises(RuntimeError, match="taken back"):
        _takes_back(reserved)
    look()
    assert rung == [True, False]


def test_the_protocol_names_everything_that_is_told_of_a_sitting() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "live-protocol.md").read_text()
    told = {name for name, kind in KINDS.items() if kind.STREAM.startswith("sitting:")} - {"HallEvent"}
    assert {name for name in told if f"`{name}`" not in page} == set()
    assert len(told) > 30


def note_it(hall: Hall) -> None:
    hall.open()
    note(hall.secretariat, hall.sitting, IncidentKind.TECHNICAL, "Il microfono non va.", now=hall.at(2))


@atomic()
def _takes_back(hall: Hall) -> None:
    record(IncidentNoted(hall.sitting, 1, "technical", "0" * 64), actor=hall.secretariat, now=NOW)
    raise RuntimeError("taken back")


def test_who_takes_over_tells_what_came_since_the_last_may_have_died(app: Flask, enter: Enter, clock: Clock) -> None:
    class Elsewhere(Always):
        theirs = True

        def mine(self) -> bool:
            return not self.theirs

    hall, turn = Hall(), Elsewhere()
    other = Relay(app.app_context, app.extensions["hub"], turn)
    other.once()
    follower = enter()
    before = follower.ask("join", {"streams": {stream(hall): 0}})["streams"][stream(hall)]["head"]
    note_it(hall)
    assert (other.once(), follower.heard()) == (0, [])
    turn.theirs = False
    assert other.once() > 0
    told = [entry["seq"] for entry in follower.heard()]
    assert told == list(range(before + 1, hearing.head(stream(hall)) + 1))

    turn.theirs = True  # and who loses it for a moment goes on where it stopped
    other.once()
    note(hall.secretariat, hall.sitting, IncidentKind.TECHNICAL, "Manca la luce.", now=hall.at(3))
    other.once()
    turn.theirs = False
    other.once()
    assert follower.heard()[-1]["seq"] == hearing.head(stream(hall)) == told[-1] + 1
