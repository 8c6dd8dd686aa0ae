"""Pages of people and mandates: the secretariat's register, and a body's own staff."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from portal.accounts import correct_person, end_mandate, grant_mandate, queries, search
from portal.accounts.grant_mandate import Appointment
from portal.accounts.rules import own_staff
from portal.forms import accounts as forms
from portal.jobs import queries as mail
from portal.kernel.clock import local_day
from portal.kernel.offices import OFFICES_OF, BodyKind, Office
from portal.kernel.permissions import Permission
from portal.territory import queries as territory
from portal.web.door import access, attempt, bind, current_actor, now, translate
from portal.web.labels import options
from portal.web.numbers import MOST, asked

bp = Blueprint("people", __name__)
Answer = str | Response | tuple[str, int]


@bp.get("/segreteria/persone")
@access(Permission.PEOPLE_READ)
def index() -> str:
    """Who holds which office of which body."""
    given = request.args
    wanted = search.Search(
        text=_plain(given.get("q", "")),
        body_id=asked("ente"),
        office=_office(given.get("incarico", "")),
        active_only=given.get("stato") != "tutti",
    )
    rows = search.search_mandates(wanted, _after(given.get("dopo", "")), now())
    last = rows[search.PAGE - 1] if len(rows) > search.PAGE else None
    return render_template(
        "accounts/people.html",
        rows=rows[: search.PAGE],
        search=wanted,
        after=f"{last.person_name}~{last.id}" if last else None,
        given={key: value for key, value in given.items() if key != "dopo" and value},
        bodies=territory.bodies(),
        offices=options(Office),
        idle=search.people_without_mandate(now()) if not given else [],
    )


def _plain(text: str) -> str:
    """What somebody looks for, without what no database can look for."""
    return "".join(c for c in text if c.isprintable()).strip()[:200]


def _after(text: str) -> tuple[str, int] | None:
    """The last name and number of the page before."""
    name, _, number = text.rpartition("~")
    known = number.isascii() and number.isdigit() and len(number) < len(str(MOST))
    return (_plain(name), int(number)) if name and known else None


def _office(value: str) -> Office | None:
    return Office(value) if value in set(Office) else None


@bp.route("/segreteria/persone/nuova", methods=["GET", "POST"])
@access(Permission.PEOPLE_CORRECT)
def grant() -> Answer:
    """Give somebody an office, and make them known if they are not."""
    form = bind(forms.GrantForm, starts_on=local_day(now()), **_known())
    bodies = territory.bodies()
    form.body.choices = [SelectChoice(b.id, b.name) for b in bodies if OFFICES_OF[b.kind] and not b.ended_on]
    form.office.choices = options(Office)
    if request.method == "GET":
        return render_template("accounts/grant.html", form=form)
    done = attempt(form, lambda: grant_mandate.grant_mandate(current_actor(), _wanted(form), now=now()))
    if done is None:
        return render_template("accounts/grant.html", form=form), 422
    flash(translate(forms.SAID["granted"]))
    return redirect(url_for(".person", person_id=done.person_id), 303)


def _known() -> dict[str, Any]:
    """The form as a link from a person's or a body's page opens it."""
    found: dict[str, Any] = {}
    person_id, body_id = asked("persona"), asked("ente")
    if person_id and request.method == "GET":
        row = queries.person(person_id)
        found |= {"email": row.email, "name": row.name}
    if body_id:
        found["body"] = body_id
    return found


def _wanted(form: forms.GrantForm, body_id: int | None = None) -> Appointment:
    assert form.starts_on.data  # the form asks for it
    return Appointment(
        email=str(form.email.data),
        name=str(form.name.data or ""),
        body_id=body_id or int(form.body.data),
        office=Office(form.office.data),
        starts_on=form.starts_on.data,
        ends_on=form.ends_on.data,
        act_reference=str(form.act_reference.data or ""),
    )


@bp.route("/segreteria/persone/<int:person_id>", methods=["GET", "POST"])
@access(Permission.PEOPLE_READ)
def person(person_id: int) -> Answer:
    """One person: data to correct, and all mandates."""
    row = queries.person(person_id)
    form = bind(forms.PersonForm, name=row.name, email=row.email, language=row.language)
    status = 200
    if request.method == "POST":
        name, email, language = str(form.name.data), str(form.email.data), str(form.language.data)
        verb = correct_person.correct_person
        if attempt(form, lambda: verb(current_actor(), person_id, name, email, language, now=now())):
            flash(translate(forms.SAID["corrected"]))
            return redirect(url_for(".person", person_id=person_id), 303)
        status = 422
    mandates = queries.mandates_of_person(person_id, now())
    silent = bool(row.email and mail.marked_among([row.email]))
    return render_template("accounts/person.html", row=row, form=form, rows=mandates, silent=silent), status


@bp.route("/segreteria/incarichi/<int:mandate_id>/termina", methods=["GET", "POST"])
@access(Permission.MANDATE_GRANT)
def end(mandate_id: int) -> Answer:
    """End a mandate: at once, or on a day."""
    actor = current_actor()
    row = queries.mandate(actor, mandate_id, now())
    form = bind(forms.EndForm, when="now")
    if request.method == "GET":
        return render_template("accounts/end.html", form=form, row=row)
    day = form.ends_on.data if form.when.data == "day" else None
    if attempt(form, lambda: end_mandate.end_mandate(actor, mandate_id, day, now=now())) is None:
        return render_template("accounts/end.html", form=form, row=row), 422
    flash(translate(forms.SAID["ended"]))
    if actor.acting and actor.acting.body_kind is BodyKind.METROPOLITAN_CITY:
        return redirect(url_for(".person", person_id=row.person_id), 303)
    return redirect(url_for(".staff"), 303)


@bp.route("/scrivania/incarichi", methods=["GET", "POST"])
@access(Permission.MANDATE_GRANT)
def staff() -> Answer:
    """The people of one's own body: a signatory appoints and dismisses its staff."""
    acting = current_actor().acting
    if acting is None:
        abort(403)
    if acting.body_kind is BodyKind.METROPOLITAN_CITY:
        return redirect(url_for(".index", ente=acting.body_id))
    grantable = own_staff(acting.body_kind, acting.office)
    form = bind(forms.GrantForm, starts_on=local_day(now()))
    form.body.choices = [SelectChoice(acting.body_id, acting.body_name)]
    form.office.choices = options(sorted(grantable))
    status = 200
    if request.method == "POST":
        form.body.data = acting.body_id  # never another's
        wanted = _wanted(form, acting.body_id) if form.validate() else None
        if wanted and attempt(form, lambda: grant_mandate.grant_mandate(current_actor(), wanted, now=now())):
            flash(translate(forms.SAID["granted"]))
            return redirect(url_for(".staff"), 303)
        status = 422
    rows = queries.mandates_of_body(acting.body_id, now())
    return render_template("accounts/staff.html", form=form, rows=rows, grantable=grantable, body=acting), status
