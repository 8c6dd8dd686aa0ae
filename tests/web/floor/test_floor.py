"""The floor over plain forms: asking from a phone, giving at the desk, and nobody where they do not belong."""

from __future__ import annotations

from io import BytesIO

import pytest
from werkzeug.test import TestResponse

from portal.conferences.floor import ask, give
from portal.conferences.floor.board import FloorBoard, floor_board, speeches
from portal.conferences.floor.give import Guest
from portal.conferences.floor.rules import FloorKind, SpeechKind
from portal.conferences.hall import session
from portal.db import db
from portal.kernel.actor import Actor
from tests.conftest import Clock
from tests.fixtures.client import Visitor
from tests.hall import Hall
from tests.sittings import pdf

pytestmark = pytest.mark.once


class Window:
    """Somebody's browser at this sitting, on forms alone."""

    def __init__(self, client: Visitor, hall: Hall, who: Actor) -> None:
        self.client, self.hall, self.who = client, hall, who
        self.pressed = 0

    def reads(self, page: str = "parola") -> str:
        """A page of the sitting."""
        self.enter()
        return self.client.get(f"/sedute/{self.hall.sitting}/{page}").get_data(as_text=True)

    def press(self, act: str, **fields: object) -> TestResponse:
        """One form."""
        self.enter()
        self.pressed += 1
        return self.client.post(f"/sedute/{self.hall.sitting}/{act}", data=fields)

    def enter(self) -> None:
        """Whoever acts holds one mandate here."""
        self.client.sign_in(self.who.person_id or 0)


@pytest.fixture
def hall(clock: Clock, database: None) -> Hall:
    made = Hall()
    made.open()
    clock.set(made.at(3))
    return made


def board(hall: Hall, clock: Clock) -> FloorBoard:
    db.session.rollback()
    return floor_board(hall.secretariat, hall.sitting, clock.now())


def test_from_the_item_called_to_the_floor_given_there_are_two_acts(hall: Hall, client: Visitor, clock: Clock) -> None:
    item = hall.items[0].id
    ask.ask(hall.people[3], hall.sitting, FloorKind.POINT_OF_ORDER, "waits", now=clock.now())
    desk = Window(client, hall, hall.secretariat)
    desk.press(f"punti/{item}/chiamata", back="regia")
    desk.press("parola/prossimo", back="regia")
    speaking = board(hall, clock).speaking
    assert speaking is not None
    assert (desk.pressed, speaking.voice.seat, speaking.item) == (2, 3, item)
    desk.press(f"punti/{hall.items[1].id}/chiamata", back="regia")
    desk.press("parola/concessione", back="regia", seat="2", kind="ordinary")
    speaking = board(hall, clock).speaking
    assert speaking is not None
    assert (desk.pressed, speaking.voice.seat) == (4, 2)


def test_a_delegate_asks_and_gives_up_and_comes_back_to_the_page_it_was_pressed_on(
    hall: Hall, client: Visitor, clock: Clock
) -> None:
    hall.call_item(1)
    phone = Window(client, hall, hall.people[2])
    for _twice in range(2):
        answer = phone.press("parola/richieste", client_key="own-0", kind="ordinary", back="partecipa")
        assert answer.headers["Location"].endswith(f"/sedute/{hall.sitting}/partecipa")
    (waiting,) = board(hall, clock).queue
    assert "Sei il prossimo" in phone.reads("partecipa")
    other = phone.press("parola/richieste", client_key="own-0", kind="point_of_order", back="https://altrove.example")
    assert other.headers["Location"].endswith(f"/sedute/{hall.sitting}/partecipa")
    assert len(board(hall, clock).queue) == 2
    stranger = Window(client, hall, hall.people[3])
    assert stranger.press(f"parola/richieste/{waiting.id}/ritiro").status_code == 303
    assert "non consente" in stranger.reads("partecipa")
    phone.press(f"parola/richieste/{waiting.id}/ritiro")
    assert [one.kind for one in board(hall, clock).queue] == [FloorKind.POINT_OF_ORDER]
    phone.press("parola/richieste", client_key="x", kind="song")
    assert "Di’ perché chiedi la parola." in phone.reads("partecipa")


