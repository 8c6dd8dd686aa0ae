"""What the pages of the screens share: the blueprint, and the page one comes back to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect
from werkzeug.wrappers import Response as BaseResponse

from portal.conferences.hall.rules import Shows, Theme
from portal.forms.base import CommandForm
from portal.kernel.errors import DomainError, Invalid, NotFound
from portal.web.door import translate

bp = Blueprint("screen", __name__)
bp.add_app_template_global(Shows, "Shows")
bp.add_app_template_global(Theme, "Theme")
BACK = frozenset({"regia", "presenze", "parola", "partecipa", "osservazioni", "indicazioni", "schermi"})


def pressed(number: int, form: CommandForm, verb: Callable[[], Any]) -> BaseResponse:
    """An act of one button; a refusal is said above the page on which it was pressed."""
    try:
        if not form.validate():
            raise Invalid(next((str(one) for errors in form.errors.values() for one in errors), ""))
        verb()
    except NotFound:
        raise
    except DomainError as error:
        flash(translate(error.words), "error")
    return redirect(page_of(number, str(form["back"].data or "")), 303)


def page_of(number: int, back: str) -> str:
    """The page of this sitting on which an act was pressed, among our own."""
    return f"/sedute/{number}/{back if back in BACK else 'schermi'}"
