"""What the council clerk writes down of a proposal: when it is on the agenda, and what was decided."""

from __future__ import annotations

from flask import render_template, url_for
from flask_babel import gettext

from portal.conferences import queries as sittings
from portal.conferences.rules import Organ
from portal.forms.base import options
from portal.forms.proposals import AgendaForm, DecideForm
from portal.kernel.clock import local_day
from portal.kernel.permissions import Permission
from portal.opinions.proposals import agenda, decide, queries
from portal.opinions.proposals.decide import Decision
from portal.opinions.proposals.rules import Answer as CouncilAnswer
from portal.web.conferences.blueprint import Answer, carried_out
from portal.web.door import access, bind, current_actor, now
from portal.web.proposals.blueprint import bp, shown


@bp.route("/segreteria/forum/proposte/<int:number>/calendario", methods=["GET", "POST"])
@access(Permission.FORUM_ANSWER)
def put_on_agenda(number: int) -> Answer:
    """It stands on the Council's agenda."""
    row = queries.proposal(current_actor(), number)
    known = {
        "on": row.agenda_on or local_day(now()),
        "reference": row.agenda_reference,
        "sitting": row.agenda_sitting_id or 0,
    }
    form = bind(AgendaForm, **known)
    held = [one for one in sittings.sittings(current_actor()) if one.organ is Organ.COUNCIL]
    form.sitting.choices = options([(0, gettext("None")), *((one.number, one.title) for one in held)])

    def verb() -> None:
        assert form.on.data is not None  # the form asks for it
        reference, sitting = str(form.reference.data or ""), form.sitting.data or None
        agenda.put_on_agenda(current_actor(), number, form.on.data, reference, sitting, now=now())

    return carried_out(
        form,
        verb,
        lambda: render_template("proposals/agenda.html", form=form, found=shown(row), sittings=held),
        gettext("Written down: the term for the decision runs."),
        url_for(".proposal", number=number),
    )


@bp.route("/segreteria/forum/proposte/<int:number>/decisione", methods=["GET", "POST"])
@access(Permission.FORUM_ANSWER)
def write_decision(number: int) -> Answer:
    """What the Council decided, with its reasons."""
    row = queries.proposal(current_actor(), number)
    form = bind(DecideForm, on=local_day(now()))

    def verb() -> None:
        assert form.on.data is not None  # the form asks for it
        answer, reason = CouncilAnswer(str(form.answer.data)), str(form.reason.data or "")
        decision = Decision(form.on.data, answer, reason, str(form.act.data or ""))
        decide.decide(current_actor(), number, decision, now=now())

    return carried_out(
        form,
        verb,
        lambda: render_template("proposals/decide.html", form=form, found=shown(row)),
        gettext("The decision is written down: everybody reads it."),
        url_for(".proposal", number=number),
    )
