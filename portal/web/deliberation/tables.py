"""Acts at a table: join and leave, write and approve notes, propose."""

from __future__ import annotations

from flask import render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from portal.forms.base import options
from portal.forms.deliberation import NoteForm, NoteTextForm, ProposalForm
from portal.kernel.clock import local_day
from portal.kernel.errors import Forbidden, NotFound
from portal.kernel.permissions import Permission
from portal.opinions.deliberation import notes, propose, queries
from portal.opinions.deliberation import tables as room
from portal.opinions.deliberation.propose import Point
from portal.opinions.deliberation.rows import TableRow
from portal.web.conferences.blueprint import Answer, at_once, carried_out
from portal.web.deliberation.blueprint import Shown, bp, opened
from portal.web.door import access, bind, current_actor, now
from portal.web.opinions.blueprint import targets


def _back(number: int, which: int, place: str = "") -> str:
    return url_for("deliberation.table", number=number, which=which) + (f"#{place}" if place else "")


def _led(number: int, which: int) -> tuple[Shown, TableRow]:
    """A table for those who write its notes."""
    found, table = opened(number)[0], queries.table(number, which)
    if not found.manages and (found.member is None or found.member.body_id != table.coordinator_id):
        raise Forbidden
    return found, table


@bp.post("/forum/pareri/<int:number>/tavoli/<int:which>/adesione")
@access(Permission.FORUM_TAKE_PART)
def join(number: int, which: int) -> Response:
    """One's organisation joins."""
    return at_once(
        lambda: room.join(current_actor(), number, which, now=now()),
        _back(number, which),
        gettext("Your organisation sits at this table."),
    )


@bp.post("/forum/pareri/<int:number>/tavoli/<int:which>/uscita")
@access(Permission.FORUM_TAKE_PART)
def leave(number: int, which: int) -> Response:
    """One's organisation leaves."""
    return at_once(
        lambda: room.leave(current_actor(), number, which, now=now()),
        _back(number, which),
        gettext("Your organisation has left this table."),
    )


@bp.route("/forum/pareri/<int:number>/tavoli/<int:which>/appunti/nuovo", methods=["GET", "POST"])
@access(Permission.SIGNED_IN)
def write_note(number: int, which: int) -> Answer:
    """The coordinator, or the secretariat, writes a note."""
    found, table = _led(number, which)
    form = bind(NoteForm, held_on=local_day(now()))

    def verb() -> int:
        day = form.held_on.data
        assert day is not None  # the form asks for it
        return notes.write(current_actor(), number, which, day, str(form.text.data or ""), now=now())

    return carried_out(
        form,
        verb,
        lambda: render_template("deliberation/note.html", form=form, row=found.row, table=table),
        gettext("The note is saved. It becomes public once another person has approved it."),
        _back(number, which, "appunti"),
    )


@bp.route("/forum/pareri/<int:number>/tavoli/<int:which>/appunti/<int:note>", methods=["GET", "POST"])
@access(Permission.SIGNED_IN)
def revise_note(number: int, which: int, note: int) -> Answer:
    """A further version of a note."""
    found, table = _led(number, which)
    known = next((one for one in queries.notes(table.id, drafts=True) if one.number == note), None)
    if known is None:
        raise NotFound()
    form = bind(NoteTextForm, text=known.text)
    return carried_out(
        form,
        lambda: notes.revise(current_actor(), number, which, note, str(form.text.data or ""), now=now()),
        lambda: render_template("deliberation/note.html", form=form, row=found.row, table=table, known=known),
        gettext("The note is saved. It becomes public once another person has approved it."),
        _back(number, which, "appunti"),
    )


@bp.post("/forum/pareri/<int:number>/tavoli/<int:which>/appunti/<int:note>/approvazione")
@access(Permission.SIGNED_IN)
def approve_note(number: int, which: int, note: int) -> Response:
    """Make the last version of a note public."""
    return at_once(
        lambda: notes.approve(current_actor(), number, which, note, now=now()),
        _back(number, which, "appunti"),
        gettext("The note is public."),
    )


@bp.route("/forum/pareri/<int:number>/tavoli/<int:which>/proposte/nuova", methods=["GET", "POST"])
@access(Permission.SIGNED_IN)
def propose_one(number: int, which: int) -> Answer:
    """A member of the table proposes."""
    found, table = opened(number)[0], queries.table(number, which)
    form = bind(ProposalForm)
    known = [(value, one.text) for value, one in targets(found.row.version_id).items()]
    form.target.choices = options([("", gettext("The plan as a whole")), *known])

    def verb() -> int:
        action, paragraph = form.rows
        point = Point(str(form.request.data or ""), str(form.reason.data or ""), action, paragraph)
        return propose.propose(current_actor(), number, which, point, now=now())

    return carried_out(
        form,
        verb,
        lambda: render_template("deliberation/proposal.html", form=form, row=found.row, table=table),
        gettext("The proposal is recorded: whoever writes the opinion can cite it."),
        _back(number, which, "proposte"),
    )


@bp.post("/forum/pareri/<int:number>/tavoli/<int:which>/proposte/<int:proposal>/ritiro")
@access(Permission.SIGNED_IN)
def withdraw_proposal(number: int, which: int, proposal: int) -> Response:
    """Take a proposal back."""
    return at_once(
        lambda: propose.withdraw(current_actor(), number, which, proposal, now=now()),
        _back(number, which, "proposte"),
        gettext("The proposal is withdrawn."),
    )
