"""What becomes of an amendment."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext

from portal.forms.amending import Disposition
from portal.kernel.permissions import Permission
from portal.opinions.amending import dispose, queries
from portal.web.amending.amendments import context, dispose_form, url
from portal.web.amending.blueprint import bp, shown
from portal.web.conferences.blueprint import Answer, carried_out
from portal.web.door import access, current_actor, now


@bp.post("/forum/pareri/<int:number>/emendamenti/<int:which>/esito")
@access(Permission.SIGNED_IN)
def settle(number: int, which: int) -> Answer:
    """Taken in, to be voted, or inadmissible."""
    found = shown(number)
    one = queries.amendment(number, which)
    form = dispose_form(found, one, posted=True)
    verbs = {
        Disposition.ACCEPT.value: dispose.accept,
        Disposition.TO_VOTE.value: dispose.put_to_vote,
        Disposition.REFUSE.value: dispose.refuse,
    }
    said = {
        Disposition.ACCEPT.value: gettext("The amendment is in the text."),
        Disposition.TO_VOTE.value: gettext("The amendment is put to the vote."),
        Disposition.REFUSE.value: gettext("The amendment is inadmissible."),
    }
    act = str(form.act.data or "")
    return carried_out(
        form,
        lambda: verbs[act](current_actor(), number, which, str(form.said.data or ""), now=now()),
        lambda: render_template("amending/amendment.html", **context(found, one, form)),
        said.get(act, ""),
        url(number, which),
    )
