"""Votes of a sitting: which belong to which item, one that was prepared put to an item, a new one prepared for it."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from portal.conferences import queries as sittings
from portal.conferences.table import polls
from portal.conferences.table import votes as tied
from portal.forms.base import row_number
from portal.forms.table import TieForm
from portal.kernel.permissions import Permission
from portal.web.conferences.blueprint import at_once
from portal.web.door import access, bind, current_actor, fresh, now
from portal.web.table.blueprint import back, bp


@bp.get("/sedute/<int:number>/votazioni")
@access(Permission.SITTING_WATCH)
def votes(number: int) -> str:
    """Items that can be put to the vote, with their votes and those that wait to be put to one."""
    actor = current_actor()
    row = sittings.sitting(actor, number)
    loose = tied.loose_polls(actor)
    form = fresh(TieForm)
    form.poll.choices = [
        SelectChoice(one.id, gettext("n. %(number)s: %(question)s", number=one.id, question=one.question))
        for one in loose
    ]
    return render_template(
        "table/votes.html",
        row=row,
        items=tied.votable_items(number),
        polls=tied.poll_lines(actor, number, now()),
        form=form,
        loose=loose,
    )


@bp.post("/sedute/<int:number>/votazioni")
@access(Permission.SITTING_CONDUCT)
def tie_poll(number: int) -> Response:
    """Put a vote that was prepared to an item."""
    form, actor = bind(TieForm), current_actor()
    item, poll = row_number(form.item.data), form.poll.data or 0
    target, said = back(number, "votazioni"), gettext("The vote belongs to the item.")
    return at_once(lambda: polls.tie_poll(actor, number, item, poll, now=now()), target, said)
