"""A delegate's page over plain HTTP: what is on, whether one is there, and what is missing if one takes no part."""

from __future__ import annotations

import re

import pytest
from werkzeug.test import TestResponse

from portal.conferences.follow import help as line
from portal.conferences.follow.forget import forget_help
from portal.conferences.hall import attend
from portal.conferences.rules import Visibility
from portal.kernel.actor import Actor
from portal.kernel.offices import Office
from tests import factories
from tests.conftest import Clock
from tests.fixtures.client import Visitor
from tests.hall import Hall

pytestmark = pytest.mark.once


def enter(client: Visitor, who: Actor) -> Visitor:
    return client.sign_in(who.person_id or 0)


def panel(page: TestResponse, name: str) -> str:
    """The text of one panel, tags left out; nothing if it is hidden."""
    found = re.search(rf'<section[^>]*data-panel="{name}"[^>]*>.*?</section>', page.text, re.DOTALL)
    assert found, name
    if " hidden>" in found.group(0).split("\n")[0]:
        return ""
    return " ".join(re.sub(r"<[^>]*>", " ", found.group(0)).split())


def test_the_page_says_what_is_on_and_whether_one_is_there(client: Visitor, clock: Clock) -> None:
    hall = Hall()
    hall.open(1, 2)
    address = f"/sedute/{hall.sitting}/partecipa"
    clock.set(hall.at(3))
    assert client.get(address).location.startswith("/accesso?next=")
    page = enter(client, hall.people[1]).get(address)
    assert "Nessun punto" in panel(page, "now") and "Risulti presente in sala dalle 09:55" in panel(page, "presence")
    assert panel(page, "poll") == panel(page, "indication") == panel(page, "remark") == ""
    hall.call_item(2)
    page = client.get(address)
    assert "2 Parere sulle azioni" in panel(page, "now") and "Azione 1" in panel(page, "now")


def test_three_buttons_say_where_one_is(client: Visitor, clock: Clock) -> None:
    hall = Hall()
    address = f"/sedute/{hall.sitting}/partecipa"
    enter(client, hall.people[3])
    assert "un'ora prima" in panel(client.get(address), "presence").replace("’", "'")
    clock.set(hall.at(-10))
    for act, said in (
        ("room", "il banco lo conferma"),
        ("remote", "presente da remoto"),
        ("leave", "Non risulti presente"),
    ):
        sent = client.post(f"{address}/presenza", data={"act": act})
        assert sent.status_code == 303 and sent.location == address
        assert said in panel(client.get(address), "presence"), act
    assert client.post(f"{address}/presenza", data={"act": "fly"}).status_code == 303
    client.post(f"{address}/presenza", data={"act": "room"})
    waiting = attend.claim(hall.people[3], hall.sitting, now=hall.at(-9))
    attend.settle_claim(
        hall.secretariat, hall.sitting, waiting or 0, confirmed=False, reason="Non c'è", now=hall.at(-8)
    )
    assert "Non c" in panel(client.get(address), "presence")


def test_whoever_takes_no_part_is_told_why(client: Visitor, clock: Clock) -> None:
    hall = Hall()
    address = f"/sedute/{hall.sitting}/partecipa"
    assert "Non sei accreditato" in enter(client, hall.chamber.deputies[0]).get(address).text
    hall.accredit(1, hall.chamber.deputies[0])
    assert "passato a un’altra persona" in enter(client, hall.people[1]).get(address).text
    hall.end_mandate(2, hall.at(-30))
    clock.set(hall.at())
    assert "Il tuo mandato è terminato" in enter(client, hall.people[2]).get(address).text


def test_a_reserved_sitting_is_not_there_for_strangers_but_tells_whose_mandate_ended(
    client: Visitor, clock: Clock
) -> None:
    hall = Hall(visibility=Visibility.RESERVED)
    address = f"/sedute/{hall.sitting}/partecipa"
    assert enter(client, factories.holder(Office.MAYOR, factories.body("Altrove"))).get(address).status_code == 404
    assert "data-follow" in enter(client, hall.people[4]).get(address).text
    hall.end_mandate(4, hall.at(-30))
    clock.set(hall.at())
    page = enter(client, hall.people[4]).get(address)
    assert "Il tuo mandato è terminato" in page.text and "Seduta plenaria" not in page.text


def test_help_is_asked_by_a_plain_form_and_comes_back_with_what_was_typed(client: Visitor, clock: Clock) -> None:
    hall = Hall()
    address = f"/sedute/{hall.sitting}/partecipa"
    enter(client, hall.people[1])
    wrong = client.post(f"{address}/aiuto", data={"text": "y" * 301, "client_key": "a1b2c3d4e5"})
    assert wrong.status_code == 422 and "y" * 301 in wrong.text
    assert client.post(f"{address}/aiuto", data={"text": "Non sento", "client_key": "a1b2c3d4e5"}).status_code == 303
    assert "Non sento" in panel(client.get(address), "help")
    answered = enter(client, hall.moderator).post(f"/sedute/{hall.sitting}/aiuto/1", data={"answer": "Arriviamo"})
    assert answered.location == f"/sedute/{hall.sitting}/regia"
    assert "Arriviamo" in panel(enter(client, hall.people[1]).get(address), "help")


def test_what_was_asked_of_the_desk_is_in_ones_own_data_and_is_forgotten_after_the_sitting(
    client: Visitor, clock: Clock
) -> None:
    hall = Hall()
    hall.open(1, 2)
    line.ask_help(hall.people[1], hall.sitting, "Il microfono non va.", "chiave-uno", now=hall.at(5))
    enter(client, hall.people[1])
    clock.set(hall.at(6))
    kept = client.get("/profilo/dati.json").json
    assert kept is not None and [one["text"] for one in kept["asked_of_the_desk"]] == ["Il microfono non va."]
    assert forget_help(now=hall.at(60 * 24 * 40)) == 0  # the sitting goes on
    hall.close()
    assert (forget_help(now=hall.at(60 * 24 * 29)), forget_help(now=hall.at(60 * 24 * 31))) == (0, 1)
