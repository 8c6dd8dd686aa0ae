"""The cockpit as it is served: who sees what, panels by themselves, what is taken back, two who act at once."""

from __future__ import annotations

import re

import pytest

from portal.conferences.hall import items
from portal.conferences.hall.events import HallEvent
from portal.kernel.events import KINDS
from portal.web.cockpit.log import SENTENCES
from portal.web.cockpit.panels import COLUMNS, PANELS
from portal.web.cockpit.panels import KINDS as TOUCHED
from tests.conftest import Clock
from tests.fixtures.client import Visitor
from tests.hall import Hall

pytestmark = pytest.mark.once
UNDO = re.compile(r'action="(/sedute/\d+/regia/annulla/\d+)"')


@pytest.fixture
def hall(clock: Clock, database: None) -> Hall:
    made = Hall()
    clock.set(made.at(2))
    return made


def test_whatever_happens_in_a_hall_has_a_line_in_the_log() -> None:
    happens = {kind for kind, event in KINDS.items() if issubclass(event, HallEvent)}
    assert happens <= SENTENCES.keys()
    assert TOUCHED.keys() <= KINDS.keys()
    assert {name for names in TOUCHED.values() for name in names} <= PANELS.keys()
    assert {name for column in COLUMNS for name in column} <= PANELS.keys()


def test_who_watches_sees_everything_and_presses_nothing(client: Visitor, hall: Hall) -> None:
    hall.open()
    hall.call_item(1)
    page = client.sign_in(hall.auditor.person_id or 0).get(f"/sedute/{hall.sitting}/regia")
    assert page.status_code == 200
    assert "5 presenti su 5" in page.text or "4 presenti su 4" in page.text
    assert 'method="post"' not in page.text
    outsider = client.sign_in(hall.people[1].person_id or 0)
    assert outsider.get(f"/sedute/{hall.sitting}/regia").status_code == 403
    assert outsider.get(f"/sedute/{hall.sitting}/regia/riquadri/stato").status_code == 403


def test_panels_come_by_themselves(client: Visitor, hall: Hall) -> None:
    hall.open()
    staff = client.sign_in(hall.moderator.person_id or 0)
    answer = staff.get(f"/sedute/{hall.sitting}/regia/riquadri/{','.join(PANELS)}")
    assert answer.headers["Cache-Control"] == "no-store"
    assert re.findall(r'data-panel="(\w+)"', answer.text) == list(PANELS)
    assert staff.get(f"/sedute/{hall.sitting}/regia/riquadri/stato,altro").status_code == 404


def test_what_was_just_done_is_taken_back_within_ten_seconds(client: Visitor, hall: Hall, clock: Clock) -> None:
    hall.open()
    hall.call_item(1, now=hall.at(2))
    staff = client.sign_in(hall.moderator.person_id or 0)
    undo = UNDO.search(staff.get(f"/sedute/{hall.sitting}/regia").text)
    assert undo
    clock.forward(seconds=9)
    page = staff.post(undo[1], follow_redirects=True)
    assert "Annullato." in page.text
    assert "nessun punto in discussione" in page.text
    clock.forward(seconds=2)
    assert UNDO.search(staff.get(f"/sedute/{hall.sitting}/regia").text) is None
    late = staff.post(undo[1], follow_redirects=True)
    assert 'is-bad" role="status"' in late.text


def test_of_two_who_act_at_once_the_second_is_told_so_and_sees_how_it_stands(client: Visitor, hall: Hall) -> None:
    hall.open()
    first = hall.call_item(1)
    staff = client.sign_in(hall.moderator.person_id or 0)
    page = staff.get(f"/sedute/{hall.sitting}/regia").text
    form = re.search(r'<form[^>]*action="([^"]+)"(?:(?!</form>).)*data-key="n"', page, re.DOTALL)
    assert form
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[0]))
    items.next_item(hall.secretariat, hall.sitting, first, now=hall.at(2))
    told = staff.post(form[1], data=fields, follow_redirects=True)
    assert 'is-bad" role="status"' in told.text
    assert "punto 2 di 3" in told.text


def test_a_sitting_that_goes_on_has_its_doors(client: Visitor, hall: Hall) -> None:
    door = f'/sedute/{hall.sitting}/diretta"'
    assert door not in client.get("/").text
    hall.open()
    assert door in client.get("/").text
    staff = client.sign_in(hall.secretariat.person_id or 0)
    cockpit = f'href="/sedute/{hall.sitting}/regia"'
    for address in ("/", "/segreteria/sedute", f"/segreteria/sedute/{hall.sitting}", f"/sedute/{hall.sitting}"):
        assert cockpit in staff.get(address).text, address
    hall.close()
    assert cockpit not in staff.get("/").text
    assert staff.get(f"/sedute/{hall.sitting}/regia").status_code == 200
    assert staff.get(f"/sedute/{hall.chamber.planned()}/regia").status_code == 404
