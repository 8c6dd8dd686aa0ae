"""What somebody says of their own presence: in the room (the desk confirms it), from afar, or leaving."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from portal.conferences.hall import attend
from portal.forms.follow import LEAVE, REMOTE, ROOM, PresenceForm
from portal.kernel.errors import Invalid
from portal.kernel.permissions import Permission
from portal.kernel.words import N_
from portal.web.conferences.blueprint import at_once
from portal.web.door import access, bind, current_actor, now
from portal.web.follow.blueprint import bp, by_person
from portal.web.limits import SUBMIT, limiter


@bp.post("/sedute/<int:number>/partecipa/presenza")
@access(Permission.SIGNED_IN)
@limiter.limit(SUBMIT, key_func=by_person)
def presence(number: int) -> Response:
    """One of three buttons; a second press changes nothing."""
    form = bind(PresenceForm)
    actor, at = current_actor(), now()
    acts: dict[str, tuple[Callable[[], Any], str]] = {
        ROOM: (lambda: attend.claim(actor, number, now=at), gettext("The desk was told that you are in the room.")),
        REMOTE: (lambda: attend.join_remote(actor, number, now=at), gettext("You take part from afar.")),
        LEAVE: (lambda: attend.leave_myself(actor, number, now=at), gettext("You are not recorded as present now.")),
    }
    target = url_for(".seat", number=number)
    if not form.validate():
        return at_once(_refuse, target)
    verb, said = acts[str(form.act.data)]
    return at_once(verb, target, said)


def _refuse() -> None:
    raise Invalid(N_("Say whether you are in the room."), code="act", field="act")
