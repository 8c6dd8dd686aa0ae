"""What the pages of the floor share: the blueprint, how a span of time is written, where an act leads back to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Blueprint, request
from werkzeug.wrappers import Response

from portal.conferences.floor.rules import FloorKind, Ordering, SpeechKind
from portal.forms.base import CommandForm
from portal.kernel.errors import DomainError, Invalid
from portal.kernel.words import Words
from portal.web.conferences.blueprint import at_once
from portal.web.door import current_actor_or_visitor

bp = Blueprint("floor", __name__)
bp.add_app_template_global(FloorKind, "FloorKind")
bp.add_app_template_global(SpeechKind, "SpeechKind")
bp.add_app_template_global(Ordering, "Ordering")
PAGES = ("regia", "presenze", "parola", "partecipa")


@bp.app_template_filter("clock_span")
def clock_span(span: timedelta) -> str:
    """Minutes and seconds as a clock of speeches shows them: 3:12, and +0:23 beyond the end."""
    seconds = span // timedelta(seconds=1)
    minutes, rest = divmod(abs(seconds), 60)
    return f"{'+' if seconds < 0 else ''}{minutes}:{rest:02}"


@bp.app_template_filter("minutes_of")
def minutes_of(span: timedelta) -> int:
    """Whole minutes, begun ones counted."""
    return max(0, -(-span // timedelta(minutes=1)))


def own() -> str:
    """Whose requests are counted: many of a hall come from one address."""
    return f"floor:{current_actor_or_visitor().person_id}"


def pressed(
    number: int, usual: str, verb: Callable[[], Any], said: str = "", form: CommandForm | None = None
) -> Response:
    """A button of a page that shows the floor: say what happened there, or why it did not."""
    named = request.form.get("back", "")
    target = f"{request.script_root}/sedute/{number}/{named if named in PAGES else usual}"

    def checked() -> None:
        if form is not None and not form.validate():
            raise _wrong(form)
        verb()

    return at_once(checked, target, said)


def _wrong(form: CommandForm) -> DomainError:
    """The first thing that is wrong in a form of few fields."""
    found = next((error for field in form for error in field.errors), "")
    return Invalid(found.message if isinstance(found, Words) else str(found), code="form")
