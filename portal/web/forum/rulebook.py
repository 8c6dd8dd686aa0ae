"""The rules of a Forum at the desk of the secretary general: revised from a day on, with the reason."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import gettext

from portal.forms.forum import NUMBERS, RulesForm
from portal.forum import queries, revise_rules, settings
from portal.forum.revise_rules import Revision
from portal.kernel.clock import local_day
from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission
from portal.web.conferences.blueprint import Answer, carried_out, drawn
from portal.web.door import access, bind, current_actor, now
from portal.web.forum.blueprint import KEYS, bp


@bp.route("/segreteria/forum/regole/<slug>", methods=["GET", "POST"])
@access(Permission.RULESET_MANAGE)
def revise(slug: str) -> Answer:
    """Write the next version of the rules."""
    if slug not in KEYS:
        raise NotFound()
    forum = queries.by_key(KEYS[slug])
    latest = next(iter(settings.history(forum.id)), None)
    if latest is None:
        raise NotFound()
    form = bind(
        RulesForm,
        **latest.rules.as_data(),
        legal_basis=latest.legal_basis,
        valid_from=local_day(now()),
        base_number=latest.number,
    )

    def verb() -> int:
        given: dict[str, Any] = {field: form[field].data for field in NUMBERS}
        switches = {"accepts_requests": form.accepts_requests.data, "names_public": form.names_public.data}
        day, base = form.valid_from.data, form.base_number.data
        assert day is not None and base is not None  # the form asks for both
        wanted = Revision(given | switches, str(form.legal_basis.data or ""), str(form.reason.data or ""), day, base)
        return revise_rules.revise_rules(current_actor(), forum.id, wanted, now=now())

    page = drawn("forum/revise.html", form=form, forum=forum, numbers=NUMBERS, latest=latest)
    return carried_out(form, verb, page, gettext("The rules are revised."), url_for(".rules", forum=slug))
