"""Annulling: at once while a vote is not counted, afterwards with the agreement of a second person."""

from __future__ import annotations

from flask import flash, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from portal.accounts.two_persons import Waiting
from portal.conferences.table import polls
from portal.kernel.permissions import Permission, can
from portal.voting import annul
from portal.voting.queries import PollPage
from portal.web.conferences.blueprint import at_once
from portal.web.door import access, current_actor, now
from portal.web.voting.blueprint import bp


def annulling(page: PollPage) -> list[Waiting]:
    """What waits for a second person, for those alone who may decide on it."""
    if not can(current_actor(), Permission.POLL_ANNUL, page):
        return []
    return annul.waiting(page.id, now=now())


def ask(number: int, reason: str) -> bool:
    """Annul, or ask for it; what came of it is said on the next page."""
    done = polls.annul_it(current_actor(), number, reason, now=now())
    flash(
        gettext("The vote is annulled. The reason is public.")
        if done
        else gettext("Asked for: another person has to agree. Until then the result stands.")
    )
    return True


@bp.post("/segreteria/votazioni/<int:number>/annullamento/<int:request_id>/conferma")
@access(Permission.POLL_ANNUL)
def agree_to_annul(number: int, request_id: int) -> Response:
    """The second person agrees."""
    return at_once(
        lambda: polls.agree_to_annul(current_actor(), number, request_id, now=now()),
        url_for(".conduct", number=number),
        gettext("The vote is annulled. The reason is public."),
    )


@bp.post("/segreteria/votazioni/<int:number>/annullamento/<int:request_id>/rifiuto")
@access(Permission.POLL_ANNUL)
def refuse_to_annul(number: int, request_id: int) -> Response:
    """The second person does not agree, or who asked thinks again."""
    return at_once(
        lambda: annul.refuse(current_actor(), number, request_id, now=now()),
        url_for(".conduct", number=number),
        gettext("Not annulled: the result stands."),
    )
