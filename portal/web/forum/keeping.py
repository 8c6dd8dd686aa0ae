"""One organisation at the desk: its data, its memberships and suspensions, who speaks for it; each act has a page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import render_template as render
from flask import request, url_for
from flask_babel import gettext

from portal.accounts.grant_mandate import Appointment
from portal.forms.base import CommandForm
from portal.forms.forum import AdmissionForm, FactsForm, LeaveForm, PersonForm, ReadmitForm, SuspendForm
from portal.forum import admit, end_membership, name_people, queries, register_queries, suspend
from portal.forum.register_queries import MembershipRow, OrganisationRow
from portal.forum.rules import Span
from portal.kernel.clock import local_day
from portal.kernel.errors import NotFound
from portal.kernel.offices import Office
from portal.kernel.permissions import Permission
from portal.web.conferences.blueprint import Answer, at_once, carried_out, drawn
from portal.web.door import access, bind, current_actor, now
from portal.web.forum.blueprint import bp, chosen, facts_of, fields_of

BASE = "/segreteria/forum/organizzazioni/<key>"


@bp.get(BASE)
@access(Permission.FORUM_WATCH)
def manage(key: str) -> str:
    """What the register says, what happened, and what can be done."""
    row, today = register_queries.organisation(key), local_day(now())
    found = register_queries.memberships(row.body_id)
    current = {one.forum_id for one in found if Span(one.admitted_on, one.left_on).holds_on(today)}
    return render(
        "forum/manage.html",
        row=row,
        today=today,
        memberships=[(one, queries.forum(one.forum_id), one.standing(today)) for one in found],
        others=[one for one in queries.forums() if one.id not in current],
        people=register_queries.holders([row.body_id], now()).get(row.body_id, []),
    )


def _act(
    form: CommandForm, row: OrganisationRow, verb: Callable[[], Any], title: str, lead: str, button: str, said: str
) -> Answer:
    """A page with the fields of one act, which comes back to the organisation."""
    page = drawn("forum/act.html", form=form, row=row, title=title, lead=lead, button=button)
    return carried_out(form, verb, page, said, url_for(".manage", key=row.key))


def _text(form: CommandForm, name: str) -> str:
    return str(form[name].data or "")


def _day(form: CommandForm, name: str) -> date:
    value = form[name].data
    assert isinstance(value, date)  # the form asks for it
    return value


def _membership(row: OrganisationRow, number: int) -> MembershipRow:
    """A stranger's number finds nothing."""
    found = next((one for one in register_queries.memberships(row.body_id) if one.id == number), None)
    if found is None:
        raise NotFound()
    return found


@bp.route(f"{BASE}/dati", methods=["GET", "POST"])
@access(Permission.FORUM_MANAGE)
def describe(key: str) -> Answer:
    """Correct what the register says."""
    row = register_queries.organisation(key)
    form, forum = bind(FactsForm, **fields_of(row)), chosen()
    return _act(
        form,
        row,
        lambda: admit.describe(current_actor(), forum.id, row.body_id, facts_of(form), now=now()),
        gettext("Correct the data"),
        gettext("Votes that were cast already keep the name and the family of then."),
        gettext("Save the data"),
        gettext("The data are corrected."),
    )


@bp.route(f"{BASE}/ammissione", methods=["GET", "POST"])
@access(Permission.FORUM_MANAGE)
def again(key: str) -> Answer:
    """Admit a known organisation to a Forum: again, or to the other one."""
    row, forum = register_queries.organisation(key), chosen()
    form = bind(AdmissionForm, admitted_on=local_day(now()))
    return _act(
        form,
        row,
        lambda: admit.admit_known(
            current_actor(), forum.id, row.body_id, _day(form, "admitted_on"), _text(form, "act"), now=now()
        ),
        gettext("Admit to a Forum"),
        gettext("The organisation holds one seat in each Forum of which it is a member."),
        gettext("Admit the organisation"),
        gettext("The organisation is a member."),
    )


