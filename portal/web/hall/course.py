"""The items of the agenda on their way: called, concluded, adjourned, withdrawn, taken in another turn."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import gettext
from werkzeug.wrappers import Response

from portal.conferences.hall import items
from portal.forms.base import CommandForm
from portal.forms.hall import UP, ConclusionForm, MoveForm, NextForm
from portal.kernel.permissions import Permission
from portal.web.door import access, bind, current_actor, now
from portal.web.hall.blueprint import bp, pressed


@bp.post("/sedute/<int:number>/punti/prossimo")
@access(Permission.SITTING_CONDUCT)
def next_item(number: int) -> Response:
    """Conclude what is in discussion and take up the next item."""
    form, actor, at = bind(NextForm), current_actor(), now()
    return pressed(number, form, lambda: items.next_item(actor, number, form.after_id, now=at), place="andamento")


@bp.post("/sedute/<int:number>/punti/<int:item_id>/chiamata")
@access(Permission.SITTING_CONDUCT)
def call_item(number: int, item_id: int) -> Response:
    """Take an item up, in its turn or not."""
    actor, at = current_actor(), now()
    return pressed(
        number, bind(CommandForm), lambda: items.call_item(actor, number, item_id, now=at), place="andamento"
    )  # fmt: skip


@bp.post("/sedute/<int:number>/punti/<int:item_id>/conclusione")
@access(Permission.SITTING_CONDUCT)
def conclude(number: int, item_id: int) -> Response:
    """The discussion of an item is over."""
    return _ended(number, item_id, items.conclude_item, gettext("The item is concluded."))


@bp.post("/sedute/<int:number>/punti/<int:item_id>/rinvio")
@access(Permission.SITTING_CONDUCT)
def adjourn(number: int, item_id: int) -> Response:
    """An item is put off to another sitting."""
    return _ended(number, item_id, items.adjourn_item, gettext("The item is adjourned."))


@bp.post("/sedute/<int:number>/punti/<int:item_id>/ritiro")
@access(Permission.SITTING_CONDUCT)
def withdraw(number: int, item_id: int) -> Response:
    """An item is taken off the agenda."""
    return _ended(number, item_id, items.withdraw_item, gettext("The item is taken off the agenda."))


@bp.post("/sedute/<int:number>/punti/<int:item_id>/ordine")
@access(Permission.SITTING_CONDUCT)
def move(number: int, item_id: int) -> Response:
    """An item earlier or later."""
    form, actor, at = bind(MoveForm), current_actor(), now()
    by = -1 if form.by.data == UP else 1
    return pressed(number, form, lambda: items.move_item(actor, number, item_id, by, now=at), place="andamento")


def _ended(number: int, item_id: int, verb: Callable[..., None], words: str) -> Response:
    """An item is not in discussion any more, with what was written of it."""
    form, actor, at = bind(ConclusionForm), current_actor(), now()
    said = str(form.conclusion.data or "")
    return pressed(number, form, lambda: verb(actor, number, item_id, said, now=at), words, place="andamento")
