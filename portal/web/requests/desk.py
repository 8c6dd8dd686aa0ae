"""The desk of requests to the Forum: all of them with the days that are left, registering one, one at work."""

from __future__ import annotations

from flask import render_template, url_for
from flask_babel import gettext

from portal.forms.base import options
from portal.forms.requests import RegisterForm
from portal.forum import queries as forum
from portal.forum.rules import ForumKey
from portal.kernel.clock import from_form, local
from portal.kernel.permissions import Permission
from portal.opinions.requests import queries, register
from portal.opinions.requests.register import Asked
from portal.opinions.requests.rules import Step
from portal.opinions.requests.standing import standing
from portal.plan.rules import VersionState
from portal.web import editions
from portal.web.conferences.blueprint import Answer, carried_out
from portal.web.door import access, bind, current_actor, now
from portal.web.requests.blueprint import bp, desks, reasons, shown
from portal.web.requests.next import next_act


@bp.app_template_global("forum_name")
def forum_name(key: ForumKey) -> str:
    """What a Forum is called."""
    if key is ForumKey.YOUTH:
        return gettext("Forum of the young")
    return gettext("Metropolitan Forum")


@bp.get("/segreteria/forum/pareri")
@access(Permission.FORUM_WATCH)
def desk() -> str:
    """Latest first, with what is missing and how long there is."""
    rows = [(row, standing(row.id, now())) for row in queries.requests()]
    return render_template("requests/desk.html", rows=rows, left={row.id: reasons(stands) for row, stands in rows})


@bp.route("/segreteria/forum/pareri/nuovo", methods=["GET", "POST"])
@access(Permission.OPINION_REGISTER)
def new() -> Answer:
    """Register the Council's act."""
    form = bind(RegisterForm, received_at=local(now()))
    form.forum.choices = options([(one.id, forum_name(one.key)) for one in forum.forums()])
    known = [one for one in editions.shelf().editions if one.state is not VersionState.DRAFT]
    named = gettext("%(title)s, version %(number)s")
    form.version.choices = options(
        [(one.version_id, named % {"title": one.title, "number": one.number}) for one in known]
    )

    def verb() -> int:
        day, received = form.act_date.data, form.received_at.data
        assert day is not None and received is not None  # the form asks for both
        asked = Asked(
            int(form.forum.data or 0),
            int(form.version.data or 0),
            str(form.subject.data or ""),
            str(form.act_number.data or ""),
            day,
            from_form(received),
        )
        return register.register(current_actor(), asked, now=now())

    return carried_out(
        form,
        verb,
        lambda: render_template("requests/new.html", form=form),
        gettext("The request is registered and the term runs: the members of the Forum are written to."),
        lambda number: url_for(".manage", number=number),
    )


@bp.get("/segreteria/forum/pareri/<int:number>")
@access(Permission.FORUM_WATCH)
def manage(number: int) -> str:
    """One request at work."""
    found = shown(number)
    return render_template(
        "requests/manage.html",
        found=found,
        row=found.row,
        stands=found.stands,
        reasons=reasons(found.stands),
        rooms=desks(number),
        next=next_act(found),
        adopted=Step.ADOPTED in found.stands.steps,
        over=found.stands.term.is_over(now()),
        remarks=queries.remarks(number),
        answers=queries.answers(number),
    )
