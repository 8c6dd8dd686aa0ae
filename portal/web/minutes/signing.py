"""Signing, corrections, approval, publication."""

from __future__ import annotations

from flask import flash, redirect, render_template
from flask_babel import gettext
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from portal.conferences.minutes import approve as approval
from portal.conferences.minutes import desk_queries, sign
from portal.conferences.minutes.desk_queries import ItemChoice
from portal.conferences.minutes.queries import MinutesPage
from portal.conferences.minutes.rules import suspected
from portal.forms.minutes import ApproveForm, CorrectionForm, PublishForm, SignForm
from portal.kernel.permissions import Permission
from portal.web.conferences.blueprint import Answer, at_once, carried_out
from portal.web.door import access, attempt, bind, current_actor, now, translate
from portal.web.minutes.blueprint import address, bp, found


@bp.post("/sedute/<int:number>/verbale/<int:call>/firma")
@access(Permission.MINUTES_SIGN)
def give(number: int, call: int) -> Response:
    """Sign the text that was on the page."""
    page, form = found(number, call), bind(SignForm)
    done = attempt(form, lambda: (sign.sign(current_actor(), page.id, str(form.seen.data or ""), now=now()),))
    if done is None:
        flash(_wrong(form), "error")
    elif done[0]:
        flash(gettext("Both have signed: the text is frozen."))
    else:
        flash(gettext("Signed. The other signature is still missing."))
    return redirect(address(page) + "#firme", 303)


def _wrong(form: SignForm) -> str:
    """The first thing that stands in the way."""
    if form.refusals:
        return translate(form.refusals[0])
    return translate(str(form.sure.errors[0])) if form.sure.errors else gettext("Check what you wrote.")


@bp.post("/sedute/<int:number>/verbale/<int:call>/firma/ritiro")
@access(Permission.MINUTES_SIGN)
def withdraw(number: int, call: int) -> Response:
    """Take one's signature back while the other is missing."""
    page = found(number, call)
    return at_once(
        lambda: sign.withdraw(current_actor(), page.id, now=now()),
        address(page) + "#firme",
        gettext("Your signature is withdrawn: the text can be changed."),
    )


@bp.route("/sedute/<int:number>/verbale/<int:call>/rettifiche", methods=["GET", "POST"])
@access(Permission.MINUTES_WRITE)
def correct(number: int, call: int) -> Answer:
    """Write down what somebody asks to be put right."""
    page, form = found(number, call), bind(CorrectionForm)

    def verb() -> int:
        asked_by, text = str(form.asked_by.data or ""), str(form.text.data or "")
        return approval.ask_correction(current_actor(), page.id, asked_by, text, now=now())

    return carried_out(
        form,
        verb,
        lambda: render_template("minutes/correct.html", page=page, form=form),
        gettext("The correction stands at the end of the minutes."),
        address(page) + "#rettifiche",
    )


@bp.route("/sedute/<int:number>/verbale/<int:call>/approvazione", methods=["GET", "POST"])
@access(Permission.MINUTES_WRITE)
def approve(number: int, call: int) -> Answer:
    """Write down that a later sitting has approved them."""
    page, form = found(number, call), bind(ApproveForm)
    choices = {one.item: one for one in desk_queries.later_items(current_actor(), page)}
    form.item.choices = [SelectChoice(item, _named(one)) for item, one in choices.items()]

    def verb() -> None:
        item = int(form.item.data or 0)
        sitting = choices[item].sitting if item in choices else 0
        approval.approve(current_actor(), page.id, sitting, item, now=now())

    return carried_out(
        form,
        verb,
        lambda: render_template("minutes/approve.html", page=page, form=form, choices=choices),
        gettext("The minutes are approved."),
        address(page),
    )


def _named(one: ItemChoice) -> str:
    words = {"sitting": one.sitting, "title": one.sitting_title, "number": one.number, "item": one.title}
    return gettext("Sitting n. %(sitting)d, %(title)s: item %(number)d, %(item)s") % words


@bp.route("/sedute/<int:number>/verbale/<int:call>/pubblicazione", methods=["GET", "POST"])
@access(Permission.MINUTES_WRITE)
def publish(number: int, call: int) -> Answer:
    """Let everybody read them."""
    page, form = found(number, call), bind(PublishForm)
    return carried_out(
        form,
        lambda: approval.publish(current_actor(), page.id, now=now()),
        lambda: render_template("minutes/publish.html", page=page, form=form, suspected=_suspected(page)),
        gettext("The minutes are published."),
        address(page),
    )


def _suspected(page: MinutesPage) -> tuple[str, ...]:
    """What looks like data of a person in what would be published."""
    corrections = [one.text for one in page.corrections]
    return suspected("\n".join([*(section.text for section in page.sections), *corrections]))
