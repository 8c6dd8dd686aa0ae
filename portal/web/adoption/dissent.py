"""Notes of dissent: everybody reads them as they were written; members write and sign them while there is time."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from portal.forms.adoption import DissentForm, SignForm
from portal.kernel.permissions import Permission
from portal.opinions.adoption import locked, notes, write_dissent
from portal.opinions.requests import queries as requests
from portal.opinions.requests.standing import standing
from portal.web.adoption.blueprint import bp, reader
from portal.web.conferences.blueprint import Answer, at_once
from portal.web.door import access, attempt, bind, current_actor, fresh, now


@bp.get("/forum/pareri/<int:number>/dissensi")
@access(Permission.PUBLIC_READ)
def dissent(number: int) -> str:
    """The notes, and how long there is time."""
    return _page(number, None)


@bp.post("/forum/pareri/<int:number>/dissensi")
@access(Permission.FORUM_TAKE_PART)
def write(number: int) -> Answer:
    """Write one's note, or write it anew."""
    form = bind(DissentForm)
    if attempt(form, lambda: write_dissent.write_dissent(current_actor(), number, _said(form), now=now())) is None:
        return _page(number, form), 422
    return redirect(url_for(".dissent", number=number, _anchor="mia"), 303)


@bp.post("/forum/pareri/<int:number>/dissensi/<int:which>/firma")
@access(Permission.FORUM_TAKE_PART)
def sign(number: int, which: int) -> Response:
    """Stand behind the note of another."""
    sha256 = str(bind(SignForm).sha256.data or "")
    return at_once(
        lambda: write_dissent.sign(current_actor(), number, which, sha256, now=now()),
        url_for(".dissent", number=number, _anchor=f"nota-{which}"),
        gettext("Your organisation has signed the note."),
    )


@bp.post("/forum/pareri/<int:number>/dissensi/<int:which>/ritira")
@access(Permission.FORUM_TAKE_PART)
def take_back(number: int, which: int) -> Response:
    """Take back a signature, or one's own note."""
    return at_once(
        lambda: write_dissent.unsign(current_actor(), number, which, now=now()),
        url_for(".dissent", number=number),
        gettext("It is taken back."),
    )


def _said(form: DissentForm) -> str:
    return str(form.text.data or "")


def _page(number: int, form: DissentForm | None) -> str:
    row, vote, who = requests.request(number), notes.adopting(number), None
    found = notes.notes(number)
    who = reader(row.forum_id)
    mine = next((one for one in found if who.member and one.body_id == who.member.body_id), None)
    is_open = vote is not None and vote.dissent_until is not None and now() < vote.dissent_until
    on_roll = bool(who.member and vote and locked.on_roll(vote.poll_id, who.member.body_id))
    return render_template(
        "adoption/dissent.html",
        row=row,
        stands=standing(number, now()),
        vote=vote,
        found=found,
        who=who,
        mine=mine,
        is_open=is_open,
        may=is_open and on_roll,
        form=form or fresh(DissentForm, text=mine.text if mine else ""),
    )
