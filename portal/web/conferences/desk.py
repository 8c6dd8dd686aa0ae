"""The secretariat's desk of sittings, and setting up conferences."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask_babel import gettext

from portal.conferences import open_conference, queries, requests, rule_queries
from portal.conferences.queries import ConferenceRow
from portal.conferences.rules import Organ
from portal.forms.base import options
from portal.forms.conferences import ConferenceForm
from portal.kernel.clock import local_day
from portal.kernel.permissions import Permission
from portal.plan import queries as plans
from portal.plan.rules import VersionState
from portal.territory import queries as territory
from portal.web import editions
from portal.web.conferences.blueprint import Answer, bp, carried_out, drawn
from portal.web.door import access, bind, current_actor, now
from portal.web.labels import options as spoken_options


@bp.get("/segreteria/sedute")
@access(Permission.CONFERENCE_WATCH)
def desk() -> str:
    """All conferences with their sittings, and what has to be convened."""
    actor = current_actor()
    rows = queries.sittings(actor, announced=False)
    by_conference: dict[int, list[queries.SittingRow]] = {}
    for row in rows:
        by_conference.setdefault(row.conference, []).append(row)
    return render_template(
        "conferences/desk.html",
        conferences=queries.conferences(actor),
        sittings=by_conference,
        asked=requests.waiting(),
        has_rules=bool(rule_queries.in_force(local_day(now()))),
    )


@bp.route("/segreteria/sedute/conferenze/nuova", methods=["GET", "POST"])
@access(Permission.CONFERENCE_MANAGE)
def new_conference() -> Answer:
    """Set up a conference; its sittings come next."""
    form = _form()
    return carried_out(
        form,
        lambda: open_conference.open_conference(current_actor(), _wanted(form), now=now()),
        drawn("conferences/conference_form.html", form=form, conference=None, emails=_emails({})),
        gettext("The conference is set up: plan its first sitting."),
        lambda number: url_for(".new_sitting", conference=number),
    )


@bp.route("/segreteria/sedute/conferenze/<int:number>", methods=["GET", "POST"])
@access(Permission.CONFERENCE_MANAGE)
def change_conference(number: int) -> Answer:
    """Change it; once a sitting is convened only actions and guests."""
    found = queries.conference(current_actor(), number)
    form = _form(found)
    return carried_out(
        form,
        lambda: open_conference.change_conference(current_actor(), number, _wanted(form), now=now()),
        drawn(
            "conferences/conference_form.html",
            form=form,
            conference=found,
            emails=_emails(queries.guests_of(number)),
        ),
        gettext("The conference is changed."),
        url_for(".desk"),
    )


def _form(found: ConferenceRow | None = None) -> ConferenceForm:
    main = editions.shelf().main(now())
    version = found.version_id if found else (main.version_id if main else None)
    guests = queries.guests_of(found.number) if found else {}
    defaults: dict[str, object] = {"version": version or 0, "guests": list(guests)}
    if found:
        defaults |= {"organ": found.organ.value, "title": found.title, "aim": found.aim}
        defaults["actions"] = [one[0] for one in queries.actions_of(found.number)]
    form = bind(ConferenceForm, **defaults)
    form.organ.choices = spoken_options(Organ)
    public = [e for e in editions.shelf().editions if e.state is not VersionState.DRAFT]
    words = [(e.version_id, f"{e.title}, {gettext('version %(number)s', number=e.number)}") for e in public]
    form.version.choices = options([(0, gettext("No version of the plan")), *words])
    chosen = next((e for e in public if e.version_id == form.version.data), None)
    actions = plans.tree(chosen.version_id, chosen.mark).actions if chosen else ()
    form.actions.choices = options((a.id, f"{a.code} {a.title}") for a in actions)
    form.guests.choices = options((b.id, b.name) for b in territory.bodies() if b.ended_on is None)
    return form


def _emails(known: dict[int, str]) -> dict[int, str]:
    """The addresses of guests as typed, else as they are kept."""
    typed = {b.id: request.form.get(f"email-{b.id}") for b in territory.bodies()}
    return known | {body: text for body, text in typed.items() if text is not None}


def _wanted(form: ConferenceForm) -> open_conference.Wanted:
    chosen = form.guests.data or []
    return open_conference.Wanted(
        organ=Organ(str(form.organ.data)),
        title=str(form.title.data),
        aim=str(form.aim.data),
        version_id=form.version.data or None,
        action_ids=form.actions.data or [],
        guests={body: request.form.get(f"email-{body}", "") for body in chosen},
    )
