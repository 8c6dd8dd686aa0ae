"""The desk of opinions: every request with the days that are left, registering one, and what can be done with one."""

from __future__ import annotations

from flask import render_template, url_for
from flask_babel import gettext

from portal.forms.base import options
from portal.forms.opinions import RegisterForm, TieForm
from portal.kernel.clock import from_form, local
from portal.kernel.permissions import Permission
from portal.opinions import override, queries, register
from portal.opinions.register import Asked
from portal.opinions.rows import ItemChoice
from portal.opinions.rules import Stage
from portal.opinions.standing import standing
from portal.plan.rules import VersionState
from portal.web import editions
from portal.web.conferences.blueprint import Answer, carried_out
from portal.web.door import access, bind, current_actor, fresh, now
from portal.web.opinions.blueprint import bp, reasons, shown, target_of, targets
from portal.web.pages import instant


@bp.get("/segreteria/pareri")
@access(Permission.CONFERENCE_WATCH)
def desk() -> str:
    """Latest first, with what is missing and how long there is."""
    rows = [(row, standing(row.number, now())) for row in queries.requests()]
    return render_template("opinions/desk.html", rows=rows, left={row.number: reasons(s) for row, s in rows})


@bp.route("/segreteria/pareri/nuovo", methods=["GET", "POST"])
@access(Permission.OPINION_REGISTER)
def new() -> Answer:
    """Register the Council's act."""
    form = bind(RegisterForm, received_at=local(now()))
    known = [one for one in editions.shelf().editions if one.state is not VersionState.DRAFT]
    named = gettext("%(title)s, version %(number)s")
    form.version.choices = options(
        [(one.version_id, named % {"title": one.title, "number": one.number}) for one in known]
    )

    def verb() -> int:
        day, received = form.act_date.data, form.received_at.data
        assert day is not None and received is not None  # the form asks for both
        asked = Asked(
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
        lambda: render_template("opinions/new.html", form=form),
        gettext("The request is registered. Now write the text, and tie the sittings that are to give the opinion."),
        lambda number: url_for(".manage", number=number),
    )


@bp.get("/segreteria/pareri/<int:number>")
@access(Permission.CONFERENCE_WATCH)
def manage(number: int) -> str:
    """One request at work."""
    found = shown(number)
    known = targets(found.row.version_id)
    text = found.texts[-1] if found.texts else None
    polls = queries.polls(number)
    return render_template(
        "opinions/manage.html",
        found=found,
        row=found.row,
        stands=found.stands,
        course=found.stands.course,
        reasons=reasons(found.stands),
        text=text,
        places=[(one, target_of(one, known)) for one in text.remarks] if text else [],
        sittings=queries.sittings(number),
        polls=polls,
        dissent=queries.dissent(number),
        tie=tie_form(number),
        waiting=override.waiting(number, now=now()),
        overriders=queries.overriders(number),
        override=queries.override(number),
        settled=found.stands.stage in {Stage.REACHED, Stage.RENDERED, Stage.NOT_RENDERED, Stage.TRANSMITTED},
        going_on=[poll for poll in polls if poll.state.value in ("prepared", "open", "closed")],
    )


def tie_form(number: int, *, posted: bool = False) -> TieForm:
    """The items under which the opinion can be given."""
    form = bind(TieForm) if posted else fresh(TieForm)
    form.item.choices = options([(one.item_id, _named(one)) for one in queries.items_to_tie(number)])
    return form


def _named(one: ItemChoice) -> str:
    at = instant(one.starts_at, "short")
    words = {"at": at, "title": one.sitting_title, "number": one.number, "item": one.title}
    return gettext("%(at)s, %(title)s: item %(number)s, %(item)s") % words
