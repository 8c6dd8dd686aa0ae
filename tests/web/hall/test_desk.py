"""The desk of presences without scripts: scanner, roll call, opening, items, closing, each a plain form."""

from __future__ import annotations

import re

import pytest

from portal.conferences.hall import agenda, board
from portal.conferences.rules import SittingState
from portal.kernel.actor import Actor
from tests.conftest import Clock
from tests.fixtures.client import Visitor
from tests.hall import Hall

pytestmark = pytest.mark.once


def seen(hall: Hall, clock: Clock) -> board.PresenceBoard:
    return board.presence_board(hall.auditor, hall.sitting, clock.now())


def signed_in(client: Visitor, who: Actor) -> Visitor:
    return client.sign_in(who.person_id or 0)


def test_a_sitting_is_held_from_the_desk_with_plain_forms(client: Visitor, clock: Clock) -> None:
    hall = Hall()
    hall.need(3, 5)
    clock.set(hall.at(-10))
    desk, home = signed_in(client, hall.secretariat), f"/sedute/{hall.sitting}"

    def press(path: str, **form: object) -> str:
        page = desk.post(f"{home}{path}", data={"back": "presenze", **form}, follow_redirects=True)
        assert page.status_code == 200, page.text
        return page.text

    assert "Comune 01: ingresso registrato" in press("/presenze/tessera", code=hall.accreditation(1).badge_code)
    press("/appello", call=1)
    roll = seen(hall, clock).roll
    assert roll is not None
    for number in (2, 5):
        press(f"/appello/{roll.id}/{hall.seats[number]}", answer="yes")
    press(f"/appello/{roll.id}/{hall.seats[3]}", answer="no")
    assert "Il numero legale c’è" in press(f"/appello/{roll.id}/fine")
    clock.set(hall.at())
    assert "Scrivi chi verbalizza" in desk.post(f"{home}/apertura", data={"chair": "La Sindaca"}).text
    press("/apertura", chair="La Sindaca", secretary="Il Segretario generale")
    press("/punti/prossimo", after="")
    first = agenda.course_board(hall.auditor, hall.sitting, clock.now()).current
    assert first is not None and first.number == 1
    press("/punti/prossimo", after=first.id)
    assert "un collega è già andato avanti" in press("/punti/prossimo", after=first.id).lower()
    assert "Il numero legale manca" in press(f"/presenze/{hall.seats[2]}/uscita")
    press("/sospensione", reason="Pausa")
    press("/ripresa")
    press("/annotazioni", kind="technical", text="Si è spento lo schermo.")
    press("/chiusura", sure="y")
    assert seen(hall, clock).row.state is SittingState.CLOSED


def test_an_act_comes_back_to_the_page_it_was_pressed_on(client: Visitor, clock: Clock) -> None:
    hall = Hall()
    clock.set(hall.at(-10))
    desk = signed_in(client, hall.moderator)
    for named, back in (("regia", "regia"), ("partecipa", "partecipa"), ("//altrove.example", "presenze")):
        answer = desk.post(f"/sedute/{hall.sitting}/appello", data={"call": 1, "back": named})
        assert re.fullmatch(rf"/sedute/{hall.sitting}/{back}(#appello)?", answer.location)


def test_who_watches_presses_nothing_and_others_see_nothing(client: Visitor, clock: Clock) -> None:
    hall = Hall()
    clock.set(hall.at(-10))
    address = f"/sedute/{hall.sitting}/presenze"
    assert client.get(address).status_code == 302
    auditor = signed_in(client, hall.auditor)
    page = auditor.get(address)
    assert page.status_code == 200 and "<form" not in page.text.split("<main")[1].split("</main>")[0]
    assert auditor.post(f"/sedute/{hall.sitting}/appello", data={"call": 1}).status_code == 403
    assert signed_in(client, hall.people[1]).get(address).status_code == 403
