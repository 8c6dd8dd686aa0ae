"""Minutes to read: the document for everybody once it is published, and for the office what is still to be done."""

from __future__ import annotations

from flask import render_template

from portal.conferences.minutes import queries
from portal.conferences.minutes.queries import MinutesPage
from portal.conferences.minutes.rules import MinutesState
from portal.conferences.minutes.sign import quality_of
from portal.forms.minutes import SignForm
from portal.kernel.permissions import Permission, can
from portal.web.door import access, current_actor, fresh
from portal.web.minutes.blueprint import bp, found, written


@bp.get("/sedute/<int:number>/verbale")
@access(Permission.PUBLIC_READ)
def last(number: int) -> str:
    """The minutes of the last call that has any."""
    return _drawn(found(number))


@bp.get("/sedute/<int:number>/verbale/<int:call>")
@access(Permission.PUBLIC_READ)
def minutes(number: int, call: int) -> str:
    """Those of one call."""
    return _drawn(found(number, call))


def _drawn(page: MinutesPage) -> str:
    actor = current_actor()
    works = queries.reads_drafts(actor)
    return render_template(
        "minutes/minutes.html" if works else "minutes/public.html",
        page=page,
        doc=written(page),
        row=queries.sitting_of(actor, page.sitting),
        sections={section.key: section for section in page.sections},
        may=_may(page) if works else {},
        form=fresh(SignForm, seen=page.fingerprint) if works else None,
    )


def _may(page: MinutesPage) -> dict[str, bool]:
    """What this reader can do now."""
    actor = current_actor()
    writes, signs = can(actor, Permission.MINUTES_WRITE), can(actor, Permission.MINUTES_SIGN)
    own = any(one.person_id == actor.person_id for one in page.signatures)
    free = signs and not own and page.signed_by(quality_of(actor)) is None
    draft = page.state is MinutesState.DRAFT
    return {
        "write": writes and page.writable,
        "sign": draft and free,
        "withdraw": draft and own,
        "correct": writes and page.state is MinutesState.SIGNED,
        "publish": writes and not draft and page.published_at is None,
    }
