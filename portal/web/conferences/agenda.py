"""Writing the agenda: items, their order by buttons and keyboard, their papers."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from portal.conferences import desk_queries, file_paper, queries, write_agenda
from portal.conferences.desk_queries import ItemRow
from portal.conferences.rules import ItemKind
from portal.conferences.wording import KIND_HINTS
from portal.forms.base import options
from portal.forms.conferences import ItemForm, PaperForm
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission
from portal.web.conferences.blueprint import Answer, at_once, bp, carried_out, drawn
from portal.web.door import access, bind, current_actor, now, store
from portal.web.uploads import posted

LINES = {kind.value: words for kind, words in KIND_HINTS.items()}


@bp.route("/segreteria/sedute/<int:number>/punti/nuovo", methods=["GET", "POST"])
@access(Permission.CONFERENCE_MANAGE)
def new_item(number: int) -> Answer:
    """Put an item on the agenda."""
    form = _form(number)
    return carried_out(
        form,
        lambda: write_agenda.add_item(current_actor(), number, _wanted(form), now=now()),
        _page(number, form, None),
        gettext("The item is on the agenda."),
        url_for(".manage", number=number, _anchor="ordine-del-giorno"),
    )


@bp.route("/segreteria/sedute/<int:number>/punti/<int:item_id>", methods=["GET", "POST"])
@access(Permission.CONFERENCE_MANAGE)
def change_item(number: int, item_id: int) -> Answer:
    """Change an item that no notice has announced."""
    item = _item(number, item_id)
    form = _form(number, item)
    return carried_out(
        form,
        lambda: write_agenda.change_item(current_actor(), number, item_id, _wanted(form), now=now()),
        _page(number, form, item),
        gettext("The item is changed."),
        url_for(".manage", number=number, _anchor="ordine-del-giorno"),
    )


def _item(number: int, item_id: int) -> ItemRow:
    found = next((one for one in desk_queries.agenda(current_actor(), number) if one.id == item_id), None)
    if found is None:
        raise NotFound()
    return found


def _form(number: int, item: ItemRow | None = None) -> ItemForm:
    row = queries.sitting(current_actor(), number)
    names = ("title", "details", "rapporteur", "minutes", "legal_basis", "needs_papers")
    defaults: dict[str, Any] = {name: getattr(item, name) for name in names} if item else {}
    if item:
        defaults |= {"kind": item.kind.value, "actions": [one[0] for one in item.actions]}
    form = bind(ItemForm, **defaults)
    form.actions.choices = options((a[0], f"{a[1]} {a[2]}") for a in queries.actions_of(row.conference))
    return form


def _wanted(form: ItemForm) -> write_agenda.Item:
    return write_agenda.Item(
        kind=ItemKind(str(form.kind.data)),
        title=str(form.title.data),
        details=str(form.details.data or ""),
        rapporteur=str(form.rapporteur.data or ""),
        minutes=form.minutes.data or 0,
        legal_basis=str(form.legal_basis.data or ""),
        needs_papers=bool(form.needs_papers.data),
        action_ids=form.actions.data or [],
    )


def _page(number: int, form: ItemForm, item: ItemRow | None) -> Any:
    row = queries.sitting(current_actor(), number)
    return drawn("conferences/item.html", form=form, row=row, item=item, lines=LINES)


@bp.post("/segreteria/sedute/<int:number>/punti/<int:item_id>/ordine")
@access(Permission.CONFERENCE_MANAGE)
def move_item(number: int, item_id: int) -> Response:
    """One place up or down."""
    by = -1 if request.form.get("by") == "up" else 1
    towards = "su" if by < 0 else "giu"
    target = url_for(".manage", number=number, verso=towards, _anchor=f"punto-{item_id}")
    return at_once(lambda: write_agenda.move_item(current_actor(), number, item_id, by, now=now()), target)


@bp.post("/segreteria/sedute/<int:number>/punti/<int:item_id>/rimozione")
@access(Permission.CONFERENCE_MANAGE)
def remove_item(number: int, item_id: int) -> Response:
    """Take it off the agenda."""
    return at_once(
        lambda: write_agenda.remove_item(current_actor(), number, item_id, now=now()),
        url_for(".manage", number=number, _anchor="ordine-del-giorno"),
        gettext("The item is off the agenda."),
    )


@bp.route("/segreteria/sedute/<int:number>/punti/<int:item_id>/atti", methods=["GET", "POST"])
@access(Permission.CONFERENCE_MANAGE)
def add_paper(number: int, item_id: int) -> Answer:
    """Put a document to an item."""
    form, item = bind(PaperForm), _item(number, item_id)
    row = queries.sitting(current_actor(), number)
    return carried_out(
        form,
        lambda: _keep(number, item_id, form),
        drawn("conferences/paper.html", form=form, row=row, item=item),
        gettext("The paper is with its item."),
        url_for(".manage", number=number, _anchor=f"punto-{item_id}"),
    )


def _keep(number: int, item_id: int, form: PaperForm) -> int:
    with posted() as (name, found):
        title = str(form.title.data or "")
        return file_paper.add_paper(current_actor(), number, item_id, title, name, found, store=store(), now=now())


@bp.post("/segreteria/sedute/<int:number>/atti/<int:paper_id>/rimozione")
@access(Permission.CONFERENCE_MANAGE)
def remove_paper(number: int, paper_id: int) -> Response:
    """Take away a paper that no notice has announced."""
    return at_once(
        lambda: file_paper.remove_paper(current_actor(), number, paper_id, now=now()),
        url_for(".manage", number=number, _anchor="ordine-del-giorno"),
        gettext("The paper is taken away."),
    )
