"""What the hall and the public see: what goes on, bodies and offices, public words, and nothing more."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from portal.comments.rules import CommentState
from portal.conferences.floor import give
from portal.conferences.floor.give import Guest
from portal.conferences.floor.rules import SpeechKind
from portal.conferences.hall.rules import Shows
from portal.conferences.rules import Visibility
from portal.conferences.screen import halls, show
from portal.conferences.screen.show import Wanted
from portal.conferences.table import polls, remarks
from portal.kernel.errors import Conflict
from portal.voting import cast, prepare
from portal.voting.rules import Choice, Matter
from tests import factories
from tests.conftest import Clock
from tests.fixtures.client import Visitor
from tests.hall import Hall
from tests.house import html
from tests.remarks import Round

pytestmark = pytest.mark.once


@pytest.fixture
def hall(clock: Clock) -> Hall:
    hall = Hall()
    hall.open(1, 2, 3)
    hall.call_item(2, now=hall.at(3))
    clock.set(hall.at(5))
    return hall


def words(client: Visitor, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200, address
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page.text))


def test_a_screen_follows_the_sitting_and_shows_bodies_and_offices(client: Visitor, hall: Hall) -> None:
    give.give_seat(hall.secretariat, hall.sitting, 2, SpeechKind.ORDINARY, now=hall.at(4))
    for address in (f"/sedute/{hall.sitting}/schermo", f"/sedute/{hall.sitting}/diretta"):
        seen = words(client, address)
        assert "Parere sulle azioni" in seen and "Comune 02" in seen and "Sindaco" in seen
        assert "3 su 5" in seen
        assert "Persona" not in seen  # what everybody here is called


def test_a_name_that_no_notice_has_made_public_is_not_shown(client: Visitor, hall: Hall) -> None:
    secret = Guest("Ing. Carla Riservata", SpeechKind.REPORT)
    give.give_guest(hall.secretariat, hall.sitting, secret, now=hall.at(4))
    pages = [f"/sedute/{hall.sitting}/{page}" for page in ("schermo", "diretta", "diretta/quadro")]
    assert [page for page in pages if "Riservata" in words(client, page)] == []
    presides = Guest("Sindaca metropolitana", SpeechKind.REPORT)
    give.give_guest(hall.secretariat, hall.sitting, presides, now=hall.at(4, 30))
    assert all("Sindaca metropolitana" in words(client, page) for page in pages)


def test_words_hidden_after_a_remark_was_shown_disappear_from_hall_and_page(client: Visitor, hall: Hall) -> None:
    rounds = Round(factories.consultation(hall.chamber.version))
    row = rounds.admitted(observation="Il signor Tal dei Tali abita qui. Il testo va chiarito.")
    remarks.call_up(hall.secretariat, hall.sitting, hall.items[1].id, row.number or 0, now=hall.at(4))
    show.show(hall.secretariat, hall.sitting, 1, Wanted(Shows.REMARK, remark=row.number), now=hall.at(4))
    pages = [f"/sedute/{hall.sitting}/schermo/1/quadro", f"/sedute/{hall.sitting}/diretta"]
    assert all("Tal dei Tali" in words(client, page) for page in pages)
    rounds.hide(row, "Il signor Tal dei Tali abita qui.", now=hall.at(5))
    for page in pages:
        assert "Tal dei Tali" not in words(client, page) and "Il testo va chiarito" in words(client, page)
    rounds.refuse(rounds.remark(CommentState.SUBMITTED, observation="Parole mai ammesse."), now=hall.at(5))
    rounds.refuse(row, now=hall.at(5))
    assert all("va chiarito" not in words(client, page) and "mai ammesse" not in words(client, page) for page in pages)
    assert "Parere sulle azioni" in words(client, pages[0])  # the item in discussion takes its place


def test_a_vote_shows_who_has_answered_and_never_an_answer_before_the_closing(client: Visitor, hall: Hall) -> None:
    hall.enter(4, now=hall.at(4))
    question = prepare.Question("Parere favorevole?", Matter.CONFERENCE_OPINION, snapshot_id=hall.chamber.snapshot.id)
    poll = polls.prepare_poll(hall.secretariat, hall.sitting, hall.items[1].id, question, now=hall.at(4))
    with pytest.raises(Conflict):
        show.show(hall.secretariat, hall.sitting, 1, Wanted(Shows.POLL, poll_id=poll), now=hall.at(4))
    picture, page = f"/sedute/{hall.sitting}/schermo/1/quadro", f"/sedute/{hall.sitting}/diretta"
    assert "Parere favorevole?" not in words(client, picture) + words(client, page)
    polls.open_it(hall.secretariat, poll, now=hall.at(4))  # the screen follows by itself
    seen = ["", ""]
    for count, mayor in enumerate(hall.chamber.mayors):
        seen = [words(client, address) for address in (picture, page)]
        assert all(f"{count} su 4" in one and "Parere favorevole?" in one for one in seen)
        cast.cast(mayor, poll, Choice.NO, key=f"browser-key-{mayor.person_id}", now=hall.at(4))
        assert [said for said in ("Contrari", "Favorevoli", "Astenut", "soglia") for one in seen if said in one] == []
    polls.close_it(hall.secretariat, poll, now=hall.at(5))
    assert "Contrario 4" in words(client, picture) and "Comune 03" not in words(client, picture)
    polls.proclaim_it(hall.secretariat, poll, now=hall.at(6))
    assert "Contrario 4 Comune 01 Comune 02 Comune 03" in words(client, picture) and "ne mancano" in words(client, page)


def test_a_reserved_sitting_is_seen_by_the_office_and_by_the_computer_of_the_hall(
    client: Visitor, clock: Clock
) -> None:
    hall = Hall(visibility=Visibility.RESERVED)
    clock.set(hall.at(-5))
    closed = [f"/sedute/{hall.sitting}/{page}" for page in ("schermo", "schermo/1/quadro", "diretta", "diretta/quadro")]
    assert [client.get(page).status_code for page in closed] == [404] * 4
    token = halls.open_address(hall.secretariat, hall.sitting, 1, now=hall.at(-5))
    assert "Ordine del giorno" in words(client, f"/schermi/{token}")
    kept = client.get(f"/schermi/{token}").headers
    assert (kept["Cache-Control"], kept["Referrer-Policy"]) == ("no-store", "no-referrer")
    halls.close_address(hall.secretariat, hall.sitting, 1, now=hall.at(-4))
    assert client.get(f"/schermi/{token}/quadro").status_code == 404
    for conducts in (hall.secretariat, hall.moderator):
        client.sign_in(conducts.person_id or 0)
        assert [client.get(page).status_code for page in closed] == [200] * 4


def test_the_desk_shows_adds_and_gives_an_address_with_plain_forms(app: Flask, client: Visitor, hall: Hall) -> None:
    client.sign_in(hall.secretariat.person_id or 0)
    place = f"/sedute/{hall.sitting}"
    done = client.post(f"{place}/schermi", data={"label": "Sala B"})
    assert done.location == f"{place}/schermi"
    done = client.post(f"{place}/schermo/2/mostra", data={"shows": "message", "message": "Pausa", "back": "regia"})
    assert done.location == f"{place}/regia"
    assert "«Pausa»" in words(client, f"{place}/schermi") and "Sala B" in words(client, f"{place}/schermi")
    refused = client.post(f"{place}/schermo/2/mostra", data={"shows": "nonsense", "back": "//elsewhere.example"})
    assert refused.location == f"{place}/schermi"
    client.post(f"{place}/schermo/2/aspetto", data={"theme": "dark"})
    client.post(f"{place}/schermo/2/segui")
    given = client.post(f"{place}/schermo/2/indirizzo")
    for page in (given, *(client.get(f"{place}/{end}") for end in ("schermi", "schermo/2", "diretta"))):
        assert html.faults(page.text) == []
    address = re.search(r"/schermi/[a-z0-9-]+", given.text)
    assert address and 'class="theme-dark"' in app.test_client().get(address[0]).text


def test_the_public_page_weighs_little(client: Visitor, hall: Hall, capsys: pytest.CaptureFixture[str]) -> None:
    packed = {"Accept-Encoding": "gzip"}
    page = client.get(f"/sedute/{hall.sitting}/diretta", headers=packed)
    part = client.get(f"/sedute/{hall.sitting}/diretta/quadro", headers=packed)
    weights = {"page": len(page.data), "part": len(part.data)}
    with capsys.disabled():
        print(f" {weights}", end="")
    assert weights["page"] < 40_000 and weights["part"] < 15_000