def test_a_whole_floor_is_held_on_forms_alone(hall: Hall, client: Visitor, clock: Clock) -> None:
    hall.call_item(1)
    desk = Window(client, hall, hall.secretariat)
    desk.press("parola/ospite", speaker="Ing. Relatrice", guest_kind="report", minutes="8")
    assert "Ing. Relatrice" in desk.reads()
    desk.press("parola/iscrizione", seat="1", kind="ordinary", client_key="desk-0")
    desk.press("parola/iscrizione", seat="4", kind="ordinary", client_key="desk-1")
    second = board(hall, clock).queue[1]
    desk.press(f"parola/richieste/{second.id}/ordine", by="up")
    assert [one.voice.seat for one in board(hall, clock).queue] == [4, 1]
    desk.press("parola/regola", ordering="first_timers")
    desk.press(f"parola/richieste/{second.id}/rifiuto", reason="Fuori tema")
    desk.press("parola/iscrizioni/chiusura")
    assert "iscrizioni a parlare su questo punto sono chiuse" in desk.reads()
    desk.press("parola/iscrizioni/apertura")
    clock.forward(minutes=1)
    for act in ("parola/prossimo", "parola/pausa", "parola/ripresa", "parola/tempo", "parola/taglio"):
        assert desk.press(act, seconds=60).status_code == 303
    planned = hall.chamber.planned(hall.at(60_000))
    assert client.get(f"/sedute/{planned}/parola").status_code == 404
    made = speeches(hall.secretariat, hall.sitting, clock.now())
    assert [(one.voice.name, one.ending) for one in made] == [("Comune 01", "cut_off"), ("Ing. Relatrice", "done")]
    assert made[0].clock.allowed.total_seconds() == 360
    desk.press("parola/fine")
    assert "Nessuno ha la parola." in desk.reads()
    session.suspend(hall.secretariat, hall.sitting, "Pausa", now=clock.now())
    desk.press("parola/concessione", seat="1", kind="ordinary")
    assert "La seduta è sospesa: la parola si dà alla ripresa." in desk.reads()


def test_what_was_said_is_written_and_handed_in_and_read_by_the_desk_alone(
    hall: Hall, client: Visitor, clock: Clock
) -> None:
    speech = give.give_guest(
        hall.secretariat, hall.sitting, Guest("Ing. Relatrice", SpeechKind.REPORT), now=clock.now()
    )
    desk = Window(client, hall, hall.secretariat)
    page = f"parola/interventi/{speech}"
    assert desk.press(page, synopsis="Espone <b>le azioni</b>.").status_code == 303
    assert "Espone &lt;b&gt;le azioni&lt;/b&gt;." in desk.reads(page)
    assert "Scegli un file" in desk.press(f"{page}/testo").get_data(as_text=True)
    assert desk.press(f"{page}/testo", file=(BytesIO(pdf()), "relazione.pdf")).status_code == 303
    made = speeches(hall.secretariat, hall.sitting, clock.now())[0]
    assert made.text is not None
    kept = client.get(f"/sedute/{hall.sitting}/{page}/testo/{made.text.name}")
    assert (kept.status_code, kept.mimetype) == (200, "application/pdf")
    Window(client, hall, hall.people[1]).enter()
    for address in ("parola", "parola/riquadri/coda", page, f"{page}/testo/{made.text.name}"):
        assert client.get(f"/sedute/{hall.sitting}/{address}").status_code == 403
    Window(client, hall, hall.auditor).enter()
    seen = client.get(f"/sedute/{hall.sitting}/parola").get_data(as_text=True)
    assert "Ing. Relatrice" in seen
    assert "/parola/prossimo" not in seen
    assert client.post(f"/sedute/{hall.sitting}/parola/prossimo").status_code == 403
    assert desk.press(f"{page}/testo/rimozione").status_code == 303
    assert speeches(hall.secretariat, hall.sitting, clock.now())[0].text is None
