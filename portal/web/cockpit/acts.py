"""What the cockpit does itself: take back the act of a moment ago."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from portal.conferences import undo
from portal.kernel.permissions import Permission
from portal.web.cockpit.blueprint import bp
from portal.web.conferences.blueprint import at_once
from portal.web.door import access, current_actor, now


@bp.post("/sedute/<int:number>/regia/annulla/<int:act_id>")
@access(Permission.SITTING_CONDUCT)
def take_back(number: int, act_id: int) -> BaseResponse:
    """Take it back, and come back."""
    return at_once(
        lambda: undo.undo(current_actor(), number, act_id, now=now()),
        url_for(".cockpit", number=number),
        gettext("Taken back."),
    )
