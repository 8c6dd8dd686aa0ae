"""Letters that came by another way: the list, taking one in, correcting it, setting it aside."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import format_time, gettext
from werkzeug.wrappers import Response

from portal.comments import open_letter, places, registrations
from portal.comments.open_letter import Heading
from portal.comments.registration_rules import LetterChannel, RegistrationState
from portal.comments.registrations import PAGE, Letter
from portal.forms.comments import whole
from portal.forms.labels import words
from portal.forms.letters import LetterForm
from portal.kernel import clock
from portal.kernel.clock import from_form
from portal.kernel.errors import DomainError
from portal.kernel.offices import COMMENTING_KINDS, SIGNATORIES
from portal.kernel.permissions import Permission
from portal.territory import queries as territory
from portal.web.comments.blueprint import bp
from portal.web.door import access, attempt, bind, current_actor, now, translate
from portal.web.numbers import asked

Answer = str | Response | tuple[str, int]
SHOWN = (RegistrationState.OPEN, RegistrationState.REGISTERED)


@bp.get("/segreteria/registrazioni")
@access(Permission.LETTER_REGISTER)
def letters() -> str:
    """Letters that are being split, and those that were registered."""
    actor = current_actor()
    state = next((one for one in SHOWN if one.value == request.args.get("stato")), RegistrationState.OPEN)
    rows = registrations.letters(actor, state, asked("prima"), PAGE + 1)
    return render_template(
        "comments/letters.html",
        state=state,
        states=SHOWN,
        counts=registrations.counts(actor),
        rows=rows[:PAGE],
        older=url_for(".letters", stato=state.value, prima=rows[PAGE - 1].id) if len(rows) > PAGE else None,
        newest=url_for(".letters", stato=state.value) if asked("prima") else None,
    )


@bp.route("/segreteria/registrazioni/nuova", methods=["GET", "POST"])
@access(Permission.LETTER_REGISTER)
def new_letter() -> Answer:
    """Take a letter in."""
    form = bind(LetterForm, client_key=str(uuid.uuid4()))
    if request.method == "POST":
        done = attempt(form, lambda: _begin(form))
        if done:
            flash(gettext("The letter is taken in: attach the document and split the text."))
            return redirect(url_for(".letter", letter_id=done[0]), 303)
        return _sheet(form, url_for(".save_new_letter")), 422
    return _sheet(form, url_for(".save_new_letter"))


@bp.route("/segreteria/registrazioni/<int:letter_id>/lettera", methods=["GET", "POST"])
@access(Permission.LETTER_REGISTER)
def edit_letter(letter_id: int) -> Answer:
    """Correct heading or text."""
    found = registrations.letter(current_actor(), letter_id)
    if (gone := registered(found)) is not None:
        return gone
    save = url_for(".save_letter", letter_id=letter_id)
    if request.method == "POST":
        form = bind(LetterForm)
        if attempt(form, lambda: _revise(form, letter_id)):
            flash(gettext("The letter is saved."))
            return redirect(url_for(".letter", letter_id=letter_id), 303)
        return _sheet(form, save, found), 422
    return _sheet(_filled(found), save, found)


@bp.post("/segreteria/registrazioni/salva")
@access(Permission.LETTER_REGISTER)
def save_new_letter() -> Response | tuple[Response, int]:
    """Save a letter as it is typed, for the first time."""
    form = bind(LetterForm)
    return _told(form, lambda: _begin(form))


@bp.post("/segreteria/registrazioni/<int:letter_id>/salva")
@access(Permission.LETTER_REGISTER)
def save_letter(letter_id: int) -> Response | tuple[Response, int]:
    """Save a letter as it is typed, once more."""
    form = bind(LetterForm)
    return _told(form, lambda: (letter_id, _revise(form, letter_id)))


@bp.post("/segreteria/registrazioni/<int:letter_id>/accantona")
@access(Permission.LETTER_REGISTER)
def set_letter_aside(letter_id: int) -> Response:
    """Give a letter up."""
    open_letter.set_aside(current_actor(), letter_id, now=now())
    flash(gettext("The letter is set aside."))
    return redirect(url_for(".letters"), 303)


def registered(found: Letter) -> Response | None:
    """To the receipt of a letter that was registered: there its words stand as its remarks, and hidden where they are.

    None while it is being split.
    """
    return redirect(url_for(".receipt", code=found.code), 303) if found.code else None


def _begin(form: LetterForm) -> tuple[int, int]:
    words, key, revision = form.text.data or "", form.client_key.data or "", whole(form.revision.data)
    return open_letter.begin(current_actor(), _heading(form), words, key, revision=revision, now=now())


def _revise(form: LetterForm, letter_id: int) -> int:
    revision = whole(form.revision.data)
    return open_letter.revise(current_actor(), letter_id, _heading(form), form.text.data or "", revision, now=now())


def _heading(form: LetterForm) -> Heading:
    assert form.protocol_date.data is not None
    assert form.received_on.data is not None
    return Heading(
        form.consultation.data or 0,
        form.body.data or 0,
        LetterChannel(form.channel.data),
        form.protocol_number.data or "",
        form.protocol_date.data,
        from_form(form.received_on.data),
        form.office,
    )


def _filled(found: Letter) -> LetterForm:
    return bind(
        LetterForm,
        consultation=found.consultation_id,
        body=found.body_id,
        channel=found.channel.value,
        protocol_number=found.protocol_number,
        protocol_date=found.protocol_date,
        received_on=clock.local(found.received_at).replace(tzinfo=None),
        signed_as=found.signed_as.value if found.signed_as else "",
        text=found.text,
        revision=str(found.revision),
    )


def _sheet(form: LetterForm, save: str, found: Letter | None = None) -> str:
    windows = places.windows(now())
    form.consultation.choices = [(window.id, window.title) for window in windows]
    kinds = sorted(COMMENTING_KINDS)
    form.body.choices = [("", gettext("Choose")), *((b.id, b.name) for b in territory.bodies(*kinds) if not b.ended_on)]
    offices = sorted(SIGNATORIES, key=lambda office: gettext(words(office)))
    form.signed_as.choices = [
        ("", gettext("Not said in the letter")),
        *((office.value, gettext(words(office))) for office in offices),
    ]
    return render_template("comments/letter_text.html", form=form, letter=found, save=save, windows=windows)


def _told(form: LetterForm, verb: Callable[[], tuple[int, int]]) -> Response | tuple[Response, int]:
    """What autosave is told."""
    if not form.validate():
        return jsonify(words=gettext("Not saved yet: fill in body, protocol, dates and text.")), 422
    try:
        letter_id, revision = verb()
    except DomainError as error:
        return jsonify(words=translate(error.words)), error.status
    said: dict[str, Any] = {
        "words": gettext("Letter saved at %(time)s", time=format_time(clock.local(now()), "HH:mm", rebase=False)),
        "revision": str(revision),
        "autosave": url_for(".save_letter", letter_id=letter_id),
    }
    return jsonify(said)
