"""What a speech said: a synopsis for the minutes, the text that the speaker handed in."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from portal.conferences import queries
from portal.conferences.floor import board, note_speech
from portal.conferences.floor.board import Speaking
from portal.forms.floor import SpeechTextForm, SynopsisForm
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission
from portal.web.conferences.blueprint import Answer, at_once
from portal.web.door import access, attempt, bind, current_actor, fresh, now, store
from portal.web.floor.blueprint import bp
from portal.web.uploads import posted, sent


@bp.route("/sedute/<int:number>/parola/interventi/<int:speech_id>", methods=["GET", "POST"])
@access(Permission.SITTING_CONDUCT)
def speech(number: int, speech_id: int) -> Answer:
    """One speech: write what it said."""
    found = _found(number, speech_id)
    form = bind(SynopsisForm, synopsis=found.synopsis)
    if request.method == "GET":
        return _page(number, found, form, fresh(SpeechTextForm))
    if not attempt(form, lambda: _write(number, speech_id, str(form.synopsis.data or ""))):
        return _page(number, found, form, fresh(SpeechTextForm)), 422
    flash(gettext("The synopsis is saved."))
    return redirect(url_for(".speech", number=number, speech_id=speech_id), 303)


def _write(number: int, speech_id: int, synopsis: str) -> bool:
    note_speech.write_synopsis(current_actor(), number, speech_id, synopsis, now=now())
    return True


@bp.post("/sedute/<int:number>/parola/interventi/<int:speech_id>/testo")
@access(Permission.SITTING_CONDUCT)
def file_text(number: int, speech_id: int) -> Answer:
    """Keep the text that was handed in."""
    found, form = _found(number, speech_id), bind(SpeechTextForm)
    if not attempt(form, lambda: _keep(number, speech_id)):
        return _page(number, found, fresh(SynopsisForm, synopsis=found.synopsis), form), 422
    flash(gettext("The text is kept with the speech."))
    return redirect(url_for(".speech", number=number, speech_id=speech_id), 303)


def _keep(number: int, speech_id: int) -> bool:
    with posted() as (name, found):
        note_speech.file_text(current_actor(), number, speech_id, name, found, store=store(), now=now())
    return True


@bp.post("/sedute/<int:number>/parola/interventi/<int:speech_id>/testo/rimozione")
@access(Permission.SITTING_CONDUCT)
def remove_text(number: int, speech_id: int) -> BaseResponse:
    """It was the wrong one."""
    return at_once(
        lambda: note_speech.remove_text(current_actor(), number, speech_id, now=now()),
        url_for(".speech", number=number, speech_id=speech_id),
        gettext("The text is taken away."),
    )


@bp.get("/sedute/<int:number>/parola/interventi/<int:speech_id>/testo/<name>")
@access(Permission.SITTING_WATCH)
def text(number: int, speech_id: int, name: str) -> Response:
    """The text as it was handed in, for the desk; everybody reads it with the minutes."""
    found = _found(number, speech_id)
    if found.text is None or found.text.name != name:
        raise NotFound()
    return sent(found.text.sha256, found.text.kind, name)


def _found(number: int, speech_id: int) -> Speaking:
    one = next((row for row in board.speeches(current_actor(), number, now()) if row.id == speech_id), None)
    if one is None:
        raise NotFound()
    return one


def _page(number: int, found: Speaking, form: SynopsisForm, upload: SpeechTextForm) -> str:
    row = queries.sitting(current_actor(), number)
    return render_template("floor/speech.html", row=row, speech=found, form=form, upload=upload)
