"""The line between a delegate and the secretariat: a question from the telephone, an answer from the desk."""

from __future__ import annotations

from flask import redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from portal.conferences.follow import help as line
from portal.forms.follow import AnswerForm, HelpForm
from portal.kernel.errors import Invalid
from portal.kernel.permissions import Permission
from portal.kernel.words import N_
from portal.web.conferences.blueprint import Answer, at_once
from portal.web.door import access, attempt, bind, current_actor, now
from portal.web.follow import seat
from portal.web.follow.blueprint import bp, by_person
from portal.web.limits import SUBMIT, limiter


@bp.post("/sedute/<int:number>/partecipa/aiuto")
@access(Permission.SIGNED_IN)
@limiter.limit(SUBMIT, key_func=by_person)
def ask_help(number: int) -> Answer:
    """Ask; what cannot be sent comes back with what was typed."""
    form, actor = bind(HelpForm), current_actor()
    text, key = str(form.text.data or ""), str(form.client_key.data or "")
    if attempt(form, lambda: line.ask_help(actor, number, text, key, now=now())) is None:
        return seat.page(number, help_form=form), 422
    return redirect(url_for(".seat", number=number, _anchor="aiuto"), 303)


@bp.post("/sedute/<int:number>/aiuto/<int:help_id>")
@access(Permission.SITTING_CONDUCT)
def answer_help(number: int, help_id: int) -> Response:
    """Answer from the cockpit."""
    form, actor = bind(AnswerForm), current_actor()

    def verb() -> None:
        if not form.validate():
            raise Invalid(N_("The answer is too long: shorten it."), code="answer", field="answer")
        line.answer_help(actor, number, help_id, str(form.answer.data or ""), now=now())

    return at_once(verb, f"{url_for('.seat', number=number).removesuffix('partecipa')}regia", gettext("Answered."))
