"""Giving and taking the floor, its clock, and the queue as a whole."""

from __future__ import annotations

from flask_babel import gettext
from werkzeug.wrappers import Response

from portal.conferences.floor import arrange, give, hold
from portal.conferences.floor.give import Guest
from portal.conferences.floor.rules import Ordering, SpeechKind
from portal.forms.floor import UP, DeskForm, ExtendForm, GuestForm, MoveForm, OrderingForm, SpeechForm
from portal.kernel.permissions import Permission
from portal.web.door import access, bind, current_actor, now
from portal.web.floor.blueprint import bp, pressed

DESK = "parola"


@bp.post("/sedute/<int:number>/parola/prossimo")
@access(Permission.SITTING_CONDUCT)
def next_speaker(number: int) -> Response:
    """Whoever speaks ends, and whoever is next begins."""
    form = bind(SpeechForm)
    return pressed(
        number, DESK, lambda: give.next_speaker(current_actor(), number, form.after.data, now=now()), form=form
    )


@bp.post("/sedute/<int:number>/parola/richieste/<int:request_id>/parola")
@access(Permission.SITTING_CONDUCT)
def give_it(number: int, request_id: int) -> Response:
    """To one who waits, in turn or out of it."""
    return pressed(number, DESK, lambda: give.give(current_actor(), number, request_id, now=now()))


@bp.post("/sedute/<int:number>/parola/concessione")
@access(Permission.SITTING_CONDUCT)
def give_seat(number: int) -> Response:
    """To whoever is present for a seat, in one act."""
    form = bind(DeskForm)
    return pressed(
        number,
        DESK,
        lambda: give.give_seat(
            current_actor(), number, form.number, SpeechKind(str(form.kind.data)), form.minutes.data, now=now()
        ),
        form=form,
    )


@bp.post("/sedute/<int:number>/parola/ospite")
@access(Permission.SITTING_CONDUCT)
def give_guest(number: int) -> Response:
    """To whoever presides, reports or is heard without a seat."""
    form = bind(GuestForm)
    return pressed(number, DESK, lambda: give.give_guest(current_actor(), number, _guest(form), now=now()), form=form)


def _guest(form: GuestForm) -> Guest:
    return Guest(str(form.speaker.data), SpeechKind(str(form.guest_kind.data)), form.minutes.data)


@bp.post("/sedute/<int:number>/parola/seguito")
@access(Permission.SITTING_CONDUCT)
def go_on(number: int) -> Response:
    """Whoever was interrupted goes on."""
    return pressed(number, DESK, lambda: give.go_on(current_actor(), number, now=now()))


@bp.post("/sedute/<int:number>/parola/pausa")
@access(Permission.SITTING_CONDUCT)
def pause(number: int) -> Response:
    """The clock stands still."""
    return pressed(number, DESK, lambda: hold.pause(current_actor(), number, now=now()))


@bp.post("/sedute/<int:number>/parola/ripresa")
@access(Permission.SITTING_CONDUCT)
def resume(number: int) -> Response:
    """The clock goes on."""
    return pressed(number, DESK, lambda: hold.resume(current_actor(), number, now=now()))


@bp.post("/sedute/<int:number>/parola/tempo")
@access(Permission.SITTING_CONDUCT)
def extend(number: int) -> Response:
    """More time."""
    form = bind(ExtendForm)
    return pressed(
        number,
        DESK,
        lambda: hold.extend(current_actor(), number, form.seconds.data or 0, form.limit.data, now=now()),
        form=form,
    )


@bp.post("/sedute/<int:number>/parola/fine")
@access(Permission.SITTING_CONDUCT)
def end(number: int) -> Response:
    """Whoever speaks has finished; nobody follows yet."""
    form = bind(SpeechForm)
    return pressed(number, DESK, lambda: hold.end(current_actor(), number, form.after.data, now=now()), form=form)


@bp.post("/sedute/<int:number>/parola/taglio")
@access(Permission.SITTING_CONDUCT)
def cut_off(number: int) -> Response:
    """The floor is taken away."""
    form = bind(SpeechForm)
    return pressed(
        number,
        DESK,
        lambda: hold.cut_off(current_actor(), number, form.after.data, now=now()),
        gettext("The floor was taken away."),
        form,
    )


@bp.post("/sedute/<int:number>/parola/richieste/<int:request_id>/ordine")
@access(Permission.SITTING_CONDUCT)
def move(number: int, request_id: int) -> Response:
    """One place up or down among requests of its kind."""
    form = bind(MoveForm)
    by = -1 if form.by.data == UP else 1
    return pressed(number, DESK, lambda: arrange.move(current_actor(), number, request_id, by, now=now()), form=form)


@bp.post("/sedute/<int:number>/parola/iscrizioni/chiusura")
@access(Permission.SITTING_CONDUCT)
def close_queue(number: int) -> Response:
    """Nobody else asks to speak on the item in discussion."""
    return pressed(
        number,
        DESK,
        lambda: arrange.close_queue(current_actor(), number, now=now()),
        gettext("The list of speakers is closed."),
    )


@bp.post("/sedute/<int:number>/parola/iscrizioni/apertura")
@access(Permission.SITTING_CONDUCT)
def open_queue(number: int) -> Response:
    """One may ask again."""
    return pressed(
        number,
        DESK,
        lambda: arrange.open_queue(current_actor(), number, now=now()),
        gettext("The list of speakers is open."),
    )


@bp.post("/sedute/<int:number>/parola/regola")
@access(Permission.SITTING_CONDUCT)
def set_ordering(number: int) -> Response:
    """The rule that everybody reads."""
    form = bind(OrderingForm)
    return pressed(
        number,
        DESK,
        lambda: arrange.set_ordering(current_actor(), number, Ordering(str(form.ordering.data)), now=now()),
        gettext("The queue follows this rule."),
        form,
    )
