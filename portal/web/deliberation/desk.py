"""The secretariat's desk of a discussion: its hours, its tables and who sits there, statements to be admitted."""

from __future__ import annotations

from flask import render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from portal.forms.base import options
from portal.forms.deliberation import DecisionForm, EndForm, HoursForm, PutForwardForm, SeatForm, TableForm
from portal.forum import queries as forum
from portal.kernel.clock import from_form, local, local_day
from portal.kernel.permissions import Permission
from portal.opinions.deliberation import moderate, offer, open_up, queries, results, tables
from portal.opinions.deliberation.rules import Decision, Origin, StatementState
from portal.opinions.deliberation.tables import Theme
from portal.web.conferences.blueprint import Answer, at_once, carried_out
from portal.web.deliberation.blueprint import Shown, bp, opened, section_choices, shown, table_choices
from portal.web.door import access, bind, current_actor, now

_WORK = "/segreteria/forum/pareri/<int:number>/discussione"
_LIVE = frozenset({StatementState.OFFERED, StatementState.ADMITTED})


def _desk(number: int, place: str = "") -> str:
    return url_for("deliberation.desk", number=number) + (f"#{place}" if place else "")


@bp.get(_WORK)
@access(Permission.FORUM_WATCH)
def desk(number: int) -> str:
    """Everything that is to be done."""
    found = shown(number)
    rows = queries.statements(number)
    return render_template(
        "deliberation/desk.html",
        found=found,
        row=found.row,
        tables=queries.tables(number),
        waiting=[one for one in rows if one.state is StatementState.OFFERED],
        settled=[one for one in rows if one.state is not StatementState.OFFERED],
        weighed=queries.is_weighed(number),
        turnout=results.turnout(number, now()) if found.discussion else None,
    )


@bp.route(_WORK + "/orari", methods=["GET", "POST"])
@access(Permission.FORUM_MANAGE)
def hours(number: int) -> Answer:
    """Open the discussion; where it is open, move its end."""
    found = shown(number)
    return _move(found, number) if found.discussion else _open(found, number)


def _open(found: Shown, number: int) -> Answer:
    form = bind(HoursForm, begins_at=local(now()))

    def verb() -> None:
        assert form.begins_at.data is not None and form.ends_at.data is not None  # the form asks for both
        begins, ends = from_form(form.begins_at.data), from_form(form.ends_at.data)
        open_up.open_up(current_actor(), number, begins, ends, now=now())

    return carried_out(
        form,
        verb,
        lambda: render_template("deliberation/hours.html", form=form, found=found, row=found.row),
        gettext("The discussion is open. Now open its tables, and put the first statements forward."),
        _desk(number),
    )


def _move(found: Shown, number: int) -> Answer:
    form = bind(EndForm, ends_at=local(found.discussion.ends_at) if found.discussion else None)

    def verb() -> None:
        assert form.ends_at.data is not None  # the form asks for it
        open_up.move_end(current_actor(), number, from_form(form.ends_at.data), now=now())

    return carried_out(
        form,
        verb,
        lambda: render_template("deliberation/hours.html", form=form, found=found, row=found.row),
        gettext("The end is moved."),
        _desk(number),
    )


@bp.route(_WORK + "/tavoli/nuovo", methods=["GET", "POST"])
@access(Permission.FORUM_MANAGE)
def new_table(number: int) -> Answer:
    """Open a table."""
    found, _ = opened(number)
    form = bind(TableForm)
    _fill(form, found)
    return carried_out(
        form,
        lambda: tables.open_table(current_actor(), number, _theme(form), now=now()),
        lambda: render_template("deliberation/edit_table.html", form=form, row=found.row),
        gettext("The table is open."),
        _desk(number, "tavoli"),
    )


