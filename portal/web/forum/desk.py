"""The desk of the register: requests to join, members, what is missing, new members one by one or from a file."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext

from portal.forms.forum import AdmitForm, ImportForm
from portal.forum import admit, application_queries, import_members, install, queries, register_queries
from portal.forum.csv_members import COLUMNS, LARGEST
from portal.forum.import_members import Imported
from portal.forum.rules import ForumKey
from portal.kernel.clock import local_day
from portal.kernel.errors import Invalid
from portal.kernel.offices import ForumCategory, Office
from portal.kernel.permissions import Permission
from portal.kernel.words import N_
from portal.web.conferences.blueprint import Answer, at_once, carried_out, drawn
from portal.web.door import access, attempt, bind, current_actor, now
from portal.web.forum.blueprint import bp, chosen, facts_of
from portal.web.numbers import asked

PAGE = 40


@bp.get("/segreteria/forum")
@access(Permission.FORUM_WATCH)
def desk() -> str:
    """What waits first, then everybody with the offices that nobody holds."""
    forums = queries.forums()
    if len(forums) < len(ForumKey):
        return render_template("forum/none.html")
    forum = chosen()
    rows = register_queries.members(forum.id, local_day(now()))
    people = register_queries.holders([row.body_id for row in rows], now())
    offices = {body: {one.office for one in held} for body, held in people.items()}
    without = [row for row in rows if Office.FORUM_DELEGATE not in offices.get(row.body_id, set())]
    text, only = request.args.get("q", "").strip()[:100], request.args.get("mostra", "")
    kept = {"sospese": [row for row in rows if row.suspended], "senza-delegato": without}.get(only, rows)
    found = [row for row in kept if text.casefold() in row.name.casefold()]
    page = max(1, asked("pagina") or 1)
    first = (page - 1) * PAGE
    return render_template(
        "forum/desk.html",
        forum=forum,
        forums=forums,
        waiting=application_queries.waiting(current_actor()),
        decided=application_queries.decided(current_actor(), 10),
        rows=found[first : first + PAGE],
        found=len(found),
        before=page - 1 if page > 1 else None,
        after=page + 1 if first + PAGE < len(found) else None,
        total=len(rows),
        suspended=sum(1 for row in rows if row.suspended),
        without=len(without),
        offices=offices,
        text=text,
        only=only,
    )


@bp.post("/segreteria/forum/istituzione")
@access(Permission.RULESET_MANAGE)
def begin() -> Answer:
    """Set up both Forums with the rules that come with the program."""
    said = gettext("The register is open. Look at the rules, then admit the organisations.")
    return at_once(lambda: install.install(current_actor(), now=now()), url_for(".desk"), said)


@bp.route("/segreteria/forum/organizzazioni/nuova", methods=["GET", "POST"])
@access(Permission.FORUM_MANAGE)
def new() -> Answer:
    """Admit an organisation that the register does not know."""
    forum, form = chosen(), bind(AdmitForm, admitted_on=local_day(now()))

    def verb() -> str:
        day = form.admitted_on.data
        assert day is not None  # the form asks for it
        member = admit.admit(current_actor(), forum.id, facts_of(form), day, str(form.act.data or ""), now=now())
        return register_queries.key_of(member)

    return carried_out(
        form,
        verb,
        drawn("forum/new.html", form=form, forum=forum),
        gettext("The organisation is a member. Now name its delegate."),
        lambda key: url_for(".manage", key=key),
    )


@bp.route("/segreteria/forum/importa", methods=["GET", "POST"])
@access(Permission.FORUM_MANAGE)
def import_file() -> Answer:
    """Many organisations from a file, with their people: all of it, or nothing."""
    forum, form = chosen(), bind(ImportForm)
    page = drawn("forum/import.html", form=form, forum=forum, columns=COLUMNS, families=ForumCategory)
    if request.method == "GET":
        return page()
    done: Imported | None = attempt(
        form,
        lambda: import_members.import_members(
            current_actor(), forum.id, _content(), str(form.act.data or ""), now=now()
        ),
    )
    if done is None:
        return page(), 422
    flash(
        ngettext("%(num)s organisation was admitted.", "%(num)s organisations were admitted.", done.admitted)
        + " "
        + gettext("Known already: %(known)s. People named: %(people)s.", known=done.known, people=done.people)
    )
    return redirect(url_for(".desk", forum=request.args.get("forum")), 303)


def _content() -> bytes:
    given = request.files.get("file")
    if given is None or not given.filename:
        raise Invalid(N_("Choose a file."), code="no_file", field="file")
    return bytes(given.stream.read(LARGEST + 1))
