"""Planning a sitting: its calls, place and instructions; the page that shows how far it has come."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext

from portal.conferences import desk_queries, drop_sitting, plan_sitting, queries, requests, rule_queries
from portal.conferences.desk_queries import Planned
from portal.conferences.rules import Mode, Organ, SittingState, Visibility
from portal.forms.base import options
from portal.forms.conferences import DropForm, SittingForm
from portal.kernel.clock import from_form, local, local_day
from portal.kernel.permissions import Permission
from portal.web.conferences.blueprint import Answer, bp, carried_out, drawn
from portal.web.door import access, bind, current_actor, now
from portal.web.numbers import asked


@bp.route("/segreteria/sedute/nuova/<int:conference>", methods=["GET", "POST"])
@access(Permission.CONFERENCE_MANAGE)
def new_sitting(conference: int) -> Answer:
    """Plan a sitting of a conference."""
    row = queries.conference(current_actor(), conference)
    rule = rule_queries.holding(row.organ, local_day(now())).rule_set
    form = bind(SittingForm, visibility=rule.visibility.value, request=asked("richiesta") or 0)
    waiting = requests.waiting() if row.organ is Organ.MAYORS else []
    form.request.choices = options([(0, gettext("None")), *((number, subject) for number, subject, _ in waiting)])
    return carried_out(
        form,
        lambda: plan_sitting.plan_sitting(current_actor(), conference, _plan(form), now=now()),
        drawn("conferences/sitting_form.html", form=form, conference=row, rule=rule, sitting=None, asked=waiting),
        gettext("The sitting is planned: write its agenda, then send the notice."),
        lambda number: url_for(".manage", number=number),
    )


@bp.get("/segreteria/sedute/<int:number>")
@access(Permission.CONFERENCE_WATCH)
def manage(number: int) -> str:
    """One sitting as it is prepared: its data, its agenda with papers and times, its notices."""
    actor = current_actor()
    found, items = desk_queries.planned(actor, number), desk_queries.agenda(actor, number)
    fresh = [i for i in items if not i.announced or any(not p.announced for p in i.papers)]
    return render_template(
        "conferences/manage.html",
        row=queries.sitting(actor, number),
        found=found,
        items=items,
        slots=desk_queries.slots(found, items),
        sent=queries.notices(number),
        fresh=fresh if found.state is SittingState.CONVENED else [],
        begun=now() >= found.calls[0],
        wanted=requests.request(actor, found.request_id, now=now()) if found.request_id else None,
    )


@bp.route("/segreteria/sedute/<int:number>/dati", methods=["GET", "POST"])
@access(Permission.CONFERENCE_MANAGE)
def change_sitting(number: int) -> Answer:
    """Change calls, place and instructions while nobody has been called."""
    actor = current_actor()
    found = desk_queries.planned(actor, number)
    row = queries.conference(actor, found.conference)
    form = bind(SittingForm, **_fields(found))
    form.request.choices = options([(0, gettext("None"))])
    return carried_out(
        form,
        lambda: plan_sitting.change_sitting(current_actor(), number, _plan(form), now=now()),
        drawn(
            "conferences/sitting_form.html",
            form=form,
            conference=row,
            rule=desk_queries.rule_of(found, now()),
            sitting=found,
            asked=[],
        ),
        gettext("The sitting is changed."),
        url_for(".manage", number=number),
    )


@bp.route("/segreteria/sedute/<int:number>/rinuncia", methods=["GET", "POST"])
@access(Permission.CONFERENCE_MANAGE)
def drop_it(number: int) -> Answer:
    """Give up a sitting that nobody has been called to."""
    row, form = queries.sitting(current_actor(), number), bind(DropForm)
    return carried_out(
        form,
        lambda: drop_sitting.drop_sitting(current_actor(), number, now=now()),
        drawn("conferences/drop.html", form=form, row=row),
        gettext("The sitting is dropped."),
        url_for(".desk"),
    )


def _fields(found: Planned) -> dict[str, Any]:
    same = ("title", "place", "remote_link", "streaming_link", "chair", "case_officer", "contacts")
    texts = ("written_contributions", "speaking")
    calls = {f"call_{n}": _typed(at) for n, at in enumerate(found.calls, 1)}
    return {
        **{name: getattr(found, name) for name in (*same, *texts)},
        **calls,
        "mode": found.mode.value,
        "visibility": found.visibility.value,
        "delegations_close_at": _typed(found.delegations_close_at),
    }


def _typed(at: datetime) -> datetime:
    """As a field for day and hour holds it: the clock of Rome, without a zone."""
    return local(at).replace(tzinfo=None)


def _plan(form: SittingForm) -> plan_sitting.Plan:
    closes = form.delegations_close_at.data
    return plan_sitting.Plan(
        title=str(form.title.data),
        calls=[from_form(call) for call in form.calls],
        mode=Mode(str(form.mode.data)),
        visibility=Visibility(str(form.visibility.data)),
        chair=str(form.chair.data),
        case_officer=str(form.case_officer.data),
        contacts=str(form.contacts.data),
        place=str(form.place.data or ""),
        remote_link=str(form.remote_link.data or ""),
        streaming_link=str(form.streaming_link.data or ""),
        written_contributions=str(form.written_contributions.data or ""),
        speaking=str(form.speaking.data or ""),
        delegations_close_at=from_form(closes) if closes else None,
        request_id=form.request.data or None,
    )
