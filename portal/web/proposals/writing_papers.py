"""Writing the Forum's document: begin a version, its head, its items, their order; adopt it."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from portal.forms.base import options
from portal.forms.proposals import AdoptForm, BeginForm, HeadForm, ItemForm, MoveForm
from portal.kernel.clock import local_day
from portal.kernel.errors import Invalid
from portal.kernel.permissions import Permission
from portal.opinions.proposals import adopt_paper, draft_paper, paper_queries
from portal.opinions.proposals.draft_paper import Item
from portal.opinions.proposals.rows import ItemRow
from portal.plan import queries as plans
from portal.web import editions
from portal.web.conferences.blueprint import Answer, at_once, carried_out
from portal.web.door import access, bind, current_actor, now
from portal.web.proposals.blueprint import bp, forum_choices


def _back(paper_id: int) -> str:
    return url_for("proposals.write_paper", paper_id=paper_id)


@bp.route("/segreteria/forum/documento", methods=["GET", "POST"])
@access(Permission.FORUM_MANAGE)
def begin_paper() -> Answer:
    """Begin a version, with the items of the last one."""
    form = bind(BeginForm)
    form.forum.choices = options(forum_choices())
    return carried_out(
        form,
        lambda: draft_paper.begin(
            current_actor(), int(form.forum.data or 0), str(form.title.data or ""), "", now=now()
        ),
        lambda: render_template("proposals/begin_paper.html", form=form, papers=paper_queries.papers(current_actor())),
        gettext("The version is begun: write its items."),
        _back,
    )


@bp.route("/segreteria/forum/documento/<int:paper_id>", methods=["GET", "POST"])
@access(Permission.FORUM_MANAGE)
def write_paper(paper_id: int) -> Answer:
    """Title and preamble, and the items in order."""
    row = paper_queries.paper(current_actor(), paper_id)
    form = bind(HeadForm, title=row.title, preamble=row.preamble)

    def verb() -> None:
        title, preamble = str(form.title.data or ""), str(form.preamble.data or "")
        draft_paper.write_head(current_actor(), paper_id, title, preamble, now=now())

    return carried_out(
        form,
        verb,
        lambda: render_template("proposals/write_paper.html", form=form, row=row, items=paper_queries.items(paper_id)),
        gettext("Saved."),
        _back(paper_id),
    )


@bp.route("/segreteria/forum/documento/<int:paper_id>/punti/nuovo", methods=["GET", "POST"])
@access(Permission.FORUM_MANAGE)
def add_item(paper_id: int) -> Answer:
    """A further item."""
    return _item(paper_id, None)


@bp.route("/segreteria/forum/documento/<int:paper_id>/punti/<int:number>", methods=["GET", "POST"])
@access(Permission.FORUM_MANAGE)
def change_item(paper_id: int, number: int) -> Answer:
    """Write an item anew."""
    return _item(paper_id, paper_queries.item(paper_id, number))


@bp.post("/segreteria/forum/documento/<int:paper_id>/punti/<int:number>/elimina")
@access(Permission.FORUM_MANAGE)
def remove_item(paper_id: int, number: int) -> Response:
    """Take an item away."""
    return at_once(
        lambda: draft_paper.remove_item(current_actor(), paper_id, number, now=now()),
        _back(paper_id),
        gettext("The item is taken away; those after it move up."),
    )


@bp.post("/segreteria/forum/documento/<int:paper_id>/punti/<int:number>/sposta")
@access(Permission.FORUM_MANAGE)
def move_item(paper_id: int, number: int) -> Response:
    """Give an item another place."""
    form = bind(MoveForm)

    def verb() -> None:
        if not form.validate():
            raise Invalid(gettext("Write the place as a number."), code="place")
        draft_paper.move_item(current_actor(), paper_id, number, int(form.to.data or 1), now=now())

    return at_once(verb, _back(paper_id), gettext("The item has another place."))


@bp.route("/segreteria/forum/documento/<int:paper_id>/adozione", methods=["GET", "POST"])
@access(Permission.FORUM_MANAGE)
def adopt(paper_id: int) -> Answer:
    """By a vote or an act; nothing of it changes from then on."""
    row = paper_queries.paper(current_actor(), paper_id)
    form = bind(AdoptForm, on=local_day(now()))

    def verb() -> str:
        assert form.on.data is not None  # the form asks for it
        act, poll = str(form.act.data or ""), form.poll.data
        return adopt_paper.adopt(current_actor(), paper_id, form.on.data, act, poll, now=now())

    return carried_out(
        form,
        verb,
        lambda: render_template("proposals/adopt.html", form=form, row=row, items=paper_queries.items(paper_id)),
        gettext("The document is adopted: everybody reads it, and the drafting team is asked to answer to it."),
        url_for(".paper", paper_id=paper_id),
    )


def _item(paper_id: int, known: ItemRow | None) -> Answer:
    row = paper_queries.paper(current_actor(), paper_id)
    filled: dict[str, Any] = {}
    if known is not None:
        filled = {"title": known.title, "text": known.text, "reason": known.reason, "axis": known.axis_code}
    form, axes = bind(ItemForm, **filled), _axes(known)
    form.axis.choices = options([("", gettext("None")), *((code, f"{code} {title}") for code, title in axes.items())])

    def verb() -> int:
        code = str(form.axis.data or "")
        wanted = Item(
            str(form.title.data or ""),
            str(form.text.data or ""),
            str(form.reason.data or ""),
            code if code in axes else "",
            axes.get(code, ""),
        )
        if known is None:
            return draft_paper.add_item(current_actor(), paper_id, wanted, now=now())
        return draft_paper.change_item(current_actor(), paper_id, known.number, wanted, now=now())

    return carried_out(
        form,
        verb,
        lambda: render_template("proposals/write_item.html", form=form, row=row, known=known),
        gettext("The item is saved."),
        _back(paper_id),
    )


def _axes(known: ItemRow | None) -> dict[str, str]:
    """The sections of the plan in hand, and the one that the item names already."""
    main = editions.shelf().main(now())
    found = {known.axis_code: known.axis_title} if known and known.axis_code else {}
    if main is not None:
        found |= {one.code: one.title for one in plans.tree(main.version_id, main.mark).sections}
    return found
