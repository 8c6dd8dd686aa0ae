"""An organisation offers statements, rewords them while nobody has weighed them, takes them back."""

from __future__ import annotations

from flask import render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from portal.forms.deliberation import RewordForm, StatementForm
from portal.kernel.permissions import Permission
from portal.opinions.deliberation import offer, queries
from portal.opinions.deliberation.rules import Origin
from portal.web.conferences.blueprint import Answer, at_once, carried_out
from portal.web.deliberation.blueprint import Shown, bp, opened, table_choices
from portal.web.door import access, bind, current_actor, now


def _back(found: Shown, number: int) -> str:
    return url_for("deliberation.desk" if found.manages else "deliberation.statements", number=number)


@bp.route("/forum/pareri/<int:number>/affermazioni/nuova", methods=["GET", "POST"])
@access(Permission.FORUM_TAKE_PART)
def new(number: int) -> Answer:
    """Offer a statement."""
    found, _ = opened(number)
    form = bind(StatementForm)
    form.table.choices = table_choices(number)

    def verb() -> int:
        return offer.offer(current_actor(), number, str(form.text.data or ""), table=form.table.data or None, now=now())

    return carried_out(
        form,
        verb,
        lambda: render_template("deliberation/statement.html", form=form, found=found, row=found.row),
        gettext("The statement is recorded. The secretariat reads it before others weigh it."),
        _back(found, number),
    )


@bp.route("/forum/pareri/<int:number>/affermazioni/<int:which>/testo", methods=["GET", "POST"])
@access(Permission.SIGNED_IN)
def reword(number: int, which: int) -> Answer:
    """Other words for one's own statement."""
    found, _ = opened(number)
    known = queries.statement(number, which)
    form = bind(RewordForm, text=known.text if _is_own(found, known.origin, known.body_id) else "")
    return carried_out(
        form,
        lambda: offer.reword(current_actor(), number, which, str(form.text.data or ""), now=now()),
        lambda: render_template("deliberation/statement.html", form=form, found=found, row=found.row, known=known),
        gettext("The words are changed."),
        _back(found, number),
    )


@bp.post("/forum/pareri/<int:number>/affermazioni/<int:which>/ritiro")
@access(Permission.SIGNED_IN)
def withdraw(number: int, which: int) -> Response:
    """Take one's own statement back."""
    found, _ = opened(number)
    return at_once(
        lambda: offer.withdraw(current_actor(), number, which, now=now()),
        _back(found, number),
        gettext("The statement is withdrawn: it is weighed and counted no more."),
    )


def _is_own(found: Shown, origin: Origin, body_id: int | None) -> bool:
    """Nobody reads another's words here before they are admitted."""
    if origin is not Origin.ORGANISATION:
        return found.manages
    return found.member is not None and found.member.body_id == body_id