@bp.route(f"{BASE}/iscrizioni/<int:number>/sospensione", methods=["GET", "POST"])
@access(Permission.FORUM_MANAGE)
def suspend_it(key: str, number: int) -> Answer:
    """Suspend the seat."""
    row = register_queries.organisation(key)
    member, form = _membership(row, number), bind(SuspendForm, starts_on=local_day(now()))

    def verb() -> int:
        days = Span(_day(form, "starts_on"), form.ends_on.data)
        return suspend.suspend(current_actor(), member.id, days, _text(form, "reason"), _text(form, "act"), now=now())

    return _act(
        form,
        row,
        verb,
        gettext("Suspend the organisation"),
        gettext("In these days it holds no seat. Delegate and substitute are told, and the reason is public."),
        gettext("Suspend it"),
        gettext("The organisation is suspended."),
    )


@bp.route(f"{BASE}/sospensioni/<int:number>/rientro", methods=["GET", "POST"])
@access(Permission.FORUM_MANAGE)
def readmit(key: str, number: int) -> Answer:
    """End a suspension."""
    row = register_queries.organisation(key)
    known = {one.id for member in register_queries.memberships(row.body_id) for one in member.suspensions}
    if number not in known:
        raise NotFound()
    form = bind(ReadmitForm, back_on=local_day(now()))
    return _act(
        form,
        row,
        lambda: suspend.readmit(current_actor(), number, _day(form, "back_on"), _text(form, "act"), now=now()),
        gettext("Readmit the organisation"),
        gettext("From that day it holds its seat again."),
        gettext("Readmit it"),
        gettext("The suspension has its last day."),
    )


@bp.route(f"{BASE}/iscrizioni/<int:number>/uscita", methods=["GET", "POST"])
@access(Permission.FORUM_MANAGE)
def leave(key: str, number: int) -> Answer:
    """End a membership."""
    row = register_queries.organisation(key)
    member, form = _membership(row, number), bind(LeaveForm, left_on=local_day(now()))
    return _act(
        form,
        row,
        lambda: end_membership.end_membership(
            current_actor(), member.id, _day(form, "left_on"), _text(form, "reason"), _text(form, "act"), now=now()
        ),
        gettext("End the membership"),
        gettext("What the organisation said and voted stays. Delegate and substitute end on the same day."),
        gettext("End the membership"),
        gettext("The membership has its last day."),
    )


@bp.route(f"{BASE}/persone", methods=["GET", "POST"])
@access(Permission.FORUM_MANAGE)
def name(key: str) -> Answer:
    """Name the delegate or the substitute."""
    row = register_queries.organisation(key)
    given = request.args.get("incarico", Office.FORUM_DELEGATE.value)
    form = bind(PersonForm, starts_on=local_day(now()), office=given)

    def verb() -> int:
        wanted = Appointment(
            email=_text(form, "email"),
            name=_text(form, "name"),
            body_id=row.body_id,
            office=Office(_text(form, "office")),
            starts_on=_day(form, "starts_on"),
            ends_on=form.ends_on.data,
            act_reference=_text(form, "act"),
        )
        return name_people.name(current_actor(), wanted, now=now()).mandate_id

    return _act(
        form,
        row,
        verb,
        gettext("Name delegate or substitute"),
        gettext("One seat, one vote: whoever holds the office now ends on the day before."),
        gettext("Name the person"),
        gettext("The person is named and receives a letter."),
    )


@bp.post(f"{BASE}/persone/<int:mandate_id>/fine")
@access(Permission.FORUM_MANAGE)
def end(key: str, mandate_id: int) -> Answer:
    """End an office at this instant."""
    row = register_queries.organisation(key)
    if mandate_id not in {
        one.mandate_id for one in register_queries.holders([row.body_id], now()).get(row.body_id, [])
    }:
        raise NotFound()
    return at_once(
        lambda: name_people.end(current_actor(), mandate_id, None, now=now()),
        url_for(".manage", key=key, _anchor="persone"),
        gettext("The office has ended."),
    )
