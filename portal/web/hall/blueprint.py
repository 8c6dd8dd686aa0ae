"""What the pages of the hall share: the blueprint, and where an act leads back to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, request
from werkzeug.wrappers import Response

from portal.conferences.hall.rules import IncidentKind, ItemState, Way
from portal.forms.base import CommandForm
from portal.kernel.errors import Invalid
from portal.web.conferences.blueprint import at_once

bp = Blueprint("hall", __name__)
for _kind in (IncidentKind, ItemState, Way):
    bp.add_app_template_global(_kind, _kind.__name__)
PAGES = ("regia", "presenze", "parola", "partecipa")


def back(number: int, place: str = "") -> str:
    """The page of this sitting on which a button was pressed; the form names it, among those that there are."""
    named = request.form.get("back", "")
    page = named if named in PAGES else "presenze"
    return f"{request.script_root}/sedute/{number}/{page}{f'#{place}' if place and page == 'presenze' else ''}"


def pressed(number: int, form: CommandForm, verb: Callable[[], Any], said: str = "", place: str = "") -> Response:
    """An act of one button: carry it out, say what came of it, come back."""

    def act() -> None:
        if not form.validate():
            raise Invalid(next(str(error) for errors in form.errors.values() for error in errors), code="form")
        verb()

    return at_once(act, back(number, place), said)