@bp.route(_WORK + "/tavoli/<int:which>", methods=["GET", "POST"])
@access(Permission.FORUM_MANAGE)
def edit_table(number: int, which: int) -> Answer:
    """Change a table; who sits at it."""
    found, _ = opened(number)
    known = queries.table(number, which)
    form = bind(TableForm, title=known.title, section=known.section_id, coordinator=known.coordinator_id)
    _fill(form, found)
    members = queries.members(known.id)
    seat = SeatForm()
    sitting = {one.body_id for one in members}
    seat.body.choices = options([one for one in _seats(found) if one[0] not in sitting])
    return carried_out(
        form,
        lambda: tables.change_table(current_actor(), number, which, _theme(form), now=now()),
        lambda: render_template(
            "deliberation/edit_table.html", form=form, row=found.row, table=known, members=members, seat=seat
        ),
        gettext("The table is changed."),
        _desk(number, "tavoli"),
    )


@bp.post(_WORK + "/tavoli/<int:which>/organizzazioni")
@access(Permission.FORUM_MANAGE)
def put(number: int, which: int) -> Response:
    """Put an organisation at a table."""
    form = bind(SeatForm)
    return at_once(
        lambda: tables.put(current_actor(), number, which, int(form.body.data or 0), now=now()),
        url_for("deliberation.edit_table", number=number, which=which),
        gettext("The organisation sits at this table."),
    )


@bp.post(_WORK + "/tavoli/<int:which>/organizzazioni/<int:body>/uscita")
@access(Permission.FORUM_MANAGE)
def take_away(number: int, which: int, body: int) -> Response:
    """Take an organisation away from a table."""
    return at_once(
        lambda: tables.take_away(current_actor(), number, which, body, now=now()),
        url_for("deliberation.edit_table", number=number, which=which),
        gettext("The organisation sits at this table no more."),
    )


@bp.route(_WORK + "/affermazioni/nuova", methods=["GET", "POST"])
@access(Permission.FORUM_MANAGE)
def put_forward(number: int) -> Answer:
    """Put a statement forward."""
    found, _ = opened(number)
    form = bind(PutForwardForm, origin=Origin.SECRETARIAT.value)
    form.table.choices = table_choices(number)

    def verb() -> int:
        origin, table = Origin(str(form.origin.data)), form.table.data or None
        return offer.put_forward(current_actor(), number, str(form.text.data or ""), origin, table=table, now=now())

    return carried_out(
        form,
        verb,
        lambda: render_template("deliberation/statement.html", form=form, found=found, row=found.row),
        gettext("The statement is put forward: organisations weigh it while the discussion goes on."),
        _desk(number, "affermazioni"),
    )


@bp.route(_WORK + "/affermazioni/<int:which>", methods=["GET", "POST"])
@access(Permission.FORUM_MANAGE)
def decide(number: int, which: int) -> Answer:
    """Admit a statement, refuse it, or merge it into another."""
    found, _ = opened(number)
    known = queries.statement(number, which)
    form = bind(DecisionForm)

    def verb() -> None:
        actor, reason = current_actor(), str(form.reason.data or "")
        match Decision(str(form.decision.data)):
            case Decision.ADMIT:
                moderate.admit(actor, number, which, now=now())
            case Decision.REFUSE:
                moderate.refuse(actor, number, which, reason, now=now())
            case Decision.MERGE:
                moderate.merge(actor, number, which, form.into.data or 0, reason, now=now())

    others = [one for one in queries.statements(number, frozenset({StatementState.ADMITTED})) if one.number != which]
    return carried_out(
        form,
        verb,
        lambda: render_template("deliberation/decide.html", form=form, row=found.row, known=known, others=others),
        gettext("The decision is recorded; everybody reads it in the register."),
        _desk(number, "affermazioni"),
    )


def _seats(found: Shown) -> list[tuple[int, str]]:
    """The organisations that hold a seat today."""
    return [(seat.body_id, seat.name) for seat in forum.seats(found.row.forum_id, local_day(now()))]


def _fill(form: TableForm, found: Shown) -> None:
    form.section.choices = section_choices(found.row.version_id)
    form.coordinator.choices = options([("", gettext("Nobody yet")), *_seats(found)])


def _theme(form: TableForm) -> Theme:
    return Theme(str(form.title.data or ""), form.section.data or None, form.coordinator.data or None)
